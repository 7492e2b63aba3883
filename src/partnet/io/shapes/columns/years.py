"""Tables with a column of figures for every year: awards by fiscal year, needs by year."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from ....core.schema import TABLES
from ....core.vocabulary import default_vocabulary, fold_word
from ....core.wording.text import count_noun
from ...cells import RawTable
from ...headers.columns import match_headers
from ...values.areas import read_places
from ...values.numbers import read_number
from ...values.words import is_nothing
from ..entries import Entries, holds_figures, note_shape

# The column that the year belongs to, and the one of the figure below it.
BY_YEAR: Mapping[str, tuple[str, str]] = {
    "funding": ("fiscal_year", "amount"),
    "needs": ("year", "value"),
}
YEAR = re.compile(
    r"(?:(?:s?fy|fiscal year|year|amount|award|awarded|funding|budget|py|program year)[ :_-]*)*"
    r"'?(?:((?:19|20)?\d{2})\s*[-/\u2013]\s*)?((?:19|20)?\d{2})"
    r"(?:[ :_-]*(?:amount|award|awarded|funding|budget|total))?\s*(?:\(\$\))?",
    re.IGNORECASE,
)
MONEY = re.compile(r"award|amount|funding|funded", re.IGNORECASE)  # Award FY25
FEWEST = 2
LEAST_DIGITS = 2  # of a year
# Columns of figures that say where, and nothing of how it stands there.
PLACES = frozenset(map(fold_word, (
    "state fips", "state code", "statefp", "countyfp", "county fips", "fips", "geoid", "zip",
    "latitude", "longitude", "lat", "lon", "id", "objectid", "rank")))  # fmt: skip


def melt_years(raw: RawTable, name: str) -> RawTable:
    """Turn columns of figures, each under its year, into one row a year."""
    bare = _drop_totals(raw, name)
    years = _find_years(bare, name)
    lone = name == "funding" and all(MONEY.search(bare.header[k]) for k in years)
    if len(years) < (1 if lone else FEWEST):
        return raw
    raw = bare
    named = ", ".join(f'"{raw.header[k]}"' for k in [*years][:3])
    kinds = f"{count_noun(len(years), 'year')} ({named})"
    return _melt(raw, years, BY_YEAR[name], kinds, zeros=name != "funding")


CALENDAR = re.compile(r"(?:19|20)\d{2}")


def date_ties(raw: RawTable) -> RawTable:
    """Turn columns of 0 and 1 under years into since when and until when a tie was there.

    Without a 1 in any year it is no tie. Other numbers may be anything: they are left as they are;
    of levels in words the newest year's are the strength.
    """
    headers = match_headers(raw, TABLES["ties"])
    years = {k: int(t) for k, t in headers.extras.items() if CALENDAR.fullmatch(t.strip())}
    dated = {"since", "until", "strength"} & set(headers.columns)
    if len(years) < FEWEST or dated or not {"source", "target"} <= set(headers.columns):
        return raw
    cells = {row[k] for row in raw.rows for k in years if not is_nothing(row[k], "value")}
    if cells and all(map(_is_level, cells)):
        return _take_newest(raw, years)
    if not cells or not {read_number(text) for text in cells} <= {0.0, 1.0}:
        return raw
    first, newest = min(years.values()), max(years.values())
    kept = [k for k in range(len(raw.header)) if k not in years]
    entries = Entries(raw, [*(raw.header[k] for k in kept), "since", "until"])
    for position, row in enumerate(raw.rows):
        there = [year for k, year in years.items() if read_number(row[k]) == 1]
        if there:
            begun, last = min(there), max(there)
            since, until = str(begun) * (begun > first), f"{last}-12-31" * (last < newest)
            entries.add(position, [*(row[k] for k in kept), since, until])
    return entries.make(
        note_shape(
            raw,
            f"a column of 0 and 1 for each year from {first} to {newest}",
            f"A tie is there from its first 1 to its last: {len(entries.rows):,} ties. Where all "
            "are 0 there is none.",
            allowed="A tie has one row, with since and until.",
        )
    )


def _is_level(text: str) -> bool:
    """Whether a cell tells in words how closely two work together, or that they do not."""
    words = default_vocabulary()
    return words.find_answer(text) is not None or words.find_level(text) is not None


def _take_newest(raw: RawTable, years: Mapping[int, int]) -> RawTable:
    """Read the levels of the newest year as strengths: a network holds one wave."""
    newest = max(years, key=years.__getitem__)
    header = tuple("strength" if k == newest else text for k, text in enumerate(raw.header))
    note = note_shape(
        raw,
        f"a column of levels for each year from {min(years.values())} to {years[newest]}",
        f"Those of {years[newest]} are read as the strength of the ties; earlier years are kept as "
        "text. To compare years, give each a folder of its own.",
        allowed="A network holds one wave.",
    )
    return replace(raw, header=header, notes=(*raw.notes, note))


def _drop_totals(raw: RawTable, name: str) -> RawTable:
    """The table without the column that sums the years up, and would pass for the figure."""
    at = match_headers(raw, TABLES[name]).columns.get(BY_YEAR[name][1], -1)
    if at < 0 or fold_word(raw.header[at]) not in SUMS:
        return raw
    kept = [k for k in range(len(raw.header)) if k != at]
    rows = [[row[k] for k in kept] for row in raw.rows]
    return replace(raw, header=tuple(raw.header[k] for k in kept), rows=rows)


SUMS = frozenset(map(fold_word, ("total", "totals", "sum", "grand total", "all years")))


def melt_indicators(raw: RawTable) -> RawTable:
    """Turn columns of figures, each under the name of an indicator, into one row an indicator."""
    headers = match_headers(raw, TABLES["needs"])
    if {"indicator", "value"} & set(headers.columns) or "county_fips" not in headers.columns:
        return raw
    asked = [k for k, text in headers.extras.items() if text and holds_figures(raw, k)]
    named = {k: raw.header[k] for k in asked if fold_word(raw.header[k]) not in PLACES}
    if not named:
        return raw
    first = ", ".join(f'"{text}"' for text in [*named.values()][:3])
    return _melt(raw, named, ("indicator", "value"), f"{len(named):,} indicators ({first})")


def melt_counties(raw: RawTable) -> RawTable:
    """Turn columns of figures, each under a county with its State, into one row a county."""
    headers = match_headers(raw, TABLES["needs"])
    if {"value", "county_fips"} & set(headers.columns) or "indicator" not in headers.columns:
        return raw
    named = {k: read_places(text) for k, text in headers.extras.items() if text}
    asked = {k: p[0][1] for k, p in named.items() if len(p) == 1 and p[0][0] == "county"}
    if not asked:
        return raw
    counties = count_noun(len(asked), "county", "counties")
    return _melt(raw, asked, ("county_fips", "value"), counties)


def _melt(
    raw: RawTable,
    asked: Mapping[int, str],
    columns: tuple[str, str],
    kinds: str,
    *,
    zeros: bool = True,
) -> RawTable:
    """Turn each figure of some columns into a row: what its column is about, then the figure.

    Without `zeros` a figure of 0 is none.
    """
    kept = [k for k in range(len(raw.header)) if k not in asked]
    entries = Entries(raw, [*(raw.header[k] for k in kept), *columns])
    for position, row in enumerate(raw.rows):
        for k, about in asked.items():
            if not is_nothing(row[k], "value") and (zeros or read_number(row[k]) != 0):
                entries.add(position, [*(row[i] for i in kept), about, row[k]])
    return entries.make(
        note_shape(
            raw,
            f"a column of figures for each of {kinds}",
            f"Each figure is read as a row: {len(entries.rows):,} rows.",
        )
    )


def _find_years(raw: RawTable, name: str) -> dict[int, str]:
    """The year of each column that has one for a header, and figures below it."""
    headers = match_headers(raw, TABLES[name])
    if set(BY_YEAR[name]) & set(headers.columns):
        return {}
    found = {k: YEAR.fullmatch(text.strip()) for k, text in headers.extras.items()}
    years = {k: (match[1], match[2]) for k, match in found.items() if match is not None}
    whole = {
        k: year if len(year) > LEAST_DIGITS else f"20{year}" for k, (before, year) in years.items()
        if not before or (int(before) + 1 - int(year)) % 100 == 0
    }  # fmt: skip
    return {k: year for k, year in whole.items() if holds_figures(raw, k)}
