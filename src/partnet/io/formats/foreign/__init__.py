"""Files of sister tools: one module a format."""
