"""How the tables of a wave are written: CSV files and one Excel workbook."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from sample import Row
from sample.activity import (
    list_about,
    list_contacts,
    list_needs,
    list_responses,
    list_rules,
)
from sample.agreements import list_agreements
from sample.groups import list_memberships
from sample.money import list_funding
from sample.organizations import list_organizations
from sample.practice import list_outcomes, list_profiles
from sample.services import list_service_areas, list_services
from sample.ties import list_ties
from sample.voices import list_disparities, list_residents, list_voices

TABLES: dict[str, Callable[[int], list[Row]]] = {
    "about": list_about,
    "organizations": list_organizations,
    "ties": list_ties,
    "services": list_services,
    "funding": list_funding,
    "memberships": list_memberships,
    "contacts": list_contacts,
    "needs": list_needs,
    "rules": list_rules,
    "agreements": list_agreements,
    "service_areas": list_service_areas,
    "responses": list_responses,
    "outcomes": list_outcomes,
    "profiles": list_profiles,
    "voices": list_voices,
    "residents": list_residents,
    "disparities": list_disparities,
}
# Columns of a table whose rows do not all fill them.
COLUMNS = {
    "rules": ["rule", "from_kind", "applies_if", "relation", "topic", "alternatives", "same_group",
              "minimum", "within_km", "within_days", "citation", "checked_on"],
}  # fmt: skip
DATES = {"since", "until", "last_contact", "date", "period_start", "period_end", "signed",
         "effective", "expires", "checked_on", "agreed_on", "due"}  # fmt: skip
NUMBERS = {"latitude", "longitude", "beds", "assessment_year", "capacity", "amount", "fiscal_year",
           "year", "minimum", "within_km", "savings", "advisory_seats", "share", "low",
           "high"}  # fmt: skip
MAYBE_NUMBERS = {"value", "strength"}
CREATED = datetime(2026, 6, 30)  # pinned: the same tables give the same bytes


def write_folder(folder: Path, wave: int) -> None:
    """Write the tables of a wave as CSV files (UTF-8, LF)."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, list_rows in TABLES.items():
        rows = list_rows(wave)
        with open(folder / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
            columns = COLUMNS.get(name, list(rows[0]))
            writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


def write_workbook(path: Path, wave: int) -> None:
    """Write the tables of a wave as one workbook: text as text, dates as dates."""
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": "Prairie (invented sample)", "created": CREATED})
        formats = {
            "header": book.add_format({"bold": True, "bottom": 1}),
            "date": book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
            "text": book.add_format({"num_format": "@"}),
        }
        for name, list_rows in TABLES.items():
            rows = list_rows(wave)
            columns = COLUMNS.get(name, list(rows[0]))
            texts = {column: [str(row.get(column, "")) for row in rows] for column in columns}
            _write_sheet(book.add_worksheet(name), texts, formats)


def _write_sheet(sheet: Worksheet, texts: dict[str, list[str]], formats: dict[str, Format]) -> None:
    """Write one table with a header row that stays in sight."""
    for place, (column, cells) in enumerate(texts.items()):
        sheet.write_string(0, place, column, formats["header"])
        sheet.set_column(place, place, min(48, max(map(len, [column, *cells])) + 2))
        for line, text in enumerate(cells, start=1):
            _write_cell(sheet, (line, place), column, text, formats)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(cells), len(texts) - 1)


def _write_cell(
    sheet: Worksheet, place: tuple[int, int], column: str, text: str, formats: dict[str, Format]
) -> None:
    """Write one cell by the type of its column; blank cells stay blank."""
    if not text:
        return
    if column in DATES:
        sheet.write_datetime(*place, date.fromisoformat(text), formats["date"])
    elif column in NUMBERS or (column in MAYBE_NUMBERS and _is_number(text)):
        sheet.write_number(*place, float(text))
    else:
        sheet.write_string(*place, text, formats["text"])


def _is_number(text: str) -> bool:
    """Whether a cell holds a number and not a word."""
    return text.replace(".", "", 1).isdigit()
