"""How people see the tables of gaps; what each kind adds is declared in its own module."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ...core.results.shown import MAIN, Column, Shown

SEVERITY = Column(
    "severity", "Severity", "severity", meaning="How much it matters, from 0 to 1: see the method."
)
EVIDENCE = Column("evidence", "What is on file", meaning="What the tables say, in words.")
OWNER = Column("owner", "Who could close it", seen="annex", meaning="By name; else the convener.")
NEXT_STEP = Column("next_step", "Next step", meaning="What to do first.")

SHOWN_GAPS = Shown(
    MAIN,
    "All gaps",
    (
        Column("gap_id", meaning="The same gap has the same id in every run."),
        Column("kind", meaning="Kind of gap."),
        Column("rule", meaning="The rule, service, program or limit that is not met."),
        Column("organization", meaning="Id; blank where no organization is concerned."),
        Column("organization_name", meaning="Its name, or that of a group without an id."),
        Column("other", meaning="Id of the second party; blank without one."),
        Column("other_name", meaning="Its name."),
        Column("place", meaning="County code; blank where no county is concerned."),
        Column("place_name", meaning="Name of the county."),
        Column("relation", meaning="The tie or agreement that is expected; blank for others."),
        Column("status", meaning="In a few words, for example missing on file."),
        SEVERITY,
        EVIDENCE,
        OWNER,
        NEXT_STEP,
        Column("citation", meaning="Where a rule is written; blank for others."),
        Column("checked_on", meaning="When that was last compared with the source."),
    ),
    people=False,  # people see it as one list, and in the annex kind by kind
)


def show_columns(shown: Shown, labels: Mapping[str, str]) -> tuple[Column, ...]:
    """Give all columns of a table anew: those with a label first, as people see them."""
    seen = [replace(shown.column(name), label=label, seen="page") for name, label in labels.items()]
    rest = [replace(one, label="") for one in shown.columns if one.name not in labels]
    return (*seen, *rest)


SHOWN_TOP = Shown(
    "top",
    "The most severe gaps of all kinds",
    (
        Column("what", "What", meaning="The gap in words."),
        SEVERITY,
        NEXT_STEP,
        Column("who", "Who could close it", meaning="By name; else the convener."),
        Column("why", "What is on file", meaning="What the tables say, in words."),
        Column("rank", "Rank", "count", "annex", "1 is the most severe."),
        Column("more", "More of the same", "count", "annex", "Further gaps about the matter."),
        Column("kind", meaning="Kind of gap."),
        Column("gap_id", meaning="Id in the table of all gaps."),
    ),
    "Most severe gaps",
)

SHOWN_LIST = Shown(
    MAIN,
    "All open gaps in one list, the most severe first",
    show_columns(
        replace(
            SHOWN_GAPS,
            columns=(
                Column("what", meaning="The gap in words."),
                Column("label", meaning="Kind of gap in words."),
                *SHOWN_GAPS.columns,
            ),
        ),
        {
            "what": "What",
            "label": "Kind",
            "severity": "Severity",
            "next_step": "Next step",
            "owner": "Who could close it",
            "evidence": "What is on file",
        },
    ),
    "All gaps",
    chips="label",
)

SHOWN_KINDS = Shown(
    "kinds",
    "How many gaps of each kind are open",
    (
        Column("kind", meaning="Kind of gap, as find_gaps takes it."),
        Column("name", "Kind of gap", meaning="What it is about."),
        Column("gaps", "Open", "count", meaning="Open gaps."),
        Column("most_severe", "Highest severity", "score", meaning="From 0 to 1; 0 without any."),
    ),
    "Kinds of gaps",
    rows=0,
)
