"""How much partners value and trust each other, from the ratings that they gave."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ...core.arguments import checked
from ...core.audience.small_counts import LEAST_CELL
from ...core.checks import check_count
from ...core.memory import fact
from ...core.network import Network
from ...core.results.result import Result
from ...core.rows.ratings import TRUST, VALUE, Ratings, read_ratings
from ...facts.graph.collaboration import choose_layer
from ...measures.chance.ratings import compare_groups, compare_sides, match_sides
from ...measures.groups.mixing import PERMUTATIONS
from ...places.gazetteer import county_name
from .levels import describe_groups, measure_dimensions, measure_received, measure_scores
from .shared import list_shared
from .shown import PAIRS, SHARED_SHOWN, SHOWN, TESTS
from .text import describe_method, say_shared, say_trust

TITLE = "Value and trust"


@checked
def measure_trust(
    net: Network, *, as_of: str | pd.Timestamp | None = None, permutations: int = PERMUTATIONS
) -> Result:
    """Say how much partners value and trust each other, whom most, and where two sides differ.

    From the table ``ratings``. Value has three dimensions (influence, involvement, resources),
    trust three (reliability, common mission, openness), each on a scale of 1 to 4; other scales
    are brought to it: 1 + 3 (x - lowest) / (highest - lowest).

    Formulas. r_ijd: what i gives j in dimension d. Received by j: R_jd = mean of r_ijd over its
    raters; value_j = mean of R_jd over the dimensions of value, trust_j likewise, and overall_j
    over all six. The network: the mean of all r_ijd of a dimension; value, trust and overall are
    the means of their dimensions, as PARTNER publishes its scores. Two sides: the mean of
    abs(s_ij - s_ji), s_ij the mean of i's overall rating of j, over pairs that rated each other.

    Who reads it decides what is in it. A network made for partners holds no ratings of others: the
    result then says in which fifth of the scale lies what the network shows and what this partner
    received, from five raters on; one for the public has nothing (:meth:`Network.for_audience`).

    Parameters
    ----------
    net : Network
        A network with a table ``ratings``.
    as_of : str or Timestamp, optional
        The day on which ties must hold; default: the newest date in the tables. Ratings have no
        date: those of one wave belong in one file.
    permutations : int, default 1000
        How often scores are permuted to tell differences from chance; 0: no test.

    Returns
    -------
    Result
        ``.table`` has a row for each organization, by id: how many rated it, what it received and
        gave, the range over raters (1 to 4; NaN where nobody rated it), its partners, and
        ``valued_beyond_ties``: how much higher it ranks by value than by partners (-1 to 1).
        ``.tables``: ``dimensions``, ``pairs`` (both sides), ``sectors``, ``counties``, ``tests``.

    Raises
    ------
    UsageError
        `permutations` is negative.

    References
    ----------
    Varda & Retrum (2012), doi:10.4081/jphr.2012.e27 (dimensions and scores of PARTNER).
    Pitman (1938), doi:10.1093/biomet/29.3-4.322 (groups against permutation).

    Examples
    --------
    >>> import pandas as pd
    >>> import partnet as pn
    >>> net = pn.read_network({
    ...     "organizations": pd.DataFrame({"id": ["a", "b"], "name": ["A", "B"], "kind": "food"}),
    ...     "ratings": pd.DataFrame({
    ...         "rater": ["a", "b"], "rated": ["b", "a"], "dimension": "reliability",
    ...         "value": [4, 3],
    ...     }),
    ... })
    >>> pn.measure_trust(net).table["trust"].to_dict()
    {'a': 3.0, 'b': 4.0}
    """
    check_count("permutations", permutations)
    here = net.at(as_of)
    if here.audience != "internal":
        return _tell_shared(here)
    ratings = list_ratings(here)
    scores = measure_scores(ratings.rows)
    table = _tabulate(here, ratings, scores)
    rated = table[table["raters"] > 0]
    places = rated.assign(
        county=[county_name(f) for f in here.organizations.loc[rated.index, "county_fips"]]
    )
    groups = {"sectors": "sector", "counties": "county"}
    labels = here.vocabulary.sectors
    places = places.assign(sector=[labels.get(s, s) for s in places["sector"]])
    tables = {
        "dimensions": measure_dimensions(ratings.rows),
        "pairs": _list_pairs(here, scores),
        **{name: describe_groups(places, ratings.rows, column) for name, column in groups.items()},
        "tests": _test(here, places, scores, permutations),
    }
    return Result(
        verb="measure_trust",
        title=TITLE,
        table=table,
        sentences=tuple(say_trust(table, tables, ratings)),
        method=describe_method(here, ratings, permutations),
        tables=tables,
        lead=("overall",) if len(rated) else (),
        shown=SHOWN,
        as_of=here.day,
        paper="Value and trust",
        network=net.title,
    )


def _tell_shared(here: Network) -> Result:
    """What a partner may see; for the public nothing."""
    table = list_shared(here)
    return Result(
        verb="measure_trust",
        title=TITLE,
        table=table,
        sentences=tuple(say_shared(here, table)),
        method=describe_method(here, None, 0),
        shown=SHARED_SHOWN,
        as_of=here.day,
        paper="Value and trust",
        network=here.title,
    )


@fact
def list_ratings(here: Network) -> Ratings:
    """Give the ratings on file, on one scale."""
    return read_ratings(here.rows("ratings"))


def _tabulate(here: Network, ratings: Ratings, scores: pd.DataFrame) -> pd.DataFrame:
    """One row an organization: what it received and gave, and how many partners it has."""
    organizations = here.organizations
    table = organizations[["name", "kind", "sector"]].assign(name=here.names)
    received = measure_received(ratings.rows, scores).reindex(here.ids)
    table = table.join(received)
    for column in ("raters", "rated"):
        table[column] = table[column].fillna(0).astype("int64")
    table["few"] = (table["raters"] > 0) & (table["raters"] < LEAST_CELL)
    table["partners"] = np.diff(choose_layer(here, "collaboration").matrix.indptr)
    table["valued_beyond_ties"] = _rank_beyond(table)
    return table


def _rank_beyond(table: pd.DataFrame) -> pd.Series:
    """Place by value less place by partners, among those with a score, in parts of their number."""
    known = table["value"].notna() & ~table["few"]
    value, partners = (
        table.loc[known, column].round(9).rank(pct=True) for column in ("value", "partners")
    )
    return (value - partners).reindex(table.index)


def _list_pairs(here: Network, scores: pd.DataFrame) -> pd.DataFrame:
    """Pairs that rated each other, those furthest apart first."""
    at = {id_: k for k, id_ in enumerate(here.ids)}
    rater, rated = (scores[c].map(at).to_numpy(dtype="int64") for c in ("rater", "rated"))
    one, other = match_sides(rater, rated)
    first, second = scores.iloc[one], scores.iloc[other]
    says, hears = first["overall"].to_numpy(), second["overall"].to_numpy()
    table = pd.DataFrame(
        {
            "organization": first["rater"].to_numpy(),
            "other": first["rated"].to_numpy(),
            "name": [here.name(id_) for id_ in first["rater"]],
            "other_name": [here.name(id_) for id_ in first["rated"]],
            "gives": says,
            "receives": hears,
            "difference": np.abs(says - hears),
        },
        columns=PAIRS.names,
    )
    keys = table.assign(difference=-table["difference"].astype("float64").round(9))
    order = keys.sort_values(["difference", "organization", "other"], kind="stable").index
    return table.loc[order].reset_index(drop=True)


def _test(
    here: Network, rated: pd.DataFrame, scores: pd.DataFrame, permutations: int
) -> pd.DataFrame:
    """Differences between sectors, between counties and between two sides, against chance."""
    rows = []
    for family in (VALUE, TRUST):
        for what, column in (("sectors", "sector"), ("counties", "county")):
            known = rated[rated[family].notna() & (rated[column] != "")]
            codes, _ = pd.factorize(known[column])
            found = compare_groups(
                known[family].to_numpy(dtype="float64"),
                codes.astype("int64"),
                permutations=permutations,
            )
            rows.append((what, family, len(known), found["share"], found["expected"], found["p"]))
    at = {id_: k for k, id_ in enumerate(here.ids)}
    rater, other = (scores[c].map(at).to_numpy(dtype="int64") for c in ("rater", "rated"))
    overall = scores["overall"].to_numpy(dtype="float64")
    sides = compare_sides(rater, other, overall, permutations=permutations)
    told = (sides["difference"], sides["expected"], sides["p"])
    rows.append(("two sides", "overall", int(sides["pairs"]), *told))
    return pd.DataFrame(rows, columns=TESTS.names)
