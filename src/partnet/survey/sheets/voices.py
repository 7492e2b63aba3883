"""The populations that a questionnaire asks about: who may speak for them, and what is on file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ...core.network import Network
from ...core.schema import TABLES
from ...core.wording.text import count_noun, say_share
from ...facts.geography.locations import counties_of_each
from ...facts.populations import RESIDENTS, Size, key_of, name_populations, read_residents
from ...places.gazetteer import county_name
from .. import form
from .pen import Pen, offer, set_height

MOST_POPULATIONS = 6  # that are not on file as a voice; more rows than that nobody fills in
BLANK_VOICES = 2  # rows to write in populations that the list lacks
NOTHING = "nothing on file"
WAYS = (*TABLES["voices"].column("through").choices, form.UNKNOWN)
ANSWERS = (form.SPEAKS, form.THROUGH, form.SEATS)


@dataclass(frozen=True, slots=True)
class AskedVoice:
    """One population: the key that tells which rows on file it is about, its name, what is known.

    A row of voices has the key of its population and county; one of no row has no county.
    """

    key: str
    population: str
    have: str


def list_voices_to_ask(here: Network, organization: str) -> list[AskedVoice]:
    """Give the populations that an organization speaks for on file, then others of its counties."""
    rows = here.rows("voices")
    own = rows[rows["organization"] == organization]
    counties = _list_counties(here, organization)
    asked = [_show_own(here, row, counties) for row in own.itertuples()]
    asked = [*{each.key: each for each in asked}.values()]
    known = {key_of(str(text)) for text in own["population"]}
    others = [key for key in list_near(here, organization, counties) if key not in known]
    names = name_populations(here)
    for key in others[:MOST_POPULATIONS]:
        have = _say_size(here, key, counties) or NOTHING
        asked.append(AskedVoice(make_key(names.get(key, key), ""), names.get(key, key), have))
    return asked


def _list_counties(here: Network, organization: str) -> list[str]:
    """Counties of an organization, its own first."""
    home = str(here.organizations.at[organization, "county_fips"])
    served = sorted(counties_of_each(here).get(organization, ()))
    return [code for code in dict.fromkeys((home, *served)) if code]


def list_near(here: Network, organization: str, counties: Sequence[str]) -> list[str]:
    """Give keys of populations: residents, those it serves, those on file in its counties."""
    services, worse = here.rows("services"), here.rows("disparities")
    served = services.loc[services["organization"] == organization, "population"]
    sizes = read_residents(here).items()
    shares = [(size.share, key) for (county, key), size in sizes if county in counties]
    largest = [key for _, key in sorted(shares, key=lambda each: (-_or_zero(each[0]), each[1]))]
    worse = worse.loc[worse["county_fips"].isin(counties), "population"]
    told = [*map(key_of, served), *largest, *map(key_of, worse)]
    return [key for key in dict.fromkeys((RESIDENTS, *told)) if key]


def list_all(here: Network) -> list[str]:
    """Give the populations that a form for all asks about, as they are spelled: residents first."""
    counts = pd.Series(
        [
            key_of(str(text))
            for table in ("residents", "disparities", "services", "voices")
            for text in here.rows(table)["population"]
        ],
        dtype="str",
    ).value_counts()
    found = sorted((key for key in counts.index if key), key=lambda key: (-counts[key], key))
    keys = [*dict.fromkeys((RESIDENTS, *found))][: MOST_POPULATIONS + 1]
    names = name_populations(here)
    return [names.get(key, key) for key in keys]


def _or_zero(share: float) -> float:
    return 0.0 if share != share else share


def _show_own(here: Network, row: Any, counties: Sequence[str]) -> AskedVoice:
    places = [row.county_fips] if row.county_fips else counties
    seats = row.advisory_seats
    told = [
        row.through,
        "" if pd.isna(seats) else count_noun(int(seats), "seat"),
        county_name(row.county_fips),
        _say_size(here, key_of(row.population), places),
    ]
    have = "; ".join(filter(None, told)) or "you speak for them"
    return AskedVoice(make_key(row.population, row.county_fips), row.population, have)


def _say_size(here: Network, key: str, counties: Sequence[str]) -> str:
    """Say which share of a county they are; "" where that is not on file."""
    sizes = read_residents(here)
    for county in counties:
        share = sizes.get((county, key), Size()).share
        if share == share:
            return f"{say_share(share)} of {county_name(county)}"
    return ""


def make_key(population: str, county: str) -> str:
    """Give what a questionnaire hands back of a population: which rows on file it is about."""
    return json.dumps([population, county])


def write_voices(sheet: Any, pen: Pen, row: int, voices: Sequence[AskedVoice]) -> None:
    """Write the list from a row on: a title, a note, and one row a population."""
    widths = (26, 40, 14, 40, 12)
    pen.write(sheet, row, 1, "Whom do you speak for?", "title")
    pen.write(sheet, row + 1, 1, _say_voices(), "note")
    head = row + 3
    headings = [*form.VOICE_HEADINGS.values()]
    for k, heading in enumerate(headings):
        pen.write(sheet, head, k, heading, "head")
    set_height(sheet, head, headings[1:], widths)
    rows = [*((each.key, each.population, each.have) for each in voices)]
    rows += [("", "", "")] * BLANK_VOICES
    for at, texts in enumerate(rows, start=head + 1):
        for k, text in enumerate(texts):
            pen.write(sheet, at, k, text, "answer" if k == 1 and not text else "known")
        for k in range(3, len(headings)):
            pen.write(sheet, at, k, "", "answer")
        set_height(sheet, at, texts[1:], widths[:2])
    offer(sheet, head + 1, 3, (form.YES_, form.NO_, form.UNKNOWN), len(rows))
    offer(sheet, head + 1, 4, WAYS, len(rows))


def _say_voices() -> str:
    return (
        "You speak for people who are heard with you: they lead you, sit on your board or council, "
        "or are asked. 0 seats: none."
    )
