"""What several questions say of the graph that they worked on."""

from __future__ import annotations

from collections.abc import Iterator

from ..core.network import Network
from ..core.results.result import Sentence
from ..core.vocabulary import default_vocabulary
from ..core.wording.text import say_share
from ..facts.graph.layers import Layer

NOTHING = "The network is empty: the organizations table has no usable row."


def say_layer(layer: Layer) -> Sentence:
    """Say which graph it is."""
    return Sentence("layer", layer.describe(), {"layer": layer.kind, "relations": layer.relations})


def say_no_tie(layer: Layer) -> str:
    """Say what whoever is alone in a graph does not have: other ties of it may be on file."""
    if layer.kind == "affinity":
        return "nothing strong in common with anybody"
    known = default_vocabulary().relations
    working = all(known[r].working for r in layer.relations if r in known)
    return "no working tie on file" if working else "no such tie on file"


WHO_ANSWERED = "Who answered is not shown to this reader"


def say_unknown(here: Network, layer: Layer) -> Iterator[Sentence]:
    """Say what the ties on file do not tell."""
    if layer.kind == "affinity":
        return
    if here.hides("responses"):
        text = (
            f"{WHO_ANSWERED}: a tie that is not on file is counted as absent, and may still exist."
        )
        yield Sentence("unanswered", text)
    elif layer.survey is None:
        text = "No survey answers are on file, so a tie that is not on file is counted as absent."
        yield Sentence("unanswered", text)
    elif layer.response_rate < 1:
        silent = 1 - layer.response_rate
        yield Sentence(
            "unanswered",
            f"{say_share(silent)} of those asked did not answer; they may have more ties than are "
            "on file.",
            {"share": silent},
        )
