"""What most organizations like one do and it does not, on file, and which of them to ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from ...core.network import Network
from ...core.results.result import Sentence
from ...core.wording.text import count_noun
from ...core.wording.units import say_away
from ...facts.geography.locations import distances_from, locate_organizations
from ...facts.graph.collaboration import build_layer
from .shown import PEERS

LEAST_PEERS = 4  # of whom it must be known; of fewer, half is an accident
MOST_DO = 0.5  # share of peers that do it
WORKS, OFFERS = "works with", "offers"
KNOWN = {WORKS: "partners", OFFERS: "services"}


@dataclass(frozen=True)
class Peers:
    """Organizations of the kind of one, and what each of them does.

    Attributes
    ----------
    here : Network
        The network on its day.
    organization : str
        The one.
    """

    here: Network
    organization: str

    @cached_property
    def others(self) -> list[int]:
        """Positions of the others of its kind."""
        kinds = self.here.organizations["kind"]
        alike = (kinds == kinds[self.organization]) & ~self.here.is_context
        return [int(k) for k in np.flatnonzero(alike) if self.here.ids[k] != self.organization]

    @cached_property
    def at(self) -> int:
        """Position of the one."""
        return int(self.here.positions([self.organization])[0])

    @cached_property
    def km(self) -> np.ndarray:
        """Kilometers from it, by position; infinite where not known."""
        points = locate_organizations(self.here)
        return np.nan_to_num(np.round(distances_from(points[self.at], points), 6), nan=np.inf)

    @cached_property
    def works_with(self) -> Mapping[int, set[str]]:
        """Kinds of partners by position, of those with any working tie; the convener left out."""
        without = (self.here.convener,) if self.here.convener else ()
        matrix = build_layer(self.here, without=without).symmetric
        kinds = self.here.organizations["kind"].to_numpy()
        rows = {k: set(kinds[matrix[[k]].tocoo().coords[1]]) for k in [*self.others, self.at]}
        return {k: found for k, found in rows.items() if found}

    @cached_property
    def offers(self) -> Mapping[int, set[str]]:
        """Services by position, of those with any on file, in the first spelling of each."""
        services = self.here.rows("services")
        labels = {text.casefold(): text for text in reversed(services["service"].tolist())}
        own = {int(self.at), *self.others}
        at = self.here.positions(services["organization"])
        found: dict[int, set[str]] = {}
        for k, service in zip(at.tolist(), services["service"], strict=True):
            if k in own:
                found.setdefault(k, set()).add(labels[service.casefold()])
        return found

    def compare(
        self, practice: str, done: Mapping[int, set[str]]
    ) -> Iterator[tuple[str, str, int, int, int]]:
        """Give what at least half of the known others do, and the one does not."""
        known = [k for k in self.others if k in done]
        if len(known) < LEAST_PEERS or self.at not in done:
            return
        for what in sorted({one for k in known for one in done[k]} - done[self.at]):
            doing = [k for k in known if what in done[k]]
            if len(doing) / len(known) >= MOST_DO:
                nearest = min(doing, key=lambda k: (self.km[k], k))
                yield practice, what, len(doing), len(known), nearest


def list_peer_practices(here: Network, organization: str) -> pd.DataFrame:
    """List what at least half of the others of its kind do on file, and it does not.

    Kinds of partners with a working tie, and services. Others count where any of their ties, or any
    of their services, are on file, at least four of them; where nothing of the one itself is on
    file, nothing is said. The nearest of those that do it is the one to ask.

    Returns
    -------
    DataFrame
        In the columns of the table ``peers``, the most frequent first.
    """
    peers = Peers(here, organization)
    kinds = {id_: kind.label for id_, kind in here.vocabulary.kinds.items()}
    found = [
        *peers.compare(WORKS, peers.works_with),
        *peers.compare(OFFERS, peers.offers),
    ]
    rows = [
        (
            practice,
            kinds.get(str(what), str(what)) if practice == WORKS else what,
            doing,
            known,
            here.ids[nearest],
            here.names.iloc[nearest],
            peers.km[nearest] if np.isfinite(peers.km[nearest]) else np.nan,
        )
        for practice, what, doing, known, nearest in found
    ]
    table = pd.DataFrame(rows, columns=PEERS.names)
    table["km"] = table["km"].astype("float64")
    share = -(table["do_it"].astype("float64") / table["known"].astype("float64")).round(9)
    order = table.assign(share=share).sort_values(
        ["share", "practice", "what"], ascending=[True, False, True], kind="stable"
    )
    return order[PEERS.names].reset_index(drop=True)


def say_peers(here: Network, organization: str, peers: pd.DataFrame) -> Iterator[Sentence]:
    """Say what most of its kind do, and whom of them to ask."""
    if peers.empty:
        return
    kinds = here.vocabulary.kinds
    own = kinds[here.organizations.at[organization, "kind"]]
    row = peers.iloc[0]
    what = str(row["what"])
    does = f"offer {what}"
    if row["practice"] == WORKS:
        what = here.vocabulary.find_kind(what) or what
        does = f"work with {kinds[what].plural}"
    away = say_away(row["km"], here.units)
    km = f", {away}," if away else ""
    rest = len(peers) - 1
    more = f" {count_noun(rest, 'more such case')} in the table." if rest else ""
    text = (
        f"{row['do_it']} of {row['known']} other {own.plural} with {KNOWN[row['practice']]} "
        f"on file {does}; nothing such is on file here. Ask {row['nearest_name']}{km} how it "
        f"began.{more}"
    )
    claims = {
        "organization": here.name(organization),
        "practice": row["practice"],
        "what": what,
        "do_it": int(row["do_it"]),
        "known": int(row["known"]),
    }
    yield Sentence("peers", text, claims)
