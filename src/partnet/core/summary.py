"""How a network looks: what is in it in a sentence or two, and its kinds as a small table."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import pandas as pd

from .rows.ties import keep_distinct
from .schema import TABLES
from .wording.text import count_noun

if TYPE_CHECKING:
    from .network import Network


def say_network(net: Network) -> str:
    """Say what is in a network, with its problems counted."""
    organizations, ties = net.rows("organizations"), keep_distinct(net.ties)
    counties = organizations["county_fips"].replace("", pd.NA).nunique()
    kinds = organizations["kind"].nunique()
    parts = [
        f"{count_noun(net.n, 'organization')} of {count_noun(kinds, 'kind')}",
        f"in {count_noun(counties, 'county', 'counties')}" if counties else "",
    ]
    relations = ties["relation"].nunique()
    tied = f"{count_noun(len(ties), 'tie')} of {count_noun(relations, 'relation')}"
    others = [
        count_noun(len(frame), f"{TABLES[name].label.lower()} row")
        for name, frame in net.tables.items()
        if name not in ("organizations", "ties", "about")
    ]
    head = " ".join(part for part in parts if part)
    contents = "; ".join([tied if len(ties) else "no ties on file", *others])
    return f"{net.title}: {head}; {contents}. {_count_problems(net)}"


def _count_problems(net: Network) -> str:
    if net.audience != "internal":
        return f"Shown as to {'partners' if net.audience == 'partner' else 'the public'}."
    if not net.problems:
        return "No problems in the input."
    errors = sum(problem.level == "error" for problem in net.problems)
    notes = len(net.problems) - errors
    counted = f"{count_noun(errors, 'problem')} and {count_noun(notes, 'note')}"
    return f"{counted} in the input (.problems)."


def show_network(net: Network) -> str:
    """Give it as HTML for a notebook: the sentence, and organizations by kind behind a fold."""
    kinds = net.rows("organizations")["kind"].value_counts(sort=False).sort_index()
    labels = {id_: kind.label for id_, kind in net.vocabulary.kinds.items()}
    counted = kinds.rename(index=labels).rename("organizations").rename_axis("kind")
    table = counted.to_frame().to_html(border=0)
    more = f"<details><summary>Organizations by kind</summary>{table}</details>"
    return f"<p>{html.escape(say_network(net))}</p>{more}"
