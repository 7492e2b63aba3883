"""The mapping of a survey that a tool asked: which column asks what about whom; kept as TOML."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...core.errors import InputError, UsageError
from ...core.network import Network
from ...core.rows.ratings import list_dimensions
from ...core.storage.settings import read_toml
from ...core.storage.shapes import FLAG, NUMBER, TEXT, WORD, list_of, record, table_of
from ...core.wording.safety import strip_controls
from ..form import (
    GIVES,
    MEASURED,
    MEASURED_ON,
    NEW_GOALS,
    NEW_VOICES,
    OFTEN,
    REMARKS,
    REST_KEY,
    ROLE_KEY,
    SEATS,
    SERVICES,
    SPEAKS,
    TAKES,
    THROUGH,
    WORKS,
)
from ..settings import ENTRIES
from .asked import OVERALL, is_rating

ABOUT = (
    "# How the answers of a survey are read. Proposed by partnet from the headings: look through "
    "it, and\n# change what is wrong. asks: a relation (referral, contract, ...), often (how often "
    "they are in touch),\n# a dimension of value or trust (influence, reliability, ...), services, "
    "remarks, level (of who answers),\n# rest (what blanks mean), goals (new ones), measured or "
    "measured on (of the goal that the column names),\n# voices (for whom else they speak), speaks "
    "for, heard through or seats held (of the population that the\n# column names).\n# A relation "
    "without a partner: the cells name partners.\n# With partner = a heading, every row is about "
    "the organization in that column."
)
OF_GOAL = (MEASURED, MEASURED_ON)  # asked of the goal that the column names
OF_VOICE = (SPEAKS, THROUGH, SEATS)  # asked of the population that the column names
OF_ITSELF = (
    SERVICES,
    REMARKS,
    ROLE_KEY,
    REST_KEY,
    NEW_GOALS,
    *OF_GOAL,
    NEW_VOICES,
    *OF_VOICE,
)  # asked once, about no partner
RESPONDENT = "respondent"  # whose codes are those of the column that names who answers

_SHAPE = record(
    {
        **ENTRIES,
        "respondent": WORD,
        "respondent_also": list_of(WORD),
        "partner": WORD,
        "scale": NUMBER,
        "ratings": WORD,
        "answers": table_of(TEXT),
        "codes": table_of(table_of(TEXT)),
        "columns": list_of(
            record(
                {
                    "heading": WORD,
                    "also": list_of(WORD),
                    "partner": WORD,
                    "asks": WORD,
                    "box": FLAG,
                    "means": WORD,
                    "goal": WORD,
                    "population": WORD,
                    "way": WORD,
                },
                ("heading",),
            )
        ),
        "left": list_of(WORD),
    },
    ("respondent", "columns"),
)


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """One column: what it asks, about whom.

    Attributes
    ----------
    heading : str
        As it stands in the export.
    partner : str
        Id of the organization it is about; "" where its cells name partners, or it is about none.
    asks : str
        Id of a relation or of a dimension of value or trust, "often", "services", "remarks",
        "level", "rest", "goals" (new ones), "measured" or "measured on" (of `goal`), "voices" (new
        ones), "speaks for", "heard through" or "seats held" (of `population`).
    box : bool
        Whether it is a box to check: what is not checked is no, where any box of the question is.
    means : str
        What a checked box says, where it is one of several answers about a partner.
    also : tuple of str
        What else it is called: with codes, with labels.
    goal : str
        The goal that it asks about, where it is one.
    population : str
        The population that it asks about, where it is one.
    way : str
        Which way a yes goes, where the question says it: "they to us" or "we to them".
    """

    heading: str
    partner: str
    asks: str
    box: bool = False
    means: str = ""
    also: tuple[str, ...] = ()
    goal: str = ""
    population: str = ""
    way: str = ""

    @property
    def headings(self) -> tuple[str, ...]:
        """All that it may be called, the first one first."""
        return (self.heading, *self.also)


@dataclass(frozen=True)
class SurveyMapping:
    """How the export of a survey tool is read.

    Attributes
    ----------
    respondent : str
        Heading of the column that names who answers.
    columns : tuple of MappedColumn
        Columns that are read.
    wave : str
        What the round is called.
    scale : float
        The strongest number, where answers are numbers; 0 where they are words.
    answers : mapping of str to str
        Codes of the export, and what they mean: ``{"1": "yearly", "9": "don't know"}``.
    left : tuple of str
        Headings that are not read.
    codes : mapping of str to mapping
        Codes of one question, by what it asks: ``{"often": {"1": "yearly"}}``.
    ratings : str
        The scale of ratings: "1-4", or "5-1" where 1 is the best.
    respondent_also : tuple of str
        What else the column of respondents is called.
    partner : str
        Heading of the column that names whom a row is about, where there is a row for every pair;
        "" where there is one row a respondent, and headings name partners.
    """

    respondent: str
    columns: tuple[MappedColumn, ...]
    wave: str = ""
    scale: float = 0.0
    answers: Mapping[str, str] = field(default_factory=dict)
    left: tuple[str, ...] = ()
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    ratings: str = ""
    respondent_also: tuple[str, ...] = ()
    partner: str = ""

    def explain(self, text: str, asks: str) -> str:
        """Give what a cell means: a code of its question, of the export, or itself."""
        own = self.codes.get(asks, {})
        return own[text] if text in own else self.answers.get(text, text)

    def to_toml(self) -> str:
        """Give it as text to look through and to keep."""
        return "\n".join((ABOUT, *self.list_lines())) + "\n"

    def list_lines(self) -> Iterator[str]:
        """Give the lines of the text, tables last."""
        yield f"respondent = {_quote(self.respondent)}"
        if self.respondent_also:
            yield f"respondent_also = {_quote_all(self.respondent_also)}"
        if self.partner:
            yield f"partner = {_quote(self.partner)}"
        if self.wave:
            yield f"wave = {_quote(self.wave)}"
        if self.scale:
            yield f"scale = {self.scale:g}"
        if self.ratings:
            yield f"ratings = {_quote(self.ratings)}"
        yield from ("columns = [", *map(_write_column, self.columns), "]")
        yield from ("left = [", *(f"    {_quote(text)}," for text in self.left), "]")
        tables = {"answers": self.answers}
        tables |= {f"codes.{_quote(asks)}": codes for asks, codes in self.codes.items()}
        for name, codes in tables.items():
            if codes:
                yield f"[{name}]"
                yield from (f"{_quote(k)} = {_quote(v)}" for k, v in codes.items())


def _write_column(column: MappedColumn) -> str:
    entries = {"heading": column.heading, "partner": column.partner, "asks": column.asks}
    entries |= {"means": column.means, "goal": column.goal, "population": column.population}
    entries |= {"way": column.way}
    parts = [f"{key} = {_quote(text)}" for key, text in entries.items() if text]
    parts += ["box = true"] if column.box else []
    parts += [f"also = {_quote_all(column.also)}"] if column.also else []
    return f"    {{ {', '.join(parts)} }},"


def _quote(text: str) -> str:
    return json.dumps(strip_controls(text), ensure_ascii=False)


def _quote_all(texts: tuple[str, ...]) -> str:
    return f"[{', '.join(map(_quote, texts))}]"


def read_mapping(path: Path, net: Network) -> SurveyMapping:
    """Read a mapping, with its organizations and relations as the network knows them.

    Raises
    ------
    InputError
        It is not as it should be, or names an organization or a relation that is not known.
    """
    found = read_toml(path)
    try:
        _SHAPE.check(path.name, found)
        pairs = "partner" in found
        columns = tuple(_make_column(path.name, entry, net, pairs) for entry in found["columns"])
    except UsageError as error:
        raise InputError(str(error)) from error
    return SurveyMapping(
        found["respondent"],
        columns,
        found.get("wave", ""),
        float(found.get("scale", 0)),
        found.get("answers", {}),
        tuple(found.get("left", ())),
        found.get("codes", {}),
        found.get("ratings", ""),
        tuple(found.get("respondent_also", ())),
        found.get("partner", ""),
    )


def _make_column(file: str, entry: Mapping[str, Any], net: Network, pairs: bool) -> MappedColumn:
    heading, said = entry["heading"], entry.get("asks", WORKS)
    place = f"{file}, columns, {heading!r}"
    asks = _find_asks(said, net)
    if not asks:
        allowed = (
            OFTEN,
            *net.vocabulary.working_relations,
            *list_dimensions(),
            *OVERALL,
            *OF_ITSELF,
        )
        raise UsageError(
            f"{place}, asks: found {said!r}. Allowed are {', '.join(allowed)}. Correct it."
        )
    goal = entry.get("goal", "")
    if asks in OF_GOAL and not goal:
        raise UsageError(
            f"{place}: found no goal. A column that asks {asks!r} names its goal. Write goal = "
            "with the goal as it is on file."
        )
    population = entry.get("population", "")
    if asks in OF_VOICE and not population:
        raise UsageError(
            f"{place}: found no population. A column that asks {asks!r} names its population. "
            "Write population = with whom it is about."
        )
    partner = ""
    needed = asks not in net.vocabulary.relations and not pairs
    if asks not in OF_ITSELF and (entry.get("partner") or needed):
        partner = net.find(entry.get("partner", ""), argument=f"{place}, partner")
    box, means = bool(entry.get("box", False)), entry.get("means", "")
    also = tuple(entry.get("also", ()))
    way = entry.get("way", "")
    if way not in ("", GIVES, TAKES):
        raise UsageError(
            f"{place}, way: found {way!r}. Allowed are {GIVES!r} and {TAKES!r}. Correct it."
        )
    return MappedColumn(heading, partner, asks, box, means, also, goal, population, way)


def _find_asks(said: str, net: Network) -> str:
    if said == OFTEN or said in OF_ITSELF:
        return said
    return net.vocabulary.find_relation(said) or (said if is_rating(said) else "")
