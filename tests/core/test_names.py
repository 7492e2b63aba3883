"""One folding of names, whatever the door."""

from __future__ import annotations

import unicodedata

import pytest

from partnet.core.wording.names import NameIndex, fold_name

from ..builders import make_network

NAME = "Café Médical & Saint Mary's Hospital"
WRITTEN = (
    NAME.upper(),
    f"  {NAME}  ",
    NAME.replace(" ", "  "),
    NAME.replace(" ", "\u00a0"),
    NAME.replace("'", "’"),
    NAME.replace("&", "and"),
    NAME.replace("M", "M\u200b"),
    unicodedata.normalize("NFD", NAME),
)


@pytest.mark.parametrize("text", WRITTEN)
def test_one_name_written_in_many_ways(text: str) -> None:
    assert fold_name(text) == fold_name(NAME)
    assert NameIndex(["a", "b"], [NAME, "Other"]).find(text) == "a"


def test_an_id_goes_before_a_name_and_namesakes_are_nobody() -> None:
    index = NameIndex(["x", "y", "z"], ["y", "Clinic", "Clinic"])
    assert index.find("y") == "y"
    assert index.find("clinic") == "" and index.list_named("CLINIC") == ["y", "z"]


def test_only_likely_names_are_suggested() -> None:
    index = NameIndex(["a", "b"], ["Cedar County Hospital", "Bow Creek Clinic"])
    assert index.suggest("Cedar Cty Hospital") == ["Cedar County Hospital"]
    assert index.suggest("zzz") == []


def test_a_double_space_in_a_membership_loses_no_tie() -> None:
    net = make_network(["a", "Rural  Network"], [("a", "Rural Network")])
    assert net.resolve(net.organizations["name"]).tolist() == net.ids.tolist()
    assert len(net.ties) == 1
