"""Compiled loops over compressed sparse rows (``indptr``, ``indices``: int32; ``data``: float64).

Every kernel has one signature, takes a range of rows, and writes either to the rows of that range
or to sums of its own, so that a fixed number of ranges gives the same bits on any number of cores.
"""
