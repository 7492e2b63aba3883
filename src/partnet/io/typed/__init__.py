"""From raw cells to typed tables: columns, identities, places, and every row accounted for."""
