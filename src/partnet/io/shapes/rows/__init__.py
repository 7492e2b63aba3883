"""Rows that are no entries: captions, sums, what is planned or ended; tables on their side."""
