"""Tables with a column for every funder, party of an agreement, or relation."""

from __future__ import annotations

import re
from dataclasses import replace

from ....core.schema import TABLES
from ....core.vocabulary import default_vocabulary, fold_word
from ...cells import RawTable
from ...headers.columns import match_headers
from ...headers.row import FISCAL, TOTALS
from ...values.numbers import read_number
from ...values.parse import NO, YES
from ...values.words import fold_cell, is_nothing
from ..entries import Entries, holds_figures, note_shape, tell_shape

FEWEST = 2  # columns that make a table a spread one
# What money may be besides given: columns of these are no funders.
STATES = frozenset({
    "budget", "budgeted", "actual", "actuals", "spent", "expended", "match", "award", "awarded",
    "requested", "amount", "obligated", "total", "grant", "grants", "revenue", "expenses",
})  # fmt: skip
PAID = frozenset(
    map(fold_word, ("agency", "agency name", "hospital", "clinic", "facility", "member", "partner"))
)
PARTY = re.compile(
    r"((first|second|third) )?(party|organi[sz]ation|org|agency|partner)( name)?( (\d|[abc]))?|"
    r"(signatory|signer|member) (\d|[abc])"  # without a number it may be a person, or yes
)


def find_funders(raw: RawTable) -> list[int]:
    """Columns of money, each under the name of who pays it, where no column names the funder.

    Examples
    --------
    >>> rows = [["Alder", "$100", ""], ["Birch", "$50", "20"]]
    >>> find_funders(RawTable("f.csv", "", ("Organization", "HRSA", "USDA"), 1, rows, [2, 3]))
    [1, 2]
    """
    headers = match_headers(raw, TABLES["funding"])
    paid = _find_recipient(raw)
    if paid < 0 or {"funder", "program"} & set(headers.columns):
        return []
    heads = [k for k, t in headers.extras.items() if t and k != paid and not _is_total(t)]
    heads = [k for k in heads if any(row[k] for row in raw.rows)]  # a year without money
    money = [k for k in heads if holds_figures(raw, k)]
    years = [_part_year(raw.header[k]) for k in money]
    if all(years) and all(fold_cell(part[0]) in STATES for part in years if part):
        return []  # Budget 2023, Spent 2023
    return money if len(money) == len(heads) >= FEWEST else []


def _find_recipient(raw: RawTable) -> int:
    """The column of whom money went to: an agency beside funders is one that was paid."""
    at = match_headers(raw, TABLES["funding"]).columns
    named = (k for k, text in enumerate(raw.header) if fold_word(text) in PAID)
    return at["recipient"] if "recipient" in at else next(named, -1)


def _is_total(header: str) -> bool:
    return fold_cell(header) in TOTALS or fold_cell(header).split()[-1:] in ([t] for t in TOTALS)


def _part_year(header: str) -> tuple[str, str] | None:
    """The funder and the year of a header: HRSA 2023, FY23 State; ``None`` where it has none.

    Examples
    --------
    >>> _part_year("HRSA FY2023"), _part_year("2024 State of Iowa"), _part_year("HRSA")
    (('HRSA', 'FY2023'), ('State of Iowa', '2024'), None)
    """
    words = header.split()
    for name, year in ((words[:-1], words[-1:]), (words[1:], words[:1])):
        if name and year and FISCAL.fullmatch(year[0]):
            return " ".join(name).strip(" -:,"), year[0]
    return None


def melt_funders(raw: RawTable) -> RawTable:
    """Turn columns of money into one row an award; a total of them is left out."""
    funders = find_funders(raw)
    if not funders:
        return raw
    at = _find_recipient(raw)
    parts = {k: _part_year(raw.header[k]) for k in funders}
    dated = all(parts.values())
    heads = {k: list(part) if dated and part else [raw.header[k]] for k, part in parts.items()}
    entries = Entries(raw, ("recipient", "funder", *["fiscal_year"] * dated, "amount"))
    for position, row in enumerate(raw.rows):
        for k in funders:
            if not is_nothing(row[k], "value") and read_number(row[k]) != 0:
                entries.add(position, [row[at], *heads[k], row[k]])
    named = ", ".join(f'"{raw.header[k]}"' for k in funders[:3])
    kinds = "funder and year" if dated else f"of {len(funders):,} funders"
    return entries.make(
        note_shape(
            raw,
            f"a column of money for each {kinds} ({named})",
            f"Each amount is read as an award: {len(entries.rows):,} rows.",
        )
    )


def melt_parties(raw: RawTable) -> RawTable:
    """Turn agreements that name their parties side by side into one row a party."""
    headers = match_headers(raw, TABLES["agreements"]).columns
    parties = [k for k, text in enumerate(raw.header) if PARTY.fullmatch(fold_word(text))]
    if len(parties) < FEWEST:
        return raw
    if (
        "agreement" in headers
        and "type" not in headers
        and _repeats_types(raw, headers["agreement"])
    ):
        at = headers.pop("agreement")
        header = tuple("type" if k == at else text for k, text in enumerate(raw.header))
        raw, headers["type"] = replace(raw, header=header), at
    raw = raw if "agreement" in headers else _name_agreements(raw, parties, headers.get("type", -1))
    kept = [k for k in range(len(raw.header)) if k not in parties]
    entries = Entries(raw, [*(raw.header[k] for k in kept), "organization"])
    for position, row in enumerate(raw.rows):
        for k in parties:
            if not is_nothing(row[k], "label"):
                entries.add(position, [*(row[i] for i in kept), row[k]])
    return entries.make(
        note_shape(
            raw,
            f"{len(parties):,} parties beside each other in an agreement",
            f"Each is read as a row: {len(entries.rows):,} rows.",
            allowed="An agreement has one row a party.",
        )
    )


def _repeats_types(raw: RawTable, position: int) -> bool:
    """Whether agreements are called by their type alone (MOU, BAA), and some of them alike."""
    find = default_vocabulary().find_relation
    cells = [row[position] for row in raw.rows if not is_nothing(row[position], "value")]
    return len(set(cells)) < len(cells) and all(find(text) is not None for text in set(cells))


def names_parties(raw: RawTable) -> bool:
    """Tell whether a table names parties side by side, and what agreements have beside them."""
    headers = match_headers(raw, TABLES["agreements"]).columns
    parties = [text for text in raw.header if PARTY.fullmatch(fold_word(text))]
    told = any(OF_AGREEMENT.search(fold_word(text)) for text in parties)
    return told and len(parties) >= FEWEST and bool(SIGNED & set(headers))


SIGNED = frozenset({"type", "status", "signed", "effective", "expires", "renews"})
OF_AGREEMENT = re.compile(r"\b(party|signatory|signer)\b")


def _name_agreements(raw: RawTable, parties: list[int], kind: int) -> RawTable:
    """Name each agreement by its type and its parties, where no column names it."""
    names = [
        f"{(row[kind] if kind >= 0 else '') or 'agreement'}: "
        + ", ".join(row[k] for k in parties if not is_nothing(row[k], "label"))
        for row in raw.rows
    ]
    rows = [[*row, name] for row, name in zip(raw.rows, names, strict=True)]
    note = note_shape(
        raw,
        "no column that names the agreement",
        "Each row is read as an agreement of its own, called by its type and its parties.",
        allowed="An agreement has a name or number.",
    )
    return replace(raw, header=(*raw.header, "agreement"), rows=rows, notes=(*raw.notes, note))


def melt_relations(raw: RawTable) -> RawTable:
    """Turn columns of yes and no, each under the name of a relation, into one row an answer."""
    headers = match_headers(raw, TABLES["ties"])
    if {"relation", "strength"} & set(headers.columns) or "target" not in headers.columns:
        return raw
    find = default_vocabulary().find_relation
    asked = {k: find(text) or "" for k, text in headers.extras.items()}
    asked = {k: relation for k, relation in asked.items() if relation and _may_say(raw, k)}
    if not any(_says_yes_no(raw, k) for k in asked):
        return raw
    if len(asked) < FEWEST and set(asked.values()) != {find("ties")}:
        return _tell_single(raw, *asked)  # who has no contract may still work together
    kept = [k for k in range(len(raw.header)) if k not in asked]
    entries = Entries(raw, [*(raw.header[k] for k in kept), "relation", "strength"])
    for position, row in enumerate(raw.rows):
        for k, relation in asked.items():
            word = fold_cell(row[k])
            if word in YES | NO:
                said = "" if word in YES else "none"
                entries.add(position, [*(row[i] for i in kept), relation, said])
    named = ", ".join(f'"{raw.header[k]}"' for k in asked)
    left = [k for k, t in headers.extras.items() if t and k not in asked and _may_say(raw, k)]
    more = ", ".join(f'"{raw.header[k]}"' for k in left)
    return entries.make(
        note_shape(
            raw,
            f"a column of yes and no for each relation ({named})",
            f"Each answer is read as a row: {len(entries.rows):,} rows."
            + (f" Not read is {more}, which is no relation that partnet knows." if left else ""),
        )
    )


def _tell_single(raw: RawTable, position: int) -> RawTable:
    return tell_shape(
        raw,
        f'"{raw.header[position]}" with yes and no beside the ties',
        "It is kept as text, and no answer of it makes or ends a tie. Where each yes is a tie of "
        "its own, give it a row with that relation.",
        allowed="A tie has a relation (referral, contract, data sharing, ...).",
    )


def _may_say(raw: RawTable, position: int) -> bool:
    """Whether a column holds yes or no, and besides only cells that say nothing."""
    words = {fold_cell(row[position]) for row in raw.rows if not is_nothing(row[position], "value")}
    return bool(words) and words <= YES | NO


def _says_yes_no(raw: RawTable, position: int) -> bool:
    words = {fold_cell(row[position]) for row in raw.rows if row[position].strip()}
    return bool(words & YES) and words <= YES | NO
