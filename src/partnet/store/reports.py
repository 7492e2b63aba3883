"""A report for every State of a store: resumable, and one State that fails stops no other."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from ..core.errors import InputError
from ..core.results.papers import check_paper
from ..core.results.result import Method, Result
from ..core.storage.writing import make_folder, write_file_atomically
from ..core.wording.text import count_noun, join_words
from ..places.gazetteer import STATES
from ..report import write_report
from .store import Store

if TYPE_CHECKING:
    from ..core.network import Network

LOG = "log.csv"
COLUMNS = ("state", "status", "file", "made_of", "message")
WRITTEN, NOBODY, FAILED, THERE = "written", "nobody on file", "failed", "there already"
Show = Callable[["Network"], "Network"]


@dataclass(frozen=True)
class Wanted:
    """What every report is made with.

    Attributes
    ----------
    as_of : str
        The day to judge on.
    border_km : float
        Organizations up to this far across the line are context.
    suffix : str
        The format.
    settings : str
        Whatever else changes a report, such as its audience.
    """

    as_of: str
    border_km: float = 0.0
    suffix: str = ".html"
    settings: str = ""


def write_state_reports(
    store: Store,
    folder: str | Path,
    wanted: Wanted,
    *,
    states: Sequence[str] = tuple(STATES),
    show: Show = lambda net: net,
    progress: Callable[[str], None] = lambda _: None,
) -> Result:
    """Write one report a State into a folder.

    A report that is there already, made of the same files with the same settings, is not made
    again: a call that was interrupted, or in which a State failed, is finished by a second one.

    Parameters
    ----------
    store : Store
        The store.
    folder : path
        Where reports and their log (``log.csv``) are written; made where it is not there.
    wanted : Wanted
        What every report is made with.
    states : sequence of str, default all 56
        Codes of States.
    show : callable, optional
        Makes of each network what its readers may see.
    progress : callable, optional
        Is told each step, as a sentence.

    Returns
    -------
    Result
        ``.table``, one row a State: ``state``, ``status`` (written, there already, nobody on file,
        failed), ``file``, ``message`` (why it failed).

    Raises
    ------
    UsageError
        The format is unknown.
    """
    check_paper(f"report{wanted.suffix}", "format")
    folder = make_folder(folder)
    made_of = _fingerprint(store, wanted)
    log = {row["state"]: row for row in _read_log(folder / LOG)}
    status = {}
    for state in states:
        known = log.get(state, {})
        if _is_done(folder, known, made_of):
            status[state] = THERE if known["status"] == WRITTEN else NOBODY
            continue
        progress(f"Writing the report of {STATES[state]}")
        log[state] = _write_one(store, folder, state, wanted, show) | {"made_of": made_of}
        status[state] = log[state]["status"]
        _write_log(folder / LOG, log)
    return _make_result([log[state] | {"status": status[state]} for state in states])


def _fingerprint(store: Store, wanted: Wanted) -> str:
    """What a report is made of: the files of the store, and the settings."""
    from .. import __version__

    files = store.describe().table["sha256"].tolist()
    text = json.dumps([files, wanted.as_of, wanted.border_km, wanted.settings, __version__])
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def _is_done(folder: Path, known: dict[str, str], made_of: str) -> bool:
    if known.get("made_of") != made_of:
        return False
    written = known["status"] == WRITTEN and (folder / known["file"]).is_file()
    return written or known["status"] == NOBODY


def _write_one(
    store: Store, folder: Path, state: str, wanted: Wanted, show: Show
) -> dict[str, str]:
    """Write the report of one State; whatever goes wrong is noted, not raised."""
    name = f"{state}{wanted.suffix}"
    try:
        net = store.network(state=state, border_km=wanted.border_km)
        write_report(show(net), folder / name, as_of=wanted.as_of)
    except InputError as error:
        nobody = "found no organization of this region" in str(error)
        said = _say_error(error)
        return {"state": state, "status": NOBODY if nobody else FAILED, "file": "", "message": said}
    except Exception as error:  # one State that fails must not stop the others
        return {"state": state, "status": FAILED, "file": "", "message": _say_error(error)}
    return {"state": state, "status": WRITTEN, "file": name, "message": ""}


def _say_error(error: Exception) -> str:
    first = (str(error).strip() or "no message").split("\n")[0]
    return f"{type(error).__name__}: {first}"


def _read_log(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row.get("state") in STATES]


def _write_log(path: Path, log: dict[str, dict[str, str]]) -> None:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(log[state] for state in STATES if state in log)
    write_file_atomically(path, out.getvalue().encode("utf-8"))


def _make_result(rows: list[dict[str, str]]) -> Result:
    table = pd.DataFrame(rows, columns=list(COLUMNS), dtype="str").drop(columns="made_of")
    counts = table["status"].value_counts()
    said = [
        f"{count_noun(int(counts.get(WRITTEN, 0)), 'report')} written, "
        f"{counts.get(THERE, 0)} there already, {counts.get(NOBODY, 0)} States with nobody on file."
    ]
    failed = table[table["status"] == FAILED]
    if len(failed):
        named = join_words([f"{row.state} ({row.message})" for row in failed.itertuples()])
        said.append(
            f"{count_noun(len(failed), 'report')} failed: {named}. The others are written; the "
            "same command finishes what is missing."
        )
    return Result(
        verb="write_state_reports",
        title="Reports of the States",
        table=table,
        sentences=tuple(said),
        method=Method(name="One report a State, each from its own network."),
    )
