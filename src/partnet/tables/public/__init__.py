"""Public files: one module a file family, each saying its source, licence and what a row becomes.

Every module has ``FAMILY`` (name, source, licence, columns by their aliases), ``recognize(header)``
and ``read(path)``; :func:`partnet.tables.public.readers.read_public_file` finds the module.
"""
