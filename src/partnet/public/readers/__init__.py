"""Public files: one module a file family, each saying its source, license and what a row becomes.

Every module has ``FAMILY`` (name, publisher, license, columns by their aliases, what a row becomes)
and ``read(source, scope)``; :func:`partnet.public.readers.catalog.read_public_files` finds the
module that fits a header.
"""
