"""What a nation can be asked: the store's own verbs, each a result with sentences and method."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..core.checks import check_count
from ..core.errors import UsageError
from ..core.results.result import Method, Result
from ..core.wording.text import count_noun, join_words
from ..places.gazetteer import county_name, state_of
from .affinity import (
    KERNEL_ENTRIES,
    UNIT,
    Weights,
    join_pairs,
    lay_out,
    rank_in_memory,
    rank_on_engine,
    weigh_features,
)
from .coverage import count_services
from .graph import (
    KERNEL_TIES,
    STRIDE,
    WHOLE,
    count_degrees,
    find_components_in_memory,
    find_components_on_engine,
    list_arcs,
    rank_pages_in_memory,
    rank_pages_on_engine,
    rank_shared_in_memory,
    rank_shared_on_engine,
)
from .money import sum_money
from .nation import FAMILIES, Nation

if TYPE_CHECKING:
    import pyarrow as pa

WAYS = ("auto", "engine", "memory")
MOST_NAMED = 5  # features named in a sentence


def choose_way(nation: Nation, way: str, counted: str, most: int) -> str:
    """Settle whether the engine or the kernel in memory does the work: "auto" asks the size.

    Raises
    ------
    UsageError
        `way` is none of the three.
    """
    if way not in WAYS:
        raise UsageError(f"way: found {way!r}. Allowed are {', '.join(WAYS)}. Choose one.")
    if way != "auto":
        return way
    rows = int(nation.table(counted).count().to_pyarrow().as_py())
    return "memory" if rows <= most else "engine"


def rank_affinity(nation: Nation, k: int, widest: int, way: str) -> Result:
    """The strongest partners of every organization, by what they have in common."""
    check_count("k", k, least=1)
    check_count("widest", widest, least=1)
    chosen = choose_way(nation, way, "nation_entries", KERNEL_ENTRIES)
    weights = weigh_features(nation, widest)
    rank = rank_in_memory if chosen == "memory" else rank_on_engine
    table = _name_ranking(nation, rank(nation, weights, k))
    table["affinity"] = table.pop("score") / UNIT
    cut = name_cut(nation, weights)
    several = int(table["organization"].nunique())
    said = [
        f"{count_noun(several, 'organization has', 'organizations have')} something in common "
        f"with others; of each, the {count_noun(k, 'strongest partner')}: "
        f"{count_noun(len(table), 'row')}."
    ]
    return Result(
        verb="store.affinity",
        title="Strongest partners in the nation",
        table=table[[*RANKED, "affinity", "n_shared"]],
        sentences=(*said, *_say_cut(cut, widest), _say_way(nation, chosen)),
        method=_affinity_method(nation, widest),
        tables={"cut": cut},
    )


RANKED = ("organization", "organization_name", "rank", "partner", "partner_name")


def _name_ranking(nation: Nation, ranking: pa.Table) -> pd.DataFrame:
    """Put ids and names in place of numbers."""
    home = nation.table("nation_organizations").select("code", "id", "name")
    known = home.order_by("code").to_pyarrow()
    ids, names = (known[name].to_pandas() for name in ("id", "name"))
    table = ranking.to_pandas()
    for column in ("organization", "partner"):
        codes = table[column].to_numpy()
        table[f"{column}_name"] = names.to_numpy()[codes] if len(codes) else ""
        table[column] = ids.to_numpy()[codes] if len(codes) else ""
    return table.rename(columns={"shared": "n_shared"})


def name_cut(nation: Nation, weights: Weights) -> pd.DataFrame:
    """Name the features that were left out, those that most have first."""
    import ibis

    cut = ibis.memtable(weights.cut)
    features = nation.table("nation_features").select("code", "family", name="feature")
    joined = features.join(cut, [("code", "feature")])
    table = joined.select("family", "name", "organizations").to_pandas()
    table["family"] = [FAMILIES[k] for k in table["family"]]
    named = table.rename(columns={"name": "feature"})
    return named.sort_values(
        ["organizations", "family", "feature"], ascending=[False, True, True], ignore_index=True
    )


def _say_cut(cut: pd.DataFrame, widest: int) -> list[str]:
    if cut.empty:
        return []
    first = [f"{row.feature} ({row.organizations:,})" for row in cut.itertuples()]
    return [
        f"{count_noun(len(cut), 'feature is', 'features are')} left out, because nearly everybody "
        f"or more than {widest:,} organizations have them: {join_words(first, most=MOST_NAMED)}."
    ]


def _say_way(nation: Nation, way: str) -> str:
    where = "in memory, by compiled loops" if way == "memory" else f"by {nation.shelf.engine}"
    return f"Worked out {where}; the rows are the same either way."


def _affinity_method(nation: Nation, widest: int) -> Method:
    return Method(
        name="What organizations have in common.",
        formula=(
            "A feature that n of N organizations have weighs log(N/n); similarity in a family is "
            "a.b / (|a| |b| + s), s the median squared norm; affinity is the mean over the "
            "families that both have. Whole numbers to 1e-9; ties go to the lower id."
        ),
        settings={"widest": widest, "linked": _say_linked(nation)},
    )


def _say_linked(nation: Nation) -> str:
    if nation.is_linked:
        return "organizations of all files, linked by identifiers and names"
    return "ids as the files have them; names have not been linked (store.link)"


def rank_shared_partners(nation: Nation, k: int, widest: int, way: str) -> Result:
    """Who has most partners in common with each organization."""
    check_count("k", k, least=1)
    check_count("widest", widest, least=1)
    chosen = choose_way(nation, way, "nation_ties", KERNEL_TIES)
    rank = rank_shared_in_memory if chosen == "memory" else rank_shared_on_engine
    table = _name_ranking(nation, rank(nation, k, widest))
    several = int(table["organization"].nunique())
    return Result(
        verb="store.shared_partners",
        title="Partners in common",
        table=table[[*RANKED, "n_shared"]],
        sentences=(
            f"{count_noun(several, 'organization shares', 'organizations share')} a partner with "
            f"another. Partners of more than {widest:,} ties are not counted.",
            _say_way(nation, chosen),
        ),
        method=Method(
            name="Shared partners.",
            formula="The number of organizations tied to both, by money, membership or ownership; "
            "ties in rank go to the lower id.",
            settings={"widest": widest, "linked": _say_linked(nation)},
        ),
    )


def sum_investment(nation: Nation, by: Sequence[str]) -> Result:
    """The collective investment on file, each dollar once."""
    table = sum_money(nation, by).to_pandas()
    table["dollars"] = table.pop("cents") / 100
    table["awarded"] = table.pop("awarded_cents") / 100
    table = table[[*by, "dollars", "awarded", "awards"]]
    total = table["dollars"].sum()
    return Result(
        verb="store.investment",
        title=f"Collective investment by {join_words(list(by))}",
        table=table,
        sentences=(f"${total:,.0f} are on file, each dollar counted once.",),
        method=Method(
            name="Collective investment.",
            formula="Money passed on under a parent award counts where it went; rows with only a "
            "period are spread over federal fiscal years in proportion to days. Whole cents.",
            settings={"linked": _say_linked(nation)},
        ),
        lead=("dollars",),
    )


def measure_coverage(nation: Nation) -> Result:
    """Which services are on file in which counties."""
    table = count_services(nation).to_pandas()
    table.insert(1, "county", [county_name(code) for code in table["county_fips"]])
    table.insert(2, "state", [state_of(code) for code in table["county_fips"]])
    counties = table["county_fips"].nunique()
    per_service = table.groupby("service")["county_fips"].nunique()
    services = pd.DataFrame({"service": per_service.index, "counties": per_service.to_numpy()})
    return Result(
        verb="store.coverage",
        title="Services on file by county",
        table=table,
        sentences=(
            f"{count_noun(len(services), 'service is', 'services are')} on file in "
            f"{count_noun(counties, 'county', 'counties')}. A county without a row is one of which "
            "the files do not tell, not one without the service.",
        ),
        method=Method(
            name="Services on file.",
            formula="Organizations that a file names for a service, in the county that the row "
            "names, else in the organization's own.",
            settings={"linked": _say_linked(nation)},
        ),
        tables={"services": services.sort_values(["counties", "service"], ascending=[False, True],
                                                 ignore_index=True)},
    )  # fmt: skip


def _measure(nation: Nation, column: str, values: Any) -> pd.DataFrame:
    """A measure of every organization, indexed by id."""
    home = nation.table("nation_organizations").select("code", "id", "name").order_by("code")
    table = home.to_pandas().drop(columns="code")
    return table.assign(**{column: np.asarray(values)}).set_index("id")


def measure_degree(nation: Nation) -> Result:
    """How many partners each organization has on file."""
    degrees = count_degrees(nation).order_by("code").to_pyarrow()
    table = _measure(nation, "degree", degrees["degree"])
    tied = int((table["degree"] > 0).sum())
    return Result(
        verb="store.degree",
        title="Partners on file",
        table=table,
        sentences=(
            f"{tied:,} of {count_noun(len(table), 'organization')} have a tie on file, by money, "
            "membership or ownership.",
        ),
        method=Method(
            name="Degree.",
            formula="Organizations tied to each, each counted once.",
            settings={"linked": _say_linked(nation)},
        ),
        lead=("degree",),
    )


def find_components(nation: Nation, way: str) -> Result:
    """Which organizations hang together by ties on file."""
    chosen = choose_way(nation, way, "nation_ties", KERNEL_TIES)
    if chosen == "memory":
        labels = find_components_in_memory(nation)
    else:
        found = find_components_on_engine(nation).order_by("code").to_pyarrow()
        labels = np.asarray(found["label"])
    table = _measure(nation, "component", labels)
    table["component"] = table.index.to_numpy()[labels] if len(labels) else ""
    sizes = table["component"].value_counts()
    several = sizes[sizes > 1]
    largest = int(sizes.max()) if len(sizes) else 0
    return Result(
        verb="store.components",
        title="Components of the nation",
        table=table,
        sentences=(
            f"{count_noun(len(several), 'component has', 'components have')} more than one "
            f"organization; the largest has {largest:,}.",
            _say_way(nation, chosen),
        ),
        method=Method(
            name="Components.",
            formula="Organizations joined by any chain of ties; a component carries the lowest id.",
            settings={"linked": _say_linked(nation)},
        ),
    )


def measure_pagerank(nation: Nation, way: str) -> Result:
    """Who is tied to many that are themselves tied to many."""
    chosen = choose_way(nation, way, "nation_ties", KERNEL_TIES)
    if chosen == "memory":
        ranks = rank_pages_in_memory(nation)
    else:
        found = rank_pages_on_engine(nation).order_by("code").to_pyarrow()
        ranks = np.asarray(found["rank"])
    return Result(
        verb="store.pagerank",
        title="PageRank of the nation",
        table=_measure(nation, "pagerank", ranks / WHOLE),
        sentences=(_say_way(nation, chosen),),
        method=Method(
            name="PageRank.",
            formula="Damping 0.85, undirected, ties count 1; organizations without ties give to "
            f"all alike. In whole numbers, until {STRIDE} steps move less than one millionth.",
            settings={"linked": _say_linked(nation)},
            sources=("Brin & Page (1998), doi:10.1016/S0169-7552(98)00110-X",),
        ),
        lead=("pagerank",),
    )


def list_candidates(nation: Nation, organization: str, n: int, widest: int) -> Result:
    """Whom an organization has most in common with, among those it has no tie on file with."""
    check_count("n", n, least=1)
    check_count("widest", widest, least=1)
    code = find_code(nation, organization)
    arcs = list_arcs(nation)
    tied = arcs.filter(arcs.a == code).select(partner="b")
    k = n + int(tied.count().to_pyarrow().as_py())
    joined = lay_out(nation, weigh_features(nation, widest))
    ranked = join_pairs(joined, k, (code, code))
    free = ranked.anti_join(tied, "partner").order_by("rank").limit(n).to_pyarrow()
    table = _name_ranking(nation, free)
    table["affinity"] = table.pop("score") / UNIT
    table["rank"] = np.arange(1, len(table) + 1)
    return Result(
        verb="store.candidates",
        title=f"Candidates for {organization}",
        table=table[["rank", "partner", "partner_name", "affinity", "n_shared"]],
        sentences=(
            f"{count_noun(len(table), 'organization has', 'organizations have')} most in common "
            f"with {organization} and no tie with it on file.",
        ),
        method=_affinity_method(nation, widest),
        lead=(),
    )


def find_code(nation: Nation, organization: str) -> int:
    """The number of an organization that is named by an id of the store or of a file.

    Raises
    ------
    UsageError
        There is none.
    """
    members = nation.table("nation_members")
    meant = members.filter(members.id == organization).select(id="organization")
    home = nation.table("nation_organizations")
    codes = home.semi_join(meant, "id").code.to_pyarrow().to_pylist()
    if not codes:
        raise UsageError(
            f"organization: found {organization!r}. Allowed is an id of the store, for example "
            "ccn-281334. Look it up in a network that was taken out of the store."
        )
    return int(codes[0])
