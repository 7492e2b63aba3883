"""Who leads each organization, who can decide for it, and when an executive of it was met."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass

import pandas as pd

from ..core.memory import fact
from ..core.network import Network
from ..core.vocabulary import fold_word

DECIDES = "executive"  # the level at which an organization is bound
PEOPLE, CONTACT = "people", "contact"  # tables by which a leader is known
# Roles of whoever leads an organization, the plainest first. A director of nursing leads a part.
CHIEFS = (
    r"\b(?:ceo|chief executive)\b",
    r"\b(?:administrator|executive director|superintendent|commissioner"
    r"|health (?:director|officer))\b",
    r"\bpresident\b",
    r"^\W*(?:interim |acting )?director\W*$",
)
NOT_CHIEF = r"\b(?:vice|assistant|deputy|associate|former|secretary|past|elect)\b"
UNRANKED = len(CHIEFS)


@dataclass(frozen=True, slots=True)
class Leader:
    """Who leads one organization, as far as it is on file.

    Attributes
    ----------
    person, role : str
        Who leads it; blank where no role tells.
    since : Timestamp or NaT
        Since when.
    known_from : str
        ``"people"``, ``"contact"`` (an executive whom somebody met), or "".
    others : tuple of str
        Who else can decide for it, with the role.
    met_on : Timestamp or NaT
        The last contact with an executive of it.
    """

    person: str = ""
    role: str = ""
    since: pd.Timestamp = pd.NaT
    known_from: str = ""
    others: tuple[str, ...] = ()
    met_on: pd.Timestamp = pd.NaT

    @property
    def is_known(self) -> bool:
        """Whether anybody who can decide is on file."""
        return bool(self.person or self.others)

    @property
    def called(self) -> str:
        """The person with the role, or the first of the others."""
        return name_person(self.person, self.role) if self.person else next(iter(self.others), "")


def name_person(person: str, role: str) -> str:
    """Name a person with the role.

    Examples
    --------
    >>> name_person("Pat Sample", "CEO"), name_person("P. Sample, administrator", "")
    ('Pat Sample (CEO)', 'P. Sample, administrator')
    """
    return f"{person} ({role})" if role else person


def rank_role(role: str) -> int:
    """Give how plainly a role is that of whoever leads: 0 is the plainest, 4 is no such role.

    Examples
    --------
    >>> [rank_role(role) for role in ("CEO", "Administrator", "Vice President", "Director")]
    [0, 1, 4, 3]
    """
    if re.search(NOT_CHIEF, role, re.IGNORECASE):
        return UNRANKED
    found = (k for k, words in enumerate(CHIEFS) if re.search(words, role, re.IGNORECASE))
    return next(found, UNRANKED)


@fact
def find_leaders(here: Network) -> Mapping[str, Leader]:
    """Give who leads each organization on the day, by id; blank where nothing tells.

    From the people table: the role names a chief executive, an administrator, executive director or
    superintendent, a president, or the director; of several the plainest, then the last to come.
    Who is at executive level besides can decide too. Where the table has nobody at that level, an
    executive whom somebody met last stands in, unless the table says that this person has left.
    """
    people = dict(iter(_list_deciders(here).groupby("organization", sort=False)))
    met = dict(iter(_list_met(here).groupby("organization", sort=False)))
    gone = _list_gone(here)
    return {
        str(id_): _make_leader(people.get(id_), met.get(id_), gone.get(str(id_), frozenset()))
        for id_ in here.ids
    }


def _list_deciders(here: Network) -> pd.DataFrame:
    """People who can decide, on file on the day: at executive level, or in a leading role."""
    people = here.rows("people")
    people = people.assign(rank=[rank_role(role) for role in people["role"]])
    leads = (people["level"] == "") & (people["rank"] < UNRANKED)
    people = people[(people["level"] == DECIDES) | leads]
    return people.sort_values(
        ["rank", "since", "person"], ascending=[True, False, True], kind="stable"
    )


def _list_met(here: Network) -> pd.DataFrame:
    """Contacts with executives up to the day, the newest first."""
    contacts = here.rows("contacts")
    if here.day is not None:
        contacts = contacts[contacts["date"] <= here.day]
    met = contacts[contacts["level"] == DECIDES]
    return met.sort_values("date", ascending=False, kind="stable")


def _list_gone(here: Network) -> Mapping[Hashable, frozenset[str]]:
    """Folded names of people who have left, by organization."""
    people = here.whole.rows("people")
    if here.day is None:
        return {}
    still = people.assign(key=people["person"].map(key_of), left=people["until"] < here.day)
    left = still.groupby(["organization", "key"])["left"].all()
    names: dict[Hashable, set[str]] = {}
    for organization, key in left[left.astype(bool)].index:
        names.setdefault(organization, set()).add(key)
    return {organization: frozenset(keys) for organization, keys in names.items()}


def key_of(person: str) -> str:
    """The name of a person without the title behind a comma, folded."""
    return fold_word(person.partition(",")[0])


def _make_leader(
    people: pd.DataFrame | None, met: pd.DataFrame | None, gone: frozenset[str]
) -> Leader:
    met_on = pd.NaT if met is None else met["date"].iloc[0]
    if people is not None:
        chief = people[people["rank"] < UNRANKED].head(1)
        others = people.drop_duplicates("person")
        others = others[~others["person"].isin(chief["person"])]
        named = [name_person(p, r) for p, r in zip(others["person"], others["role"], strict=True)]
        return Leader(*_name_chief(chief), PEOPLE, tuple(named), met_on)
    named = [] if met is None else [p for p in met["person"] if p and key_of(p) not in gone]
    if not named:
        return Leader(met_on=met_on)
    person, _, role = named[0].partition(",")
    if rank_role(role) < UNRANKED:
        return Leader(person.strip(), role.strip(), pd.NaT, CONTACT, (), met_on)
    return Leader("", "", pd.NaT, CONTACT, (named[0],), met_on)


def _name_chief(chief: pd.DataFrame) -> tuple[str, str, pd.Timestamp]:
    if chief.empty:
        return "", "", pd.NaT
    row = chief.iloc[0]
    return str(row["person"]), str(row["role"]), row["since"]
