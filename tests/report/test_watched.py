"""Numbers that a run watches are those of the verbs and of the report."""

from __future__ import annotations

import partnet as pn
from partnet.report.answers import Answers
from partnet.report.watched import Crossing, is_number, list_watched, watch

from ..builders import make_network

DAY = "2026-06-30"


def count(net: pn.Network, name: str, earlier: pn.Network | None = None) -> float | None:
    (found,) = watch(Answers(net.at(DAY), earlier), {name: 0}, {})
    return found.found


def make_outcomes() -> pn.Network:
    rows = [
        {"outcome": "Meet", "type": "action step", "owner": "a", "due": "2026-01-01"},
        {"outcome": "Call", "type": "action step", "owner": "a", "due": "2026-12-01"},
    ]
    return make_network("abc", ["ab", "bc"], outcomes=rows)


def test_outcomes_are_those_of_the_verb() -> None:
    net = make_outcomes()
    said = pn.check_outcomes(net, as_of=DAY).claims["outcomes"]
    assert count(net, "overdue_outcomes") == said["overdue"] == 1
    assert count(net, "open_outcomes") == said["open"] == 1
    assert count(net, "check_outcomes.outcomes.overdue") == 1


def test_what_is_not_known_crosses_nothing() -> None:
    net = make_network("ab", ["ab"])
    assert count(net, "response_rate") is None and count(net, "new_gaps") is None
    assert count(net, "find_bridges.what_breaks.cut_off") is None  # nothing breaks
    (found,) = watch(Answers(net.at(DAY)), {}, {"response_rate": 0.9})
    assert not found.crossed


def test_any_number_of_a_sentence() -> None:
    net = make_network("abcd", ["ab", "bc"])
    assert count(net, "describe_network.who.organizations") == 4
    assert count(net, "measure_structure.components.isolates") == 1


def test_new_gaps_are_those_of_since_last_time() -> None:
    before = make_outcomes()
    assert count(before, "new_gaps", before.at(DAY)) == 0


def test_gaps_and_money_are_those_of_the_verbs() -> None:
    net = make_network("ab", ["ab"])
    assert count(net, "gaps") == len(pn.find_gaps(net, as_of=DAY).table)
    money = [{"recipient": "a", "program": "P", "amount": 5, "period_end": "2026-09-30"}]
    assert count(make_network("ab", funding=money), "awards_ending") == 1


def test_beyond_a_limit_either_way() -> None:
    assert (
        Crossing("x", 3, 4, at_least=False).crossed and Crossing("x", 3, 2, at_least=True).crossed
    )
    assert not Crossing("x", 3, 3, at_least=False).crossed
    assert not Crossing("x", 3, 3, at_least=True).crossed
    assert not is_number(True) and not is_number("3") and not is_number(float("nan"))


def test_every_named_number_can_be_worked_out_of_an_empty_network() -> None:
    net = make_network("")
    for name in list_watched():
        found = count(net, name)
        assert found is None or found == 0, name
