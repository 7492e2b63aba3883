"""What a report asks: each verb once, of one network on one day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ..core.network import Network
from ..core.results.result import Result
from ..facts.graph.collaboration import choose_layer
from ..facts.graph.layers import Layer

Verb = Callable[..., Result]


@dataclass(frozen=True)
class Answers:
    """The answers behind a report.

    Attributes
    ----------
    here : Network
        The network on the day of the report.
    earlier : Network, optional
        What it was before, to say what came and what went.
    others : tuple of Network
        Networks of others, to say where this one stands among them.
    """

    here: Network
    earlier: Network | None = None
    others: tuple[Network, ...] = ()
    _given: dict[Verb, Result] = field(default_factory=dict)

    def of(self, verb: Verb, *more: object) -> Result:
        """Give what a verb answers of the network, and of what it needs more; it is asked once."""
        if verb not in self._given:
            self._given[verb] = verb(self.here, *more)
        return self._given[verb]

    @property
    def asked(self) -> tuple[Result, ...]:
        """Everything that was answered, in the order in which it was asked."""
        return tuple(self._given.values())

    @property
    def layer(self) -> Layer:
        """The graph of the report, with everybody in it."""
        return choose_layer(self.here)
