"""Which States are like ours, and what they do differently."""
