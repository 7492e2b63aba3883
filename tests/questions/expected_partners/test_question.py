"""Expected partners: read from the rules, told apart by what is on file, holes named."""

from __future__ import annotations

import pytest

from partnet.core.network import Network
from partnet.io.samples import load_sample
from partnet.questions.expected_partners.question import list_expected_partners

from ...builders import make_network

OFFICE = {"id": "office", "name": "Office", "kind": "state_office_of_rural_health"}
ABOUT = [{"setting": "convener", "value": "office"}]


def make_office(ties: list[dict[str, str]], *others: tuple[str, str]) -> Network:
    organizations = [OFFICE, *({"id": i, "name": i.upper(), "kind": k} for i, k in others)]
    contact = [{"organization": "office", "date": "2026-06-30"}]
    return make_network(organizations, ties, about=ABOUT, contacts=contact)


def tie(other: str, last_contact: str = "", since: str = "") -> dict[str, str]:
    return {
        "source": "office", "target": other, "relation": "joint program",
        "last_contact": last_contact, "since": since,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("ties", "status"),
    [
        ([], "no tie on file"),
        ([tie("qio")], "tie on file"),
        ([tie("qio", last_contact="2026-01-01")], "tie on file"),
        ([tie("qio", last_contact="2023-01-01")], "quiet for two years"),
        ([tie("qio", since="2015-01-01")], "tie on file"),  # how it is today is not known
        ([tie("other")], "no tie on file"),
    ],
)
def test_each_status(ties: list[dict[str, str]], status: str) -> None:
    net = make_office([tie("third"), *ties], ("qio", "qio"), ("other", "food"), ("third", "food"))
    table = list_expected_partners(net).table.set_index("organization")
    assert table.at["qio", "status"] == status


def test_a_kind_with_nobody_is_a_hole() -> None:
    found = list_expected_partners(make_office([tie("qio")], ("qio", "qio")))
    holes = found.tables["holes"].set_index("kind")
    assert holes.at["hospital association", "holes"] == "nobody on file"
    assert "quality improvement organization" not in holes.index
    assert "nobody is on file as hospital association" in found.text


def test_a_contact_is_no_tie_but_tells_that_a_tie_lives() -> None:
    ties = [tie("qio", last_contact="2020-01-01")]
    contacts = [{"organization": "qio", "date": "2026-05-01", "by": "office"}]
    organizations = [OFFICE, {"id": "qio", "name": "Q", "kind": "qio"}]
    alive = make_network(organizations, ties, about=ABOUT, contacts=contacts)
    assert set(list_expected_partners(alive).table["status"]) >= {"tie on file"}
    alone = make_network(organizations, about=ABOUT, contacts=contacts)
    row = list_expected_partners(alone).table.set_index("organization").loc["qio"]
    assert row["status"] == "no tie on file"


def test_without_an_office_it_is_not_known() -> None:
    net = make_network([{"id": "qio", "name": "Q", "kind": "qio"}])
    found = list_expected_partners(net)
    assert found.table.set_index("organization").at["qio", "status"] == "not known"
    assert "no State Office of Rural Health is on file" in found.text


def test_own_rules_say_who_else_is_expected() -> None:
    rules = [{"rule": "Works with a food bank", "from_kind": "hospital", "relation": "referral",
              "alternatives": "food; Tenants Union", "citation": "our plan, goal 1"}]  # fmt: skip
    organizations = [{"id": "h", "name": "H", "kind": "hospital"},
                     {"id": "f", "name": "F", "kind": "food"}]  # fmt: skip
    net = make_network(organizations, rules=rules)
    found = list_expected_partners(net, "h")
    assert found.table[["kind", "name", "status", "citation"]].to_numpy().tolist() == [
        ["food organization", "F", "no tie on file", "our plan, goal 1"]
    ]


def test_the_sample_has_every_kind_and_holes_among_health_departments() -> None:
    found = list_expected_partners(load_sample())
    assert "all are on file" in found.text
    holes = found.tables["holes"].set_index("kind")
    assert holes.index.tolist() == ["local health department"]
    assert (holes.at["local health department", "on_file"]) == 7
    assert "Chalk Hills District Health Department" in found.text


def test_a_network_with_members_on_file_is_not_nobody() -> None:
    members = [{"organization": "qio", "group": "Plains Net", "group_kind": "rural health network"}]
    organizations = [OFFICE, {"id": "qio", "name": "QIO", "kind": "qio"}]
    net = make_network(organizations, about=ABOUT, memberships=members)
    table = list_expected_partners(net).table.set_index("name")
    assert table.loc["Plains Net", "status"] == "not known"
    assert table.loc["Plains Net", "next_step"].startswith("Enter Plains Net as an organization")
