"""Who shares which groups, services, programs, populations or counties."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse

from ...core.arguments import checked
from ...core.checks import check_choice
from ...core.deprecation import renamed
from ...core.memory import fact
from ...core.network import Network
from ...core.results.result import Method, Result
from ...facts.graph.features import FAMILIES, build_incidence
from ...facts.identity.organizations import start_table
from ...measures.centrality.two_modes import measure_two_modes
from ...measures.groups.backbone import list_backbone
from ...measures.groups.two_mode_groups import measure_two_mode_groups
from .shown import MEASURES, show_affiliation
from .text import NOUNS, say_affiliation

MOST_PAIRED = 2000  # organizations up to which every pair that shares is held against chance


@renamed(family="feature")
@checked
def measure_affiliation(
    net: Network,
    feature: str = "groups",
    *,
    as_of: str | pd.Timestamp | None = None,
    detail: bool = False,
) -> Result:
    """Say who is in many groups, and which groups bring together those who meet nowhere else.

    The measures are those of the two-mode graph of organizations and features itself. A projection
    would tie all members of a group to each other, and would hide how many groups that came from.

    Parameters
    ----------
    net : Network
        The network.
    feature : {"groups", "services", "funding", "populations", "places"}, default "groups"
        What organizations are affiliated with. Organizations without an entry are not known, and
        are left out.
    as_of : str or Timestamp, optional
        The day on which memberships must hold; default: the newest date in the tables.
    detail : bool, default False
        Add the tables for analysts: ``cores`` and ``feature_cores`` (two-mode coreness and
        clustering), ``closure`` and ``backbone`` (pairs that share more than chance, SDSM; with at
        most 2,000 organizations).

    Returns
    -------
    Result
        ``.table`` has a row for each organization, by id; NaN where nothing is on file.
        ``.tables["features"]``: the same measures for every feature, by label.

    Raises
    ------
    UsageError
        `feature` is none of these.

    See Also
    --------
    build_affinity : What pairs of organizations have in common.

    References
    ----------
    Borgatti & Everett (1997), doi:10.1016/S0378-8733(96)00301-2.
    Bonacich (1991), doi:10.1016/0378-8733(91)90018-O.

    Examples
    --------
    >>> import partnet as pn
    >>> found = pn.measure_affiliation(pn.load_sample("prairie"))
    >>> found.tables["features"].index.name, bool(found.table["degree"].max() > 1)
    ('feature', True)
    """
    check_choice("feature", feature, tuple(FAMILIES))
    here = net.at(as_of)
    both = _measure_both(here, feature)
    table, features = both["table"], both["features"]
    tables = {"features": features}
    if detail:
        tables |= _list_detail(here, feature)
    return Result(
        verb="measure_affiliation",
        title=f"Who shares which {NOUNS[feature][1]}",
        table=table,
        sentences=tuple(say_affiliation(table, features, feature)),
        method=_describe_method(feature, int(table["degree"].notna().sum()), net.n),
        tables=tables,
        lead=("degree", "betweenness"),
        shown=show_affiliation(feature),
        as_of=here.day,
        paper=f"Who shares which {NOUNS[feature][1]}",
        network=net.title,
    )


@fact
def _measure_both(here: Network, feature: str) -> dict[str, pd.DataFrame]:
    """Organizations, and features that somebody has."""
    incidence = build_incidence(here, feature)
    plain, known = incidence.plain, incidence.known
    members, features = measure_two_modes(sparse.csr_array(plain[known]))
    table = start_table(here)
    table[MEASURES] = np.nan
    table.loc[known, MEASURES] = members[MEASURES].to_numpy()
    features.index = pd.Index(incidence.labels[: plain.shape[1]], name="feature")
    return {"table": table, "features": features[features["degree"] > 0]}


def _list_detail(here: Network, feature: str) -> dict[str, pd.DataFrame]:
    incidence = build_incidence(here, feature)
    plain = sparse.csr_array(incidence.plain[incidence.known])
    found, ids = measure_two_mode_groups(plain), here.ids[incidence.known]
    named = pd.Index(incidence.labels[: plain.shape[1]], name="feature")
    tables = {
        "cores": found.members.set_axis(ids),
        "feature_cores": found.features.set_axis(named),
        "closure": pd.DataFrame({"value": [found.four_cycles]}, index=["four_cycles"]),
    }
    if len(ids) > MOST_PAIRED:
        return tables
    backbone = list_backbone(plain)
    ends = {end: ids[backbone[end]] for end in ("source", "target")}
    return tables | {"backbone": backbone.assign(**ends)}


def _describe_method(feature: str, known: int, n: int) -> Method:
    return Method(
        name=f"Two-mode measures of organizations and {NOUNS[feature][1]}.",
        formula=(
            "Degree share: features / all features. Closeness: (m + 2 (n - 1)) / sum of distances, "
            "times the share that is reached; n of the own mode, m of the other. Betweenness: "
            "pairs in between / the most that modes of n and m allow. Eigenvector: first singular "
            "vector of the main component."
        ),
        settings={"feature": feature, "organizations with an entry": f"{known:,} of {n:,}"},
        sources=(
            "Borgatti & Everett (1997), doi:10.1016/S0378-8733(96)00301-2",
            "Bonacich (1991), doi:10.1016/0378-8733(91)90018-O",
        ),
    )
