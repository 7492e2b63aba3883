"""Rows of a network: when they hold, whom they concern, how labels are spelled, which are ties."""
