"""Through whom: working ties as a person would weigh them."""
