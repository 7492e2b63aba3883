"""What is looked at: the visible graph and the columns of a pair."""
