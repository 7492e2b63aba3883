"""How community-based organizations partner with health care: category, evidence, themes."""

from __future__ import annotations

import pandas as pd

from ...core.arguments import checked
from ...core.network import Network
from ...core.results.result import Result
from ...core.wording.text import join_words
from .categories import (
    CATEGORIES,
    COMMUNITY_BASED,
    UNCLASSIFIED,
    Evidence,
    find_categories,
    list_open_contracts,
)
from .shown import (
    CATEGORY_COUNTS,
    DISAGREEMENTS,
    ORGANIZATIONS,
    PARTS,
    SHOWN,
    THEMES,
    leave_out_zeros,
)
from .steps import list_steps
from .text import describe_method, say_partnerships
from .themes import count_themes, list_themes


@checked
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
        The network; answers are in the table ``profiles`` (``read_survey`` adds them).
    as_of : str or Timestamp, optional
        The day on which contracts and memberships must hold; default: the newest date.

    Returns
    -------
    Result
        ``.table``: one row an organization profiled, by id. ``.tables``: ``categories`` (counts),
        ``themes`` (category x theme x answer), ``theme_counts`` (category x theme),
        ``disagreements``, ``steps`` (what each could do next, and whom to ask).

    See Also
    --------
    read_survey : Add the answers of organizations to the network.
    describe_organization : Everything on file about one of them.

    References
    ----------
    Alliance for Strong Families and Communities: request for information on partnerships of
    community-based organizations with health care.

    Examples
    --------
    >>> import partnet as pn
    >>> found = pn.profile_partnerships(pn.load_sample("prairie"))
    >>> found.claims["categories"]["organizations"]
    29
    """
    here = net.at(as_of)
    evidence = Evidence(here)
    chosen = _list_profiled(here, evidence.answers)
    rows = [_profile(evidence, id_) for id_ in chosen]
    table = pd.DataFrame(rows, columns=ORGANIZATIONS.names).set_index("organization")
    tables = _tabulate(here, evidence.answers, table)
    tables["steps"] = list_steps(evidence, table)
    return Result(
        verb="profile_partnerships",
        title="How community-based organizations partner with health care",
        table=table,
        sentences=tuple(say_partnerships(table, tables, hidden=here.hides("profiles"))),
        method=describe_method(here),
        tables=tables,
        shown=SHOWN,
        parts=PARTS,
        facts=_list_facts(leave_out_zeros(tables["categories"])),
        as_of=here.day,
        paper="Partnership categories and themes",
        network=net.title,
    )


def _list_facts(categories: pd.DataFrame) -> tuple[tuple[str, str], ...]:
    """Key figures: how many organizations are in each category."""
    return tuple((row.category, f"{row.organizations:,}") for row in categories.itertuples())


def _list_profiled(here: Network, answers: pd.DataFrame) -> list[str]:
    """Community-based organizations, and everybody who answered the survey, in order."""
    asked = ["partnership_category", *(c for questions in THEMES.values() for c in questions)]
    answered = (answers[asked].notna() & (answers[asked] != "")).any(axis=1)
    own = here.organizations["sector"].isin(COMMUNITY_BASED) & ~here.is_context
    return [str(id_) for id_ in here.ids[(own | answered).to_numpy()]]


def _profile(evidence: Evidence, organization: str) -> tuple[str, ...]:
    found = find_categories(evidence, organization)
    read = found[0].category if found else ""
    own = str(evidence.answers.at[organization, "partnership_category"])
    category = own or read or UNCLASSIFIED
    kind = evidence.here.organizations.at[organization, "kind"]
    holds = [one.category for one in found]
    agrees = "" if not own or not found else "yes" if own in holds else "no"
    return (
        organization,
        evidence.here.name(organization),
        category,
        "own answer" if own else "on file" if read else "",
        join_words([name for name in holds if name != category]),
        "; ".join(f"{one.category}: {one.evidence}" for one in found),
        own,
        "; ".join(list_open_contracts(evidence, organization)),
        evidence.here.vocabulary.kinds[kind].label,
        agrees,
    )


def _tabulate(here: Network, answers: pd.DataFrame, table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    counts = table["category"].value_counts()
    rows = [
        (
            name,
            int(counts.get(name, 0)),
            join_words(table.loc[table["category"] == name, "name"].tolist(), most=6),
        )
        for name in (*CATEGORIES, UNCLASSIFIED)
    ]
    categories = pd.DataFrame(rows, columns=CATEGORY_COUNTS.names)
    return {
        "categories": categories,
        "themes": list_themes(answers, table["category"], here.names),
        "theme_counts": count_themes(answers, table["category"]),
        "disagreements": table[table["agrees"] == "no"].reset_index()[DISAGREEMENTS.names],
    }
