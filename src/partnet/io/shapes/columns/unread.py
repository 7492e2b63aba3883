"""Columns that name organizations of the network, and that no table takes: they are said."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from ....core.schema import TABLES
from ....core.vocabulary import fold_word
from ....core.wording.names import OTHER_NAMES, fold_name
from ...cells import RawTable
from ...headers.columns import match_headers
from ...headers.words import fold_headers, match_words
from ...values.numbers import read_number
from ...values.words import is_nothing
from ..entries import holds_figures, name_headers, tell_shape
from .beside import is_beside

PARTS = re.compile(r"[;|\n,]")
LEAST_NAMED = 0.5  # of the different parts of a column
MOST_LOOKED_AT = 2_000  # rows below a header that tell what it is
MOST_CELL = 2_000  # characters of a cell that may list organizations
UNKNOWN = "A column that partnet does not know is kept as text."
WHERE = ("organizations", "services", "funding", "memberships", "contacts", "agreements")


def tell_unread(tables: Mapping[str, RawTable], known: Collection[str]) -> dict[str, RawTable]:
    """Say in each table which columns name organizations and are kept as text all the same.

    `known` holds folded ids and names of organizations.
    """
    told = dict(tables)
    if "organizations" in told and told["organizations"].header_row:
        told["organizations"] = _tell_signed(_tell_scores(told["organizations"]))
        told["organizations"] = _tell_money(told["organizations"])
        if "ties" not in told:
            told["organizations"] = _tell_partners(told["organizations"])
    for name in WHERE:
        if name in told and told[name].header_row and known:
            told[name] = _tell(told[name], name, known)
    return told


def _tell(raw: RawTable, name: str, known: Collection[str]) -> RawTable:
    headers = match_headers(raw, TABLES[name])
    own = headers.columns.get(OWNERS.get(name, "organization"), -1)
    found = [
        k for k, text in headers.extras.items()
        if text and not _is_read(text, name) and _names_others(raw, k, own, known)
    ]  # fmt: skip
    met = headers.columns.get("person", -1) if name == "contacts" else -1
    found += [met] if met >= 0 and _names_others(raw, met, own, known) else []
    if not found:
        return raw
    named = name_headers(raw, found)
    return tell_shape(
        raw,
        f"{named} with names of organizations",
        "They are kept as text, and no tie is made of them. If they are partners, give each pair "
        "a row in a table ties (source, target, relation).",
        allowed=UNKNOWN,
    )


def _tell_scores(raw: RawTable) -> RawTable:
    """Say where several columns of scores stand beside the organizations."""
    headers = match_headers(raw, TABLES["organizations"])
    scored = [k for k, text in headers.extras.items() if text and _holds_scores(raw, k)]
    if len(scored) < FEWEST_SCORES:
        return raw
    named = ", ".join(f'"{raw.header[k]}"' for k in scored[:3])
    return tell_shape(
        raw,
        f"{len(scored)} columns of scores beside the organizations ({named})",
        "They are kept as text, and nothing is worked out of them. What organizations think of "
        "each other belongs into a table ratings: rater, rated, dimension, value.",
        allowed=UNKNOWN,
    )


def _tell_money(raw: RawTable) -> RawTable:
    """Say where dollars stand beside the organizations: from whom, and of what, is not known."""
    extras = match_headers(raw, TABLES["organizations"]).extras
    paid = [k for k, text in extras.items() if MONEY.search(text) and _holds_dollars(raw, k)]
    if not paid:
        return raw
    return tell_shape(
        raw,
        f"{name_headers(raw, paid)} with dollars beside the organizations",
        "They are kept as text, and no award is made of them. Give each award a row in a table "
        "funding: funder, recipient, program, amount, fiscal_year.",
        allowed=UNKNOWN,
    )


MONEY = re.compile(r"\b(award(ed)?|amount|grants?|funding|funded|allocation)\b", re.IGNORECASE)
DOLLARS = re.compile(r"\$ ?\d|\d,\d{3}\b")


def _holds_dollars(raw: RawTable, position: int) -> bool:
    said = any(DOLLARS.search(row[position][:MOST_CELL]) for row in raw.rows[:MOST_LOOKED_AT])
    return said and holds_figures(raw, position)


def _tell_signed(raw: RawTable) -> RawTable:
    """Say where columns of agreements stand beside the organizations: with whom is not known."""
    extras = match_headers(raw, TABLES["organizations"]).extras
    signed = [
        k for k, text in extras.items() if SIGNED.search(text) and any(r[k] for r in raw.rows)
    ]
    if not signed:
        return raw
    return tell_shape(
        raw,
        f"{name_headers(raw, signed)} beside the organizations",
        "They are kept as text, and no agreement is made of them, because they do not say with "
        "whom. Give each party of an agreement a row in a table agreements: agreement, "
        "organization, status, signed, expires.",
        allowed=UNKNOWN,
    )


def _tell_partners(raw: RawTable) -> RawTable:
    """Say where a list of partners says how somebody works with them, and not who."""
    at = match_headers(raw, TABLES["organizations"])
    name = at.columns.get("name", -1)
    if name < 0 or "partner" not in fold_word(raw.header[name]):
        return raw
    words = fold_headers(raw.header, "ties")
    asked = {"relation", "strength"} & set(match_words(words, TABLES["ties"]))
    ties = match_words(words, TABLES["ties"])
    found = sorted(ties[c] for c in asked if ties[c] in at.extras)
    if not found:
        return raw
    return tell_shape(
        raw,
        f"{name_headers(raw, found)} beside partners, and not whose partners they are",
        "They are kept as text, and no tie is made of them. Add a column organization with the "
        "name of your own in every row, and they are ties.",
        allowed="A tie links two organizations.",
    )


SIGNED = re.compile(r"\b(MOUs?|MOAs?|BAAs?|DUAs?|agreement|contract)\b", re.IGNORECASE)


def _holds_scores(raw: RawTable, position: int) -> bool:
    """Whether a column holds numbers on a scale of a survey, and not only yes and no."""
    cells = [row[position] for row in raw.rows[:MOST_LOOKED_AT]]
    numbers = [read_number(text) for text in cells if not is_nothing(text, "value")]
    on_scale = [number for number in numbers if number is not None and 0 <= number <= TOP]
    return bool(on_scale) and len(on_scale) == len(numbers) and max(on_scale) > 1


FEWEST_SCORES = 3  # columns
TOP = 10  # of the scales of surveys


def _is_read(header: str, name: str) -> bool:
    """Whether a column is read all the same: as other names, by `build`, or into another table."""
    word = fold_word(header)
    return word in OTHER_NAMES | BUILT or (name == "organizations" and is_beside(header))


BUILT = frozenset(map(fold_word, ("source_ids", "fcc_owner")))  # of networks of public files
OWNERS: Mapping[str, str] = {"organizations": "name", "funding": "recipient"}


def _names_others(raw: RawTable, position: int, own: int, known: Collection[str]) -> bool:
    """Whether a column names other organizations than that of the row."""
    parts = set[str]()
    for row in raw.rows[:MOST_LOOKED_AT]:
        said = {fold_name(part) for part in PARTS.split(row[position][:MOST_CELL])} - {""}
        parts |= said - ({fold_name(row[own])} if own >= 0 else set())
    named = parts & set(known)
    return bool(named) and len(named) >= LEAST_NAMED * len(parts)
