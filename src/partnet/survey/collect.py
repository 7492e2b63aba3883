"""Reading the answers of a survey back: every answer is in the network, or named as set aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from ..core.errors import InputError, InputProblem, Where
from ..core.network import Network
from ..core.schema import PROVENANCE
from ..core.storage.writing import MANIFEST, hash_file
from . import form
from .answers import Answers, Claim, join_claims, read_answers
from .changes import About, accept_changes, find_renewed, read_about
from .log import Collected, FileFate, make_log
from .new import LETTER
from .returned import Returned, read_returned
from .settings import FILE, Settings, find_settings
from .status import list_claims
from .tables import make_responses, make_ties, type_rows

SUFFIX = ".xlsx"
OWN_FILES = frozenset({FILE, LETTER, MANIFEST})


def collect_answers(net: Network, path: str | Path, *, accept: bool = False) -> Network:
    """Read the questionnaires that came back, and add what they say to the network.

    Every yes and every no becomes a row of ``ties`` with who reported it; who was asked, who
    answered, and which cells stayed open stand in ``responses``, so that response rates and ranges
    are right. Nothing on file is overwritten: what an organization corrects is listed with before
    and after, and put in place only with `accept`.

    Parameters
    ----------
    net : Network
        The network that the questionnaires were made from, or one with the same ids.
    path : path
        The folder with the workbooks that came back (those of :func:`write_questionnaires`, under
        any file name), beside or below their ``survey.toml``.
    accept : bool, default False
        Put corrections in place: facts are replaced, services no longer offered and an
        organization's own earlier answers leave the tables.

    Returns
    -------
    Network
        The network with the answers. Its ``log`` is a result: ``.table`` has one row a file,
        ``.tables`` the ``claims`` (confirmed, one-sided, disputed, not renewed), ``changes``,
        ``differences`` between people of one organization, ``remarks`` and ``responses`` by
        organization; ``problems`` names every cell that was set aside.

    Raises
    ------
    InputError
        There is no such folder, or no questionnaire in it.

    Examples
    --------
    >>> import tempfile, partnet as pn
    >>> net = pn.load_sample("prairie").subnetwork(["Cedar County Hospital", "Bow Creek Ambulance"])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = pn.write_questionnaires(net, f"{folder}/wave-2027", wave="2027")
    ...     answered = pn.collect_answers(net, f"{folder}/wave-2027")
    >>> answered.log.sentences[0]
    '0 of 2 organizations asked have answered (0%).'
    """
    net, folder = net.whole, Path(path)
    settings = find_settings(folder) if folder.is_dir() else None
    work = _open_all(net, folder, settings)
    settings = settings or _guess_settings(net, work)
    read = [read_answers(returned, id_, net) for id_, returned in work.taken]
    about = About()
    for id_, returned in work.taken:
        read_about(returned, id_, net, about)
    ladder = net.vocabulary.ladders[form.LADDER]
    claims, differing = join_claims((c for answers in read for c in answers.claims), ladder)
    changes = [*about.changes, *find_renewed(net, claims)]
    status = list_claims(net, claims, (form.WORKS, *settings.relations))
    tables, problems = _add_rows(net, settings, read, claims, about)
    if accept:
        tables = accept_changes(net, tables, changes)
    told = [*work.problems, *(p for a in read for p in a.problems), *about.problems, *problems]
    told += _list_lost(net, settings)
    collected = Collected(
        settings, work.fates, read, claims, differing, about, changes, status, accept, told
    )
    joined = replace(net, _tables=tables, problems=(*net.problems, *told), scale=())
    scale = tuple(sorted({*net.scale, *joined.scale}))
    return replace(joined, scale=scale, log=make_log(joined, collected))


def _list_lost(net: Network, settings: Settings) -> list[InputProblem]:
    """Name those who were asked and are not in the network any more."""
    return [
        InputProblem(
            Where(FILE, "", None, "asked"),
            f'"{id_}"',
            "Who was asked is in the network.",
            "It does not count among those asked. Add it if it is still there.",
            level="note",
        )
        for id_ in settings.asked
        if id_ not in net.index.name_of
    ]


@dataclass
class _Work:
    """The files of a folder: what each is, and those that are used, by who answers."""

    fates: list[FileFate] = field(default_factory=list)
    taken: list[tuple[str, Returned]] = field(default_factory=list)
    problems: list[InputProblem] = field(default_factory=list)

    def refuse(self, name: str, found: str, allowed: str, fix: str) -> None:
        """Set a whole file aside, with the reason."""
        self.fates.append(FileFate(name, "set aside", why=found))
        problem = InputProblem(Where(name), found, allowed, fix, "error", "", "row")
        self.problems.append(problem)


def _open_all(net: Network, folder: Path, settings: Settings | None) -> _Work:
    """Open every file of a folder; what cannot be used is named and left."""
    if not folder.is_dir():
        found = "a file" if folder.exists() else "nothing there"
        raise InputError(
            f"{folder.name}: found {found}. Answers are a folder with the workbooks that came "
            "back. Check the path."
        )
    work, seen = _Work(), dict[str, str]()
    for item in sorted(folder.iterdir()):
        if not item.is_file() or item.name in OWN_FILES or item.name.startswith("."):
            continue
        content = hash_file(item)
        if content in seen:
            work.fates.append(FileFate(item.name, "the same file", why=f"as {seen[content]}"))
            continue
        seen[content] = item.name
        _open_one(net, item, settings, work)
    if not any(fate.organization for fate in work.fates):
        raise InputError(
            f"{folder.name}: found no questionnaire that can be read. Answers are the workbooks "
            "that partnet survey new wrote, filled in. Check the folder.",
            work.problems,
        )
    return work


def _open_one(net: Network, item: Path, settings: Settings | None, work: _Work) -> None:
    name = item.name
    if item.suffix.lower() != SUFFIX or name.startswith("~$"):
        allowed = f"What comes back is a workbook ({SUFFIX})."
        found = "a lock file of Excel" if name.startswith("~$") else "a file of another type"
        work.refuse(name, found, allowed, "Save it as a workbook, or leave it out.")
        return
    try:
        returned = read_returned(item)
    except InputError as error:
        _, _, said = str(error).partition(": ")
        allowed = "What comes back is the workbook that was sent, filled in and saved in Excel."
        found = said.split(". ")[0].removeprefix("found ")
        work.refuse(name, found, allowed, "Ask for it again.")
        return
    if settings is not None and returned.wave != settings.wave:
        found = f"a questionnaire of wave {returned.wave or 'without a name'}"
        allowed = f"This survey is wave {settings.wave}."
        work.refuse(name, found, allowed, "Collect each wave by itself.")
        return
    id_ = _find_respondent(net, returned)
    if not id_:
        found = f'the questionnaire of "{returned.name or returned.organization}"'
        allowed = "It belongs to an organization of the network."
        work.refuse(
            name, found, allowed, "Add the organization, or use the network it was made of."
        )
        return
    fate = FileFate(name, "read" if returned.cells else "nothing filled in", id_, returned.cells)
    work.fates.append(fate)
    if returned.cells:
        work.taken.append((id_, returned))


def _find_respondent(net: Network, returned: Returned) -> str:
    """By id, else by the name it had then: ids stay when an organization is renamed."""
    if returned.organization in net.index.name_of:
        return returned.organization
    name = returned.name
    return (net.index.find(name) or net.index.find_loosely(name)) if name else ""


def _guess_settings(net: Network, work: _Work) -> Settings:
    """Without survey.toml, the questionnaires say what was asked, and all count as asked."""
    first = work.taken[0][1] if work.taken else None
    relations = tuple(r for r in (first.relations if first else {}) if r != form.WORKS)
    asked = tuple(str(id_) for id_ in net.ids[~net.is_context.to_numpy(dtype=bool)])
    work.problems.append(
        InputProblem(
            Where(FILE),
            "no such file beside the answers",
            "It says who was asked.",
            "Everybody in the network counts as asked. Put it there if only some were.",
            level="note",
        )
    )
    return Settings(net.title, first.wave if first else "", "", relations, asked)


def _add_rows(
    net: Network,
    settings: Settings,
    read: Sequence[Answers],
    claims: Sequence[Claim],
    about: About,
) -> tuple[dict[str, pd.DataFrame], list[InputProblem]]:
    """Put ties, responses and services beside those on file."""
    known = [claim for claim in claims if claim.relation in net.vocabulary.relations]
    rows = {
        "ties": make_ties(known, net, settings.wave),
        "responses": make_responses(settings, read, known, net, survey=Where(FILE)),
        "services": about.services,
    }
    tables, problems = net.tables, list[InputProblem]()
    for name, placed in rows.items():
        frame, told = type_rows(net, name, placed)
        problems += told
        tables[name] = _add(net.table(name), frame)
    return tables, problems


def _add(before: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Put new rows under those on file; one that stands there already is not new."""
    if not len(rows) or not len(before):
        return rows if len(rows) else before
    joined = pd.concat([before, rows], ignore_index=True)
    texts = [name for name in joined if joined[name].dtype == "str"]
    joined[texts] = joined[texts].fillna("")  # columns of the user's own
    repeated = joined.drop(columns=PROVENANCE).duplicated()
    return joined[~repeated | (joined.index < len(before))].reset_index(drop=True)
