"""The same questions for other survey tools: one form for everybody, and the mapping back."""
