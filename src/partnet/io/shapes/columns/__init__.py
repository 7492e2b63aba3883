"""Columns that are entries of their own: years, services, partners, funders, other tables."""
