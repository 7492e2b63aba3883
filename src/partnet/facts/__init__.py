"""What the tables say, each fact worked out once for a network and its day."""
