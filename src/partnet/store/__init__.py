"""The nation in a database: public files in DuckDB, Parquet or Spark, and networks out of it.

Nothing here is imported by ``import partnet``; ibis and duckdb come with the extra ``store``,
pyspark with the extra ``distributed``.
"""

ENDINGS = (".duckdb", ".db")  # of files that are a store; a folder is known by its tables
