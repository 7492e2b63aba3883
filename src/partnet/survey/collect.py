"""Reading the answers of a survey back: every answer is in the network, or named as set aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from ..core.arguments import checked
from ..core.errors import InputError, InputProblem, UsageError, Where
from ..core.network import Network
from ..core.schema import PROVENANCE
from ..core.storage.writing import MANIFEST, hash_file
from . import form
from .answers import Answers, Claim, join_claims, read_answers
from .changes import About, accept_changes, find_renewed, read_about
from .goal_answers import list_measurements, read_goals
from .grids.layout import TEXTS, WORKBOOKS, open_grid
from .grids.mapping import read_mapping
from .grids.proposal import propose_columns
from .grids.reading import read_grid
from .log import Collected, FileFate, make_log
from .new import LETTER
from .profile_answers import read_profile
from .returned import Returned, read_returned
from .settings import FILE, Settings, find_file, find_settings, read_settings, reads_export
from .sheets.roster import find_asked
from .status import list_claims
from .tables import Placed, make_ratings, make_responses, make_ties, type_rows
from .tools.write import FORM_FILES
from .voice_answers import read_voices, settle_voices

SUFFIX = ".xlsx"
OWN_FILES = frozenset({FILE, LETTER, MANIFEST, *FORM_FILES})


@checked
def collect_answers(
    net: Network, path: str | Path, *, mapping: str | Path | None = None, accept: bool = False
) -> Network:
    """Read the answers that came back, and add what they say to the network.

    Every yes and every no becomes a row of ``ties`` with who reported it; who was asked, who
    answered, and which cells stayed open stand in ``responses``, so that response rates and ranges
    are right; value and trust become rows of ``ratings``, numbers of goals rows of
    ``measurements``, and for whom an organization speaks rows of ``voices``. Nothing on file is
    overwritten: what an organization corrects is listed with before and after, and put in place
    only with `accept`.

    Parameters
    ----------
    net : Network
        The network that the questionnaires were made from, or one with the same ids.
    path : path
        The folder with the workbooks that came back (those of :func:`write_questionnaires`, under
        any file name), beside or below their ``survey.toml``; one of them; or the export of a
        survey tool with one row a respondent (.csv, .xlsx).
    mapping : path, optional
        How an export is read (TOML, see :func:`partnet.propose_mapping`); default: as proposed.
    accept : bool, default False
        Put corrections in place: facts are replaced, services no longer offered and an
        organization's own earlier answers leave the tables.

    Returns
    -------
    Network
        The network with the answers. Its ``log`` is a result: ``.table`` has one row a file,
        ``.tables`` the ``claims`` (confirmed, one-sided, disputed, not renewed), ``changes``,
        ``differences`` between people of one organization, ``voices`` (who speaks for whom: yes, no
        or don't know), ``remarks`` and ``responses`` by organization; ``problems`` names every cell
        that was set aside.

    Raises
    ------
    InputError
        There is no such folder or file, or nothing in it can be read.
    UsageError
        A mapping is given with a folder of questionnaires.

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
    net, path = net.whole, Path(path)
    beside = _find_mapping(path)
    by_hand = _is_questionnaire(path) if path.is_file() else path.is_dir() and beside is None
    if by_hand and mapping is not None:
        raise UsageError(
            f"mapping: found {mapping} with a folder of questionnaires. They need none. Leave it "
            "out, or give the export of a survey tool."
        )
    source = _read_folder(net, path) if by_hand else _read_exports(net, path, mapping, beside)
    settings, about = source.settings, source.about
    said = (claim for answers in source.answers for claim in answers.claims)
    claims, differing = join_claims(said, net.vocabulary)
    voices, corrected = settle_voices(net, about)
    changes = [*about.changes, *corrected, *find_renewed(net, claims)]
    status = list_claims(net, claims, source.relations)
    tables, problems = _add_rows(net, source, claims, voices)
    if accept:
        tables = accept_changes(net, tables, changes)
    told = [*source.problems, *(p for a in source.answers for p in a.problems)]
    told += [*about.problems, *problems, *_list_lost(net, settings)]
    collected = Collected(
        settings, source.fates, source.answers, claims, differing, about, changes, status, accept,
        told,
    )  # fmt: skip
    joined = replace(net, _tables=tables, problems=(*net.problems, *told), scale=())
    scale = tuple(sorted({*net.scale, *joined.scale}))
    return replace(joined, scale=scale, log=make_log(joined, collected))


@dataclass(frozen=True)
class _Source:
    """What was read of the answers, from a folder of questionnaires or from one export."""

    settings: Settings
    relations: tuple[str, ...]
    fates: list[FileFate]
    answers: list[Answers]
    about: About
    problems: list[InputProblem]


def _find_mapping(path: Path) -> Path | None:
    """The survey.toml beside answers, where it says how the export of a tool is read."""
    beside = find_file(path if path.is_dir() else path.parent)
    return beside if beside is not None and reads_export(beside) else None


def _is_questionnaire(path: Path) -> bool:
    """Whether a file is one questionnaire that came back, and no export."""
    if path.suffix.lower() != SUFFIX or not path.is_file():
        return False
    try:
        read_returned(path)
    except InputError:
        return False
    return True


def _read_folder(net: Network, folder: Path) -> _Source:
    settings = find_settings(folder)
    work = _open_all(net, folder, settings)
    settings = settings or _guess_settings(net, work)
    answers = [read_answers(returned, id_, net) for id_, returned in work.taken]
    about = About()
    for id_, returned in work.taken:
        read_about(returned, id_, net, about)
        read_goals(returned, id_, net, about)
        read_voices(returned, id_, net, about)
        read_profile(returned, id_, net, about)
    relations = (form.WORKS, *settings.relations)
    return _Source(settings, relations, work.fates, answers, about, work.problems)


def _read_exports(
    net: Network, path: Path, mapping: str | Path | None, beside: Path | None
) -> _Source:
    """Read the exports of a survey tool; who was asked and is not in them did not answer."""
    mapping = beside if mapping is None else Path(mapping)
    files = _list_exports(path) if path.is_dir() else [path]
    done = _Source(Settings("", "", "", (), ()), (), [], [], About(), [])
    asks: list[str] = []
    for file in files:
        grid = open_grid(file)
        how = propose_columns(net, grid) if mapping is None else read_mapping(mapping, net)
        reading = read_grid(grid, how, net, done.about)
        done.answers.extend(reading.answers)
        done.problems.extend(reading.problems)
        done.fates.append(FileFate(file.name, "read", "", reading.cells))
        aside = done.about.aside
        aside[file.name] = aside.get(file.name, 0) + reading.aside
        asks += [form.WORKS if column.asks == form.OFTEN else column.asks for column in how.columns]
    if mapping is None:
        done.problems.append(_tell_proposed(path.name))
    asks += [claim.relation for answers in done.answers for claim in answers.claims]
    relations = tuple(dict.fromkeys(r for r in asks if r in net.vocabulary.relations))
    settings = _settle_export(net, path, how.wave, mapping)
    return replace(done, settings=settings, relations=relations)


def _list_exports(folder: Path) -> list[Path]:
    """The exports in a folder, beside the form that was made for the tool."""
    found = [
        path
        for path in sorted(folder.iterdir())
        if path.suffix.lower() in (*WORKBOOKS, *TEXTS) and path.name not in OWN_FILES
        and not path.name.startswith((".", "~$"))
    ]  # fmt: skip
    if not found:
        raise InputError(
            f"{folder.name}: found no export of the survey tool. What comes back is its export "
            f"({', '.join((*TEXTS[:1], *WORKBOOKS[:1]))}). Save it into the folder."
        )
    return found


def _settle_export(net: Network, path: Path, name: str, mapping: Path | None) -> Settings:
    """What was asked of whom: as the mapping says, else everybody in the network."""
    said = read_settings(mapping) if mapping is not None else None
    everybody = tuple(find_asked(net, None))
    wave = name or path.stem
    if said is None:
        return Settings(net.title, wave, "", (), everybody)
    return replace(said, title=said.title or net.title, wave=wave, asked=said.asked or everybody)


def _tell_proposed(name: str) -> InputProblem:
    return InputProblem(
        Where(name),
        "no mapping given",
        "A mapping says what each column asks.",
        "It was read as partnet proposes (partnet survey map). Look through that and give it.",
        level="note",
    )


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
    work, seen = _Work(), dict[str, str]()
    for item in sorted(folder.iterdir()) if folder.is_dir() else [folder]:
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
    asked = tuple(find_asked(net, None))
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
    net: Network, source: _Source, claims: Sequence[Claim], voices: list[Placed]
) -> tuple[dict[str, pd.DataFrame], list[InputProblem]]:
    """Put ties, responses and services beside those on file."""
    settings, survey = source.settings, Where(FILE)
    if len(source.fates) == 1 and not source.fates[0].organization:
        survey = Where(source.fates[0].file)
    responses = make_responses(
        settings, source.answers, claims, net, relations=source.relations, survey=survey
    )
    ties = make_ties(claims, net, settings.wave)
    ratings = make_ratings(source.answers, settings.wave)
    rows = {"ties": ties, "responses": responses, "services": source.about.services}
    rows |= {"voices": voices, "profiles": source.about.profiles}
    rows |= {"ratings": ratings, "goals": [*source.about.goals.values()]}
    rows |= {"measurements": [*list_measurements(source.about, settings.wave)]}
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
