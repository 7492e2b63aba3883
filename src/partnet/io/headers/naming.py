"""Which table a sheet or a file is: by its name, and by its headers where the name does not say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

from ...core.errors import InputProblem, UsageError, Where
from ...core.schema import TABLES
from ...core.vocabulary import fold_word
from ...core.wording.text import count_noun
from ..cells import RawTable
from ..shapes.cells.legend import take_legends
from ..shapes.columns.codebook import take_codebooks
from ..shapes.columns.kinds import is_by_kind
from ..shapes.columns.spread import find_funders, names_parties
from ..shapes.columns.wide import is_wide, lies_across, lists_meetings, lists_partners
from ..shapes.ties.bare import head_molten, is_headless, is_molten
from ..shapes.ties.corner import head_names, holds_marks, is_two_modes
from ..shapes.ties.grid import find_grid
from ..shapes.ties.matrix import is_matrix
from ..shapes.ties.pairs import find_leads, find_pairs
from ..shapes.ties.questions import find_form
from ..tables.advice import advise
from ..tables.joining import join_tables, may_join, put_newest_first, take_title, title_of, year_of
from ..values.numbers import read_number
from .columns import OF_CONTACT, PERSONAL, WHO, list_known, lists_members
from .row import score_table
from .words import fold_headers, fold_texts, match_words

COMPANIONS = ("review", "build_log")  # files that partnet build writes beside the tables
# Where headers fit two tables alike, the earlier one is meant.
BY_HEADERS = (
    "ties", "funding", "contacts", "services", "memberships", "people", "agreements",
    "affiliations", "needs", "service_areas", "ratings", "responses", "organizations",
)  # fmt: skip
MONEY = re.compile(r"\b(grants?|fund(s|ing|ers)?|awards?)\b", re.IGNORECASE)  # in a title
YEAR = re.compile(r"\b(?:FY ?)?(?:19|20)\d\d\b|\bFY ?\d\d\b", re.IGNORECASE)  # Attendance 2025
LEAST_KNOWN = 2  # headers by which a table is recognized, beside all that it needs


def name_tables(
    raws: Iterable[RawTable], chosen: Mapping[str, str] | None = None
) -> tuple[dict[str, RawTable], list[InputProblem]]:
    """Find out which table each sheet or file is; others are named in a note.

    Parameters
    ----------
    raws : iterable of RawTable
        Sheets or files.
    chosen : mapping of str to str, optional
        Table by the name of a sheet or file, where somebody says so.

    Raises
    ------
    UsageError
        A choice names no table, or no sheet.
    """
    listed = [raw for raw in raws if raw.header and title_of(raw) not in COMPANIONS]
    listed = put_newest_first([_head_corner(raw) for raw in take_legends(take_codebooks(listed))])
    found: dict[str, RawTable] = {}
    notes: list[InputProblem] = []
    for name, title in (chosen or {}).items():
        found[_check_choice(name)] = _pick(listed, name, title)
    rest = [raw for raw in listed if not any(raw is other for other in found.values())]
    found = {name: replace(raw, table=name) for name, raw in found.items()}
    for raw in sorted(rest, key=_rank_title):  # names first
        name = _find_table(raw, found)
        raw = take_title(raw, name)
        if name in found and may_join(found[name], raw, name):
            found[name] = join_tables(found[name], raw, name)
            continue
        if name in found or not name:
            notes.append(_tell_unread(raw, name))
            continue
        if not raw.table and name != _find_by_title(raw):
            notes.append(_tell_recognized(raw, name))
        found[name] = raw
    _take_contacts_for_organizations(found, notes)
    order = list(TABLES)
    return dict(sorted(found.items(), key=lambda item: order.index(item[0]))), notes


def _head_corner(raw: RawTable) -> RawTable:
    """Head the names of a matrix of two modes, whose columns are groups or services; and ties that
    were made of a matrix.
    """
    if is_molten(raw):
        return head_molten(raw)
    told = is_two_modes(raw, title_of(raw))
    told = told or (_is_wide(_find_by_title(raw)) and not raw.header[0] and holds_marks(raw))
    return head_names(raw) if told else raw


def _check_choice(name: str) -> str:
    if name not in TABLES:
        raise UsageError(
            f"tables: found {name!r}. Allowed are {', '.join(TABLES)}. Choose one of them."
        )
    return name


def _pick(raws: list[RawTable], name: str, title: str) -> RawTable:
    for raw in raws:
        if title in (raw.sheet, raw.file) or fold_word(title) == fold_word(title_of(raw)):
            return raw
    titles = ", ".join(map(title_of, raws))
    raise UsageError(
        f"tables: found {title!r} for {name}. Sheets or files are {titles}. Choose one of them."
    )


def _find_table(raw: RawTable, found: Mapping[str, RawTable]) -> str:
    """The table that a sheet is: its name decides where its headers allow it."""
    if raw.table:
        return raw.table
    titled, guessed = _find_by_title(raw), guess_table(raw)
    if titled == "funding" and find_funders(raw):
        return titled
    if titled == "responses" and guessed == "ties" and not _says_answered(raw):
        return guessed  # Responses: who works with whom, as a survey tool calls its answers
    if not titled and MONEY.search(title_of(raw)) and find_funders(raw):
        return "funding"
    if not titled:
        listed = found.get("organizations") if guessed in found or not guessed else None
        known = list_known(listed)
        told = listed and (
            find_grid(raw, known) or max(find_pairs(raw, known), find_leads(raw, known)) >= 0
        )
        return "ties" if told else guessed
    by_groups = titled in ("attendance", "affiliations") and not _has_needed(raw, titled)
    if by_groups and is_wide(raw, "memberships"):
        return "memberships"  # who came, with a column for each meeting
    if guessed and guessed not in found and not _has_needed(raw, titled) and not _is_wide(titled):
        return guessed
    return titled


def _says_answered(raw: RawTable) -> bool:
    """Whether a table of responses says who answered, and in which wave."""
    found = match_words(fold_headers(raw.header, "responses"), TABLES["responses"])
    return not {"answered", "wave", "design"}.isdisjoint(found) or "organization" in found


def tell_table(raw: RawTable) -> str:
    """The table that a sheet or file is by its name, else by its headers; "" where it is none."""
    return _find_table(raw, {})


def _is_wide(name: str) -> bool:
    """Tables that people keep with one column a service, a group or a partner."""
    return name in ("services", "memberships", "ties")


def _rank_title(raw: RawTable) -> int:
    """Sheets whose name and headers agree before those whose name alone tells, then the others."""
    titled = _find_by_title(raw)
    return 2 if not titled else 0 if _has_needed(raw, titled) or _is_wide(titled) else 1


def _find_by_title(raw: RawTable) -> str:
    if raw.table:
        return raw.table
    titles, title = _list_titles(), title_of(raw)
    return titles.get(fold_word(title)) or titles.get(fold_word(YEAR.sub(" ", title)), "")


@cache
def _list_titles() -> dict[str, str]:
    """What a sheet or file of each table may be called, folded."""
    return {fold_word(word): t.name for t in TABLES.values() for word in t.words}


def _fold_header(raw: RawTable) -> tuple[str, ...]:
    return fold_texts(tuple(raw.header))[0]


def _has_needed(raw: RawTable, name: str) -> bool:
    return score_table(tuple(fold_headers(raw.header, name)), name)[0]


def guess_table(raw: RawTable) -> str:
    """Name the table that the headers fit best; "" where they fit none.

    Examples
    --------
    >>> guess_table(RawTable("x.csv", "", ("From", "To", "Why"), 1, [], []))
    'ties'
    """
    if is_matrix(raw) or find_grid(raw) or find_form(raw)[1] or is_headless(raw):
        return "ties"
    if max(find_pairs(raw), find_leads(raw)) >= 0:
        return "ties"
    if names_parties(raw):
        return "agreements"
    if is_by_kind(raw):
        return "organizations"
    if lies_across(raw):
        return "services"
    if lists_partners(raw):
        return "ties"
    if raw.header[:1] == ("organization",) and is_two_modes(
        replace(raw, header=("", *raw.header[1:])), title_of(raw)
    ):
        return "memberships"
    words = _fold_header(raw)
    fits = [(score_table(tuple(fold_headers(raw.header, n)), n), n) for n in BY_HEADERS]
    lists = [(count, name) for (needed, count), name in fits if needed]
    known = [pair for pair in lists if pair[1] != "people" or _names_persons(words)]
    known = [pair for pair in known if pair[1] != "memberships" or not _counts_groups(raw)]
    if not known:
        if lists_meetings(raw):
            return "memberships"
        grants = match_words(fold_headers(raw.header, "funding"), TABLES["funding"])
        # Grants whose program is not told: each counts as one of its own.
        return "funding" if {"funder", "recipient", "amount"} <= set(grants) else ""
    count, name = max(known, key=lambda pair: (pair[0], -BY_HEADERS.index(pair[1])))
    if name in ("affiliations", "contacts") and (count, "organizations") in known:
        name = "organizations"  # with its place, and its owner or who called last beside
    if name == "memberships" and lists_members(raw):
        name = "organizations"  # with its type, and its committees beside
    lone = name == "organizations" and _names_organizations(words)
    return name if count >= LEAST_KNOWN or lone else ""


def _counts_groups(raw: RawTable) -> bool:
    """Whether a column Events or Groups holds how many there were, and not which."""
    found = match_words(fold_headers(raw.header, "memberships"), TABLES["memberships"])
    at = found.get("group", -1)
    cells = [row[at] for row in raw.rows if row[at]] if at >= 0 else []
    return bool(cells) and all(read_number(text) is not None for text in cells)


def _names_persons(words: tuple[str, ...]) -> bool:
    """Whether Name beside Partners is a person: else it is an organization with its partners."""
    return not {"partner", "partners"} & {*words} or bool(PERSONAL & {*words})


def _names_organizations(words: tuple[str, ...]) -> bool:
    """A sheet of which one column names organizations is a list of them."""
    return any(
        word.startswith(
            (
                "organi",
                "agency",
                "facility",
                "company",
                "account name",
                "member org",
                "partner org",
                "partner agency",
                "member agency",
                "participating org",
            )
        )
        for word in words
    )


def _take_contacts_for_organizations(found: dict[str, RawTable], notes: list[InputProblem]) -> None:
    """A list of contacts is the list of organizations where there is no other."""
    if "organizations" in found or "people" not in found:
        return
    raw = found.pop("people")
    who = match_words(fold_headers(raw.header, "people"), TABLES["people"]).get("person", -1)
    named = who >= 0 and fold_word(raw.header[who]) not in WHO
    texts = ["contact name" if named and k == who else t for k, t in enumerate(raw.header)]
    header = tuple(f"{t}{OF_CONTACT}" if fold_word(t) in WHO else t for t in texts)
    found["organizations"] = replace(raw, header=header, table="organizations")
    notes.append(
        _note(raw, f'"{title_of(raw)}", a list of persons with their organizations',
              "A network needs its organizations.",
              "Its organizations are taken; the persons stand in the table people.")
    )  # fmt: skip


def _tell_unread(raw: RawTable, name: str) -> InputProblem:
    rows, year = count_noun(len(raw.rows), "row"), year_of(raw)
    allowed, fix = f"Tables are called {', '.join(TABLES)}.", "Rename it if it should be."
    reason = "which is no table of a network" if not name else f"a second table of {name}"
    if name and year:
        reason += f", of {year}"
        allowed = "A network holds one wave: the sheet without a year, else the newest, is read."
        fix = f'To read it instead, say so: --table {name}="{title_of(raw)}".'
    fix = fix if name else advise(raw) or fix
    return _note(raw, f'"{title_of(raw)}" with {rows}, {reason}', allowed, f"It is not read. {fix}")


def _tell_recognized(raw: RawTable, name: str) -> InputProblem:
    headers = ", ".join(filter(None, raw.header[:6]))
    return _note(raw, f'"{title_of(raw)}" with the headers {headers}',
                 "A table is known by its name, or by its headers.",
                 f"By its headers it is read as {name}. Rename it if it is another.")  # fmt: skip


def _note(raw: RawTable, found: str, allowed: str, fix: str) -> InputProblem:
    return InputProblem(Where(raw.file, raw.sheet), found, allowed, fix, level="note")
