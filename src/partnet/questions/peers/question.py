"""Peer States: who is like us by size, rurality and structure, and what they do differently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from ...core.arguments import checked
from ...core.checks import check_count
from ...core.errors import UsageError
from ...core.network import Network
from ...core.results.result import Result
from ...core.storage.shapes import show
from ...facts.graph.collaboration import choose_layer
from ...measures.whole.shape import (
    measure_connectedness,
    measure_density,
    measure_transitivity,
)
from ...places.gazetteer import STATES
from ...places.states import count_states, find_state
from .differences import compare_networks_practices, compare_public_practices
from .shown import GIVEN, NOTHING, OWN_GIVEN, OWN_PUBLIC, PRACTICES, PUBLIC
from .text import (
    OWN_SIZE,
    OWN_STRUCTURE,
    PUBLIC_STRUCTURE,
    RURALITY,
    SIZE,
    describe_method,
    say_given,
    say_public,
    say_unknown,
)


@checked
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
        ``.table``: one row a peer, the nearest first, with its distance and what was compared.
        ``.tables``: ``own`` (our own values), ``practices`` (what peers do and we do not, or
        less).

    Raises
    ------
    UsageError
        `n` is not positive, or `state` is no State.

    See Also
    --------
    compare_networks : The same network in two years.

    References
    ----------
    CMS Hospital General Information; USDA Rural-Urban Continuum Codes 2023; HRSA health center
    sites.

    Examples
    --------
    >>> import partnet as pn
    >>> found = pn.find_peer_states(pn.load_sample("prairie"), n=3)
    >>> found.claims["nearest"]["peers"]
    ['Kansas', 'South Dakota', 'Montana']
    """
    check_count("n", n, least=1)
    _check_others(others)
    home = _check_state(state) if state else find_state(net)
    here = net.at(as_of)
    if others:
        return _compare_given(here, [other.at(as_of) for other in others], home, n)
    if home not in count_states().index:
        return replace(_say_nothing(home), network=net.title)
    return replace(_compare_public(home, n), network=net.title)


def _check_others(others: Sequence[Network] | None) -> None:
    given = others if isinstance(others, Sequence) or others is None else [others]
    for other in given or ():
        if not isinstance(other, Network):
            raise UsageError(
                f"others: found {show(other)}. Allowed is a list of networks, as read_network "
                "gives them. Read them first."
            )


def _check_state(state: str) -> str:
    code = state.strip().upper() if isinstance(state, str) else ""
    if code not in count_states().index:
        raise UsageError(
            f"state: found {state!r}. A State is two letters, for example NE. Correct it."
        )
    return code


def _say_nothing(home: str) -> Result:
    empty = pd.DataFrame(columns=NOTHING.names).set_index("peer")
    said = (say_unknown(home),)
    return Result(
        verb="find_peer_states",
        title="Peer States",
        table=empty,
        sentences=said,
        method=describe_method(given=False),
        shown=(NOTHING,),
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
    ranked.insert(1, "name", [STATES[code] for code in ranked.index])
    practices = compare_public_practices(states, home, list(ranked.index))
    own = states.loc[[home]].rename_axis("state")
    return Result(
        verb="find_peer_states",
        title=f"Peer States of {STATES[home]}",
        table=ranked[PUBLIC.names[1:]],
        sentences=tuple(say_public(states, home, ranked, practices)),
        method=describe_method(given=False),
        tables={"own": own[OWN_PUBLIC.names[1:]], "practices": practices},
        shown=(PUBLIC, OWN_PUBLIC, PRACTICES),
    )


# -- from networks ---------------------------------------------------------------------------------


def describe_shape(here: Network) -> dict[str, float]:
    """Give size and structure of one network in figures that compare across networks."""
    layer = choose_layer(here)
    own = here.organizations[~here.is_context.to_numpy()]
    degree = np.diff(layer.matrix.indptr)
    row, column = layer.matrix.tocoo().coords
    sectors = here.organizations["sector"].to_numpy()
    across = (sectors[row] != sectors[column]).mean() if len(row) else float("nan")
    return {
        "organizations": float(len(own)),
        "counties_on_file": float(own["county_fips"].replace("", np.nan).nunique()),
        "partners": float(degree.mean()) if here.n else 0.0,
        "density": measure_density(layer),
        "transitivity": measure_transitivity(layer),
        "connectedness": measure_connectedness(layer),
        "share_alone": float((degree == 0).mean()) if here.n else float("nan"),
        "share_across_sectors": float(across),
    }


def _compare_given(here: Network, others: list[Network], home: str, n: int) -> Result:
    networks = {"": here, **_label(others)}
    states = {"": home, **{label: find_state(other) for label, other in networks.items() if label}}
    shapes = pd.DataFrame({k: describe_shape(each) for k, each in networks.items()}).T
    public = _describe_states().reindex([states[label] for label in shapes.index])
    table = shapes.join(public[list(RURALITY)].set_axis(shapes.index))
    scaled = table.assign(**{name: np.log1p(table[name]) for name in OWN_SIZE})
    families = {"size": OWN_SIZE, "rurality": RURALITY, "structure": OWN_STRUCTURE}
    ranked = _rank(scaled, "", families, n)
    ranked[list(OWN_SIZE)] = table.loc[ranked.index, list(OWN_SIZE)]
    ranked.insert(1, "state", [states[label] for label in ranked.index])
    practices = compare_networks_practices(here, {k: networks[k] for k in ranked.index})
    own = table.loc[[""]].set_axis(pd.Index([home], name="state"))
    return Result(
        verb="find_peer_states",
        title="Peer States",
        table=ranked[GIVEN.names[1:]],
        sentences=tuple(say_given(table, ranked, practices)),
        method=describe_method(given=True),
        tables={"own": own[OWN_GIVEN.names[1:]], "practices": practices},
        shown=(GIVEN, OWN_GIVEN, PRACTICES),
        as_of=here.day,
        network=here.title,
    )


def _label(others: list[Network]) -> dict[str, Network]:
    """Networks by title; duplicate titles are numbered."""
    labeled: dict[str, Network] = {}
    for net in others:
        state = find_state(net)
        label = title = STATES.get(state, "") or net.title
        number = 2
        while label in labeled:
            label, number = f"{title} ({number})", number + 1
        labeled[label] = net
    return labeled
