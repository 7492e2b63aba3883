"""Two waves of one network: who joined and left, which ties are new, what changed as a whole."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ...core.arguments import checked
from ...core.arrays import FloatArray, label_components
from ...core.checks import check_count
from ...core.errors import UsageError
from ...core.network import Network
from ...core.results.result import Method, Result
from ...facts.graph.collaboration import build_layer
from ...facts.graph.layers import Layer
from .services import count_offering, list_needs, list_services
from .shown import SHOWN, SHOWN_ORGANIZATIONS, SHOWN_TIES, SHOWN_WAVES
from .text import say_changes, say_needs, say_services, say_waves
from .waves import list_grants, list_moves, make_course, measure_trends

DRAWS = 1_000  # bootstrap samples: a standard error is then known to about 2 %
SEED = 20_260_630


@checked
def compare_networks(
    before: Network,
    after: Network,
    *later: Network,
    relations: Sequence[str] | None = None,
    draws: int = DRAWS,
) -> Result:
    """Say what changed between two waves of a network, or over more.

    Statistics are compared among the organizations that are in both waves, and answered in both
    where a survey is on file, so that a change is not one of who was asked; joiners and leavers
    are listed apart. So are services of organizations with services on file in both, and what
    became of what counties need. The standard error of a change in density comes from a paired
    vertex bootstrap: the same organizations are drawn, with replacement, from both waves.

    Of three waves or more, the first is held against the last; beside that stand the value of each
    statistic in every wave and its trend with 95 % intervals (the same bootstrap over all waves),
    who moved between categories of partnership, and which programs ran in which waves, drawn
    together in one picture.

    Parameters
    ----------
    before, after, *later : Network
        Waves with the same ids, the earliest first.
    relations : sequence of str, optional
        Relations to compare; default: the working relations on file in either wave.
    draws : int, default 1000
        Bootstrap samples (seeded).

    Returns
    -------
    Result
        ``.table`` has a row for each statistic: before, after, and the change, with a standard
        error for density and the mean number of partners. ``.tables``: ``organizations`` (who
        joined, left, was renamed or changed in kind), ``ties`` (new and gone pairs), ``services``
        (new on file or gone) and ``needs`` (better or worse); of three waves or more also
        ``trends``, ``slopes``, ``moves``, ``grants`` and ``course`` (what the picture shows).

    Raises
    ------
    UsageError
        A relation is unknown, or the waves are not in the order of their days.

    See Also
    --------
    measure_structure : The shape of one network.

    References
    ----------
    Snijders, T. A. B., & Borgatti, S. P. (1999). Non-parametric standard errors and tests for
    network statistics. Connections 22(2), 161-170.

    Examples
    --------
    >>> import partnet as pn
    >>> before, after = pn.load_sample("prairie_2024"), pn.load_sample("prairie")
    >>> found = pn.compare_networks(before, after, draws=20)
    >>> sorted(found.tables)
    ['needs', 'organizations', 'services', 'ties']
    """
    check_count("draws", draws, least=2)
    waves = [wave.at() for wave in (before, after, *later)]
    _check_order(waves)
    chosen = relations or sorted({r for wave in waves for r in _working(wave)})
    before, after = waves[0], waves[-1]
    layers = build_layer(before, relations=chosen), build_layer(after, relations=chosen)
    both = [id_ for id_ in before.ids if id_ in set(after.ids)]
    compared = _answered_in_both(layers, both)
    pair = tuple(_among(layer, compared) for layer in layers)
    organizations = _list_organizations(before, after)
    ties = _list_ties(before, after, layers, both)
    table = _compare_statistics(pair, draws)
    services, needs = list_services(waves), list_needs(waves)
    over = _compare_waves(waves, chosen, draws) if later else {}
    return Result(
        verb="compare_networks",
        title="What changed",
        table=table,
        sentences=(
            *say_changes(organizations, ties, table, layers, len(compared)),
            *say_services(services, count_offering(waves)),
            *say_needs(needs),
            *(say_waves(waves, over) if over else ()),
        ),
        method=_method(layers, len(both), len(compared), draws),
        tables={
            "organizations": organizations,
            "ties": ties,
            "services": services,
            "needs": needs,
            **over,
        },
        shown=SHOWN + SHOWN_WAVES if over else SHOWN,
        as_of=after.day,
        paper="What changed",
        network=after.title,
    )


def _working(net: Network) -> tuple[str, ...]:
    return tuple(r for r in net.vocabulary.working_relations if r in net.scale)


def _check_order(waves: Sequence[Network]) -> None:
    """Refuse waves that go back in time; two may, for whoever asks what came before."""
    days = [wave.day for wave in waves if wave.day is not None]
    if len(waves) > 2 and days != sorted(days):
        said = ", ".join(f"{day:%Y-%m-%d}" for day in days)
        raise UsageError(
            f"waves: found the days {said}. Waves stand in the order of their days. Give the "
            "earliest first."
        )


def _compare_waves(
    waves: Sequence[Network], relations: Sequence[str], draws: int
) -> dict[str, pd.DataFrame]:
    """Trends among those in all waves, moves between categories, programs."""
    layers = [build_layer(wave, relations=relations) for wave in waves]
    kept = [id_ for id_ in waves[0].ids if all(id_ in wave.index.name_of for wave in waves)]
    compared = _answered_in_both(layers, kept)
    matrices = [_among(layer, compared) for layer in layers]
    trends, slopes = measure_trends(matrices, waves, draws)
    grants = list_grants(waves)
    return {
        "course": make_course(trends, grants),
        "trends": trends,
        "slopes": slopes.assign(organizations=len(compared)),
        "moves": list_moves(waves),
        "grants": grants,
    }


def _answered_in_both(layers: Sequence[Layer], both: list[str]) -> list[str]:
    """Ids in all waves that answered wherever a survey is on file."""
    kept = pd.Index(both)
    for layer in layers:
        if layer.answered is not None:
            kept = kept[kept.isin(layer.ids[layer.answered])]
    return kept.tolist()


def _among(layer: Layer, ids: list[str]) -> FloatArray:
    """Presence of ties among some organizations, as a dense 0/1 matrix."""
    at = layer.ids.get_indexer(pd.Index(ids, dtype="str"))
    return np.asarray(layer.binary[at][:, at].todense(), dtype=float)


def _compare_statistics(pair: tuple[FloatArray, ...], draws: int) -> pd.DataFrame:
    described = [_describe(matrix) for matrix in pair]
    table = pd.DataFrame({"before": described[0], "after": described[1]})
    table["change"] = table["after"] - table["before"]
    error = _bootstrap_density(pair, draws)
    n = len(pair[0])
    errors = {"density": error, "mean number of partners": error * (n - 1)}
    table["standard_error"] = pd.Series(errors).reindex(table.index)
    return table.rename_axis("statistic")


def _describe(matrix: FloatArray) -> dict[str, float]:
    n = len(matrix)
    ties = matrix.sum() / 2
    count, _ = label_components(matrix)
    return {
        "organizations compared": n,
        "ties": ties,
        "density": ties / (n * (n - 1) / 2) if n > 1 else float("nan"),
        "mean number of partners": 2 * ties / n if n else float("nan"),
        "components": count,
        "organizations without a tie": float((matrix.sum(axis=1) == 0).sum()),
    }


def _bootstrap_density(pair: tuple[FloatArray, ...], draws: int) -> float:
    """Standard error of the change in density under a paired vertex bootstrap; NaN below three.

    An organization drawn twice has no tie with itself on file: that cell takes the value of a
    random pair, the same one in both waves.
    """
    n = len(pair[0])
    if n < 3:
        return float("nan")
    random = np.random.default_rng(SEED)
    upper = np.triu_indices(n, k=1)
    change = pair[1] - pair[0]
    pairs = change[upper]
    changes = np.empty(draws)
    for draw in range(draws):
        chosen = random.integers(0, n, n)
        sample = change[np.ix_(chosen, chosen)][upper]
        same = chosen[upper[0]] == chosen[upper[1]]
        sample[same] = pairs[random.integers(0, len(pairs), int(same.sum()))]
        changes[draw] = sample.mean()
    return float(changes.std(ddof=1))


def _list_organizations(before: Network, after: Network) -> pd.DataFrame:
    old, new = before.organizations, after.organizations
    rows = [(id_, after.name(id_), "joined", "") for id_ in new.index.difference(old.index)]
    rows += [(id_, before.name(id_), "left", "") for id_ in old.index.difference(new.index)]
    for id_ in old.index.intersection(new.index):
        was, now = old.loc[id_], new.loc[id_]
        if was["name"] != now["name"]:
            rows.append((id_, after.name(id_), "renamed", f"was {was['name']}"))
        if was["kind"] != now["kind"]:
            labels = before.vocabulary.kinds, after.vocabulary.kinds
            change = f"was {labels[0][was['kind']].label}, is {labels[1][now['kind']].label}"
            rows.append((id_, after.name(id_), "changed kind", change))
    return pd.DataFrame(rows, columns=SHOWN_ORGANIZATIONS.names)


def _list_ties(
    before: Network, after: Network, layers: tuple[Layer, Layer], both: list[str]
) -> pd.DataFrame:
    """New and gone pairs among organizations that are in both waves."""
    pairs = [_pairs_of(layer, set(both)) for layer in layers]
    rows = [(*pair, "new") for pair in sorted(pairs[1] - pairs[0])]
    rows += [(*pair, "gone") for pair in sorted(pairs[0] - pairs[1])]
    table = pd.DataFrame(rows, columns=["organization", "partner", "change"])
    names = after.names.to_dict()
    for end in ("organization", "partner"):
        table[f"{end}_name"] = table[end].map(names).astype("str")
    return table[SHOWN_TIES.names]


def _pairs_of(layer: Layer, kept: set[str]) -> set[tuple[str, str]]:
    row, column = layer.matrix.tocoo().coords
    ends = zip(layer.ids[row], layer.ids[column], strict=True)
    return {(a, b) for a, b in ends if a < b and a in kept and b in kept}


def _method(layers: tuple[Layer, Layer], both: int, compared: int, draws: int) -> Method:
    return Method(
        name="Comparison of two waves; paired vertex bootstrap for density.",
        formula="standard error = standard deviation of the change over resampled organizations",
        settings={
            "relations": ", ".join(layers[1].relations) or "none on file",
            "in both waves": both,
            "compared (answered in both)": compared,
            "bootstrap samples": draws,
        },
        sources=(
            "Snijders, Borgatti (1999), Non-parametric standard errors and tests for network "
            "statistics, Connections 22(2), 161-170",
        ),
        notes=("No standard error is given for single ties.",),
    )
