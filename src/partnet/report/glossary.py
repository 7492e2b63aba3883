"""The words of the field that a report uses, each with its plain meaning."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from ..core.results.shown import ALL_ROWS, Column
from .model import (
    BarsBlock,
    CardsBlock,
    FactsBlock,
    FigureBlock,
    ListBlock,
    MethodBlock,
    NoteBlock,
    Section,
    TableBlock,
)

COLUMNS = (
    Column("term", "Term", meaning="The field's word."),
    Column("meaning", "What it means", meaning="The same in plain words."),
)


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the field.

    Attributes
    ----------
    name : str
        The word as the field writes it.
    meaning : str
        What it means, in plain words.
    words : str
        A pattern of the ways in which texts say it; default: the name.
    """

    name: str
    meaning: str
    words: str = ""

    def is_said(self, text: str) -> bool:
        """Whether a text in small letters uses it."""
        return re.search(rf"\b(?:{self.words or re.escape(self.name)})", text) is not None


TERMS = (
    Term(
        "affinity", "how much two organizations share: programs, services, groups, rare ones most"
    ),
    Term("articulation point", "an organization whose loss would part the network"),
    Term(
        "betweenness",
        "how often an organization is on the shortest path between two others",
    ),
    Term("bridge", "a tie, or an organization, that joins what is otherwise apart"),
    Term(
        "brokerage",
        "standing between two who have no tie: coordinator within one group, gatekeeper and "
        "representative at its border, itinerant and liaison between others",
        "broker",
    ),
    Term("centralization", "how far the network depends on its most central organization, 0 to 1"),
    Term(
        "community", "organizations with more ties among each other than with the rest", "communit"
    ),
    Term("component", "organizations that reach each other over any number of ties"),
    Term("constraint", "how far one's partners are tied to each other; low where one joins others"),
    Term("convener", "an organization whose task is to bring partners together", "convene"),
    Term(
        "core and periphery",
        "a core tied to all, and others tied to the core",
        "core.(?:and.)?periphery",
    ),
    Term("degree", "the number of partners with a tie on file"),
    Term("density", "ties on file as a share of all pairs"),
    Term("E-I index", "ties outside the own group less ties inside, over all: -1 to 1", "e-i"),
    Term("effective size", "partners, less how much they are tied to each other"),
    Term("efficiency", "effective size as a share of the number of partners"),
    Term("eigenvector centrality", "being tied to those who are themselves central", "eigenvector"),
    Term(
        "fragmentation", "the share of pairs that no path joins (KPP-Neg)", "fragmentation|kpp-neg"
    ),
    Term("gap", "what is missing: a tie, a service, funding, an agreement that would be expected"),
    Term(
        "harmonic closeness",
        "how few steps it takes to all others: the mean of 1 / steps, 0 for those out of reach",
        "harmonic|closeness",
    ),
    Term("held-out tie", "a tie hidden on purpose to test whether it is found", "held.out"),
    Term("hierarchy", "how far constraint comes from one single partner"),
    Term(
        "imputation", "plausible answers put where none was given, many times, to see what changes"
    ),
    Term("introducer", "a shared partner who can bring two organizations together", "introduce"),
    Term("k-core", "organizations that each have at least k partners among themselves"),
    Term("modularity", "how clearly the communities part, against ties made at random"),
    Term("no tie on file", "nothing was entered or answered, which is not the same as no tie"),
    Term("overlap", "what two organizations both do, as a share of what they do"),
    Term("PageRank", "how often a walk along the ties comes by", "pagerank"),
    Term(
        "permutation test",
        "whether chance would do as well, when labels or rows are exchanged at random",
        r"permut|qap|cug",
    ),
    Term(
        "reach",
        "the share of organizations within so many steps",
        r"reach|kpp-pos",
    ),
    Term(
        "strength", "how close a tie is: distance 1 is the strongest", "strength|stronger|weighted"
    ),
    Term(
        "test on your own network",
        "ties on file are hidden, one in five at a time, and looked for again among all pairs",
    ),
    Term("tie", "a relation between two organizations that somebody entered or reported"),
    Term("transitivity", "how often two partners of one organization are partners themselves"),
    Term("wave", "the state of the network at one survey or update"),
)


def write_glossary(sections: Iterable[Section]) -> Section:
    """Explain the terms that other sections use, and no other."""
    text = "\n".join(_list_texts(sections)).casefold()
    said = [term for term in TERMS if term.is_said(text)]
    frame = pd.DataFrame(
        {"term": [term.name for term in said], "meaning": [term.meaning for term in said]}
    )
    table = TableBlock("Terms of this report", frame, COLUMNS, "Glossary", rows=ALL_ROWS)
    return Section(
        "glossary", "Glossary", ("Terms of network analysis, in plain words.",), (table,)
    )


def _list_texts(sections: Iterable[Section]) -> Iterator[str]:
    """All that a reader sees but the cells of tables, which hold names and numbers."""
    for section in sections:
        yield from (section.title, *section.lead)
        for block in section.blocks:
            match block:
                case TableBlock():
                    yield from (block.caption, *(column.label for column in block.page_columns))
                case FigureBlock():
                    yield from (block.caption, block.alt)
                case ListBlock():
                    yield from (block.heading, *block.items)
                case FactsBlock():
                    yield from (label for label, _ in block.facts)
                case CardsBlock():
                    yield from (line for card in block.cards for line in card.lines())
                case BarsBlock():
                    yield block.heading
                case NoteBlock():
                    yield from (block.heading, block.text)
                case MethodBlock():
                    yield from (block.title, *block.method.lines())
