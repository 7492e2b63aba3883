"""What was on file at earlier runs: a folder of tables a day, and a text of what changed since."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import partnet as pn

from ..core.storage.writing import OwnFiles, check_output, make_folder, write_file_atomically
from ..core.wording.safety import clean_terminal
from ..core.wording.text import say_date

if TYPE_CHECKING:
    from ..core.network import Network
    from ..core.results.result import Result

DAYS = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"  # names of the folders


def find_earlier(history: Path, day: str) -> Network | None:
    """Read the newest state that was kept before a day; ``None`` where none was."""
    days = sorted(one.name for one in history.glob(DAYS) if one.is_dir() and one.name < day)
    return pn.read_network(history / days[-1]).at(days[-1]) if days else None


def check_kept(history: Path, day: str) -> None:
    """Refuse, before the work starts, to run a day again where its text or tables were changed.

    Raises
    ------
    UsageError
        Somebody changed what was kept under this day, or made it.
    """
    if not history.is_dir():
        return
    check_output(history / f"{day}.txt")
    if (history / day).is_dir():
        own = OwnFiles.read(history / day)
        own.refuse_changes(sorted(own.names))


def keep_state(history: Path, day: str, whole: Network, found: Result | None) -> Path:
    """Keep the tables of a run under its day, and beside them the text that can be mailed."""
    make_folder(history)
    pn.write_network(whole, history / day)
    text = history / f"{day}.txt"
    write_file_atomically(text, (write_mail(found, whole.title, day)).encode("utf-8"))
    return text


def write_mail(found: Result | None, title: str, day: str) -> str:
    """Say what came and went in plain lines, one paragraph for each kind of change."""
    from ..questions.comparison.since import say_change

    lines = [f"{title}: what changed up to {say_date(date.fromisoformat(day))}", ""]
    if found is None:
        return "\n".join([*lines, "First run: nothing to compare with yet.", ""])
    lines += map(str, found.sentences)
    for (what, change), rows in found.table.groupby(["what", "change"], sort=False):
        told = "Money on file" if what == "money" else say_change(what, change, len(rows))
        lines += ["", f"{told}:"]
        details = zip(rows["subject"], rows["detail"], strict=True)
        lines += [f"- {subject}{f' ({detail})' if detail else ''}" for subject, detail in details]
    return clean_terminal("\n".join([*lines, ""]))
