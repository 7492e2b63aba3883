"""Maps of places, drawn from what the tables say of counties and points."""
