"""Columns that the tables of several questions share, declared once."""

from __future__ import annotations

from ..core.results.shown import Column

ID = Column("id", meaning="Id of the organization.")
NAME = Column("name", "Organization", meaning="Name of the organization.")
KIND = Column("kind", meaning="Id of its kind in the vocabulary, for example hospital.")
BETWEENNESS_ERROR = Column(
    "betweenness_error",
    meaning="Standard error of betweenness where it was estimated; else the column is missing.",
)
WEIGHTED_ERROR = Column(
    "betweenness_weighted_error",
    meaning="Standard error of weighted betweenness where it was estimated; else it is missing.",
)
