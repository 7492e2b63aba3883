"""What a picture shows, in words: the caption beneath it and the text for those who cannot see."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ..core.arrays import label_components, symmetrize
from ..core.network import Network
from ..core.wording.text import count_noun, join_words, say_date
from ..facts.graph.layers import Layer
from .names import clean_name
from .style import choose_styles

SIZES = {"degree": "have more partners", "strength": "have more and stronger ties"}


def write_caption(
    net: Network,
    layer: Layer,
    *,
    size: str = "degree",
    names: int = 0,
    lines: int | None = None,
    highlight: Sequence[str] = (),
) -> str:
    """Say what is drawn: which ties, what thickness and size mean, who stands apart.

    Parameters
    ----------
    net : Network
        The network.
    layer : Layer
        The graph of the picture.
    size : str, default "degree"
        What the size of a mark shows.
    names : int, default 0
        How many organizations are named.
    lines : int, optional
        Lines drawn, where not all are (the strongest of an affinity layer).
    highlight : sequence of str
        Names of organizations that are brought out.
    """
    if layer.n == 0:
        return "No organizations are on file, so there is nothing to draw."
    sentences = [_say_ties(net, layer, lines), _say_marks(layer, size), _say_apart(layer)]
    if highlight:
        who = join_words([clean_name(name) for name in highlight], most=4)
        sentences.append(f"In full color: {who}, and whom a line joins to them.")
    if 0 < names < layer.n:
        verb = "is" if names == 1 else "are"
        sentences.append(
            f"{names} of {layer.n:,} organizations {verb} named, as far as room allows."
        )
    return " ".join(sentence for sentence in sentences if sentence)


def describe_picture(net: Network, layer: Layer) -> str:
    """Say in words what the picture of a network shows, for readers who cannot see it.

    Parameters
    ----------
    net : Network
        The network.
    layer : Layer
        The graph that is drawn.

    Returns
    -------
    str
        How many organizations and ties, who is best connected, how the network falls apart, and
        which sectors are there.

    Examples
    --------
    >>> import networkx as nx
    >>> from partnet import Network, build_layer
    >>> net = Network.from_networkx(nx.star_graph(["Hub", "A", "B"]))
    >>> print(describe_picture(net, build_layer(net)))
    Network picture of 3 organizations and 2 ties on file. Best connected: Hub (2 partners). All \
are linked, directly or through others. Sectors: Education, business, payers, others (3).
    """
    if layer.n == 0:
        return "Network picture: no organizations are on file."
    net = net.at(layer.as_of).whole
    number = count_noun(layer.n, "organization")
    what = "tie on file" if layer.kind == "collaboration" else "pair with something in common"
    many = "ties on file" if layer.kind == "collaboration" else "pairs with something in common"
    parts = [
        f"Network picture of {number} and {count_noun(layer.n_ties, what, many)}.",
        _say_best(layer),
        _say_parts(layer),
        f"Convener: {clean_name(net.name(net.convener))}." if net.convener else "",
        _say_sectors(net),
    ]
    return " ".join(part for part in parts if part)


def count_partners(layer: Layer) -> np.ndarray:
    """Count the partners of each organization, in either direction."""
    return np.asarray(symmetrize(layer.binary).sum(axis=1)).astype(int)


def _say_ties(net: Network, layer: Layer, lines: int | None) -> str:
    """The sentence on lines: ties on file, or things in common."""
    if layer.kind == "affinity":
        if not layer.n_ties:
            return "No tie and nothing in common is on file, so no lines are drawn."
        strongest = " Only the strongest are drawn." if lines and lines < layer.n_ties else ""
        shared = join_words(layer.relations)
        return f"Lines show shared {shared}, not reported ties.{strongest}"
    if not layer.n_ties:
        return "No tie is on file, so no lines are drawn."
    labels = [layer.labels.get(relation, relation) for relation in layer.relations]
    day = f" as of {say_date(layer.as_of)}" if isinstance(layer.as_of, pd.Timestamp) else ""
    what = f" ({join_words(labels, most=3)})" if labels else ""
    verb = "shows a tie" if layer.n_ties == 1 else "show ties"
    return f"Lines {verb} on file{day}{what}.".replace("Lines shows", "The line shows")


def _say_marks(layer: Layer, size: str) -> str:
    """The sentence on size and thickness, as far as they differ."""
    said = []
    if np.ptp(layer.matrix.data) > 0 if layer.matrix.nnz else False:
        said.append("thicker lines are stronger")
    if layer.n_ties:
        shared = size == "degree" and layer.kind == "affinity"
        meaning = "share something with more others" if shared else SIZES.get(size)
        said.append(f"larger marks {meaning or f'have a higher {size}'}")
    sentence = "; ".join(said)
    return f"{sentence[:1].upper()}{sentence[1:]}." if said else ""


def _say_apart(layer: Layer) -> str:
    """The sentence on those without a line, and on those left out on purpose."""
    alone = int((count_partners(layer) == 0).sum()) - len(layer.without)
    left_out = [clean_name(layer.names[id_]) for id_ in layer.without]
    what = "no tie on file" if layer.kind == "collaboration" else "nothing in common with others"
    said = []
    if left_out:
        said.append(f"Drawn without the ties of {join_words(left_out)}.")
    if alone > 0 and layer.n_ties:
        said.append(f"{count_noun(alone, 'organization')} without a line: {what}.")
    return " ".join(said)


def _say_best(layer: Layer) -> str:
    partners = count_partners(layer)
    best = [i for i in np.lexsort((layer.ids.to_numpy(dtype=object), -partners)) if partners[i] > 1]
    affinity = layer.kind == "affinity"
    one = "other" if affinity else "partner"
    names = [
        f"{clean_name(layer.names.iloc[i])} ({count_noun(partners[i], one)})" for i in best[:3]
    ]
    head = "Something in common with most" if affinity else "Best connected"
    return f"{head}: {join_words(names)}." if names else ""


def _say_parts(layer: Layer) -> str:
    """How the network falls apart."""
    label = label_components(layer.matrix)[1]
    sizes = np.sort(np.bincount(label))[::-1]
    if len(sizes) == 1:
        return "All are linked, directly or through others." if layer.n > 1 else ""
    alone = int((sizes == 1).sum())
    if alone == layer.n:
        return "Nobody is linked to anybody."
    groups = sizes[sizes > 1]
    said = [f"{groups[0]} are linked, directly or through others"]
    if len(groups) > 1:
        others = join_words([str(size) for size in groups[1:]], most=4)
        verb = "stands" if len(groups) == 2 else "stand"
        said.append(f"{count_noun(len(groups) - 1, 'smaller part')} of {others} {verb} apart")
    if alone:
        said.append(f"{alone} {'has' if alone == 1 else 'have'} no line to anybody")
    return "; ".join(said) + "."


def _say_sectors(net: Network) -> str:
    styles, code = choose_styles(net, "sector")
    counts = np.bincount(code, minlength=len(styles))
    most = sorted(range(len(styles)), key=lambda i: (-counts[i], i))
    named = [f"{styles[i].label} ({counts[i]})" for i in most if counts[i]]
    return f"Sectors: {'; '.join(named)}."
