"""Persons and their numbers are in no text, name, id or word of what others are given."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import partnet as pn
from partnet.core.audience.private import LEFT_OUT, PRIVATE
from partnet.core.network import Network
from partnet.core.vocabulary import default_vocabulary

from ..builders import make_network

OWN = [
    "jane.roe@example.org", "jane(dot)roe(at)example.org", "jane.roe [at] example [dot] org",
    "402-555-0143", "(402) 555-0143", "402.555.0143", "+1 402 555 0143", "4025550143",
    "123-45-6789", "1234567893", "47-1234567", "MRN 00123456", "DOB: 03/04/1961", "born 3/4/1961",
]  # fmt: skip
PUBLIC = [
    "988 Suicide Lifeline", "211 Nebraska", "Ward 12", "2024-2025", "County 31027", "10,000 Lives",
    "Section 330(e)", "H80CS12345", "12345678901234", "0.1234567890", "Meet at (the) Hall",
    "newborn 12 beds", "68739-1234", "Highway 20-81",
]  # fmt: skip
ODD = pytest.mark.parametrize("own", OWN)


@ODD
def test_what_is_of_a_person_is_found(own: str) -> None:
    assert PRIVATE.sub(LEFT_OUT, f"Ask {own}, please") == f"Ask {LEFT_OUT}, please"


@pytest.mark.parametrize("text", PUBLIC)
def test_what_is_of_nobody_stays(text: str) -> None:
    assert PRIVATE.search(text) is None


def make_net(own: str) -> Network:
    """Two organizations, of which the first bears it in its name and in what is made of it."""
    names = [f"Alma Clinic {own}", "Bow Creek"]
    tables = {
        "organizations": {"name": names, "kind": ["robot", "food"], "county_fips": "31027"},
        "ties": {"source": names[:1], "target": names[1:], "relation": "referral"},
        "memberships": {"organization": names, "group": f"Friends of {own}"},
        "services": {"organization": names, "service": f"Calls to {own}"},
        "about": {"setting": ["convener", "title"], "value": [names[0], f"Net of {own}"]},
    }
    words = default_vocabulary().extend(
        {
            "kinds": {"robot": {"label": f"Robot {own}", "sector": "other", "aliases": [own, "x"]}},
            "ladders": {"love": {"levels": ["like", f"love {own}"], "aliases": {"like": [own]}}},
            "relations": {"hug": {"label": "hug", "directed": False, "aliases": [f"hug {own}"]}},
            "none": {"answers": [f"ask {own}"]},
        }
    )
    frames = {name: pd.DataFrame(columns) for name, columns in tables.items()}
    return pn.read_network(frames, vocabulary=words)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


@ODD
@pytest.mark.parametrize("audience", ["public", "partner"])
def test_it_is_in_no_name_id_text_or_word(own: str, audience: Any, tmp_path: Path) -> None:
    net = make_net(own)
    assert net.n == 2 and _letters(own) in _letters(net.ids[0])
    shown = net.for_audience(audience)
    assert len(shown.ties) == 1 and shown.convener in shown.ids.tolist()
    pn.write_network(shown, tmp_path / "net")
    for file in (tmp_path / "net").iterdir():
        content = file.read_text("utf-8")
        if file.name.startswith("."):
            continue
        assert _letters(own) not in _letters(content), file.name
    assert pn.read_network(tmp_path / "net").ids.tolist() == shown.ids.tolist()


def test_a_partner_keeps_its_own_id() -> None:
    net = make_net("402-555-0143")
    mine = net.for_audience("partner", organization=net.ids[0])
    assert mine.ids.tolist() == net.ids.tolist()


def test_nothing_private_changes_nothing() -> None:
    net = pn.load_sample("prairie")
    shown = net.for_audience("public")
    assert shown.ids.tolist() == net.ids.tolist() and shown.names.tolist() == net.names.tolist()
    assert shown.vocabulary is net.vocabulary


def test_numbers_of_grants_stay_apart() -> None:
    funding = {"funder": "HRSA", "recipient": "A", "amount": 5, "program": "Flex"}
    awards = pd.DataFrame([{**funding, "award": f"123456789{k}"} for k in range(3)])
    organizations = pd.DataFrame({"name": ["A"], "kind": ["food"]})
    net = pn.read_network({"organizations": organizations, "funding": awards})
    shown = net.for_audience("public").table("funding")
    assert sorted(shown["award"]) == ["1234567890", "1234567891", "1234567892"]


TOLD = "Board chaired by {} – see the minutes"


@pytest.mark.parametrize(
    ("name", "told", "cut"),
    [
        ("Jane Q. Doe", "Jane Q. Doe", True),
        ("Jane Q. Doe", "JANE DOE", True),
        ("Dr. Jane Doe, RN", "Jane Doe", True),
        ("José Ñandú-Ruiz", "josé ñandú-ruiz", True),
        ("Jane Doe", "Jane", False),  # one word may be a place
        ("Cher", "Cher", False),
        ("Jane Doe", "Mary Jane Doeville", False),
        ("Program Director", "Program Director", False),  # its role
    ],
)
def test_a_person_on_file_is_in_no_text_for_the_public(name: str, told: str, cut: bool) -> None:
    text = TOLD.format(told)
    net = make_network(
        [{"id": "a", "name": f"{name} Clinic", "kind": "clinic"}, "b"],
        funding=[{"funder": "b", "recipient": "a", "program": text}],
        people=[{"person": name, "organization": "a", "role": "Program Director"}],
        memberships=[{"organization": one, "group": text} for one in "ab"],
        about=[{"setting": "title", "value": text}],
    )
    public = net.for_audience("public")
    expected = TOLD.format("[left out]") if cut else text
    assert public.table("funding")["program"][0] == expected
    assert set(public.table("memberships")["group"]) == {expected}
    assert public.title == expected
    assert public.names["a"] == f"{name} Clinic"  # clinics bear names of persons
    assert text in set(net.for_audience("partner").table("memberships")["group"])


def test_many_persons_and_long_texts_are_gone_through_once() -> None:
    people = [{"person": f"Ann Of {k}", "organization": "a"} for k in range(2_000)]
    about = [{"setting": "note", "value": "ann of " * 15_000}]
    net = make_network(["a"], people=people, about=about)
    assert net.for_audience("public").table("about")["value"][0] == about[0]["value"].strip()
