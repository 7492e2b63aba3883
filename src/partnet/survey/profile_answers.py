"""An organization's own account, read back: what is new, and what corrects what is on file."""

from __future__ import annotations

from ..core.errors import Where
from ..core.network import Network
from ..io.survey import table_of_survey
from ..io.values.parse import parser_of
from ..io.values.words import is_nonanswer
from . import form
from .changes import About, Change
from .returned import ProfileRow, Returned
from .sheets.profile import STOCKTAKING, list_profile, list_questions


def read_profile(returned: Returned, respondent: str, net: Network, about: About) -> None:
    """Take what an organization says of itself: new answers, and corrections of those on file."""
    said: dict[str, str] = {}
    asked = list_questions()
    sheet = Where(returned.file, form.PROFILE)
    for row in returned.profile:
        heading = form.PROFILE_HEADINGS[form.INSTEAD]
        where = Where(returned.file, form.PROFILE, row.row, heading)
        if row.key not in asked:
            about.remarks.append((respondent, where, row.text))
        elif not is_nonanswer(row.text):
            value = _read_value(row, where, net, about)
            if value and not _correct(row, value, respondent, where, net, about):
                said[row.key] = value
    if said:
        about.profiles.append((sheet, {"organization": respondent, **said}))


def _read_value(row: ProfileRow, where: Where, net: Network, about: About) -> str:
    """The answer as its column takes it; "" where it does not, which is said."""
    column = next(c for c in table_of_survey(STOCKTAKING).columns if c.name == row.key)
    cell = parser_of(column, net.vocabulary)(row.text)
    if cell.wrong:
        fix = f"{cell.wrong} The answer is set aside."
        about.refuse(where, f'"{row.text}"', column.allowed, fix, "profiles")
        return ""
    return row.text


def _correct(
    row: ProfileRow, value: str, respondent: str, where: Where, net: Network, about: About
) -> bool:
    """Whether an answer is about what is on file already; if it says otherwise it is a correction.

    A column of the user's own in the table of organizations counts as on file.
    """
    before = list_profile(net.at(), respondent)[row.key]
    if not before:
        return False
    if before != value:
        table, at = _find_on_file(row.key, respondent, net)
        change = Change(respondent, table, row.key, before, row.text, where, value, (at,))
        about.changes.append(change)
    return True


def _find_on_file(column: str, respondent: str, net: Network) -> tuple[str, int]:
    """The table and row where an answer stands: the last one of profiles, else organizations."""
    profiles, own = net.table("profiles"), net.table("organizations")
    filled = profiles[column].notna() & (profiles[column] != "")
    at = profiles.index[(profiles["organization"] == respondent) & filled]
    if len(at):
        return "profiles", int(at[-1])
    return "organizations", int((own["id"] == respondent).to_numpy().argmax())
