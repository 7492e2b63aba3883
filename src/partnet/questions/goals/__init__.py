"""What the partnership wants to reach, and where it stands."""
