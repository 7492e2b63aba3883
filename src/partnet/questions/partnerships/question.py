"""How community-based organizations partner with health care: category, evidence, themes."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ...core.network import Network
from ...core.results import Method, Result
from ...core.text import count_noun, join_words
from .categories import (
    CATEGORIES,
    COMMUNITY_BASED,
    HEALTH_CARE,
    UNCLASSIFIED,
    Evidence,
    find_categories,
    list_open_contracts,
)
from .themes import THEMES, count_themes, list_themes, say_themes

COLUMNS = ["name", "kind", "category", "basis", "also", "evidence", "own_answer", "agrees", "open"]


def profile_partnerships(net: Network, *, as_of: str | pd.Timestamp | None = None) -> Result:
    """Say how each community-based organization partners with health care, and what it makes of it.

    Every organization of the sectors social services, housing, food, transport and community, and
    whoever answered the survey, is a *Planner*, *Collaborator*, *Network Provider* or *Exclusive
    Provider* by its ties to health care; where several hold, the deepest is the main one and the
    others are listed. Its own answer wins, and disagreements are listed. Without evidence and
    answer it is *unclassified*. The four themes of the survey (strategic prioritization, benefits,
    contract acquisition, challenges) are counted by category.

    Parameters
    ----------
    net : Network
        The network; answers stand in the table ``profiles`` (``read_survey`` adds them).
    as_of : str or Timestamp, optional
        The day on which contracts and memberships must hold; default: the newest date.

    Returns
    -------
    Result
        ``.table`` by organization id: ``name``, ``kind`` (label), ``category``, ``basis`` ("own
        answer", "on file", or ""), ``also`` (other categories that hold), ``evidence``,
        ``own_answer``, ``agrees`` ("yes", "no", "" without both), ``open`` (contracts that tell no
        category, and what is missing). ``.tables``: ``categories`` (counts), ``themes`` (category
        x theme x answer), ``theme_counts`` (category x theme), ``disagreements``.
    """
    day = net.newest_date if as_of is None else pd.Timestamp(as_of)
    evidence = Evidence(net, day)
    chosen = _list_profiled(net, evidence.answers)
    rows = [_profile(evidence, id_) for id_ in chosen]
    index = pd.Index(chosen, dtype="str", name="organization")
    table = pd.DataFrame(rows, columns=COLUMNS, index=index)
    tables = _tabulate(net, evidence.answers, table)
    return Result(
        verb="profile_partnerships",
        title="How community-based organizations partner with health care",
        table=table,
        sentences=tuple(_say(table, tables)),
        method=_method(net, day),
        tables=tables,
    )


def _list_profiled(net: Network, answers: pd.DataFrame) -> list[str]:
    """Community-based organizations, and everybody who answered the survey, in order."""
    asked = ["partnership_category", *(c for questions in THEMES.values() for c in questions)]
    answered = (answers[asked].notna() & (answers[asked] != "")).any(axis=1)
    own = net.organizations["sector"].isin(COMMUNITY_BASED) & ~net.is_context
    return [str(id_) for id_ in net.ids[(own | answered).to_numpy()]]


def _profile(evidence: Evidence, organization: str) -> tuple[str, ...]:
    found = find_categories(evidence, organization)
    read = found[0].category if found else ""
    own = str(evidence.answers.at[organization, "partnership_category"])
    category = own or read or UNCLASSIFIED
    kind = evidence.net.organizations.at[organization, "kind"]
    holds = [one.category for one in found]
    agrees = "" if not own or not found else "yes" if own in holds else "no"
    return (
        evidence.net.name(organization),
        evidence.net.vocabulary.kinds[kind].label,
        category,
        "own answer" if own else "on file" if read else "",
        join_words([name for name in holds if name != category]),
        "; ".join(f"{one.category}: {one.evidence}" for one in found),
        own,
        agrees,
        "; ".join(list_open_contracts(evidence, organization)),
    )


def _tabulate(net: Network, answers: pd.DataFrame, table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    counts = table["category"].value_counts()
    names = [*CATEGORIES, UNCLASSIFIED]
    categories = pd.DataFrame(
        {
            "category": names,
            "organizations": counts.reindex(names).fillna(0).astype("int64").tolist(),
            "who": [
                join_words(table.loc[table["category"] == name, "name"].tolist(), most=6)
                for name in names
            ],
        }
    )
    return {
        "categories": categories,
        "themes": list_themes(answers, table["category"], net.names),
        "theme_counts": count_themes(answers, table["category"]),
        "disagreements": table[table["agrees"] == "no"].reset_index(),
    }


def _say(table: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> Iterator[str]:
    if table.empty:
        yield "No community-based organization is on file: there is no partnership to profile."
        return
    counts = table["category"].value_counts()
    nouns = [
        count_noun(counts[name], name) if name != UNCLASSIFIED else f"{counts[name]} unclassified"
        for name in (*CATEGORIES, UNCLASSIFIED)
        if name in counts
    ]
    yield f"Of {count_noun(len(table), 'organization')} profiled: {join_words(nouns)}."
    unread = table[table["category"] == UNCLASSIFIED]
    if len(unread):
        named = join_words(unread["name"].tolist(), most=3)
        yield (
            f"Unclassified means that nothing on file tells: ask {named} how they work with health "
            "care."
        )
    if (table["category"] == CATEGORIES[-1]).any():
        rows = table[table["category"] == CATEGORIES[-1]]
        yield f"Sole providers under contract: {join_words(rows['name'].tolist(), most=4)}."
    both = tables["disagreements"]
    if len(both):
        row = both.iloc[0]
        yield (
            f"{count_noun(len(both), 'answer differs', 'answers differ')} from the file, first: "
            f"{row['name']} says {row['own_answer']}; on file is {row['evidence']}. The answer "
            "counts."
        )
    yield from say_themes(tables["themes"])


def _method(net: Network, day: pd.Timestamp | None) -> Method:
    return Method(
        name="Partnership categories by ties to health care; themes by their own answers.",
        formula=(
            "Exclusive Provider: a named service under contract that nobody else provides for the "
            "same contractor, only where the contractor's provider list is on file (its profile "
            "says so, or it answered a roster survey on contracts). Network Provider: a service "
            "that others provide for the same contractor too. Collaborator: member of a collective "
            "with a health-care member. Planner: exploratory stage, or only joint planning and "
            "information sharing with health care. The deepest is the main one; an organization's "
            "own answer wins."
        ),
        settings={
            "network": net.title,
            "as of": "no dates" if day is None else str(day.date()),
            "health care": ", ".join(HEALTH_CARE),
            "community-based": ", ".join(COMMUNITY_BASED),
        },
        sources=(
            "Alliance for Strong Families and Communities: request for information on partnerships "
            "of community-based organizations with health care.",
        ),
    )
