"""Who works with whom, and who has much in common: the graphs that every measure takes."""
