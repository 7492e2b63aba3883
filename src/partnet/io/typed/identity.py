"""Who a row is about: ids of organizations, and cells that name one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import numpy as np
import pandas as pd

from ...core.arrays import PositionArray
from ...core.vocabulary import Vocabulary
from ...core.wording.county_names import name_county
from ...core.wording.names import NameIndex, fold_name
from ...places.gazetteer import choose_namesake, county_name, county_of_zip, state_of
from ..values.parse import Cell, parse_county
from ..values.words import is_nothing
from .draft import Draft

MOST_SUGGESTIONS = 300  # names of nobody that are compared with all names ...
MOST_COMPARED = (
    1_500_000  # ... and how many comparisons of two names that may be: microseconds each
)
MOST_NAMED = 5  # ids of one name that a message lists
MOST_ID = 1_000  # characters of an id: it stands whole wherever it is written, and links rows
MOST_MADE = 900  # of one that is made of a name; a number may follow


def settle_organizations(draft: Draft, vocabulary: Vocabulary) -> None:
    """Give every organization an id, a kind, a sector, a county and a State, and report doubts."""
    frame = draft.frame
    frame["kind"] = frame["kind"].where(frame["kind"] != "", "other")  # not understood
    own_sector = frame["kind"].map({k: kind.sector for k, kind in vocabulary.kinds.items()})
    frame["sector"] = frame["sector"].where(frame["sector"] != "", own_sector).astype("str")
    _find_counties(draft)
    _drop_long_ids(draft)
    _drop_repeated_ids(draft)
    _make_missing_ids(draft)


def _find_counties(draft: Draft) -> None:
    """Turn county names into codes; take the State from the code where it is blank."""
    frame = draft.frame
    named = frame.index[(frame["county_fips"] == "") & (frame["county"] != "")]
    found: dict[tuple[str, str], Cell] = {}
    counties, states, codes = draft.cells("county"), draft.cells("state"), dict[int, str]()
    for row in named:
        county, state = counties[row], states[row] or draft.manners.state
        if is_nothing(county):
            continue
        state = state or _state_by_zip(county, frame.at[row, "zip"])
        if (county, state) not in found:
            found[county, state] = parse_county(county, state)
        cell = found[county, state]
        near = choose_namesake(county, cell.value or "", frame.at[row, "zip"])
        if near != (cell.value or ""):
            cell = Cell(near, note=f"read as {county_name(near)}, where its ZIP code lies")
        codes[row] = cell.value or ""
        if cell.wrong or cell.note:
            where = f'"{county}"' + (f" in {state}" if state else " and no State")
            draft.report(
                row,
                "county",
                where if cell.wrong else f"{where}, {cell.note}",
                "A county is named as the Census does, with its State in the column state.",
                cell.wrong or "Check that it is right.",
                level="error" if cell.wrong else "note",
                set_aside="cell" if cell.wrong else "",
            )
    draft.fill("county_fips", codes)
    blank = (frame["state"] == "") & (frame["county_fips"] != "")
    frame.loc[blank, "state"] = frame.loc[blank, "county_fips"].map(state_of).astype("str")


def _state_by_zip(county: str, zip_code: str) -> str:
    """The State of a ZIP code, where a county of that name lies in it; "" where it does not."""
    state = state_of(county_of_zip(zip_code))
    return state if state and parse_county(county, state).value else ""


def _drop_long_ids(draft: Draft) -> None:
    """Take ids away that no program would keep whole: cut, they would name somebody else."""
    ids = draft.cells("id")
    long = [row for row, id_ in ids.items() if len(id_) > MOST_ID]
    for row in long:
        draft.report(
            row,
            "id",
            f'"{ids[row][:30]}..." of {len(ids[row]):,} characters',
            f"An id is a short text, of at most {MOST_ID:,} characters.",
            "Shorten it here and where ties name it. Until then an id is made of the name.",
            set_aside="cell",
        )
    draft.fill("id", dict.fromkeys(long, ""))


def _drop_repeated_ids(draft: Draft) -> None:
    frame = draft.frame
    repeated = frame.index[(frame["id"] != "") & frame["id"].duplicated()]
    ids = draft.cells("id")
    for row in repeated:
        draft.report(
            row,
            "id",
            f'"{ids[row]}", which stands above already',
            "Every organization has an id of its own, and one row.",
            "Give it another id, or delete the row. The row is set aside.",
            set_aside="row",
        )
    draft.set_rows_aside(repeated)


def _make_missing_ids(draft: Draft) -> None:
    """Make ids from names; a second organization of the same name gets -2, and that is said."""
    frame = draft.frame
    taken = set(frame["id"]) - {""}
    names, made, last = draft.cells("name"), dict[int, str](), dict[str, int]()
    folded = frame["name"].map(fold_name)
    again = folded.duplicated()
    for row in frame.index[frame["id"] == ""]:
        base = make_slug(names[row])
        id_, k = base, last.get(base, 1)
        while id_ in taken:
            id_, k = f"{base}-{k + 1}", k + 1
        last[base] = k
        taken.add(id_)
        made[row] = id_
        if id_ != base:
            draft.report(row, "name", *_say_taken(names[row], base, id_, again[row]), level="note")
    draft.fill("id", made)


def _say_taken(name: str, base: str, id_: str, again: bool) -> tuple[str, str, str]:
    """What was found, what is allowed and what to do where an id made of a name is taken."""
    if again:
        return (
            f'"{name}", a name that stands above already',
            "Two organizations may share a name if each has an id.",
            f"It got the id {id_}. Name it by this id, or delete the row if it is the same.",
        )
    return (
        f'"{name}", a name that makes the id {base}, which another organization has',
        "Every organization has an id of its own; one is made of the letters and digits of a name.",
        f"It got the id {id_}. Name it by this id, or write one of your own.",
    )


def make_slug(name: str) -> str:
    """Make an id from a name.

    Examples
    --------
    >>> make_slug("St. Mary's Hospital & Clinic")
    'st-marys-hospital-clinic'
    """
    if name.isascii() and name.isalnum():  # an identifier
        return name.lower()[:MOST_MADE]
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    words = re.findall(r"[a-z0-9]+", plain.lower().replace("'", ""))
    return "-".join(words)[:MOST_MADE].strip("-") or "organization"


def explain_lost(index: NameIndex, text: str) -> str:
    """Say what to do about a cell that names nobody, or more than one."""
    named = index.list_named(text)
    if named:
        shown = ", ".join(named[:MOST_NAMED]) + (", ..." if len(named) > MOST_NAMED else "")
        return f"{len(named):,} organizations have this name: use an id ({shown})."
    near = index.suggest(text)
    hint = f"Did you mean {near[0]}? " if near else ""
    return f"{hint}Correct it, or add it to the organizations table."


def resolve_references(draft: Draft, index: NameIndex) -> None:
    """Replace names of organizations by ids; rows that name nobody are set aside."""
    for column in draft.table.columns:
        if column.type == "organization":
            _resolve_column(draft, column.name, column.required, index)


def list_placed_names(organizations: pd.DataFrame) -> list[tuple[str, str]]:
    """Names with the place behind them, by which people tell those apart who share one.

    "Memorial Hospital (Cedar County)", "Memorial Hospital, Hartington NE". Each comes with its id.
    """
    folded = organizations["name"].map(fold_name)
    shared = organizations[folded.duplicated(keep=False)]
    cities = shared["city"] if "city" in shared else pd.Series("", index=shared.index)
    found: list[tuple[str, str]] = []
    for row, city in zip(shared.itertuples(), cities, strict=True):
        county = name_county(str(row.county_fips))
        bare = county.removesuffix(" County")
        places = dict.fromkeys(filter(None, (county, bare, str(city))))
        marks = [*places, str(row.state), *(f"{place} {row.state}" for place in places)]
        found += [(str(row.id), f"{row.name} {mark}") for mark in filter(None, marks)]
    return found


def name_judged(draft: Draft, index: NameIndex) -> None:
    """Replace names by ids in judgments; ids of a public file that is no table here stay."""
    for column in ("a", "b"):
        texts = draft.frame[column]
        found = {text: index.find(text) or index.find_loosely(text) or text for text in set(texts)}
        draft.frame[column] = texts.map(found).astype("str")


def _resolve_column(draft: Draft, name: str, required: bool, index: NameIndex) -> None:
    texts = draft.frame[name]
    codes, distinct = pd.factorize(texts)
    words: list[str] = distinct.tolist()
    exact = [index.find(word) if word else "" for word in words]
    ids = [
        id_ or ("" if not word or index.list_named(word) else index.find_loosely(word))
        for word, id_ in zip(words, exact, strict=True)
    ]
    _report_likened(draft, name, codes, words, exact, ids, index)
    lost = np.array([bool(word) and not id_ for word, id_ in zip(words, ids, strict=True)], bool)
    unknown = texts.index[lost[codes]]
    advice, allowed = _Advice(index), draft.table.column(name).allowed
    tail = "The row is set aside." if required else "The cell counts as blank."
    for row, code in zip(unknown, codes[lost[codes]], strict=True):
        draft.report(
            row,
            name,
            f'"{words[code]}"',
            allowed,
            f"{advice.give(words[code])} {tail}",
            set_aside="row" if required else "cell",
        )
    found = np.array(ids, dtype=object)[codes]
    draft.frame[name] = pd.Series(found, index=texts.index, dtype="str")
    if required:
        draft.set_rows_aside(unknown)


class _Advice:
    """What to do about names of nobody; only the first ones are compared with all others."""

    def __init__(self, index: NameIndex) -> None:
        self.index = index
        self.given: dict[str, str] = {}
        self.most = min(MOST_SUGGESTIONS, MOST_COMPARED // max(1, len(index.name_of)))

    def give(self, text: str) -> str:
        if text not in self.given:
            near = len(self.given) < self.most
            plain = "Correct it, or add it to the organizations table."
            self.given[text] = explain_lost(self.index, text) if near else plain
        return self.given[text]


def _name_one(id_: str, index: NameIndex) -> str:
    """An organization by its name, with its id where others share that."""
    name = index.name_of[id_]
    return f"{name} (id {id_})" if len(index.list_named(name)) > 1 else name


def _report_likened(
    draft: Draft,
    name: str,
    codes: PositionArray,
    words: Sequence[str],
    exact: list[str],
    ids: list[str],
    index: NameIndex,
) -> None:
    """Say which cells name an organization only but for accents and punctuation."""
    likened = np.array([not e and bool(i) for e, i in zip(exact, ids, strict=True)], bool)
    if not likened.any():
        return
    for row, code in zip(draft.frame.index[likened[codes]], codes[likened[codes]], strict=True):
        draft.report(
            row,
            name,
            f'"{words[code]}", read as {_name_one(ids[code], index)}',
            "A name is written as in the organizations table.",
            "Check that it is right.",
            level="note",
        )
