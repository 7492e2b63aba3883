"""What an earlier build left: ids to keep, judgments to obey, tables that a person added."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from ..core.errors import InputError, UsageError
from ..core.storage.writing import MANIFEST, OwnFiles, check_folder, hash_file, settle_folder
from ..core.wording.text import join_words
from ..io.opened.csv_file import read_csv_cells
from ..io.tables.own_tables import is_read_along
from ..linkage.match import match_organizations

BUILT_TABLES = (
    *("organizations", "services", "memberships", "funding", "affiliations", "service_areas"),
    "about",
)
SELDOM = "service_areas.csv"  # only directories tell of areas: a person's own list stays
OLD_NAMES = {"judgement": "judgment"}  # aliases of before 0.2
COMPANIONS = ("review.csv", "build_log.json", "build_log.txt")
WRITTEN = frozenset((*(f"{name}.csv" for name in BUILT_TABLES), *COMPANIONS))
JUDGED = ("judgments.csv", "judgements.csv")  # a person's own; the second as before 0.2
JUDGMENTS = ("same", "not the same")
MEMBERS = "source_ids"  # column: the ids under which the files know an organization
IDENTITY = (
    *("id", "name", "kind", "state", "zip", "county_fips", "city", "address"),
    *("ccn", "npi", "ein", "uei", "hrsa_grant", MEMBERS),
)


def _no_organizations() -> pd.DataFrame:
    return pd.DataFrame(columns=list(IDENTITY), dtype="str")


def _no_judgments() -> pd.DataFrame:
    return pd.DataFrame(columns=["a", "b", "judgment"], dtype="str")


@dataclass(frozen=True)
class Previous:
    """An earlier build.

    Attributes
    ----------
    organizations : DataFrame
        Its organizations with the ids of their sources.
    judgments : DataFrame
        What a person decided about pairs.
    """

    organizations: pd.DataFrame = field(default_factory=_no_organizations)
    judgments: pd.DataFrame = field(default_factory=_no_judgments)

    def spread_judgments(self) -> pd.DataFrame:
        """Say every judgment for each pair of source ids of the two organizations.

        A judgment names organizations as the folder does; the files know them by other ids too.
        """
        members = dict(zip(self.organizations["id"], self.organizations[MEMBERS], strict=True))
        rows = [
            (a, b, judged.judgment)
            for judged in self.judgments.itertuples()
            for a in _list_members(judged.a, members)
            for b in _list_members(judged.b, members)
        ]
        return pd.DataFrame(rows, columns=["a", "b", "judgment"], dtype="str")


def _list_members(id_: str, members: Mapping[str, str]) -> list[str]:
    return list(dict.fromkeys([id_, *members.get(id_, "").split("; ")]))


def read_previous(folder: Path, *, update: bool) -> Previous:
    """Read what an earlier build left; nothing where there is no folder.

    Raises
    ------
    UsageError
        An update is asked for and there is no earlier build, or the folder holds something that
        would be lost or read along.
    InputError
        The judgments are not as they should be.
    """
    check_folder(folder)
    if not folder.is_dir():
        if update:
            raise UsageError(
                f"{folder}: found no earlier build to update. Build without update first."
            )
        return Previous()
    settle_folder(folder)
    if not update:
        _refuse_additions(folder)
    own = OwnFiles.read(folder, tell_own(folder))
    added = {SELDOM} - own.names if update else set()
    own.refuse_changes(sorted(WRITTEN - added))
    judgments = _read_judgments(folder)
    return Previous(_read_organizations(folder) if update else _no_organizations(), judgments)


def _refuse_additions(folder: Path) -> None:
    """Refuse tables that a build does not write: read with those of another build, they mislead."""
    for item in sorted(folder.iterdir()):
        if item.name not in (*WRITTEN, *JUDGED) and is_read_along(item.name):
            raise UsageError(
                f"{folder}: found {item.name}, which a build does not write and which would be "
                "read with its tables. Build into another folder, or move this away; an update "
                "keeps tables that you added (ties.csv, contacts.csv and the like)."
            )


def tell_own(folder: Path) -> Callable[[str], bool]:
    """Tell by name which files of an earlier build may be replaced though no manifest says so.

    Builds of before 0.2 have a log and no manifest. A review that was filled in may go once it was
    saved as judgments too.
    """
    older = (folder / "build_log.json").is_file() and not (folder / MANIFEST).exists()
    judged = hash_file(folder / JUDGED[0])

    def is_own(name: str) -> bool:
        if name == "review.csv" and judged and hash_file(folder / name) == judged:
            return True
        return older and name in WRITTEN

    return is_own


def _read_organizations(folder: Path) -> pd.DataFrame:
    path = folder / "organizations.csv"
    if not path.is_file():
        raise UsageError(f"{folder}: found no organizations.csv to update. Build without update.")
    raw = read_csv_cells(path)
    table = pd.DataFrame(raw.rows, columns=list(raw.header), dtype="str")
    return table.reindex(columns=list(IDENTITY), fill_value="").astype("str")


def _read_judgments(folder: Path) -> pd.DataFrame:
    """What a person decided about pairs, from the folder that is replaced."""
    path, older = (folder / name for name in JUDGED)
    path = older if older.is_file() and not path.is_file() else path
    columns = ["a", "b", "judgment"]
    if not path.is_file():
        return _no_judgments()
    raw = read_csv_cells(path)
    table = pd.DataFrame(raw.rows, columns=list(raw.header), dtype="str")
    table = table.rename(columns=OLD_NAMES)
    if not set(columns) <= set(table):
        raise InputError(
            f"{path.name}: found columns {', '.join(raw.header)}. A judgment has the columns a, b "
            "and judgment. Start from review.csv."
        )
    judged = table[table["judgment"].str.strip() != ""]
    for k, word in judged["judgment"].items():
        if word.strip().casefold() not in JUDGMENTS:
            row = raw.row_numbers[k]
            raise InputError(
                f'{path.name}, row {row}, column "judgment": found "{word}". Allowed are '
                f"{join_words(JUDGMENTS, final='or')}. Correct it, or leave it blank."
            )
    return judged.reset_index(drop=True)


# -- ids that last -------------------------------------------------------------------------------


def keep_ids(
    organizations: pd.DataFrame, kept: Mapping[str, str], previous: Previous
) -> dict[str, str]:
    """Give every source id the id of its organization, as an earlier build named it.

    An organization keeps its id where one of its sources had it before; where two that stood apart
    have become one, the id that stands first in the earlier build; where one has come apart, the
    id stays with the first part. What left under one number and arrived under another (a hospital
    that was converted) keeps its id where the two are the same beyond doubt.

    Parameters
    ----------
    organizations : DataFrame
        The organizations of this build.
    kept : mapping of str to str
        The id in this build for every source id.
    previous : Previous
        The earlier build.

    Returns
    -------
    dict of str to str
        The lasting id for every source id.
    """
    earlier = _find_earlier(kept, previous)
    earlier |= _find_conversions(organizations, earlier, previous)
    taken: dict[str, str] = {}
    final: dict[str, str] = {}
    for id_ in organizations["id"]:
        old = earlier.get(id_, id_)
        final[id_] = old if taken.setdefault(old, id_) == id_ else id_
    return {source: final[id_] for source, id_ in kept.items()}


def _find_earlier(kept: Mapping[str, str], previous: Previous) -> dict[str, str]:
    """The id that each organization of this build had before, where it had one."""
    old_of: dict[str, str] = {}
    order: dict[str, int] = {}
    for k, (id_, members) in enumerate(
        zip(previous.organizations["id"], previous.organizations[MEMBERS], strict=True)
    ):
        order[id_] = k
        old_of |= dict.fromkeys(_list_members(id_, {id_: members}), id_)
    found: dict[str, str] = {}
    for source, id_ in kept.items():
        old = old_of.get(source)
        if old is not None and (id_ not in found or order[old] < order[found[id_]]):
            found[id_] = old
    return found


def _find_conversions(
    organizations: pd.DataFrame, earlier: Mapping[str, str], previous: Previous
) -> dict[str, str]:
    """Pairs of an organization that arrived and one that left, the same beyond doubt."""
    arrived = organizations[~organizations["id"].isin(earlier)]
    left = previous.organizations[~previous.organizations["id"].isin(earlier.values())]
    if arrived.empty or left.empty:
        return {}
    columns = [column for column in IDENTITY if column in organizations and column != MEMBERS]
    pairs = match_organizations(
        arrived[columns].assign(origin="this build, row 1"),
        _drop_cities(left[columns]).assign(origin="earlier build, row 1"),
    ).table
    same = pairs[pairs["decision"] == "same"]
    known = set(left["id"])
    return {a: b for a, b in zip(same["a"], same["b"], strict=True) if b in known}


def _drop_cities(organizations: pd.DataFrame) -> pd.DataFrame:
    """Take away the cities that the earlier build put behind the names of namesakes."""
    pairs = zip(organizations["name"], organizations["city"], strict=True)
    names = [name.removesuffix(f" ({city})") for name, city in pairs]
    return organizations.assign(name=pd.Series(names, index=organizations.index, dtype="str"))


def list_changes(organizations: pd.DataFrame, previous: Previous) -> pd.DataFrame:
    """What entered, left and changed its name since the earlier build, by id.

    Returns
    -------
    DataFrame
        ``change`` (entered, left, renamed), ``id``, ``name``, ``before`` (the earlier name).
    """
    before = dict(zip(previous.organizations["id"], previous.organizations["name"], strict=True))
    now = dict(zip(organizations["id"], organizations["name"], strict=True))
    rows: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for id_, name in now.items():
        if id_ not in before:
            rows["entered"].append((id_, name, ""))
        elif before[id_] != name:
            rows["renamed"].append((id_, name, before[id_]))
    rows["left"] = [(id_, "", name) for id_, name in before.items() if id_ not in now]
    listed = [(change, *row) for change in ("entered", "left", "renamed") for row in rows[change]]
    return pd.DataFrame(listed, columns=["change", "id", "name", "before"], dtype="str")


def count_changes(changes: pd.DataFrame) -> Counter[str]:
    """How many of each kind of change there are."""
    return Counter(changes["change"])
