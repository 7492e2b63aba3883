"""What formats of sister tools are kept in: JSON, XML, CSV, workbooks."""
