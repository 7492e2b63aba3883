"""From the text of one cell to a typed value: days, numbers, codes, strengths, words."""
