"""From public files to the folder of a network, with a log of what became of every row."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from ..core.arguments import checked
from ..core.errors import InputError, UsageError
from ..core.network import Network
from ..core.results.result import Result
from ..core.storage.writing import refuse_input, write_folder_atomically
from ..core.vocabulary import HOSPITALS, STATE_OFFICE
from ..core.wording.safety import escape_cell
from ..core.wording.text import join_words
from ..io.read import read_network
from ..linkage.match import match_organizations
from ..linkage.merge import merge_organizations, merge_tables, tell_namesakes_apart
from ..places.location import place_organizations
from .attach import add_county_attributes, attach_unplaced, name_counterparts
from .log import Built, make_build_result, write_log
from .previous import MEMBERS, Previous, keep_ids, list_changes, read_previous, tell_own
from .readers.catalog import NAMES, read_public_files
from .reading.family import PublicFile, Scope
from .region import Region, make_region
from .strangers import leave_out_strangers

Files = Sequence[str | Path] | Mapping[str, str | Path | Sequence[str | Path]]
Progress = Callable[[str], None]
EMERGENCY_HOSPITAL = "rural_emergency_hospital"
OFFICE_GRANTS = r"State Offices? of Rural Health|Rural Hospital Flexibility"


@checked
def build_network(
    output: str | Path,
    files: Files,
    *,
    state: str | Sequence[str] = (),
    counties: Sequence[str] = (),
    nation: bool = False,
    border_km: float = 0.0,
    wide: bool = False,
    update: bool = False,
    progress: Progress | None = None,
) -> Network:
    """Turn public files into a network, as a folder that ``read_network`` reads.

    Parameters
    ----------
    output : path
        The folder to write. In one that was built before, the tables that partnet wrote are
        replaced, unless somebody changed one: then it is refused. Its ``judgments.csv`` is obeyed,
        and what else lies there stays.
    files : sequence of path, or mapping of str to path
        What was downloaded (CSV, gzip, zip, or folders), in any mix; each is read by the reader
        that fits its header. A mapping, or ``"reader=path"``, says what each file is meant to be,
        for example ``{"cms_hospitals": "hospitals.csv"}``.
    state : str or sequence of str, optional
        One State or several, for example NE.
    counties : sequence of str, optional
        Counties by code, or by name and State ("Cedar, NE"), in place of whole States.
    nation : bool, default False
        Everything in the files, in place of States or counties.
    border_km : float, default 0
        Keep organizations beyond the region up to this far from the middle of one of its
        counties, marked ``context`` = yes: patients cross the line (150 is about two hours by
        road).
    wide : bool, default False
        Keep nonprofits of kinds of which a State has thousands: churches, civic clubs, schools,
        private foundations; and recipients of grants of whom nothing tells that they are partners.
    update : bool, default False
        Take the folder for an earlier build of the same network: organizations keep the ids that
        they have there, tables that were added by hand (ties.csv and the like) stay, and the
        log says what entered and left.
    progress : callable, optional
        Is told each step, as a sentence.

    Returns
    -------
    Network
        The network, as it reads from the folder. Its ``log`` is a Result with one row a file: rows
        read, used, elsewhere, set aside, and by what its organizations were matched; its tables are
        ``merged`` and ``review`` (pairs with the evidence side by side), ``attached`` (rows without
        a place and whose they are), ``problems`` (rows set aside and cells mended, each with its
        row), ``kinds``, ``changes`` (of an update).

    Raises
    ------
    InputError
        A file is not what it should be, or the files know no organization of the region.
    UsageError
        No file is given, the region is unknown, or the folder holds something that would be lost.

    See Also
    --------
    read_recipe : The same settings from a file, for repeated runs.
    match_organizations : The matching alone, for tables of your own.

    Examples
    --------
    Nebraska from a file of the Centers for Medicare & Medicaid Services, with the rows of
    neighbors up to two hours away::

        net = pn.build_network("nebraska", ["hospitals.csv"], state="NE", border_km=150)
        net.log.tables["review"]  # pairs that a person has to judge

    >>> import partnet as pn
    >>> pn.build_network("nebraska", [], state="NE")
    Traceback (most recent call last):
    partnet.core.errors.UsageError: public files: found none. At least one is needed, for ...
    """
    log = build_folder(
        output, files, state=state, counties=counties, nation=nation, border_km=border_km,
        wide=wide, update=update, progress=progress,
    )  # fmt: skip
    return replace(read_network(output), log=log)


def build_folder(
    output: str | Path,
    files: Files,
    *,
    state: str | Sequence[str] = (),
    counties: Sequence[str] = (),
    nation: bool = False,
    border_km: float = 0.0,
    wide: bool = False,
    update: bool = False,
    progress: Progress | None = None,
) -> Result:
    """Write the folder of :func:`build_network`; give the log without reading the network back."""
    region = make_region(state=state, counties=counties, nation=nation, border_km=border_km)
    claims = list_files(files)
    folder = Path(output)
    refuse_input(folder, [path for _, path in claims])
    previous = read_previous(folder, update=update)
    tell = progress or (lambda _: None)
    scope = Scope(region.nearby_states, region.home, wide)
    read = _read_files(claims, scope, tell)
    return write_build(folder, read, region, previous, tell)


def write_build(
    folder: Path,
    files: Sequence[PublicFile],
    region: Region,
    previous: Previous,
    tell: Progress,
) -> Result:
    """Make a network of files that were read, in order of trust, and write its folder."""
    built = link_files(files, region, previous, tell)
    result = make_build_result(built)
    tell(f"Writing {folder.name}")
    write_folder_atomically(folder, _make_files(built, result), owned=tell_own(folder))
    return result


def list_files(files: Files) -> list[tuple[str, Path]]:
    """Give each file with the reader that it is said to be for; "" where nothing is said.

    Examples
    --------
    >>> [(name, path.name) for name, path in list_files(["hrsa_sites=sites.csv", "other.csv"])]
    [('hrsa_sites', 'sites.csv'), ('', 'other.csv')]

    Raises
    ------
    UsageError
        There is none.
    """
    if isinstance(files, Mapping):
        claimed = [
            (name, Path(path))
            for name, given in files.items()
            for path in ([given] if isinstance(given, str | Path) else given)
        ]
    else:
        claimed = [_split_claim(str(text)) for text in files]
    if not claimed:
        raise UsageError(
            "public files: found none. At least one is needed, for example the CMS Hospital "
            "General Information. Give what you downloaded."
        )
    return claimed


def _split_claim(text: str) -> tuple[str, Path]:
    name, mark, path = text.partition("=")
    return (name, Path(path)) if mark and name in NAMES else ("", Path(text))


def _read_files(
    claims: Sequence[tuple[str, Path]], scope: Scope, tell: Progress
) -> list[PublicFile]:
    """Read all files, the most trusted family first; files of one family as they were given."""
    read: list[PublicFile] = []
    for name, path in claims:
        tell(f"Reading {path.name}")
        read += read_public_files(path, expected=name, scope=scope)
    _check_names(read)
    order = {reader: k for k, reader in enumerate(NAMES)}
    return sorted(read, key=lambda file: order[file.reader])


def _check_names(files: Sequence[PublicFile]) -> None:
    """Refuse two files of one name: every row says by its file's name where it comes from."""
    counts = Counter(file.file for file in files)
    twice = [name for name, count in counts.items() if count > 1]
    if twice:
        raise UsageError(
            f"public files: found {twice[0]} twice. Every row names its file. Rename one of them, "
            "or give the file once."
        )


def link_files(
    files: Sequence[PublicFile], region: Region, previous: Previous, tell: Progress
) -> Built:
    """Put files that were read together as the tables of one network of a region.

    Raises
    ------
    InputError
        The files know no organization of the region.
    """
    tell("Placing organizations")
    parts = [region.select(place_organizations(file.tables["organizations"])) for file in files]
    files, parts = leave_out_strangers(files, parts)
    if not any((part["context"] == "").any() for part in parts):
        raise InputError(_explain_nobody(files, region))
    tell("Finding duplicates")
    judgments = previous.spread_judgments()
    pairs = match_organizations(*_drop_repeated(parts), judgments=judgments).table
    merged, kept = merge_organizations(parts, pairs[pairs["decision"] == "same"])
    merged = reopen_converted(merged)
    lasting = keep_ids(merged, kept, previous)
    organizations = _name_organizations(merged, lasting, kept)
    tell("Putting the tables together")
    attached = attach_unplaced(files, parts, lasting)
    known = lasting | dict(zip(attached["unplaced"], attached["organization"], strict=True))
    return Built(
        region=region,
        files=files,
        parts=parts,
        tables=_put_together(files, region, organizations, known),
        pairs=pairs,
        kept=known,
        review=_settle_review(pairs[pairs["decision"] == "review"], lasting),
        attached=attached,
        judgments=previous.judgments,
        changes=list_changes(organizations, previous) if len(previous.organizations) else None,
    )


def _put_together(
    files: Sequence[PublicFile],
    region: Region,
    organizations: pd.DataFrame,
    kept: Mapping[str, str],
) -> dict[str, pd.DataFrame]:
    """The tables of the network, with counterparts and counties as people read them."""
    names = {id_: name for file in reversed(files) for id_, name in file.names.items()}
    merged = merge_tables([file.tables for file in files], kept)
    return {
        "organizations": add_county_attributes(organizations, files),
        **name_counterparts(merged, organizations, kept, names),
        "about": _make_about(
            region,
            [file for file in files if _tells(file, organizations, kept)],
            find_office(organizations, merged.get("funding", pd.DataFrame()), region.home),
        ),
    }


def reopen_converted(organizations: pd.DataFrame) -> pd.DataFrame:
    """Keep Rural Emergency Hospitals open: what closed of them was the inpatient care.

    A hospital that converted and that another file knows as one of these is still there.
    """
    if "closure" not in organizations:
        return organizations
    there = organizations["closure"].eq("converted") & (organizations["kind"] == EMERGENCY_HOSPITAL)
    columns = [name for name in ("closed", "closed_on") if name in organizations]
    return organizations.assign(**{c: organizations[c].mask(there, "") for c in columns})


def _tells(file: PublicFile, organizations: pd.DataFrame, kept: Mapping[str, str]) -> bool:
    """Whether anything of a file is in the network."""
    counties = set(organizations["county_fips"]) - {""}
    return any(owner in kept or owner in counties for owner in file.owners.values())


def _explain_nobody(files: Sequence[PublicFile], region: Region) -> str:
    named = join_words([file.file for file in files])
    known = sorted({code for file in files for code in file.states})
    cover = f" that cover {', '.join(known)}" if known else ""
    return (
        f"{region.title}: found no organization of this region in {named}{cover}. Choose another "
        "region, or other files."
    )


def _drop_repeated(parts: Sequence[pd.DataFrame]) -> list[pd.DataFrame]:
    """Leave out rows whose id stands in a file before: they are one organization already."""
    seen: set[str] = set()
    left = []
    for part in parts:
        left.append(part[~part["id"].isin(seen)])
        seen.update(part["id"])
    return left


def _name_organizations(
    organizations: pd.DataFrame, lasting: Mapping[str, str], kept: Mapping[str, str]
) -> pd.DataFrame:
    """Give organizations their lasting ids, the ids of their sources, and names that differ."""
    members: dict[str, list[str]] = defaultdict(list)
    for source, id_ in kept.items():
        members[id_].append(source)
    ids = organizations["id"]
    named = organizations.assign(
        id=ids.map(lasting).astype("str"),
        **{MEMBERS: ids.map({id_: "; ".join(m) for id_, m in members.items()}).astype("str")},
    )
    return tell_namesakes_apart(named).sort_values(["context", "id"], ignore_index=True)


def _settle_review(review: pd.DataFrame, kept: Mapping[str, str]) -> pd.DataFrame:
    """Name the organizations that were kept; pairs that became one row are settled."""
    named = review.assign(a=review["a"].map(kept), b=review["b"].map(kept), judgment="")
    open_ = named[named["a"] != named["b"]].drop_duplicates(["a", "b"])
    first = ["a", "b", "judgment"]
    rest = [column for column in open_ if column not in [*first, "decision"]]
    return open_[[*first, *rest]].reset_index(drop=True).astype({"judgment": "str"})


def find_office(organizations: pd.DataFrame, funding: pd.DataFrame, state: str) -> str:
    """Name the State Office of Rural Health, by kind, else by its grants; "" unless there is one.

    It convenes the network of its State. Its grants are those to State Offices of Rural Health and
    the Medicare Rural Hospital Flexibility Program, which go to one recipient of a State.
    """
    own = organizations[(organizations["state"] == state) & (organizations["context"] == "")]
    offices = own.loc[own["kind"] == STATE_OFFICE, "id"]
    if offices.empty and len(funding):
        grants = funding["program"].str.contains(OFFICE_GRANTS, case=False, regex=True)
        paid = own["id"].isin(funding.loc[grants, "recipient"])
        offices = own.loc[paid & ~own["kind"].isin(HOSPITALS), "id"]
    return str(offices.iloc[0]) if len(offices) == 1 and state else ""


def _make_about(region: Region, files: Sequence[PublicFile], convener: str) -> pd.DataFrame:
    families = dict.fromkeys(f"{file.family.name} ({file.release})" for file in files)
    cautions = dict.fromkeys(file.family.caution for file in files if file.family.caution)
    note = " ".join(
        [
            f"Made from public files: {join_words(list(families))}; publishers and licenses stand "
            "in the build log.",
            *cautions,
            "Public files hold no working ties between organizations; add those you know.",
        ]
    )
    rows = {
        "title": f"{region.title}: organizations in public files",
        "state": region.home,
        "convener": convener,
        "note": note,
    }
    filled = {setting: value for setting, value in rows.items() if value}
    return pd.DataFrame({"setting": list(filled), "value": list(filled.values())}, dtype="str")


def _make_files(built: Built, result: Result) -> dict[str, bytes]:
    tables = dict(built.tables)
    if len(built.review):
        tables["review"] = built.review
    files = {f"{name}.csv": _csv_bytes(table) for name, table in tables.items()}
    files["build_log.json"] = (result.to_json() + "\n").encode("utf-8")
    files["build_log.txt"] = write_log(built, result).encode("utf-8")
    return files


def _csv_bytes(table: pd.DataFrame) -> bytes:
    """Write a table of text; blank columns are left out, formulas made harmless."""
    cells = table.astype("str")
    filled = [name for name in cells if name == "judgment" or (cells[name] != "").any()]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(filled)
    for row in cells[filled].itertuples(index=False, name=None):
        writer.writerow([escape_cell(cell) for cell in row])
    return out.getvalue().encode("utf-8")
