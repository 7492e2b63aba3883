"""IRS Exempt Organizations Business Master File Extract: nonprofits and what they do.

Source: Internal Revenue Service, "Exempt Organizations Business Master File Extract (EO BMF)", one
file a State or region, refreshed monthly; the newest ruling date tells about when. License: US
Government work, public domain.

Columns used: EIN, name, street, city, State, ZIP, subsection, ruling date, NTEE code. The column
ICO holds persons ("% JANE DOE") and is never read; a "%" or "C/O" tail of a name is dropped.

A row becomes an organization with the id ``ein-`` and its number. Associations, networks and
ambulance services in health are known by their name (``data/recognized.toml``), also without a code
or with a code of something else; all others are of the kind that their NTEE code tells
(``data/ntee.toml``: the longest beginning of the code that is listed there), with a service where
the code names one (hospice care, food pantry). A foundation, auxiliary, guild or endowment that
carries a provider's code is a funder. Set aside, each with its reason, are rows

* without an NTEE code and with a name that tells nothing: what they do is not known;
* with a code of which a partner map knows no kind (arts, animals, sports, mutual insurance);
* of wide kinds (churches, clubs, youth groups, schools, foundations, auxiliaries, corporations that
  own buildings), by code or by name (fellowships, owners of houses: ``clubs`` in
  ``data/recognized.toml``), unless they are asked for: by default partners in health come in.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ..reading.codes import make_id, read_ein, read_state, read_zip
from ..reading.family import EVERYWHERE, Family, PublicFile, RowCollector, Scope, gather_rows
from ..reading.names import write_name
from ..reading.recognized import find_by_name, is_club
from ..reading.source import Source

FAMILY = Family(
    name="IRS Exempt Organizations Business Master File",
    publisher="Internal Revenue Service",
    license="US Government work, public domain",
    columns={
        "ein": ("EIN",),
        "name": ("NAME",),
        "street": ("STREET",),
        "city": ("CITY",),
        "state": ("STATE",),
        "zip": ("ZIP",),
        "subsection": ("SUBSECTION",),
        "ruling": ("RULING",),
        "ntee": ("NTEE_CD", "NTEE"),
    },
    required=("ein", "name", "city", "state", "zip", "subsection", "ntee"),
    becomes="a nonprofit, of the kind that its NTEE code tells, and a service where the code names "
    "one; care-of lines are not read",
)

_CARE_OF = re.compile(r"\s*(?:%|\bC/O\b).*", re.IGNORECASE)
# Bodies that raise money for a provider carry its code: a fourth letter I or J, or such a name.
_SUPPORTERS = re.compile(r"\b(AUXILIARY|ENDOWMENT|FOUNDATION|FRIENDS OF|GUILD)\b", re.IGNORECASE)
_SUPPORT_LETTERS = ("I", "J")
_COMMON = frozenset({"community_based_organization", "funder", "faith", "school", "civic"})
GROUPS = {
    "A": "arts and culture",
    "B": "education",
    "C": "environment",
    "D": "animals",
    "E": "health care",
    "F": "mental health and substance use",
    "G": "diseases and disorders",
    "H": "medical research",
    "I": "crime and legal",
    "J": "employment",
    "K": "food and agriculture",
    "L": "housing",
    "M": "public safety and disaster",
    "N": "recreation and sports",
    "O": "youth development",
    "P": "human services",
    "Q": "international affairs",
    "R": "civil rights",
    "S": "community improvement",
    "T": "philanthropy",
    "U": "science and technology",
    "V": "social science",
    "W": "public benefit",
    "X": "religion",
    "Y": "mutual benefit",
    "Z": "unknown",
}


@dataclass(frozen=True, slots=True)
class Activity:
    """What an NTEE code tells: a kind, perhaps a service, and whether there are thousands."""

    kind: str
    service: str = ""
    wide: bool = False


@cache
def list_activities() -> Mapping[str, Activity]:
    """Give what each beginning of an NTEE code tells."""
    text = files("partnet").joinpath("data/ntee.toml").read_text(encoding="utf-8")
    return {code: Activity(**entry) for code, entry in tomllib.loads(text).items()}


def find_activity(code: str) -> Activity | None:
    """Give what an NTEE code tells; ``None``: nothing that a partner map knows.

    Examples
    --------
    >>> find_activity("E22Z").kind, find_activity("K31").service, find_activity("N60")
    ('hospital', 'food bank or pantry', None)
    """
    known = list_activities()
    starts = (code.upper()[:length] for length in range(len(code), 0, -1))
    return next((known[start] for start in starts if start in known), None)


def read(source: Source, scope: Scope = EVERYWHERE) -> PublicFile:
    """Read the file into organizations and services.

    Raises
    ------
    InputError
        A needed column is missing, or a cell does not end.
    """
    collector = gather_rows(FAMILY, source, scope, _read_row, note=_note_ruling)
    newest = collector.newest
    release = f"with rulings to {newest[:4]}-{newest[4:]}" if newest else "day not stated"
    return collector.finish(FAMILY, source, release)


def _note_ruling(cells: Mapping[str, str]) -> str:
    """The year and month of a ruling; "" where it is none."""
    return cells["ruling"] if re.fullmatch(r"(19|20)\d{4}", cells["ruling"]) else ""


def _read_row(row: int, cells: dict[str, str], collector: RowCollector) -> None:
    state = read_state(cells["state"])
    if collector.is_elsewhere(row, state):
        return
    ein = read_ein(cells["ein"], row, collector)
    activity = _find_partner(row, cells, collector)
    if activity is None:
        return
    if not ein or not cells["name"] or not state:
        found = f'EIN "{cells["ein"]}", State "{cells["state"]}"'
        collector.set_aside(
            row, "", found, "A nonprofit has an EIN of 9 digits, a name and a State."
        )
    elif make_id("ein", ein) in collector.organizations:
        found = f'"{ein}", which stands above already'
        collector.set_aside(row, "EIN", found, "A nonprofit has one row.")
    else:
        _keep(row, cells, activity, ein, state, collector)


def _find_partner(row: int, cells: dict[str, str], collector: RowCollector) -> Activity | None:
    """What the organization does; where no partner map asks for it, the row is set aside."""
    code = cells["ntee"].upper()
    activity = _judge(cells["name"], code)
    if activity is None and not code:
        collector.set_aside(
            row, "NTEE_CD", "no code", "Without a code it is not known what it does."
        )
    elif activity is None:
        allowed = "A partner map keeps codes of health, social services, housing, food, safety."
        collector.set_aside(row, "NTEE_CD", _name_group(code), allowed)
    elif activity.wide and not collector.scope.wide:
        found = f"{_name_group(code)}, of the kind {activity.kind}"
        allowed = "Kinds of which a State has thousands are kept only where they are asked for."
        collector.set_aside(row, "NTEE_CD", found, allowed)
        return None
    return activity


def _judge(name: str, code: str) -> Activity | None:
    """What a nonprofit does by its name, else by its code; ``None`` where neither tells."""
    named = find_by_name(name, code)
    if named is not None:
        return Activity(named.kind, named.service)
    activity = find_activity(code)
    if activity is None or activity.wide:
        return activity
    if is_club(name):
        return Activity("civic", wide=True)
    if activity.kind in _COMMON:
        return activity
    raises_money = code[3:4] in _SUPPORT_LETTERS or _SUPPORTERS.search(name)
    return Activity("funder", wide=True) if raises_money else activity


def _name_group(code: str) -> str:
    """Say the major group that a code is in."""
    return f"a code of group {code[:1]} ({GROUPS.get(code[:1], 'not in the taxonomy')})"


def _keep(
    row: int,
    cells: dict[str, str],
    activity: Activity,
    ein: str,
    state: str,
    collector: RowCollector,
) -> None:
    nonprofit = {
        "id": make_id("ein", ein),
        "name": write_name(_CARE_OF.sub("", cells["name"]) or "name not given"),
        "kind": activity.kind,
        "state": state,
        "zip": read_zip(cells["zip"], state, row, collector),
        "ein": ein,
        "city": write_name(cells["city"]),
        "address": write_name(_CARE_OF.sub("", cells["street"])),
        "ntee": cells["ntee"],
    }
    collector.use(row, collector.add_organization(row, nonprofit))
    if activity.service:
        service = {"organization": nonprofit["id"], "service": activity.service}
        collector.add_row("services", row, service)
