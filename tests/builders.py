"""Small networks whose answers can be worked out on paper, and hypothesis strategies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from inspect import unwrap
from typing import Any

import pandas as pd
from hypothesis import settings
from hypothesis import strategies as st

from partnet.core.network import Network
from partnet.io.read import read_network
from partnet.io.samples import load_sample

load_anew = unwrap(load_sample)  # a sample of which nothing was worked out by another test
FEW = settings(max_examples=8)  # for properties of whole verbs, which take a second each
KINDS = ("hospital", "critical_access_hospital", "behavioral_health", "food", "housing")


def make_network(
    organizations: Sequence[str | Mapping[str, Any]] = (),
    ties: Sequence[tuple[Any, ...] | Mapping[str, Any]] = (),
    **tables: Sequence[Mapping[str, Any]],
) -> Network:
    """Make a network from short records; a tie is (source, target[, relation[, strength]])."""
    rows = [
        {"id": o, "name": o.upper(), "kind": "hospital"} if isinstance(o, str) else dict(o)
        for o in organizations
    ]
    frames = {"organizations": pd.DataFrame(rows, columns=None if rows else ["name", "kind"])}
    if ties:
        frames["ties"] = pd.DataFrame([_make_tie(tie) for tie in ties])
    frames |= {name: pd.DataFrame(list(records)) for name, records in tables.items()}
    return read_network(frames)


def _make_tie(tie: tuple[Any, ...] | Mapping[str, Any]) -> Mapping[str, Any]:
    if isinstance(tie, Mapping):
        return tie
    filled = tuple(tie) + ("collaboration", 1.0)[len(tie) - 2 :]
    return dict(zip(("source", "target", "relation", "strength"), filled, strict=True))


def bridge_of_two_cliques() -> Network:
    """a-b-c and e-f-g are cliques; d joins them through c and e."""
    cliques = [("a", "b"), ("a", "c"), ("b", "c"), ("e", "f"), ("e", "g"), ("f", "g")]
    return make_network("abcdefg", [*cliques, ("c", "d"), ("d", "e")])


@st.composite
def networks(draw: st.DrawFn, *, most: int = 8) -> Network:
    """Draw whole networks: organizations, ties of several relations, services, funding, groups."""
    n = draw(st.integers(0, most))
    ids = [f"o{k}" for k in range(n)]
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=n, max_size=n))
    names = draw(st.lists(_NAMES, min_size=n, max_size=n))
    organizations = [
        {"id": i, "name": name, "kind": kind}
        for i, name, kind in zip(ids, names, kinds, strict=True)
    ]
    if n < 2:
        return make_network(organizations)
    pair = st.tuples(st.sampled_from(ids), st.sampled_from(ids)).filter(lambda p: p[0] != p[1])
    ties = draw(st.lists(st.tuples(pair, _RELATIONS, _STRENGTHS), max_size=3 * n))
    services = draw(st.lists(st.tuples(st.sampled_from(ids), _SERVICES), max_size=2 * n))
    funding = draw(st.lists(st.tuples(st.sampled_from(ids), _DOLLARS), max_size=n))
    tables = {
        "services": [{"organization": o, "service": s} for o, s in services],
        "funding": [
            {"recipient": o, "program": "P", "amount": a, "funder": ids[0]} for o, a in funding
        ],
    }
    flat = [(*p, relation, strength) for p, relation, strength in ties]
    return make_network(organizations, flat, **{k: v for k, v in tables.items() if v})


_NAMES = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P"], exclude_characters="\x00"),
    min_size=1,
    max_size=12,
).filter(lambda text: text.casefold() not in ("n/a", "#n/a", "null", "nan"))
_RELATIONS = st.sampled_from(["referral", "contract", "data_sharing", "collaboration"])
_STRENGTHS = st.sampled_from([0.25, 0.5, 1.0, "monthly", "none", ""])
_SERVICES = st.sampled_from(["dental", "food boxes", "counseling", "transport"])
_DOLLARS = st.sampled_from([-5.0, 10.0, 1e5, 2.5e6])
