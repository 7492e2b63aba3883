"""Two organizations side by side: what they share, must settle and could plan together."""
