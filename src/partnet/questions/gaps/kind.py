"""What a gap is, and what a kind of gaps declares about itself: once, for all who show it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

import pandas as pd

from ...core.network import Network
from ...core.results.result import Sentence
from ...core.results.shown import MAIN, Column, Shown
from ...core.rows.spelling import fold_label
from ...core.wording.text import count_noun
from .shown import EVIDENCE, NEXT_STEP, OWNER, SEVERITY, SHOWN_GAPS

ROWS = 0  # the page shows the kinds in one list; the annex has a table of each

# Status that asks for nothing to be done: it is listed among the rules, but is no gap.
# What rules ask of an organization, what it has signed and who saw it are its own business.
OWN_KINDS = ("rule", "agreement", "contact")
SETTLED = ("met", "unknown", "does not apply")


@dataclass(frozen=True, slots=True)
class Gap:
    """One finding.

    Attributes
    ----------
    kind, rule : str
        The kind of gap, and within it the rule, service, program or limit that is not met.
    organization, other : str
        Ids; blank where a gap has no (second) party.
    place : str
        County code, or blank.
    status : str
        For example "missing on file", "does not apply", "unknown", "met".
    severity : float
        From 0 to 1; its formula is in the method of the result.
    evidence, owner, next_step : str
        In words: what is on file, who could close it, what to do next.
    citation, checked_on : str
        Where a rule is written, and when somebody last compared it with the source.
    party : str
        Name of a party that is no organization of the network, such as a group.
    """

    kind: str
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
        """A stable id: the same gap has the same id in every run, however a label is spelled."""
        named = fold_label(self.rule), self.organization or fold_label(self.party)
        key = "|".join([self.kind, *named, self.other, self.place])
        return f"{self.kind}-{hashlib.sha256(key.encode()).hexdigest()[:10]}"


@dataclass(frozen=True, slots=True)
class Beside:
    """A table beside the gaps of a kind.

    Attributes
    ----------
    shown : Shown
        How people see it.
    make : callable
        Makes it from the network on its day and everything judged of the kind.
    entitle : callable, optional
        Gives its title from the table, where that depends on it.
    """

    shown: Shown
    make: Callable[[Network, pd.DataFrame], pd.DataFrame]
    entitle: Callable[[pd.DataFrame], str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GapKind:
    """A kind of gaps: how they are found, weighed, said and shown.

    The list of kinds (:mod:`partnet.questions.gaps.kinds`) is all that others read: the verb, its
    method, the report, the command line, the limits of a repeated run, and the page of gaps.

    Attributes
    ----------
    name : str
        One word: value of the column ``kind``, and choice of ``find_gaps`` and ``--kind``.
    title : str
        Title of its table.
    label : str
        What these gaps are about, within a list.
    needs : tuple of str
        Tables of which any one switches it on.
    find : callable
        Gives its gaps on the day of a network, also those that are settled.
    subject : tuple of str
        Columns that make two gaps one matter: a county that lacks three services is one to talk
        about.
    columns : tuple of Column
        What people see of a gap before its severity, evidence and next step.
    say : callable
        Says one row of the table of gaps in words.
    act : callable, optional
        Says what to do about it in a few words; default: the start of the next step.
    act_on_all : callable, optional
        Says what to do about several that are alike, where one step is for all of them.
    text : callable
        Says its open gaps in a sentence, given the network, them and everything judged; ``None``
        where there is nothing to say.
    formula : str
        How severity is computed.
    absent : callable, optional
        Says why it found nothing, where the tables that it needs do not tell.
    sources, notes : tuple of str
        For the method.
    beside : tuple of Beside
        Further tables of the result.
    between : bool
        Whether a tie of its two organizations would close it.
    of_places : bool
        Whether it is judged for a part of the network by its places; else only for all of it.
    """

    name: str
    title: str
    label: str
    needs: tuple[str, ...]
    find: Callable[[Network], Sequence[Gap]]
    subject: tuple[str, ...]
    columns: tuple[Column, ...]
    say: Callable[[Any], str]
    text: Callable[[Network, pd.DataFrame, pd.DataFrame], Sentence | None]
    formula: str
    act: Callable[[Any], str] | None = None
    act_on_all: Callable[[Sequence[Any]], str] | None = None
    absent: Callable[[Network], Sentence | None] | None = None
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    beside: tuple[Beside, ...] = ()
    between: bool = False
    of_places: bool = True

    @property
    def threshold(self) -> str:
        """Name of the setting that limits how many of them may be open in a repeated run."""
        return f"{self.name}_gaps"

    @property
    def shown(self) -> Shown:
        """How people see its open gaps."""
        columns = (*self.columns, SEVERITY, EVIDENCE, OWNER, NEXT_STEP)
        sheet, pick = f"Gaps {self.name}", partial(pick_kind, self.name)
        return Shown(MAIN, self.title, columns, sheet, ROWS, pick=pick)


def pick_kind(name: str, gaps: pd.DataFrame) -> pd.DataFrame:
    """Give the gaps of one kind, said by organization, else by place, and with their source."""
    rows = gaps[gaps["kind"] == name].reset_index(drop=True)
    checked = (", checked " + rows["checked_on"]).where(rows["checked_on"] != "", "")
    first = rows["organization_name"].where(rows["organization_name"] != "", rows["place_name"])
    return rows.assign(source=rows["citation"] + checked, organization_name=first)


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
    table = pd.DataFrame(rows, columns=SHOWN_GAPS.names)
    order = ["severity", "kind", "rule", "organization", "other", "place"]
    return table.sort_values(
        order, ascending=[False, *[True] * 5], ignore_index=True, kind="stable"
    )


def convener_of(net: Network) -> str:
    """Name the convener, who owns what no organization of the network can close alone."""
    return net.name(net.convener) if net.convener else "the convener"


# -- words that several kinds use ------------------------------------------------------------------


def say_untied(gap: Any) -> str:
    """Say of a gap between two organizations that no tie of them is on file."""
    return f"{gap.organization_name} and {gap.other_name} have no tie on file"


def say_status(status: str) -> str:
    """Say a status within a sentence."""
    return {
        "one-sided": "reported by one side only",
        "no agreement on file": "is not on file",
        "lapsed": "has lapsed",
        "draft": "is a draft",
    }.get(status, status)


def say_pairs(name: str, rows: pd.DataFrame, what: str) -> Sentence:
    """Say in how many pairs the two have no tie, and the first of them; blank without any."""
    if rows.empty:
        return Sentence(name, "")
    first = rows.iloc[0]
    text = (
        f"In {count_noun(len(rows), 'pair')} the two {what} and have no tie on file, first: "
        f"{first.organization_name} and {first.other_name} ({first.evidence})."
    )
    named = {part: first[part] for part in ("organization_name", "other_name", "evidence")}
    return Sentence(name, text, {"pairs": len(rows), **named})
