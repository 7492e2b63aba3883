"""One row a gap, whatever family it is of."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import pandas as pd

from ...core.network import Network

FAMILIES = (
    "rule",
    "coverage",
    "overlap",
    "funding",
    "contact",
    "sector",
    "agreement",
    "voice",
)

COLUMNS = (
    "gap_id", "family", "rule", "organization", "organization_name", "other", "other_name", "place",
    "place_name", "relation", "status", "severity", "evidence", "owner", "next_step", "citation",
    "checked_on",
)  # fmt: skip

# Status that asks for nothing to be done: it is listed among the rules, but is no gap.
SETTLED = ("met", "unknown", "does not apply")


@dataclass(frozen=True, slots=True)
class Gap:
    """One finding.

    Attributes
    ----------
    family, rule : str
        The family, and within it the rule, service, program or limit that is not met.
    organization, other : str
        Ids; blank where a gap has no (second) party.
    place : str
        County code, or blank.
    status : str
        For example "missing on file", "does not apply", "unknown", "met".
    severity : float
        From 0 to 1; its formula stands in the method of the result.
    evidence, owner, next_step : str
        In words: what is on file, who could close it, what to do next.
    citation, checked_on : str
        Where a rule stands, and when somebody last compared it with the source.
    party : str
        Name of a party that is no organization of the network, such as a group.
    """

    family: str
    rule: str
    organization: str
    status: str
    severity: float
    evidence: str
    next_step: str
    other: str = ""
    place: str = ""
    place_name: str = ""
    relation: str = ""
    owner: str = ""
    citation: str = ""
    checked_on: str = ""
    party: str = ""

    @property
    def gap_id(self) -> str:
        """A stable id: the same gap has the same id in every run."""
        first = self.organization or self.party
        key = "|".join([self.family, self.rule, first, self.other, self.place])
        return f"{self.family}-{hashlib.sha256(key.encode()).hexdigest()[:10]}"


def tabulate_gaps(net: Network, gaps: Sequence[Gap]) -> pd.DataFrame:
    """Give gaps as a table, the most severe first; ties go to the lower id."""
    names = net.names.to_dict()
    rows = [
        {
            **asdict(gap),
            "gap_id": gap.gap_id,
            "organization_name": names.get(gap.organization, gap.party),
            "other_name": names.get(gap.other, ""),
            "severity": round(gap.severity, 9),
        }
        for gap in gaps
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    order = ["severity", "family", "rule", "organization", "other", "place"]
    return table.sort_values(
        order, ascending=[False, *[True] * 5], ignore_index=True, kind="stable"
    )


def convener_of(net: Network) -> str:
    """Name the convener, who owns what no organization of the network can close alone."""
    return net.name(net.convener) if net.convener else "the convener"
