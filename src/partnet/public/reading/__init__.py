"""What readers of public files share: columns, codes, names, files of any size."""
