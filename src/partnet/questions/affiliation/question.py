"""Two-mode measures: organizations and what they share, without projecting one onto the other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import sparse

from ...core.arrays import FloatArray
from ...core.errors import UsageError
from ...core.network import Network
from ...core.results import Method, Result
from ...core.text import count_noun, join_words
from ...facts.features import FAMILIES, build_incidence
from ...facts.layers import Layer
from ...measures.backbone import list_backbone
from ...measures.paths import measure_betweenness, measure_closeness
from ...measures.ranking import find_leaders, find_top, start_table
from ...measures.spectral import measure_eigenvector
from ...measures.two_mode_groups import measure_two_mode_groups

MOST_PAIRED = 2000  # organizations up to which every pair that shares is held against chance

COLUMNS = ["degree", "degree_share", "closeness", "betweenness", "eigenvector"]
NOUNS = {
    "services": ("service", "services", "offer"),
    "funding": ("program", "programs", "have money from"),
    "populations": ("population", "populations", "serve"),
    "places": ("county", "counties", "work in"),
    "groups": ("group", "groups", "sit in"),
}


def measure_affiliation(
    net: Network,
    family: str = "groups",
    *,
    as_of: str | pd.Timestamp | None = None,
    detail: bool = False,
) -> Result:
    """Say who sits at many tables, and which tables bring together those who meet nowhere else.

    The measures are those of the two-mode graph of organizations and features itself. A projection
    would tie all members of a group to each other, and would hide how many groups that came from.

    Parameters
    ----------
    net : Network
        The network.
    family : {"groups", "services", "funding", "populations", "places"}, default "groups"
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
        ``.table`` by organization id: ``name``, ``kind``, ``degree`` (features), ``degree_share``
        (of all features), ``closeness`` (1 as near as two modes allow), ``betweenness`` (0 to 1 of
        the most that two modes allow), ``eigenvector`` (length 1 over the organizations); NaN where
        nothing is on file. ``.tables["features"]``: the same for every feature, by label.

    Raises
    ------
    UsageError
        `family` is none of these.

    References
    ----------
    Borgatti & Everett (1997), doi:10.1016/S0378-8733(96)00301-2.
    Bonacich (1991), doi:10.1016/0378-8733(91)90018-O.
    """
    if family not in FAMILIES:
        raise UsageError(
            f"family: found {family!r}. Allowed are {', '.join(FAMILIES)}. Choose one of them."
        )
    day = net.newest_date if as_of is None else pd.Timestamp(as_of)
    held = net if day is None else net.at(day)
    incidence = build_incidence(held, family)
    plain, known = incidence.plain, incidence.known
    members, features = measure_two_modes(sparse.csr_array(plain[known]))
    table = start_table(net)
    table[COLUMNS] = np.nan
    table.loc[known, COLUMNS] = members[COLUMNS].to_numpy()
    features.index = pd.Index(incidence.labels[: plain.shape[1]], name="feature")
    features = features[features["degree"] > 0]
    tables = {"features": features}
    if detail:
        tables |= _list_detail(sparse.csr_array(plain[known]), net.ids[known], incidence.labels)
    return Result(
        verb="measure_affiliation",
        title=f"Who shares which {NOUNS[family][1]}",
        table=table,
        sentences=tuple(_say(table, features, family)),
        method=_describe_method(family, int(known.sum()), net.n),
        tables=tables,
        lead=("degree", "betweenness"),
    )


def _list_detail(
    plain: sparse.csr_array, ids: pd.Index, labels: Sequence[str]
) -> dict[str, pd.DataFrame]:
    found = measure_two_mode_groups(plain)
    named = pd.Index(labels[: plain.shape[1]], name="feature")
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


def measure_two_modes(incidence: sparse.csr_array) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Measure both modes of an affiliation matrix.

    Parameters
    ----------
    incidence : csr_array, shape (members, features)
        1 where a member has a feature.

    Returns
    -------
    DataFrame, DataFrame
        Members and features by position, with ``degree``, ``degree_share``, ``closeness``,
        ``betweenness`` and ``eigenvector``.

    References
    ----------
    Borgatti & Everett (1997), doi:10.1016/S0378-8733(96)00301-2.
    """
    n, m = incidence.shape
    layer = _join_modes(incidence)
    closeness, betweenness = measure_closeness(layer), measure_betweenness(layer)
    pairs = betweenness * (n + m - 1) * (n + m - 2) / 2  # unordered pairs, as in the formulas
    eigenvector = measure_eigenvector(layer)
    modes = []
    for own, other, here in ((n, m, slice(0, n)), (m, n, slice(n, n + m))):
        degree = np.diff(layer.matrix.indptr)[here].astype(float)
        length = np.linalg.norm(eigenvector[here])
        columns = {
            "degree": degree,
            "degree_share": degree / max(other, 1),
            "closeness": _scale_closeness(
                closeness.reached[here], closeness.farness[here], own, other
            ),
            "betweenness": pairs[here] / max(most_between(own, other), 1.0),
            "eigenvector": eigenvector[here] / (length or 1.0),
        }
        modes.append(pd.DataFrame(columns))
    return modes[0], modes[1]


def most_between(own: int, other: int) -> float:
    """The largest betweenness that a vertex can have in a mode of `own` against one of `other`.

    Examples
    --------
    >>> most_between(3, 1)  # three members of one group: nobody lies between others
    0.0
    >>> most_between(1, 3)  # the group itself lies between all three pairs
    3.0
    """
    if not own or not other:
        return 0.0
    whole, rest = divmod(own - 1, other)
    return (
        float(
            other**2 * (whole + 1) ** 2
            + other * (whole + 1) * (2 * rest - whole - 1)
            - rest * (2 * whole - rest + 3)
        )
        / 2
    )


def _scale_closeness(reached: FloatArray, farness: FloatArray, own: int, other: int) -> FloatArray:
    """Nearest possible sum of distances over the actual one, times the share that is reached."""
    nearest = other + 2.0 * (own - 1)
    scaled = np.divide(nearest, farness, out=np.zeros_like(farness), where=farness > 0)
    return scaled * reached / max(own + other - 1, 1)


def _join_modes(incidence: sparse.csr_array) -> Layer:
    """The bipartite graph: members first, then features."""
    ids = pd.RangeIndex(sum(incidence.shape)).astype("str")
    matrix = sparse.csr_array(sparse.block_array([[None, incidence], [incidence.T, None]]))
    matrix.sort_indices()
    return Layer(ids, pd.Series(ids, index=ids), matrix, kind="affinity")


def _say(table: pd.DataFrame, features: pd.DataFrame, family: str) -> list[str]:
    one, many, verb = NOUNS[family]
    if features.empty:
        return [f"No {many} are on file, so nothing can be said about who shares them."]
    known = int(table["degree"].notna().sum())
    top, among = find_leaders(table["degree"], 3)
    names = join_words([str(table["name"].iloc[k]) for k in top])
    counts = join_words([str(int(table["degree"].iloc[k])) for k in top])
    said = f"{names} {verb if len(top) > 1 else f'{verb}s'} the most ({counts})"
    if among:
        said = f"{names} are among those who {verb} the most ({counts})"
    sentences = [
        f"{count_noun(known, 'organization')} and {count_noun(len(features), one, many)} are on "
        f"file; {said}."
    ]
    best = find_top(features["betweenness"], 3)
    if len(best):
        joined = join_words([str(features.index[k]) for k in best])
        sentences.append(
            f"{joined} bring{'s' if len(best) == 1 else ''} together most of those who share no "
            f"other {one}."
        )
    unknown = len(table) - known
    if unknown:
        sentences.append(f"The {many} of {count_noun(unknown, 'organization')} are not known.")
    return sentences


def _describe_method(family: str, known: int, n: int) -> Method:
    return Method(
        name=f"Two-mode measures of organizations and {NOUNS[family][1]}.",
        formula=(
            "Degree share: features / all features. Closeness: (m + 2 (n - 1)) / sum of distances, "
            "times the share that is reached; n of the own mode, m of the other. Betweenness: "
            "pairs in between / the most that modes of n and m allow. Eigenvector: first singular "
            "vector of the largest part."
        ),
        settings={"family": family, "organizations with an entry": f"{known} of {n}"},
        sources=(
            "Borgatti & Everett (1997), doi:10.1016/S0378-8733(96)00301-2",
            "Bonacich (1991), doi:10.1016/0378-8733(91)90018-O",
        ),
    )
