"""Who bridges which groups, and what breaks if they leave."""
