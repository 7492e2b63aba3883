"""Sentences about the shape of the network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from ...core.network import Network
from ...core.results.result import Sentence
from ...core.wording.text import count_noun, join_words, say_share, start_small
from ...facts.graph.layers import Layer
from ...measures.centrality.paths import Closeness
from ...measures.groups.core_periphery import is_only_core
from ..closeness import ask_closeness
from ..layer_text import NOTHING, say_layer, say_no_tie, say_unknown

CLEAR = 0.5  # correlation from which a core is called one
FEW = 0.05  # p below which a line between groups is put in words


def say_structure(
    here: Network,
    layer: Layer,
    values: pd.Series,
    tables: Mapping[str, pd.DataFrame],
    grouping: str,
) -> Iterator[Sentence]:
    """Say in the words of a hospital director what shape the network has."""
    if layer.kind == "affinity":
        yield say_layer(layer)
    if not layer.n:
        yield Sentence("empty", NOTHING)
        return
    if not layer.matrix.nnz:
        tie = "working tie" if layer.kind == "affinity" else "tie"
        text = f"No {tie} is on file between the {count_noun(layer.n, 'organization')}."
        yield Sentence("no_ties", text, {"organizations": layer.n})
        yield from say_unknown(here, layer)
        return
    yield from _say_density(layer, values)
    yield _say_components(layer, values)
    yield _say_distance(values, ask_closeness(here, layer))
    yield from _say_triangles(values)
    yield from _say_communities(values, tables["communities"])
    yield from _say_core(layer, values, tables["organizations"])
    yield from _say_multiplexity(layer, values, tables["multiplexity"])
    if layer.kind == "collaboration":
        yield from _say_mixing(here, values, tables["mixing"], grouping)
    yield from say_unknown(here, layer)


def _say_density(layer: Layer, values: pd.Series) -> Iterator[Sentence]:
    cells = layer.n * (layer.n - 1) // (1 if layer.directed else 2)
    unknown = cells - layer.observed_cells
    density = float(values["density"])
    if layer.kind == "affinity":
        text = (
            f"Of every 100 pairs of organizations, {100 * density:.1f} have something strong in "
            "common."
        )
        yield Sentence("density", text, {"density": density})
        return
    known = " whose answer is known" if unknown or layer.survey is not None else ""
    yield Sentence(
        "density",
        f"Of every 100 pairs of organizations{known}, {100 * density:.1f} have a "
        f"tie on file (density {density:.3f}).",
        {"density": density},
    )
    if unknown:
        yield Sentence(
            "unknown_pairs",
            f"For {say_share(unknown / cells)} of all pairs nobody who could tell has answered; "
            "they are not counted as missing.",
            {"share": unknown / cells},
        )


def _say_components(layer: Layer, values: pd.Series) -> Sentence:
    nothing = say_no_tie(layer)
    number, alone = int(values["components"]), int(values["isolates"])
    largest = int(values["largest_component"])
    claims = {"components": number, "isolates": alone, "largest": largest}
    if number == 1:
        text = "All organizations are linked with each other, directly or through others."
        return Sentence("components", text, claims)
    smaller = number - alone - 1
    rest = [
        f"{count_noun(alone, 'organization')} {'has' if alone == 1 else 'have'} {nothing}"
        if alone
        else "",
        f"{count_noun(smaller, 'smaller group')} {'stands' if smaller == 1 else 'stand'} apart"
        if smaller
        else "",
    ]
    return Sentence(
        "components",
        f"{count_noun(largest, 'organization')} are linked with each other (the main component); "
        f"{join_words([part for part in rest if part])}.",
        claims,
    )


def _say_distance(values: pd.Series, near: Closeness) -> Sentence:
    mean, diameter = float(values["mean_distance"]), float(values["diameter"])
    most = (
        f"{diameter:.0f} at most"
        if near.sources is None
        else f"{diameter:.0f} at most among those counted, from "
        f"{count_noun(len(near.sources), 'organization')} drawn at random to all others"
    )
    return Sentence(
        "distance",
        f"Between two that are linked it takes {mean:.1f} steps on average and {most}.",
        {"mean": mean, "diameter": diameter},
    )


def _say_triangles(values: pd.Series) -> Iterator[Sentence]:
    """How often partners of one are partners of each other, against chance."""
    expected, found = float(values["transitivity_expected"]), float(values["transitivity"])
    if np.isnan(expected) or values["transitivity_p"] > FEW:
        return
    often = "often" if found > expected else "seldom"
    yield Sentence(
        "triangles",
        f"Partners of one organization are {often} partners of each other (transitivity): in "
        f"{say_share(found)} of cases, against {say_share(expected)} in random networks with as "
        "many ties.",
        {"transitivity": found, "expected": expected},
    )


def _say_communities(values: pd.Series, communities: pd.DataFrame) -> Iterator[Sentence]:
    several = communities[communities["organizations"] > 1]
    modularity = float(values["modularity"])
    if len(several) < 2 or np.isnan(modularity):
        return
    largest = int(several["organizations"].iloc[0])
    equal = int((several["organizations"] == largest).sum())
    has = "the largest has" if equal == 1 else f"the {equal} largest have"
    size = count_noun(largest, "organization") + ("" if equal == 1 else " each")
    yield Sentence(
        "communities",
        f"The ties draw {len(several):,} communities, within which organizations are tied more "
        f"than between them (modularity {modularity:.2f}); {has} "
        f"{size}. Read them as a map: "
        "another method may draw some borders differently.",
        {"communities": len(several), "modularity": modularity, "largest": largest},
    )


def _say_core(layer: Layer, values: pd.Series, organizations: pd.DataFrame) -> Iterator[Sentence]:
    names = [str(n) for n in organizations.loc[organizations["core_core"], "name"]]
    fit = float(values["core_core_correlation"])
    if np.isnan(fit):
        return
    if fit < CLEAR:
        text = (
            "There is no clear core that everything depends on: even the best split into a core "
            f"and a periphery fits at {fit:.2f} only, where 1 is a perfect fit."
        )
        yield Sentence("core", text, {"fit": fit})
        return
    only = is_only_core(layer, organizations["core_core"].to_numpy(), ideal="core tied to core")
    others = "" if only else "; other choices fit as well"
    yield Sentence(
        "core",
        f"{join_words(names, most=5)} form a core of closely tied partners, around which the "
        f"other organizations are ({len(names):,} of {len(organizations):,} in the core; fit "
        f"{fit:.2f} of 1{others}).",
        {"fit": fit, "core": names},
    )


def _say_multiplexity(
    layer: Layer, values: pd.Series, together: pd.DataFrame
) -> Iterator[Sentence]:
    """How many pairs work together in several ways, and which ways go together most."""
    share = float(values["multiplex_pairs"])
    if np.isnan(share) or len(layer.relations) < 2:
        return
    several = f"{say_share(share)} of tied pairs are" if share else "No pair on file is"
    text, claims = f"{several} tied in more than one way", {"share": share}
    sure = together[(together["p"] <= FEW) & (together["correlation"] > 0)]
    if len(sure):
        best = sure.loc[sure["correlation"].idxmax()]
        first, second = (layer.labels.get(best[side], best[side]) for side in ("first", "second"))
        text += (
            f"; {first.lower()} and {second.lower()} go together most (of {best['ties_first']:,} "
            f"and {best['ties_second']:,} pairs, {best['ties_both']:,} "
            f"{'has' if best['ties_both'] == 1 else 'have'} both)"
        )
        claims |= {name: best[name] for name in ("first", "second")}
        claims |= {name: int(best[name]) for name in ("ties_first", "ties_second", "ties_both")}
    yield Sentence("multiplexity", f"{text}.", claims)


def _say_mixing(
    here: Network, values: pd.Series, mixing: pd.DataFrame, grouping: str
) -> Iterator[Sentence]:
    sectors = here.vocabulary.sectors if grouping == "sector" else {}
    labels = {sector: start_small(label) for sector, label in sectors.items()}
    yield from _say_left_out(values, mixing, grouping)
    if np.isnan(values["e_i_index"]):
        return
    if values["e_i_p"] <= FEW:
        yield _say_lines(float(values["e_i_index"]), float(values["e_i_expected"]), grouping)
    between = mixing[(mixing["from_group"] != mixing["to_group"]) & (mixing["p"] <= FEW)]
    few = between[between["ties"] < between["expected"]]
    few = few.assign(lacking=few["expected"] - few["ties"])
    few = few.sort_values("lacking", ascending=False, kind="stable").head(3)
    for row in few.to_dict("records"):
        first, second = (labels.get(row[e], row[e]) for e in ("from_group", "to_group"))
        yield Sentence(
            "mixing",
            f"Between {first} and {second} {_count_ties(row['ties'])} on file; by chance there "
            f"would be about {row['expected']:.0f}.",
            {name: row[name] for name in ("from_group", "to_group", "ties", "expected")},
        )


def _say_left_out(values: pd.Series, mixing: pd.DataFrame, grouping: str) -> Iterator[Sentence]:
    """Ties that no group can be told for are counted, never left out in silence."""
    rows = mixing[mixing["from_group"] == "not known"]
    if len(rows):
        left, all_ = int(rows["ties"].sum()), int(values["ties"])
        yield Sentence(
            "left_out",
            f"Left out of what is said about each {grouping}: {left} of {count_noun(all_, 'tie')}, "
            f"of organizations whose {grouping} is not known.",
            {"left_out": left, "ties": all_},
        )


def _say_lines(e_i: float, expected: float, grouping: str) -> Sentence:
    """Whether ties cross the borders of groups, and more or less than by chance."""
    across, by_chance = (1 + e_i) / 2, (1 + expected) / 2
    less = "fewer" if e_i < expected else "more"
    return Sentence(
        "lines",
        f"{say_share(across)} of ties link organizations that are not of the same {grouping}; that "
        f"is {less} than the {say_share(by_chance)} that chance would give (E-I index {e_i:.2f} "
        f"against {expected:.2f}).",
        {"across": across, "by_chance": by_chance, "e_i": e_i, "e_i_expected": expected},
    )


def _count_ties(ties: int) -> str:
    if not ties:
        return "no tie is"
    return f"{count_noun(ties, 'tie')} {'is' if ties == 1 else 'are'}"
