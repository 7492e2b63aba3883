"""Files in and out: read, check, write; templates and surveys."""
