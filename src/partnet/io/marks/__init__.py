"""A workbook again with its problems: in which cells, marked how, listed where."""
