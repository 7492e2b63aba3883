"""What organizations say of whom they speak for: yes, no and don't know kept apart."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ..core.errors import Where
from ..core.network import Network
from ..core.schema import TABLES
from ..facts.populations import key_of
from ..io.values.parse import parser_of
from ..io.values.words import is_nonanswer
from . import form
from .changes import About, Change, SaidVoice
from .form import NO_, ON_FILE, UNKNOWN, YES_, read_word
from .returned import Returned
from .tables import Placed

COLUMNS = {form.THROUGH: "through", form.SEATS: "advisory_seats"}
STRONGEST = (YES_, NO_, UNKNOWN)  # of two people of one organization, the first of these counts


@dataclass(frozen=True)
class VoiceCells:
    """What one row, or the columns of a form, hold about a population: texts and places by key."""

    population: str
    county: str  # of the row on file that it is about; "": of any
    answers: Mapping[str, str]
    places: Mapping[str, Where]


def read_voices(returned: Returned, respondent: str, net: Network, about: About) -> None:
    """Take what a questionnaire says of whom it speaks for, each cell read or named."""
    for row in returned.voices:
        places = {
            key: Where(returned.file, form.ABOUT, row.row, form.VOICE_HEADINGS[key])
            for key in row.answers
        }
        population, county = read_key(row.key) if row.key else (row.population, "")
        read_voice(VoiceCells(population, county, row.answers, places), respondent, net, about)


def read_key(key: str) -> tuple[str, str]:
    """Give population and county of a key; nothing where somebody changed it."""
    try:
        population, county = map(str, json.loads(key))
    except (ValueError, TypeError, RecursionError):
        return "", ""
    return population, county


def read_voice(cells: VoiceCells, respondent: str, net: Network, about: About) -> None:
    """Take what is said of one population."""
    population = " ".join(cells.population.split())
    first = next(iter(cells.places.values()))
    if not population:
        about.refuse(
            first, "answers without a population", "A row is about a population.",
            "Ask which one is meant. The row is set aside.", "voices", cells=len(cells.answers),
        )  # fmt: skip
        return
    values = {key: _read_detail(key, cells, net, about) for key in COLUMNS if key in cells.answers}
    details = {key: value for key, value in values.items() if value}
    filed = find_filed(net, respondent, population, cells.county)
    said = _read_said(cells, details, bool(filed), about)
    if said != YES_ and details:
        for key in details:
            about.refuse(
                cells.places[key], f'"{cells.answers[key]}" beside "{said or "no answer"}"',
                "How they are heard is said of those whom one speaks for.",
                "Ask whether they speak for them. The cell is not used.", "voices",
            )  # fmt: skip
        details = {}
    if said:
        voice = SaidVoice(
            respondent, population, cells.county, said, details.get(form.THROUGH, ""),
            details.get(form.SEATS, ""), first,
        )  # fmt: skip
        about.voices.append(voice)


def _read_said(cells: VoiceCells, details: Mapping[str, str], filed: bool, about: About) -> str:
    """Yes, no, don't know, or ""; who says how they are heard speaks for them."""
    text = cells.answers.get(form.SPEAKS, "")
    word = read_word(text)
    if word.said == "?" or (word.said == ON_FILE and not filed):
        about.refuse(
            cells.places[form.SPEAKS], f'"{text}"', f"Allowed are {YES_}, {NO_}, {UNKNOWN}.",
            "Choose from the list. The cell counts as not answered.", "voices",
        )  # fmt: skip
        return ""
    if word.said == ON_FILE:
        return YES_
    written = form.POPULATION in cells.answers  # who writes a population in speaks for it
    heard = details.get(form.THROUGH) or details.get(form.SEATS, "0") != "0"
    return word.said or (YES_ if written or heard else "")


def _read_detail(key: str, cells: VoiceCells, net: Network, about: About) -> str:
    """One detail as its column holds it; "" where it is not known or cannot be read."""
    text = cells.answers[key]
    if is_nonanswer(text):
        return ""
    column = TABLES["voices"].column(COLUMNS[key])
    cell = parser_of(column, net.vocabulary)(text)
    if cell.wrong or cell.value is None or pd.isna(cell.value):
        fix = f"{cell.wrong} The cell is not used.".strip()
        about.refuse(cells.places[key], f'"{text}"', column.allowed, fix, "voices")
        return ""
    return _tell(key, cell.value)


def _tell(key: str, value: Any) -> str:
    """A detail as text; "" where it is blank."""
    if key != form.SEATS:
        return str(value)
    return "" if pd.isna(value) else f"{float(value):g}"


def settle_voices(net: Network, about: About) -> tuple[list[Placed], list[Change]]:
    """Give the rows of voices that are new, and what is said otherwise than on file.

    Of two people of one organization yes goes before no, no before don't know. A no about what is
    not on file, and a don't know, change no table.
    """
    said: dict[tuple[str, str, str], list[SaidVoice]] = {}
    for each in about.voices:
        said.setdefault((each.respondent, key_of(each.population), each.county), []).append(each)
    rows: list[Placed] = []
    changes: list[Change] = []
    for answers in said.values():
        best = join_voices(answers)
        filed = find_filed(net, best.respondent, best.population, best.county)
        if best.said == YES_ and not filed:
            rows.append((best.where, _make_row(best)))
        elif best.said == YES_:
            changes += _compare(best, filed)
        elif best.said == NO_:
            changes += [_end(best, row) for row in filed]
    return rows, changes


def join_voices(answers: Sequence[SaidVoice]) -> SaidVoice:
    """Join what people of one organization say: the strongest answer, with details of any."""
    best = min(answers, key=lambda each: STRONGEST.index(each.said))
    alike = [each for each in answers if each.said == best.said]
    through = next((each.through for each in alike if each.through), "")
    seats = max((each.seats for each in alike if each.seats), key=float, default="")
    return SaidVoice(
        best.respondent, best.population, best.county, best.said, through, seats, best.where
    )


def find_filed(net: Network, respondent: str, population: str, county: str) -> list[Any]:
    """Give the rows on file of an organization for a population that have not ended."""
    table, day = net.table("voices"), net.at().day
    own = (table["organization"] == respondent) & table["population"].map(key_of).eq(
        key_of(population)
    )
    own &= table["until"].isna() | (day is not None and table["until"] >= day)
    if county:
        own &= table["county_fips"] == county
    return [*table[own].itertuples()]


def _make_row(said: SaidVoice) -> dict[str, str]:
    record = {"organization": said.respondent, "population": said.population}
    record |= {"county_fips": said.county} if said.county else {}
    record |= {"through": said.through} if said.through else {}
    return record | ({"advisory_seats": said.seats} if said.seats else {})


def _compare(said: SaidVoice, filed: Sequence[Any]) -> Iterator[Change]:
    for row in filed:
        for key, value in ((form.THROUGH, said.through), (form.SEATS, said.seats)):
            before = getattr(row, COLUMNS[key])
            before = (
                str(before) if key == form.THROUGH else "" if pd.isna(before) else f"{before:g}"
            )
            if value and value != before:
                yield Change(
                    said.respondent, "voices", COLUMNS[key], _name(said, before), value,
                    said.where, value, (row.Index,),
                )  # fmt: skip


def _end(said: SaidVoice, row: Any) -> Change:
    return Change(
        said.respondent, "voices", "", f"speaks for {row.population}", "", said.where, "",
        (row.Index,),
    )  # fmt: skip


def _name(said: SaidVoice, before: str) -> str:
    """What is on file, with whose voice it is."""
    return f"{said.population}: {before or 'blank'}"
