"""How likely a tie is: the ranker, its weights and its scale."""
