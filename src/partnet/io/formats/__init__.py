"""Files of sister tools: one module a format, all listed in `registry`."""
