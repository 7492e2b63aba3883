"""Grants whose list names the funder and the money, and no program."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ....core.rows.awards import UNSTATED
from ....core.schema import TABLES
from ....core.vocabulary import fold_word
from ....core.wording.text import count_noun
from ...cells import RawTable
from ...headers.columns import match_headers
from ...headers.words import spellings
from ...values.codes import drop_decimals
from ...values.numbers import read_number
from ...values.words import fold_cell, is_nothing
from ..entries import holds_figures, name_headers, note_shape, tell_shape


def name_programs(raw: RawTable) -> RawTable:
    """Give each grant a program of its own where no column names one: none is shared then."""
    at = match_headers(raw, TABLES["funding"]).columns
    if "program" in at or "recipient" not in at or not {"funder", "amount"} & set(at):
        return raw
    rows = [[*row, _name_program(row, at.get("funder", -1), at["recipient"])] for row in raw.rows]
    note = note_shape(
        raw,
        "no column program",
        "Each grant counts as a program of its own; which program it is from is not known.",
        allowed="A grant is from a program.",
    )
    return replace(raw, header=(*raw.header, "program"), rows=rows, notes=(*raw.notes, note))


def name_filers(raw: RawTable, organizations: RawTable | None) -> RawTable:
    """Name funders by their EIN, as tables of Form 990 do; the list of organizations knows some."""
    at = match_headers(raw, TABLES["funding"]).columns.get("funder", -1)
    cells = {row[at] for row in raw.rows if not is_nothing(row[at])} if at >= 0 else set()
    numbers = {text: re.sub(r"\D", "", drop_decimals(text)).zfill(9) for text in cells}
    if not cells or not all(map(EIN.fullmatch, cells)):
        return raw
    listed = _list_filers(organizations)
    named = {t: listed.get(n, f"EIN {n[:2]}-{n[2:]}") for t, n in numbers.items()}
    rows = [[named.get(t, t) if k == at else t for k, t in enumerate(row)] for row in raw.rows]
    unknown = sum(number not in listed for number in numbers.values())
    note = note_shape(
        raw,
        f'{count_noun(len(cells), "funder")} under "{raw.header[at]}" by their EIN',
        f"The list of organizations names {len(cells) - unknown:,} of {len(cells):,}; the others "
        "go by their EIN."
        if unknown < len(cells)
        else "They go by their EIN, because no list of organizations names them.",
        allowed="A funder goes by its name.",
    )
    return replace(raw, rows=rows, notes=(*raw.notes, note))


EIN = re.compile(r"\d{2}-\d{7}|\d{8,9}(\.0)?")


def _list_filers(organizations: RawTable | None) -> dict[str, str]:
    """The names of the organizations whose EIN is on file."""
    if organizations is None:
        return {}
    at = match_headers(organizations, TABLES["organizations"]).columns
    if not {"name", "ein"} <= set(at):
        return {}
    pairs = ((row[at["ein"]], row[at["name"]]) for row in organizations.rows if row[at["ein"]])
    return {re.sub(r"\D", "", drop_decimals(ein)).zfill(9): name for ein, name in pairs}


def name_currencies(raw: RawTable) -> RawTable:
    """Write another currency than dollars behind its amounts, which are refused then."""
    at = match_headers(raw, TABLES["funding"])
    money = at.columns.get("amount", -1)
    currency = next((k for k, t in at.extras.items() if fold_word(t) in CURRENCY), -1)
    if min(money, currency) < 0:
        return raw
    other = {row[currency] for row in raw.rows} - {""}
    other = {text for text in other if fold_cell(text) not in DOLLARS and not is_nothing(text)}
    rows = [
        [f"{t} {row[currency]}" if k == money and t else t for k, t in enumerate(row)]
        if row[currency] in other
        else row
        for row in raw.rows
    ]
    return replace(raw, rows=rows) if other else raw


def name_amount(raw: RawTable) -> RawTable:
    """Read dollars under Award as the amount: the number of an award has no $ and no comma."""
    at = match_headers(raw, TABLES["funding"]).columns
    award = at.get("award", -1)
    if award < 0 or "amount" in at or not holds_figures(raw, award):
        return raw
    if not any(MONEY_MARK.search(row[award]) for row in raw.rows):
        return raw
    header = tuple("amount" if k == award else text for k, text in enumerate(raw.header))
    note = note_shape(
        raw,
        f'dollars under "{raw.header[award]}"',
        "They are read as the amounts of the awards.",
        allowed="The dollars of an award stand under amount, its number under award.",
    )
    return replace(raw, header=header, notes=(*raw.notes, note))


def scale_amounts(raw: RawTable) -> RawTable:
    """Write amounts out whose header says that they are in thousands or millions.

    Where no column is an amount, figures that may be one are named.
    """
    at = match_headers(raw, TABLES["funding"])
    if "amount" in at.columns:
        return _scale_by_title(raw, at.columns["amount"])
    known = spellings(TABLES["funding"].column("amount"))
    for k, text in at.extras.items():
        times = _find_times(text)
        words = fold_word(UNIT.sub(" ", text))
        if times and (words in known or words in AWARDED) and holds_figures(raw, k):
            rows = [
                [_multiply(t, times) if i == k else t for i, t in enumerate(r)] for r in raw.rows
            ]
            note = note_shape(
                raw,
                f'"{text}" over amounts',
                f"Each is read as {times:,} times as many dollars.",
                allowed="An amount is a number of dollars.",
            )
            header = tuple("amount" if i == k else t for i, t in enumerate(raw.header))
            return replace(raw, header=header, rows=rows, notes=(*raw.notes, note))
    money = [k for k, text in at.extras.items() if MONEY.search(text) and holds_figures(raw, k)]
    if not money:
        return raw
    named = name_headers(raw, money)
    return tell_shape(
        raw,
        f"{named} with figures, and no column amount",
        "They are kept as text, and no amount is known. Call the one that was awarded amount.",
        allowed="The dollars of an award stand under amount.",
    )


def _scale_by_title(raw: RawTable, amount: int) -> RawTable:
    """Write amounts out where the title of the table says that they are in thousands."""
    match = TITLED.search(raw.above)
    if match is None or not holds_figures(raw, amount):
        return raw
    times = _find_times(match[0])
    rows = [[_multiply(t, times) if k == amount else t for k, t in enumerate(r)] for r in raw.rows]
    note = note_shape(
        raw,
        f'"{" ".join(match[0].split())}" above the header',
        f"Each amount is read as {times:,} times as many dollars.",
        allowed="An amount is a number of dollars.",
    )
    return replace(raw, rows=rows, notes=(*raw.notes, note))


TITLED = re.compile(
    r"\bin (thousands|millions)\b( of (us )?dollars)?|\b(thousands|millions) of (us )?dollars|"
    r"\(\$ ?0{3}'?s?\)",
    re.IGNORECASE,
)


def _find_times(header: str) -> int:
    """By what the figures below a header are to be multiplied; 0 where it says nothing."""
    match = UNIT.search(header)
    if match is None:
        return 0
    return 1_000_000 if re.search(r"m", match[0], re.IGNORECASE) else 1_000


def _multiply(text: str, times: int) -> str:
    number = read_number(text)
    return text if number is None else f"{number * times:.10g}"


UNIT = re.compile(
    r"(?<![\s,(\[])[\s,(\[]*+(in |\$ ?)*(\$ ?)?(\b0{3}'?s?\b|,0{3}s?\b|thousands?( of dollars)?|"
    r"millions?( of dollars)?|\bk\b|\bmm?\b)( dollars)?[)\]]*",
    re.IGNORECASE,
)
AWARDED = frozenset({"award", "awarded", "grant", "amounts", "dollars awarded"})
MONEY_MARK = re.compile(r"\$|\d,\d{3}|\d\.\d\d$")
MONEY = re.compile(
    r"\$|\b(award(ed)?|amount|dollars?|share|cost|budget|grant|obligat\w+|funds?|match|spent)\b",
    re.IGNORECASE,
)
CURRENCY = frozenset(map(fold_word, ("currency", "currency code", "currency type")))
DOLLARS = frozenset(
    {"usd", "us$", "$", "us dollar", "us dollars", "dollar", "dollars", "u.s. dollars"}
)


def _name_program(row: Sequence[str], funder: int, recipient: int) -> str:
    if is_nothing(row[recipient], "label"):
        return f"nobody{UNSTATED}"  # the row is set aside, and said once
    source = "" if funder < 0 or is_nothing(row[funder]) else f"{row[funder]} "
    return f"{source}to {row[recipient]}{UNSTATED}"
