"""When rows hold: the columns that tell from when to when, and the rows of a day."""

from __future__ import annotations

import re
from collections.abc import Collection

import pandas as pd

from ..errors import UsageError
from ..storage.shapes import show
from .awards import may_run

FIRST_YEAR, LAST_YEAR = 1900, 2100  # days of partnerships, in tables and as arguments

# Columns that tell from when to when a row holds; rows without dates always hold, but awards only
# about the fiscal year that they state.
PERIODS = {
    "ties": ("since", "until"),
    "memberships": ("since", "until"),
    "funding": ("period_start", "period_end"),
    "agreements": ("effective", "expires"),
    "service_areas": ("since", "until"),
    "affiliations": ("since", "until"),
    "people": ("since", "until"),
    "promising_practices": ("since", "until"),
    "voices": ("since", "until"),
    "contacts": ("date", None),
    "measurements": ("date", None),
}


def read_day(date: str | pd.Timestamp, *, argument: str = "as_of") -> pd.Timestamp:
    """Read a day as an argument gives it; the time of day is left out.

    `argument` is what the caller wrote it as, for the message.

    Raises
    ------
    UsageError
        It is no day, or so far away that no date can hold it.
    """
    told = isinstance(date, str) and not re.search(r"\d{4}", date)  # "now" would ask the clock
    try:
        day = pd.NaT if told or isinstance(date, int | float) else pd.Timestamp(date)
    except (ValueError, TypeError, OverflowError):
        day = pd.NaT
    if pd.isna(day) or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise UsageError(
            f"{argument}: found {show(date)}. A day is written like 2026-06-30 and lies between "
            f"{FIRST_YEAR} and {LAST_YEAR}. Write it so, or leave it out for the newest date on "
            "file."
        )
    return day.tz_localize(None).normalize().as_unit("s")


def find_newest(tables: Collection[pd.DataFrame]) -> pd.Timestamp | None:
    """Find the newest date on which something is known to have happened; ``None`` without dates.

    Awards and agreements are on file before they begin: their starts count where nothing else has
    a date; then days on which organizations closed.
    """
    happened = _find_latest(tables, "since", "last_contact", "date", "signed")
    begun = happened or _find_latest(tables, "period_start", "effective")
    return begun or _find_latest(tables, "closed_on")


def _find_latest(tables: Collection[pd.DataFrame], *columns: str) -> pd.Timestamp | None:
    dates = [
        frame[column].max()
        for frame in tables
        for column in columns
        if column in frame and frame[column].dtype.kind == "M"
    ]
    known = [date for date in dates if not pd.isna(date)]
    return max(known) if known else None


def keep_held(name: str, frame: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """Keep the rows of a table that held on a day; agreements that renew do not end."""
    if name not in PERIODS:
        return frame
    held = ~begins_later(name, frame, day)
    if name == "agreements":
        held &= ~has_ended(frame, day)
    else:
        end = PERIODS[name][1]
        if end is not None:
            held &= ~(frame[end] < day)
        if name == "funding":
            held &= may_run(frame, day)
    return frame if held.all() else frame[held].reset_index(drop=True)


def begins_later(name: str, frame: pd.DataFrame, day: pd.Timestamp) -> pd.Series:
    """Which rows of a table hold only after a day; a blank date compares false: the row holds."""
    starts = start_agreements(frame) if name == "agreements" else frame[PERIODS[name][0]]
    return starts > day


def start_agreements(rows: pd.DataFrame) -> pd.Series:
    """From when agreements hold: when they take effect, else when they were signed."""
    return rows["effective"].fillna(rows["signed"])


def has_ended(rows: pd.DataFrame, day: pd.Timestamp | None) -> pd.Series:
    """Whether agreements have ended on a day: by their status, or past their end unless renewed."""
    over = rows["status"] == "expired"
    return over if day is None else over | ((rows["expires"] < day) & (rows["renews"] != "yes"))


def has_closed(organizations: pd.DataFrame, day: pd.Timestamp | None) -> pd.Series:
    """Whether organizations are no more on a day: past the day they closed, or closed for good.

    Where nothing has a date, those with a day of closing are still there.
    """
    if "closed_on" not in organizations or "closed" not in organizations:
        return pd.Series(False, index=organizations.index)
    dated = organizations["closed_on"].notna()
    over = (organizations["closed"] == "yes") & ~dated
    return over if day is None else over | (organizations["closed_on"] < day)
