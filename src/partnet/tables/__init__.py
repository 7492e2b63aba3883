"""Tables in and out: read, check, write; who is who, and where; public files to a network."""
