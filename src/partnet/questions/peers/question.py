"""Peer States: who is like us by size, rurality and structure, and what they do differently."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from ...core.errors import UsageError
from ...core.network import Network
from ...core.results import Method, Result
from ...core.text import count_noun, join_words, say_share
from ...facts.collaboration import choose_layer
from ...measures.shape import (
    measure_connectedness,
    measure_density,
    measure_transitivity,
)
from ...places.gazetteer import STATES
from ...places.states import count_states, find_state
from .differences import compare_networks_practices, compare_public_practices

Families = Mapping[str, Sequence[str]]

# Columns of each family. Counts enter as logarithms: twice as many is as far at any size.
SIZE = ("population", "nonmetro_population", "counties", "critical_access_hospitals")
RURALITY = ("share_nonmetro_people", "share_nonmetro_counties", "share_remote_counties")
PUBLIC_STRUCTURE = ("share_critical_access", "cah_per_100k_nonmetro", "sites_per_100k")
OWN_SIZE = ("organizations", "counties_on_file", "partners")
OWN_STRUCTURE = ("density", "transitivity", "connectedness", "share_alone", "share_across_sectors")
COUNTED = ("hospitals", "critical_access_hospitals", "health_center_sites")
SAID = 3  # practices told in sentences


def find_peer_states(
    net: Network,
    others: Sequence[Network] | None = None,
    *,
    n: int = 5,
    state: str | None = None,
    as_of: str | pd.Timestamp | None = None,
) -> Result:
    """Find the States most like ours, and what they do that we do not.

    With networks of other States, these are compared: size (organizations, counties, partners of
    each), structure (density, transitivity, connectedness, share without a tie, share of ties
    across sectors) and rurality (from public counts). Without any, public counts alone: people,
    counties, Critical Access Hospitals, rural shares, providers for each 100,000 people.

    Parameters
    ----------
    net : Network
        The network of our State.
    others : sequence of Network, optional
        Networks of other States (or of the same, another year).
    n : int, default 5
        How many peers to name (as many as one can call).
    state : str, optional
        Our State, two letters; default: as the about table says, else that of most organizations.
    as_of : str or Timestamp, optional
        The day to judge on; default: the newest date of each network.

    Returns
    -------
    Result
        ``.table``, the nearest first, indexed by ``peer``: ``rank``, ``distance`` and its parts
        ``size``, ``rurality``, ``structure`` (in standard deviations), then what was compared.
        ``.tables``: ``own`` (our own values), ``practices`` (what peers do and we do not, or less:
        ``peer``, ``practice``, ``theirs``, ``ours``, ``sentence``).

    Raises
    ------
    UsageError
        `n` is not positive, or `state` is no State.
    """
    if n < 1:
        raise UsageError(f"n: found {n}. Name at least 1 peer.")
    home = _check_state(state) if state else find_state(net)
    if others:
        return _compare_given(net, list(others), home, n, as_of)
    if home not in count_states().index:
        return _say_nothing(home)
    return _compare_public(home, n)


def _check_state(state: str) -> str:
    code = state.strip().upper()
    if code not in count_states().index:
        raise UsageError(f"state: found {state!r}. A State is two letters, for example NE.")
    return code


def _say_nothing(home: str) -> Result:
    sentence = (
        f"No public counts are at hand for {STATES.get(home, home)}, so peers are not named."
        if home
        else "The State of this network is not known, so peers are not named: enter it in the "
        "about table, or the county of the organizations."
    )
    empty = pd.DataFrame(columns=["rank", "distance", "size", "rurality", "structure"])
    return Result(
        "find_peer_states", "Peer States", empty.rename_axis("peer"), (sentence,), _method(False)
    )


# -- distances -------------------------------------------------------------------------------------


def measure_apart(
    table: pd.DataFrame, home: str, families: Mapping[str, Sequence[str]]
) -> pd.DataFrame:
    """Give how far every row is from ours: by family, and their mean as ``distance``.

    Columns are standardized over all rows; a family is the root mean square of the differences in
    the columns that both rows have, NaN where they have none. Columns without spread say nothing.

    Parameters
    ----------
    table : DataFrame
        One row a State.
    home : str
        The label of our row.
    families : mapping of str to sequence of str
        Columns of each family.
    """
    apart = {}
    for family, columns in families.items():
        values = table[list(columns)].astype(float)
        spread = values.std(ddof=0)
        scaled = (values - values.mean()) / spread.where(spread > 1e-12)
        apart[family] = np.sqrt(((scaled - scaled.loc[home]) ** 2).mean(axis=1))
    found = pd.DataFrame(apart, index=table.index)
    found.insert(0, "distance", found.mean(axis=1).round(9))
    return found.round(9)


def _rank(
    table: pd.DataFrame, home: str, families: Mapping[str, Sequence[str]], n: int
) -> pd.DataFrame:
    """The n nearest rows with their distances; ours is not among them."""
    apart = measure_apart(table, home, families).drop(index=home)
    apart = apart.rename_axis("peer").reset_index().sort_values(["distance", "peer"]).head(n)
    apart.insert(1, "rank", range(1, len(apart) + 1))
    return apart.set_index("peer").join(table)


# -- from public counts alone ----------------------------------------------------------------------


def _describe_states() -> pd.DataFrame:
    """Public counts with the shares and rates that are compared, logarithms apart."""
    counts = count_states()
    people, rural = counts["population"], counts["nonmetro_population"]
    critical = counts["critical_access_hospitals"]
    return counts.assign(
        share_nonmetro_people=rural / people,
        share_nonmetro_counties=counts["nonmetro_counties"] / counts["counties"],
        share_remote_counties=counts["remote_counties"] / counts["counties"],
        share_critical_access=critical / counts["hospitals"],
        cah_per_100k_nonmetro=1e5 * critical / rural.where(rural > 0),
        sites_per_100k=1e5 * counts["health_center_sites"] / people,
    )


def _compare_public(home: str, n: int) -> Result:
    states = _describe_states()
    if states.at[home, "critical_access_hospitals"]:  # a Flex State has Flex States as peers
        states = states[states["critical_access_hospitals"] > 0]
    scaled = states.assign(**{name: np.log1p(states[name]) for name in SIZE})
    families = {"size": SIZE, "rurality": RURALITY, "structure": PUBLIC_STRUCTURE}
    ranked = _rank(scaled, home, families, n)
    ranked[list(SIZE)] = states.loc[ranked.index, list(SIZE)]
    table = _with_names(ranked)
    practices = compare_public_practices(states, home, list(ranked.index))
    return Result(
        verb="find_peer_states",
        title=f"Peer States of {STATES[home]}",
        table=table,
        sentences=tuple(_say_public(states, home, ranked, practices)),
        method=_method(False),
        tables={"own": states.loc[[home]].rename_axis("state"), "practices": practices},
    )


def _with_names(ranked: pd.DataFrame) -> pd.DataFrame:
    table = ranked.copy()
    table.insert(1, "name", [STATES[code] for code in ranked.index])
    return table


def _say_public(
    states: pd.DataFrame, home: str, ranked: pd.DataFrame, practices: pd.DataFrame
) -> Iterator[str]:
    names = join_words([STATES[code] for code in ranked.index])
    yield (
        f"By public counts alone, {names} {'is' if len(ranked) == 1 else 'are'} most like "
        f"{STATES[home]}: {_say_counts(states.loc[home])} here, "
        f"{_say_counts(states.loc[ranked.index[0]])} in {STATES[ranked.index[0]]}."
    )
    yield from practices["sentence"].head(SAID)
    yield (
        "Networks of these States, where their offices share them, would say more: who works with "
        "whom there, and not here."
    )


def _say_counts(row: pd.Series) -> str:
    return (
        f"{count_noun(row['critical_access_hospitals'], 'Critical Access Hospital')} and "
        f"{say_share(row['share_nonmetro_people'])} of people in nonmetropolitan counties"
    )


# -- from networks ---------------------------------------------------------------------------------


def describe_shape(net: Network, as_of: str | pd.Timestamp | None = None) -> dict[str, float]:
    """Give size and structure of one network in figures that compare across networks."""
    layer = choose_layer(net, as_of=as_of)
    own = net.organizations[~net.is_context.to_numpy()]
    degree = np.diff(layer.matrix.indptr)
    row, column = layer.matrix.tocoo().coords
    sectors = net.organizations["sector"].to_numpy()
    across = (sectors[row] != sectors[column]).mean() if len(row) else float("nan")
    return {
        "organizations": float(len(own)),
        "counties_on_file": float(own["county_fips"].replace("", np.nan).nunique()),
        "partners": float(degree.mean()) if net.n else 0.0,
        "density": measure_density(layer),
        "transitivity": measure_transitivity(layer),
        "connectedness": measure_connectedness(layer),
        "share_alone": float((degree == 0).mean()) if net.n else float("nan"),
        "share_across_sectors": float(across),
    }


def _compare_given(
    net: Network,
    others: list[Network],
    home: str,
    n: int,
    as_of: str | pd.Timestamp | None,
) -> Result:
    networks = {"": net, **_label(others)}
    states = {"": home, **{label: find_state(other) for label, other in networks.items() if label}}
    shapes = pd.DataFrame({k: describe_shape(each, as_of) for k, each in networks.items()}).T
    public = _describe_states().reindex([states[label] for label in shapes.index])
    table = shapes.join(public[list(RURALITY)].set_axis(shapes.index))
    scaled = table.assign(**{name: np.log1p(table[name]) for name in OWN_SIZE})
    families = {"size": OWN_SIZE, "rurality": RURALITY, "structure": OWN_STRUCTURE}
    ranked = _rank(scaled, "", families, n)
    ranked[list(OWN_SIZE)] = table.loc[ranked.index, list(OWN_SIZE)]
    ranked.insert(1, "state", [states[label] for label in ranked.index])
    practices = compare_networks_practices(net, {k: networks[k] for k in ranked.index}, as_of)
    return Result(
        verb="find_peer_states",
        title="Peer States",
        table=ranked,
        sentences=tuple(_say_given(table, ranked, practices)),
        method=_method(True),
        tables={"own": table.loc[[""]].set_axis(pd.Index([home], name="state")),
                "practices": practices},
    )  # fmt: skip


def _label(others: list[Network]) -> dict[str, Network]:
    """Networks by title; a title that stands twice is numbered."""
    labelled: dict[str, Network] = {}
    for net in others:
        state = find_state(net)
        label = title = STATES.get(state, "") or net.title
        number = 2
        while label in labelled:
            label, number = f"{title} ({number})", number + 1
        labelled[label] = net
    return labelled


def _say_given(table: pd.DataFrame, ranked: pd.DataFrame, practices: pd.DataFrame) -> Iterator[str]:
    ours, first = table.loc[""], ranked.iloc[0]
    more = f" Then come {join_words(list(ranked.index[1:]))}." if len(ranked) > 1 else ""
    if len(table) == 2:
        yield "Only one other network is given, so nothing is ranked."
    yield (
        f"The network most like ours is that of {ranked.index[0]}: "
        f"{count_noun(first['organizations'], 'organization')} with {first['partners']:.1f} "
        f"partners each, against {count_noun(ours['organizations'], 'organization')} with "
        f"{ours['partners']:.1f} here.{more}"
    )
    if practices.empty:
        yield "Nothing is on file there that is not on file here."
    yield from practices["sentence"].head(SAID)


def _method(given: bool) -> Method:
    compared = (
        f"size: {', '.join(OWN_SIZE)}; structure: {', '.join(OWN_STRUCTURE)}"
        if given
        else f"size: {', '.join(SIZE)}; structure: {', '.join(PUBLIC_STRUCTURE)}"
    )
    return Method(
        name="Nearest by standardized differences.",
        formula=(
            "Distance = mean over size, rurality and structure of the root mean square of "
            "standardized differences; counts as logarithms; columns not known for both are left "
            "out."
        ),
        settings={"compared": f"{compared}; rurality: {', '.join(RURALITY)}"},
        sources=(
            "CMS Hospital General Information; USDA Rural-Urban Continuum Codes 2023 (population "
            "of 2020); HRSA health center sites (an older list, without ten States)",
        ),
        notes=(
            "Nearness is a way to find somebody to call, no judgement. Nonmetropolitan: codes 4 to "
            "9; remote: 8 and 9.",
        ),
    )
