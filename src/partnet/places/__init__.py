"""Counties, ZIP codes and States: where they are, and how far apart."""
