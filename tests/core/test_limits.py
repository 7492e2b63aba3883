"""Limits of a repeated run: what can be watched is known before the work."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnet.config import read_config
from partnet.core.errors import UsageError
from partnet.core.results.limits import NEEDS_HISTORY, WATCHED, list_claims, read_limits
from partnet.questions.gaps.kinds import list_thresholds
from partnet.report.watched import list_verbs, list_watched


def read(table: dict[str, object], *, history: bool = False) -> dict[str, float]:
    return read_limits("monthly.toml, thresholds", table, ["gaps"], history=history)


def test_what_is_described_is_what_is_counted() -> None:
    assert {*list_watched()} == {*WATCHED, *list_thresholds()}


def test_claims_are_of_verbs_that_are_asked() -> None:
    claims = list_claims()
    assert len(claims) > 150 and "find_bridges.bridge_ties.ties" in claims
    assert {claim.partition(".")[0] for claim in claims} <= {*list_verbs()}
    assert all(claim.count(".") >= 2 and claim == claim.strip() for claim in claims)


def test_names_with_dots_are_written_either_way() -> None:
    name = "measure_structure.density.density"
    assert read({name: 0.5}) == read({"measure_structure": {"density": {"density": 0.5}}})
    assert read({"gaps": 3, name: 1}) == {"gaps": 3.0, name: 1.0}


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"gasp": 3}, "found gasp = 3. Allowed are gaps, new_gaps"),
        ({"find_bridges": {"bridge_ties": {"tie": 3}}}, r"here .*find_bridges\.bridge_ties\.ties"),
        ({"gaps": "many"}, "gaps: found 'many'. Allowed is a number"),
        ({"gaps": float("nan")}, "found nan"),
        ({NEEDS_HISTORY: 3}, "without the key history"),
        ({"x": {}}, None),
    ],
)
def test_what_cannot_be_watched_is_refused(table: dict[str, object], said: str | None) -> None:
    if said is None:
        assert read(table) == {}
        return
    with pytest.raises(UsageError, match=said):
        read(table)
    assert read({NEEDS_HISTORY: 3}, history=True) == {NEEDS_HISTORY: 3.0}


def test_a_table_of_any_depth_is_refused_and_named_in_a_line() -> None:
    deep: dict[str, object] = {"x": 1}
    for _ in range(5_000):
        deep = {"a": deep}
    for table in (deep, {"y" * 900: 1}, {"\x1b[31m": 1}):
        with pytest.raises(UsageError) as refused:
            read(table)
        assert len(str(refused.value)) < 600 and str(refused.value).isprintable()


def test_a_configuration_reads_both_tables(tmp_path: Path) -> None:
    path = tmp_path / "monthly.toml"
    limits = "[thresholds]\nfind_bridges.bridge_ties.ties = 2\n[at_least]\nresponse_rate = 0.7\n"
    path.write_text(f'input = "net"\noutput = "a.html"\n{limits}', encoding="utf-8")
    config = read_config(path)
    assert config.thresholds == {"find_bridges.bridge_ties.ties": 2.0}
    assert config.at_least == {"response_rate": 0.7}
    path.write_text('input = "net"\noutput = "a.html"\nat_least = 3\n', encoding="utf-8")
    with pytest.raises(UsageError, match=r"at_least: found 3. Allowed is a table"):
        read_config(path)
