"""How community-based organizations partner with health care."""
