"""The first screen: a sentence with its caveat, cards, tiles, what is not known; the folds."""

from __future__ import annotations

import pandas as pd
import pytest

import partnet as pn
from partnet.core.network import Network
from partnet.core.results.shown import Column
from partnet.report.answers import Answers
from partnet.report.first_screen.first_steps import WHY, _shorten
from partnet.report.first_screen.summary import write_summary
from partnet.report.first_screen.tiles import list_tiles
from partnet.report.folding import MOST_ROWS, fold_section
from partnet.report.html import render_html
from partnet.report.model import (
    BarsBlock,
    CardsBlock,
    FactsBlock,
    FigureBlock,
    NoteBlock,
    Report,
    Section,
    TableBlock,
)

from ..builders import make_network

DAY = "2026-06-30"
# The office reaches everybody; without it, only the hub joins the right side to the left.
SIDES = [("a", "b"), ("b", "hub"), ("a", "hub"), ("hub", "c"), ("c", "d")]
OFFICE = [("office", one) for one in ("a", "b", "c", "d")]


def read_summary(net: Network) -> Section:
    return write_summary(Answers(net.at(DAY)))


def make_corner() -> Network:
    """Five counties of the sample."""
    net = pn.load_sample("prairie")
    counties = ["31027", "31107", "31139", "31167", "31179"]
    return net.subnetwork(list(net.ids[net.organizations["county_fips"].isin(counties)]))


def make_hub(*, convener: str = "office") -> Network:
    ids = ["a", "b", "c", "d", "hub", "office"]
    about = [{"setting": "convener", "value": convener}] if convener else []
    return make_network(ids, [*SIDES, *OFFICE], about=about)


def test_what_holds_only_without_the_convener_says_so() -> None:
    lead = read_summary(make_hub()).lead
    assert lead[0].startswith(
        "The network depends on OFFICE: without it, HUB is the only road to 2 organizations"
    )


def test_without_a_convener_nobody_is_left_out() -> None:
    lead = " ".join(read_summary(make_hub(convener="")).lead)
    assert "only road" not in lead and "depends on" not in lead


def test_what_holds_with_the_convener_as_well_has_no_caveat() -> None:
    net = make_network(["a", "b", "c", "office"], [("a", "b"), ("b", "c"), ("office", "a")],
                       about=[{"setting": "convener", "value": "office"}])  # fmt: skip
    said = pn.find_bridges(net, as_of=DAY).say("what_breaks")[0]
    assert said.claims["otherwise"] == said.claims["cut_off"] == 1
    assert "ties of" not in said
    assert read_summary(net).lead[0].startswith("B is the only road to 1 organization")


def test_the_public_is_not_told_what_breaks_nor_who_misses_a_rule() -> None:
    net = make_corner()
    summary = read_summary(net.for_audience("public"))
    cards = next((b.cards for b in summary.blocks if isinstance(b, CardsBlock)), ())
    said = " ".join([*summary.lead, *(line for card in cards for line in card.lines())])
    for word in ("only road", "agreement", "485.616", "visit"):
        assert word not in said


def test_every_card_can_be_read_alone() -> None:
    net = make_corner()
    blocks = read_summary(net).blocks
    cards = next(b for b in blocks if isinstance(b, CardsBlock)).cards
    names = set(net.names) | {"EMS agencies", "Rural Health Clinics", "Tribes"}
    assert 3 <= len(cards) <= 5
    for card in cards:
        assert any(name in card.todo for name in names), card
        assert card.why and card.when and len(card.why) < 140
    assert any(isinstance(b, FigureBlock) for b in blocks)


def test_without_a_tie_nobody_is_ranked_and_it_is_said_how_to_ask() -> None:
    shared = [{"organization": id_, "service": "dental care"} for id_ in "ab"]
    blocks = read_summary(make_network("abc", services=shared)).blocks
    first = blocks[0]
    assert isinstance(first, NoteBlock) and "partnet survey new" in first.text
    assert not any(isinstance(block, BarsBlock) for block in blocks)


def test_a_long_note_is_folded_and_none_of_it_is_lost() -> None:
    section = Section("summary", "Summary", ("Said.",))
    long = f"Made from public files: {'and more ' * 60}end."
    page = render_html(Report("Title", "Report", (section,), note=long)).decode("utf-8")
    assert "<summary>About this file: Made from public files</summary>" in page and long in page
    short = render_html(Report("Title", "Report", (section,), note="Invented.")).decode("utf-8")
    assert '<p class="note">Invented.</p>' in short


def test_tiles_say_of_how_many() -> None:
    tiles = next(b for b in read_summary(make_hub()).blocks if isinstance(b, FactsBlock))
    assert ("organizations", "6") in tiles.facts
    assert ("working ties on file", "9") in tiles.facts
    homes = {"a": "31027", "b": "31107"}
    home = [{"id": i, "name": i, "kind": "food", "county_fips": f} for i, f in homes.items()]
    tiles = next(b for b in read_summary(make_network(home)).blocks if isinstance(b, FactsBlock))
    assert tiles.facts[0] == ("organizations in 2 of 93 counties", "2")


def test_a_rule_of_which_nothing_is_known_is_no_key_figure() -> None:
    net = make_corner()
    tables = {name: net.rows(name) for name in ("organizations", "services", "ties")}
    bare = pn.read_network({n: t.drop(columns="provenance") for n, t in tables.items()})
    rules = pn.find_gaps(bare, "rule", as_of=DAY).tables["rules"]
    known = rules[~rules["status"].isin(["unknown", "does not apply"])]
    tiles = list_tiles(Answers(bare.at(DAY)))
    said = [label for label, _ in tiles if " under the rule have on file: " in label]
    assert len(said) == bool(len(known))
    assert "provider of" not in str(tiles) and tiles[0][0] == "organizations in 5 of 93 counties"


def make_sectors() -> Network:
    """Eight sectors, a State Office among them; nobody speaks for the others."""
    kinds = ["hospital", "rural_health_clinic", "pharmacy", "payer", "home_health", "oral_health"]
    kinds += ["ahec", "hie", "state_office_of_rural_health", "rural_health_network"]
    rows = [{"id": kind, "name": kind, "kind": kind, "state": "NE"} for kind in kinds]
    return make_network(rows, [("hospital", "state_office_of_rural_health")])


def test_who_is_missing_is_asked_for_at_once_and_care_comes_first() -> None:
    """Of six voices that nobody has, a card named banks, the first by the alphabet."""
    summary = read_summary(make_sectors())
    cards = next(b for b in summary.blocks if isinstance(b, CardsBlock)).cards
    (asked,) = [card for card in cards if "who speaks" in card.todo]
    assert asked.todo.startswith(
        "Ask partners who speaks here for public health, behavioral health, emergency medical "
    )
    assert "banks" not in asked.todo and " more, and invite them" in asked.todo
    gaps = pn.find_gaps(make_sectors(), "voice", as_of=DAY).table
    assert "banks (sector)" in set(gaps["rule"])  # each stays a gap of its own


def test_what_one_alone_must_have_is_no_key_figure() -> None:
    net = make_sectors()
    rules = pn.find_gaps(net, "rule", as_of=DAY).tables["rules"]
    known = rules[~rules["status"].isin(["unknown", "does not apply"])]
    assert known.groupby("rule").size().max() == 1  # a rule for the State Office
    assert not [label for label, _ in list_tiles(Answers(net.at(DAY))) if "the rule" in label]


def test_a_list_that_is_cut_ends_in_words() -> None:
    """The line ended in "and 2 …"."""
    start = f"on file only with {'x' * (WHY - 30)}"
    assert _shorten(f"{start} and 2 more organizations").endswith("x and others")
    assert _shorten(f"{start} and {'y' * 40}").endswith("x and others")
    assert _shorten(f"{start} in words {'y' * 40}").endswith("x in words …")
    assert _shorten("on file only with A and 2 more") == "on file only with A and 2 more"


def test_nobody_here_is_said_and_nothing_else() -> None:
    summary = read_summary(make_network([]))
    assert summary.lead and not summary.blocks


def test_what_is_not_known_leads_to_the_data() -> None:
    note = next(b for b in read_summary(make_hub()).blocks if isinstance(b, NoteBlock))
    assert note.section == "quality" and note.text.endswith("No tie on file does not mean no tie.")


def make_table(rows: int, *, shown: int = 12, cell: str = "x") -> TableBlock:
    frame = pd.DataFrame({"name": [cell] * rows, "number": range(rows)})
    columns = (Column("name", "Name"), Column("number", "Number", "count"))
    return TableBlock("Table", frame, columns, "Sheet", shown)


def test_three_sentences_and_five_rows_are_open() -> None:
    lead = tuple(f"Sentence {k}." for k in range(5))
    folded = fold_section(Section("a", "A", lead, (make_table(300), make_table(4, shown=0)), "A"))
    assert folded.lead == lead[:3] and folded.more == lead[3:]
    (open_,), (whole,) = folded.blocks, folded.behind
    assert isinstance(open_, TableBlock) and isinstance(whole, TableBlock)
    assert len(open_.frame) == 5 and whole.rows == MOST_ROWS
    assert whole.caption == "Table: the first 200 of 300"
    assert folded.annex == ("Sheet",) and folded.said == "2 sentences and 1 table"


@pytest.mark.parametrize(
    ("rows", "cell", "behind"), [(5, "x", 0), (5, "long " * 40, 1), (6, "x", 1)]
)
def test_a_table_stands_once_where_all_of_it_is_open(rows: int, cell: str, behind: int) -> None:
    folded = fold_section(Section("a", "A", ("Said.",), (make_table(rows, cell=cell),), "A"))
    assert len(folded.behind) == behind


def test_a_long_sentence_stands_alone_and_a_brief_is_not_folded() -> None:
    lead = ("word " * 200, "Second.")
    assert fold_section(Section("a", "A", lead, entry="A")).lead == lead[:1]
    assert fold_section(Section("a", "A", lead, (make_table(300),))).behind == ()


def test_without_ties_one_sentence_leads_and_a_note_says_what_is_missing() -> None:
    rows = [{"id": id_, "name": id_, "kind": "food", "county_fips": "31027"} for id_ in "abc"]
    offered = [{"organization": id_, "service": "meals"} for id_ in "abc"]
    summary = read_summary(make_network(rows, services=offered))
    (lead,) = summary.lead
    assert lead.startswith("The network has 3 food organizations") and "affinity" not in lead
    assert " gap" in lead and lead.endswith(".")
    first = summary.blocks[0]
    assert isinstance(first, NoteBlock) and first.heading == "What the file does not tell"


def test_one_organization_alone_is_told_what_is_missing_and_every_section_has_a_heading() -> None:
    row = {"id": "a", "name": "a", "kind": "hospital", "county_fips": "31027", "state": "NE"}
    report = pn.build_report(make_network([row]))
    page = render_html(report).decode("utf-8")
    assert "What the file does not tell" in page
    assert all(section.title for section in report.sections)
    pictures = [b for b in report.section("central").blocks if isinstance(b, FigureBlock)]
    assert pictures == [], "an empty picture says nothing"


def test_judgments_that_cannot_be_made_are_no_answer() -> None:
    row = {"id": "a", "name": "a", "kind": "critical_access_hospital", "state": "NE"}
    office = {"id": "o", "name": "o", "kind": "state_office_of_rural_health", "state": "NE"}
    found = pn.find_gaps(make_network([row, office], [("a", "o")]), kinds="rule")
    (said,) = found.say("rule")
    unknown = int((found.tables["rules"]["status"] == "unknown").sum())
    assert unknown and f"Of the other {unknown} judgments, none can be made" in str(said)
    assert "first: o, Flex Program consults" in str(said), "names keep their capitals"
