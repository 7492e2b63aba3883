"""The one-page brief of one organization: its profile, partners, gaps and next partners."""

from __future__ import annotations

import pandas as pd

from ...core.arguments import checked
from ...core.network import Network
from ...core.results.result import Result
from ...core.results.shown import in_units
from ...core.rows.ties import list_ties_of
from ...core.wording.text import join_words
from ...facts.graph.collaboration import build_layer
from ..alignment.stocktaking import Stock, take_stock
from ..gaps.found import tabulate_open
from ..outcomes.question import judge_outcomes
from ..practices.register import list_learners
from ..recommendation.partners import recommend_partners
from .peers import list_peer_practices, say_peers
from .shown import DUTIES, PARTNERS, PARTS, show_tables
from .text import (
    describe_method,
    list_facts,
    say_leader,
    say_learning,
    say_organization,
    say_voice,
)

SUGGESTED = 3  # recommendations on the page
RANK = {"": -1, "staff": 0, "manager": 1, "executive": 2}


@checked
def describe_organization(
    net: Network, organization: str, *, as_of: str | pd.Timestamp | None = None
) -> Result:
    """Describe one organization: whom it serves, what it does, why, with whom, and what is missing.

    The stock-taking profile of the cross-sector guide: geography, socio-economics, demography,
    health status and payers; model, services, legal duties, funding sources and cycles; mission,
    viability and strategy; measures of success. What is not on file is listed as a question to
    ask. Beside it: partners, open gaps, whom to approach next, and outcomes that it owns.

    Parameters
    ----------
    net : Network
        The network.
    organization : str
        Id or unique name.
    as_of : str or Timestamp, optional
        The day to judge on; default: the newest date in the tables.

    Returns
    -------
    Result
        ``.table``: the profile, one row a topic. ``.tables``: ``partners``, ``gaps``,
        ``recommendations``, ``peers`` (what at least half of the others of its kind do on file,
        and it does not, and whom to ask), ``practices`` (promising ones of others),
        ``duties`` (with citations), ``outcomes``.

    Raises
    ------
    UsageError
        The organization is not in the network.

    See Also
    --------
    align_organizations : Two organizations side by side.
    recommend_partners : More partners than the three named here.

    Examples
    --------
    >>> import partnet as pn
    >>> found = pn.describe_organization(pn.load_sample("prairie"), "Cedar County Hospital")
    >>> found.claims["partners"]["partners"] == len(found.tables["partners"])
    True
    """
    here = net.at(as_of)
    id_ = here.find(organization)
    stock = Stock(here, id_)
    profile = take_stock(here, id_)
    gaps = tabulate_open(here)
    suggested = recommend_partners(here.whole, id_, n=SUGGESTED, as_of=here.day)
    tables = {
        "partners": list_partners(here, id_),
        "gaps": _select(gaps, "organization", "other", id_),
        "recommendations": suggested.table,
        "duties": stock.duties.assign(asks_for=_name_kinds(stock))[DUTIES.names],
        "peers": list_peer_practices(here, id_),
        "practices": _select(list_learners(here), "organization", "organization", id_),
        "outcomes": _select(judge_outcomes(here), "owner", "other", id_),
    }
    return Result(
        verb="describe_organization",
        title=net.name(id_),
        table=profile,
        sentences=(
            *say_organization(stock, profile, tables),
            *say_peers(here, id_, tables["peers"]),
            *say_learning(tables["practices"]),
            *say_leader(here, id_),
            *say_voice(here, id_),
        ),
        method=describe_method(here),
        tables=tables,
        shown=in_units(show_tables(suggested), here.units),
        parts=PARTS,
        facts=list_facts(profile, tables),
        as_of=here.day,
        paper="Brief of one organization",
        network=net.title,
    )


def _select(table: pd.DataFrame, first: str, second: str, organization: str) -> pd.DataFrame:
    """Rows of one organization, on either side."""
    own = (table[first] == organization) | (table[second] == organization)
    return table[own].reset_index(drop=True)


def _name_kinds(stock: Stock) -> list[str]:
    """Labels of the kinds that each duty of an organization wants at the table."""
    kinds = stock.here.vocabulary.kinds
    labels = {id_: kind.label for id_, kind in kinds.items()} | {"any": "partners"}
    return [join_words([labels[kind] for kind in asked]) for asked in stock.duties["asks_for"]]


def list_partners(here: Network, organization: str) -> pd.DataFrame:
    """List the working partners of one organization, the strongest tie first."""
    layer = build_layer(here)
    at = int(here.positions([organization])[0])
    row = layer.matrix[[at]].tocoo()
    strength = dict(zip(here.ids[row.coords[1]], row.data, strict=True))
    every = list_ties_of(here.ties, organization)  # a visit or a call is a contact as well
    last = every.groupby("partner")["last_contact"].max()
    ties = every[every["relation"].isin(layer.relations)]
    labels = {id_: relation.label for id_, relation in here.vocabulary.relations.items()}
    rows = []
    for partner, both in ties.groupby("partner", sort=True):
        level = max(both["level"], key=lambda text: RANK[text])
        named = join_words(sorted({labels[r] for r in both["relation"]}))
        contact = last[partner]
        own = strength.get(partner, 0.0)
        rows.append((partner, here.name(partner), named, own, contact, level))
    table = pd.DataFrame(rows, columns=PARTNERS.names)
    table["last_contact"] = pd.to_datetime(table["last_contact"]).astype("datetime64[s]")
    table["strength"] = table["strength"].astype("float64").round(9)
    order = ["strength", "partner"]
    return table.sort_values(order, ascending=[False, True], ignore_index=True)
