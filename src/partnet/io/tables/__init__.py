"""Where the tables lie: in a folder, on a sheet, in frames and graphs, over several files."""
