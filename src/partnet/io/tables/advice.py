"""What to do with a sheet that is no table of a network, where its headers tell what it holds."""

from __future__ import annotations

import re

from ...core.schema import TABLES
from ...core.vocabulary import fold_word
from ..cells import RawTable
from ..headers.words import fold_headers, match_words
from ..shapes.entries import holds_figures

FACTORS = frozenset(map(fold_word, (
    "factor", "factors", "factor name", "item", "question", "domain", "dimension", "statement",
    "survey item", "success factor", "collaboration factor", "theme", "criterion")))  # fmt: skip
SCORES = (
    "It holds scores of the collaboration as a whole, as of a Wilder inventory: they name no "
    "organizations and no ties. To follow a score over the years, name its factor in a table goals "
    "and write the score into a table measurements (goal, date, value), beside the organizations."
)
ONE_SIDED = (
    "It names partners, and not whose partners they are: add a column organization with the name "
    "of your own in every row."
)

EDGES = (
    "It is Cytoscape's table of edges, which names both ends in one cell. Export the network "
    "instead (File, Export, Network to File: CX2, Cytoscape.js JSON or GraphML)."
)

BOX = re.compile(r".+___\d+")
BOXES = (
    "It holds check boxes of REDCap by their numbers, and not whom each stands for. Export it with "
    "labels (raw data: no), or give it to partnet survey collect with a mapping."
)


def advise(raw: RawTable) -> str:
    """Say what to do with a sheet that no table was recognized in; "" where nothing is known.

    Examples
    --------
    >>> raw = RawTable("x.csv", "", ("Partner", "Signed"), 1, [["Birch Clinic", "2025"]], [2])
    >>> advise(raw)[:17]
    'It names partners'
    """
    words = [fold_word(text) for text in raw.header]
    if sum(map(bool, map(BOX.fullmatch, raw.header))) > 1:
        return BOXES
    if {"shared interaction", "shared name"} <= set(words):
        return EDGES
    scored = [k for k, word in enumerate(words) if word not in FACTORS and holds_figures(raw, k)]
    if words[:1] and words[0] in FACTORS and scored:
        return SCORES
    ends = match_words(fold_headers(raw.header, "ties"), TABLES["ties"])
    return ONE_SIDED if "target" in ends and "source" not in ends else ""
