"""Where the tables of a store lie, and what every place of it can do."""
