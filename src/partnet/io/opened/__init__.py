"""Files of others opened with care: CSV and workbooks, measured before they are read."""
