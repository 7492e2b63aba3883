"""Reports of networks that are small, early or dated ahead: what is said of them stays true."""

from __future__ import annotations

import partnet as pn
from partnet.core.network import Network
from partnet.report.answers import Answers
from partnet.report.first_screen.summary import NO_GAP, write_summary
from partnet.report.first_screen.tiles import list_tiles
from partnet.report.model import CardsBlock, NoteBlock
from partnet.report.quality import write_quality

from ..builders import make_network

DAY = "2026-06-30"


def read_notes(net: Network) -> str:
    blocks = write_summary(Answers(net.at(DAY))).blocks
    return " ".join(block.text for block in blocks if isinstance(block, NoteBlock))


def make_ahead() -> Network:
    """Three who are to work together, and a visit that is planned."""
    ties = [{"source": "a", "target": "b", "relation": "referral", "since": "2031-03-01"}]
    contacts = [{"organization": "a", "date": "2031-02-03", "mode": "visit"}]
    return make_network("abc", ties, contacts=contacts)


def test_rows_dated_ahead_are_counted_and_said() -> None:
    said = "2 rows are dated after June 30, 2026 and not counted yet, of ties (1) and contacts (1)"
    net = make_ahead()
    assert said in read_notes(net)
    assert "No working tie is on file as of June 30, 2026:" in read_notes(net)
    quality = " ".join(write_quality(Answers(net.at(DAY))).lead)
    assert f"{said}: correct the dates if that is not meant." in quality
    assert "dated after" not in read_notes(pn.load_sample())
    assert "dated after" not in read_notes(net.for_audience("public"))


def test_what_begins_later_by_design_is_no_slip() -> None:
    signed = {"type": "transfer", "topic": "t", "effective": "2031-01-01"}
    agreements = [{"agreement": "x", "organization": one, **signed} for one in "ab"]
    assert "dated after" not in read_notes(make_network("ab", agreements=agreements))


def test_one_organization_has_no_pairs_to_count() -> None:
    one = make_network("a", services=[{"organization": "a", "service": "dental care"}])
    tiles = list_tiles(Answers(one.at(DAY)))
    assert tiles[0] == ("organization", "1")
    assert not any("pairs" in label for label, _ in tiles)


def test_pairs_in_common_are_said_of_how_many() -> None:
    shared = [{"organization": id_, "service": "dental care"} for id_ in "ab"]
    shared.append({"organization": "c", "service": "transport"})
    tiles = list_tiles(Answers(make_network("abcd", services=shared).at(DAY)))
    label = "pairs share something that not all have; no working tie is on file"
    assert (label, "1 of 6") in tiles
    pair = make_network("ab", [("a", "b")])
    assert ("working tie on file", "1") in list_tiles(Answers(pair.at(DAY)))


def test_no_gap_is_claimed_of_what_is_on_file_only() -> None:
    lead = write_summary(Answers(make_network("ab", [("a", "b")]).at(DAY))).lead[0]
    assert NO_GAP in lead and NO_GAP.endswith("in what is on file")


def test_first_screens_say_chance_in_words() -> None:
    answers = Answers(pn.load_sample().at(DAY))
    summary = write_summary(answers)
    cards = next(block for block in summary.blocks if isinstance(block, CardsBlock))
    assert "(p " not in " ".join(card.why for card in cards.cards)
    evidence = " ".join(answers.of(pn.find_gaps).table["evidence"])
    assert " p = " not in evidence and "(p <" not in evidence and "(p =" not in evidence
