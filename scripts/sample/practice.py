"""What organizations say of themselves, and what earlier partnership sessions agreed on."""

from __future__ import annotations

from sample import Row, read_rows
from sample.organizations import BY_NAME, WAVES, slug
from sample.places import COUNTIES


def list_profiles(wave: int) -> list[Row]:
    """The rows of the profiles table: their own account; the survey came with the second wave."""
    rows = [row for row in read_rows("profiles") if wave in BY_NAME[row["organization"]].waves]
    told = rows if wave == WAVES[1] else [row for row in rows if row["mission"]]
    return [{**row, "organization": slug(row["organization"])} for row in told]


def list_outcomes(wave: int) -> list[Row]:
    """The rows of the outcomes table: what was agreed on by the end of a wave."""
    rows = [row for row in read_rows("outcomes") if row["agreed_on"] <= f"{wave}-06-30"]
    return [_make_outcome(row, wave) for row in rows]


def _make_outcome(row: dict[str, str], wave: int) -> Row:
    """One outcome; in the first wave nothing was done or dropped yet."""
    place = COUNTIES[row["place"]].fips if row["place"] else ""
    ends = {end: slug(row[end]) if row[end] else "" for end in ("organization", "other")}
    status = row["status"] if wave == WAVES[1] else "open"
    return {**row, **ends, "place": place, "status": status}
