"""Networks side by side: places by hand, and every reason why something is not compared."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import partnet as pn
from partnet.cli import cli
from partnet.core.network import Network
from partnet.report.answers import Answers
from partnet.report.build import _show_others
from partnet.report.contents import _write_others

from ...builders import make_network

PARTNERS = "mean number of partners"
ALL = ["ab", "ac", "ad", "bc", "bd", "cd"]


def make(ids: str, pairs: list[str], title: str, **tables: Any) -> Network:
    ties = [{"source": p[0], "target": p[1], "relation": "referral"} for p in pairs]
    return make_network(ids, ties, about=[{"setting": "title", "value": title}], **tables)


def asked(ids: str, answered: str, design: str = "roster") -> list[dict[str, str]]:
    return [
        {"respondent": i, "relation": "referral", "design": design,
         "answered": "yes" if i in answered else "no"}
        for i in ids
    ]  # fmt: skip


OURS = make("abcd", ["ab", "ac", "bc"], "Ours")
FULL, CHAIN, EMPTY = make("abcd", ALL, "Full"), make("abcd", ["ab"], "Thin"), make("abc", [], "No")


def why(found: pn.Result, statistic: str, network: str) -> tuple[str, str]:
    rows = found.tables["networks"].set_index(["statistic", "network"])
    row = rows.loc[statistic, network]
    return row["comparable"], row["why"]


def test_places_are_those_of_the_values() -> None:
    found = pn.benchmark_networks(OURS, [FULL, CHAIN], draws=20)
    row = found.table.set_index("statistic").loc[PARTNERS]
    assert (row["ours"], row["lowest"], row["median"], row["highest"]) == (1.5, 0.5, 1.75, 3)
    assert (row["rank"], row["of"], row["left_out"]) == (2, 3, 0)
    assert row["clearly_below"] in (0, 1) and row["clearly_above"] in (0, 1)
    density = found.table.set_index("statistic").loc["density"]
    assert (density["ours"], density["highest"]) == (0.5, 1)
    alone = found.table.set_index("statistic").loc["share without a tie"]
    assert (alone["ours"], alone["rank"]) == (0.25, 2)
    assert found.claims[f"standing_{PARTNERS.replace(' ', '_')}"]["rank"] == 2
    assert "ours is 1.5, the 2nd of 3 (others from 0.5 to 3)" in found.text
    shares = "the share that works together): ours is 50%, the 2nd of 3 (others from 16.7% to 100%)"
    assert shares in found.text
    alone = pn.benchmark_networks(OURS, [FULL], draws=20).text
    assert "Transitivity (how often two partners of one organization also work" in alone
    assert "of them" not in alone, "there is one other"


def test_equal_networks_share_the_first_place_and_chance_explains_all() -> None:
    found = pn.benchmark_networks(OURS, [OURS], draws=20)
    row = found.table.set_index("statistic").loc["density"]
    assert (row["rank"], row["clearly_above"], row["clearly_below"]) == (1, 0, 0)
    assert found.tables["about"]["network"].tolist() == ["Ours (1)", "Ours (2)"]


def test_a_clear_difference_is_beyond_the_errors_of_both() -> None:
    ids = "abcdefghijklmnopqrst"
    dense = make(ids, [a + b for a in ids for b in ids if a < b][::2], "Dense")
    thin = make(ids, ["ab", "cd"], "Thin")
    up = pn.benchmark_networks(dense, [thin], draws=50).table.set_index("statistic")
    down = pn.benchmark_networks(thin, [dense], draws=50).table.set_index("statistic")
    for table, column in ((up, "clearly_above"), (down, "clearly_below")):
        assert table.loc["density", column] == 1 and table.loc[PARTNERS, column] == 1


def test_what_cannot_be_compared_is_said() -> None:
    large = make("abcdefgh", ["ab"], "Large")
    other = make_network(
        "abcd",
        [{"source": "a", "target": "b", "relation": "contract"}],
        about=[{"setting": "title", "value": "Other"}],
    )
    found = pn.benchmark_networks(OURS, [large, EMPTY], draws=5)
    assert why(found, "density", "Large")[0] == "no"
    assert "4 organizations here and 8 there" in why(found, "density", "Large")[1]
    assert why(found, PARTNERS, "Large") == ("yes", "")
    assert why(found, PARTNERS, "No")[1].endswith("not on file there")
    assert why(found, "mean trust", "Large") == ("no", "not known here")
    found = pn.benchmark_networks(OURS, [other], draws=5)
    assert why(found, PARTNERS, "Other")[0] == "no", "no relation in common"
    assert found.table.set_index("statistic").loc[PARTNERS, "of"] == 1
    assert "Not compared" in found.text


def test_how_ties_were_asked_for_decides() -> None:
    roster = make("abcd", ["ab"], "Roster", responses=asked("abcd", "abcd"))
    recall = make("abcd", ["ab"], "Recall", responses=asked("abcd", "abcd", "free recall"))
    silent = make("abcd", ["ab"], "Silent", responses=asked("abcd", "ab"))
    found = pn.benchmark_networks(roster, [recall, silent, OURS], draws=5)
    assert why(found, PARTNERS, "Recall") == (
        "no", "ties come from a roster here and from free recall there",
    )  # fmt: skip
    assert why(found, PARTNERS, "Ours")[0] == "no"
    assert why(found, PARTNERS, "Silent") == ("with care", "50% answered there")
    about = found.tables["about"].set_index("network")
    assert about.loc["Silent", "compared"] == 2, "only those who answered"


def make_rated(raters: str, score: str, title: str) -> Network:
    rows = [
        {"rater": r, "rated": "a" if r != "a" else "b", "dimension": "reliability", "value": score}
        for r in raters
    ]
    goals = [{"goal": "G", "target": "1", "due": "2030-01-01"}]
    done = [{"goal": "G", "date": "2026-01-01", "value": "1"}]
    tables = {"ratings": rows, "goals": goals, "measurements": done}
    return make("abcdefg", ["ab"], title, **tables)


def test_trust_is_compared_inside_only_and_from_five_raters_on() -> None:
    ours, theirs = make_rated("abcde", "2", "Ours"), make_rated("abcdef", "4", "Theirs")
    few = make_rated("abcd", "1", "Few")
    found = pn.benchmark_networks(ours, [theirs, few], draws=5)
    row = found.table.set_index("statistic").loc["mean trust"]
    assert (row["ours"], row["highest"], row["rank"], row["of"]) == (2, 4, 2, 2)
    assert why(found, "mean trust", "Few") == ("no", "not known there")
    goals = found.table.set_index("statistic").loc["share of goals reached or on track"]
    assert (goals["ours"], goals["of"]) == (1, 3)
    for audience, other in (("partner", theirs), ("public", theirs.for_audience("public"))):
        told = pn.benchmark_networks(ours.for_audience(audience), [other], draws=5)
        rows = told.tables["networks"].set_index("statistic")
        for name in ("mean trust", "mean value", "share of goals reached or on track"):
            assert rows.loc[name, "value"].isna().all(), (audience, name)
        assert (told.tables["about"]["raters"] == 0).all()


def test_nobody_to_compare_with_is_refused() -> None:
    with pytest.raises(pn.UsageError, match="found no network"):
        pn.benchmark_networks(OURS, [])


def test_the_command_line_writes_a_brief(tmp_path: Path) -> None:
    ours, theirs = (
        str(pn.write_network(net, tmp_path / f"{k}.xlsx")) for k, net in enumerate((OURS, FULL))
    )
    page = tmp_path / "b.html"
    done = CliRunner().invoke(cli, ["benchmark", ours, "--other", theirs, "-o", str(page)])
    assert done.exit_code == 0, done.output
    text = page.read_text("utf-8")
    assert "Where we stand" in text and "Side by side" in text


def test_nothing_that_can_be_compared_is_said_first() -> None:
    found = pn.benchmark_networks(OURS, [EMPTY], draws=20)
    assert found.claims["nothing"] == {"statistics": 8}
    assert "Ours is held against 1 network: No. Nothing can be compared" in found.text
    assert {"mean value", "mean trust"} <= {*found.claims["unknown"]["statistics"]}


def test_it_stands_in_the_report_where_others_are_given() -> None:
    here = OURS.at()
    assert _write_others(Answers(here)) == ()
    answers = Answers(here, None, (FULL.at(), CHAIN.at()))
    (section,) = _write_others(answers)
    assert (section.id, section.title) == ("others", "Among other networks")
    assert "Ours is held against 2 networks: Full and Thin." in section.lead
    assert [result.verb for result in answers.asked] == ["benchmark_networks"], "with its method"


def test_others_are_shown_as_the_reader_may_see_them() -> None:
    rated = [{"rater": a, "rated": "d", "dimension": "reliability", "value": 3} for a in "abcef"]
    other = make("abcdef", ALL, "Rated", ratings=rated)
    (seen,) = _show_others(other, "partner")
    assert seen.audience == "partner" and seen.table("ratings").empty


def test_one_report_alone_can_name_others(tmp_path: Path) -> None:
    pn.write_network(FULL, tmp_path / "full")
    store = tmp_path / "nation.duckdb"
    store.write_bytes(b"")
    args = ["report", str(store), "--every-state", "-o", str(tmp_path), "--other"]
    refused = CliRunner().invoke(cli, [*args, str(tmp_path / "full")])
    assert "--other: found one with --every-state" in str(refused.exception)
