"""Networks with everything that hurts: odd names, arrows, parallel ties, dates, isolates."""

from __future__ import annotations

import pandas as pd
from hypothesis import assume
from hypothesis import strategies as st

from partnet.core.network import Network
from partnet.io.read import read_network
from partnet.io.values.words import is_nothing

ODD = [
    'He said "yes"',
    "It's",
    "Line one\nline two",
    "tab\there",
    "back\\slash",
    "a, b; c | d",
    "<b>&amp; &lt;",
    "&#34; code",
    "😀🏥",
    "مستشفى السلام",
    "בית חולים",
    "Näytös çedilla",
    "漢語",
    "x" * 300,
    "=1+1",
    "-5",
    "@home",
    "'quoted'",
    "*Vertices 5",
    "%comment",
    "null",
    "1",
    "0012",
    "# hash",
    "_x0041_",
    "EXAMPLE",
    "ends with !",
    "mark\u200fhere",
    "a  b",
]
_LETTERS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs"], exclude_characters="\x00"),
    min_size=1,
    max_size=12,
)


def _is_name(text: str) -> bool:
    return not is_nothing(text, "name") and text.strip().casefold() not in (
        *("#ref!", "#div/0!", "#value!", "#name?", "#num!", "#null!"),
    )


NAMES = st.one_of(st.sampled_from(ODD), _LETTERS).map(str.strip).filter(_is_name)
KINDS = st.sampled_from(["hospital", "food", "housing", "critical_access_hospital", "other"])
RELATIONS = st.sampled_from(["referral", "collaboration", "data_sharing"])
STRENGTHS = st.sampled_from(["", "1", "0.25", "0.5", "0.3333333333333333", "monthly", "none"])


@st.composite
def odd_networks(draw: st.DrawFn, *, most: int = 6) -> Network:
    """Draw a network of 1 to `most` organizations, read from DataFrames as a user's would be."""
    n = draw(st.integers(1, most))
    own_ids = draw(st.booleans())
    organizations = [
        {
            "id": draw(NAMES.map(lambda name, k=k: f"{name} {k}")) if own_ids else f"o{k}",
            "name": draw(NAMES),
            "kind": draw(KINDS),
            "zip": draw(st.sampled_from(["", "01234", "68739"])),
            "latitude": draw(st.sampled_from(["", "-41.5", "42"])),
            "motto": draw(st.one_of(st.just(""), NAMES)),
        }
        for k in range(n)
    ]
    frames = {"organizations": pd.DataFrame(organizations)}
    ids = [row["id"] for row in organizations]
    if n > 1:
        ties = draw(st.lists(_ties(ids), max_size=2 * n))
        services = draw(st.lists(st.sampled_from(ids), max_size=3))
        members = draw(st.lists(st.tuples(st.sampled_from(ids), st.sampled_from(ids)), max_size=2))
        if ties:
            frames["ties"] = pd.DataFrame(ties)
        if services:
            frames["services"] = pd.DataFrame({"organization": services, "service": "dental"})
        if members:
            frames["memberships"] = pd.DataFrame(members, columns=["organization", "group"])
    net = read_network(frames)
    assume(net.n > 0)  # a name of marks that nobody sees is none
    return net


@st.composite
def _ties(draw: st.DrawFn, ids: list[str]) -> dict[str, str]:
    source, target = draw(st.lists(st.sampled_from(ids), min_size=2, max_size=2, unique=True))
    number = draw(st.sampled_from(["", "", "2"]))
    return {
        "source": source,
        "target": target,
        "relation": draw(RELATIONS),
        "strength": number or draw(STRENGTHS),
        "ladder": "frequency" if number else "",
        "directed": draw(st.sampled_from(["", "yes", "no"])),
        "since": draw(st.sampled_from(["", "2020-01-31", "2021-07-01"])),
        "evidence": draw(st.one_of(st.just(""), NAMES)),
    }
