"""Surveys of organizations about themselves: a workbook to send out, and its answers read back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd

from ..core.arguments import checked
from ..core.errors import InputError, UsageError
from ..core.network import Network
from ..core.schema import TABLES, Table
from ..core.vocabulary import fold_word
from .cells import RawTable
from .opened.csv_file import read_csv_cells
from .opened.workbook import read_workbook_cells
from .typed.columns import type_table
from .typed.identity import resolve_references
from .typed.rows import settle_rows

# survey: its questions, columns of the profiles table
SURVEYS: dict[str, tuple[str, ...]] = {
    "alliance": (
        "organization", "partnership_category", "strategic_priority", "competencies",
        "contract_intent", "contract_services", "contractor_type", "savings", "challenges",
        "provider_list",
    ),
    "stocktaking": (
        "organization", "populations", "income", "health_status", "payers", "service_model",
        "mission", "viability", "strategy", "success_measures", "assessment_year", "plan",
    ),
}  # fmt: skip
NOTES = {
    "alliance": "One row an organization: how it partners with health care, with what result.",
    "stocktaking": "One row an organization: whom it serves, what it does, why, how it measures.",
}
SUFFIXES = (".csv", ".xlsx", ".xlsm")


def table_of_survey(survey: str) -> Table:
    """Give the sheet of a survey: the profiles table with its questions only.

    Raises
    ------
    UsageError
        There is no survey of that name.
    """
    if survey not in SURVEYS:
        raise UsageError(
            f"survey: found {survey!r}. Allowed are {', '.join(SURVEYS)}. Choose one of them."
        )
    columns = {column.name: column for column in TABLES["profiles"].columns}
    chosen = tuple(columns[name] for name in SURVEYS[survey])
    return replace(TABLES["profiles"], note=NOTES[survey], columns=chosen)


@checked
def read_survey(net: Network, path: str | Path) -> Network:
    """Add the answers of a survey to a network.

    The file is a workbook made by ``partnet template answers.xlsx --survey alliance`` (or
    ``stocktaking``), or the export of any survey tool with one row a respondent: columns are found
    by name or alias, and organizations by id or unique name. Who answered twice counts with the
    later answer, question by question.

    Parameters
    ----------
    net : Network
        The network that the respondents belong to.
    path : path
        A .csv, .xlsx or .xlsm file.

    Returns
    -------
    Network
        The same network with the answers in its table ``profiles``, and what was wrong with them
        in ``problems`` (a respondent that is not in the network is set aside, never dropped
        silently).

    Raises
    ------
    InputError
        The file cannot be opened, or has no column for the organization.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import partnet as pn
    >>> net = pn.load_sample("prairie")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     answers = Path(folder, "answers.csv")
    ...     said = "organization,mission\\nCedar County Hospital,Care close to home\\n"
    ...     _ = answers.write_text(said, encoding="utf-8")
    ...     len(pn.read_survey(net, answers).table("profiles")) - len(net.table("profiles"))
    1
    """
    draft = type_table(_open_answers(Path(path)), TABLES["profiles"], net.vocabulary)
    resolve_references(draft, net.index)
    settle_rows(draft, net.vocabulary)
    before = net.table("profiles")
    answers = draft.frame.reset_index(drop=True)
    joined = pd.concat([before, answers], ignore_index=True) if len(before) else answers
    tables = {**net.tables, "profiles": joined}
    return replace(net, _tables=tables, problems=(*net.problems, *draft.problems))


def _open_answers(path: Path) -> RawTable:
    """The first sheet with a column that names the respondent."""
    if path.suffix.lower() not in SUFFIXES:
        found = f"a file of type {path.suffix or 'unknown'}" if path.exists() else "nothing there"
        raise InputError(
            f"{path.name}: found {found}. Answers are a file of type {', '.join(SUFFIXES)}. "
            "Check the path."
        )
    raws = [read_csv_cells(path)] if path.suffix.lower() == ".csv" else read_workbook_cells(path)
    named = [raw for raw in raws if _names_respondents(raw)]
    if not named:
        raise InputError(
            f"{path.name}: found no column for the organization. A survey has one row an "
            "organization, and a column organization with its id or name. Add it."
        )
    return named[0]


def _names_respondents(raw: RawTable) -> bool:
    column = TABLES["profiles"].columns[0]
    words = {fold_word(word) for word in (column.name, *column.aliases)}
    return any(fold_word(header) in words for header in raw.header)
