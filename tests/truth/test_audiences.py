"""Who else than the reader is named beside a rule, an agreement or a visit: nobody."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

import pytest

import partnet as pn
from partnet.core.network import Network
from partnet.core.results.result import Result
from partnet.report.render import RENDERERS

from ..core.test_secrets import ask, list_verbs
from .coalition import DAY, MEASURES, write_coalition

READER = "cedar-hospital"
VERBS = (
    *(*MEASURES, "find_gaps", "recommend_partners", "plan_introductions", "find_introductions"),
    *("describe_convenings", "list_expected_partners", "prepare_session", "plan_visits"),
    *("check_outcomes", "profile_partnerships", "measure_trust", "track_goals"),
    *("list_leaders", "list_practices", "list_voices"),
)
# Words of a judgment on somebody; what the law asks of a kind is none.
JUDGED = re.compile(
    r"485\.616|agreements? on file|agreements? (is|are|ends?|has|have|lapsed)|lapsed|if signed|"
    r"never (been )?(seen|visited)|last seen|no visit",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def coalition(tmp_path_factory: pytest.TempPathFactory) -> Network:
    return pn.read_network(write_coalition(tmp_path_factory.mktemp("coalition")))


def list_pieces(result: Result) -> Iterator[str]:
    """Every sentence of a result, and every row of every table as one line."""
    yield from map(str, result.sentences)
    for table in (result.table, *result.tables.values()):
        for row in table.itertuples(index=False):
            yield " | ".join(map(str, row))


def pick_told(net: Network, pieces: Iterable[str]) -> list[str]:
    """What names somebody else than the reader beside a judgment on rules, agreements or visits."""
    others = {name for id_, name in zip(net.ids, net.names, strict=True) if id_ != net.reader}
    return [
        piece
        for piece in pieces
        if JUDGED.search(piece) and any(name in piece for name in others)
        if not (net.reader and net.name(net.reader) in piece)
    ]


def find_told(net: Network, verbs: tuple[str, ...]) -> dict[str, list[str]]:
    """The same by verb."""
    told = {verb: pick_told(net, list_pieces(getattr(pn, verb)(net, as_of=DAY))) for verb in verbs}
    return {verb: pieces for verb, pieces in told.items() if pieces}


def test_the_words_are_there_for_the_office(coalition: Network) -> None:
    """Else the tests below could not fail."""
    assert len(find_told(coalition, ("find_gaps",))["find_gaps"]) > 5


def test_the_public_is_told_of_nobody(coalition: Network) -> None:
    assert find_told(coalition.for_audience("public"), VERBS) == {}


def test_a_partner_is_told_of_itself_alone(coalition: Network) -> None:
    shown = coalition.for_audience("partner", READER)
    assert find_told(shown, VERBS) == {}
    gaps = pn.find_gaps(shown, "rule", as_of=DAY).table
    assert len(gaps) and (gaps[["organization", "other"]] == READER).any(axis=1).all()


def test_who_is_not_shown_is_said(coalition: Network) -> None:
    for kind in ("rule", "agreement", "contact"):
        found = pn.find_gaps(coalition.for_audience("public"), kind, as_of=DAY)
        assert found.table.empty and "not shown to this reader" in found.text


AUDIENCES: tuple[tuple[Literal["public", "partner"], str | None], ...] = (
    *(("public", None), ("partner", READER)),
)


@pytest.mark.slow
@pytest.mark.parametrize("verb", list_verbs())
def test_no_verb_and_no_brief_names_another(verb: str, coalition: Network) -> None:
    """Every verb there is, as data and as its brief shows it."""
    for audience, reader in AUDIENCES:
        shown = coalition.for_audience(audience, reader)
        result = ask(verb, shown, reader=READER, day=DAY)
        assert pick_told(shown, list_pieces(result)) == [], audience
        page = RENDERERS[".html"](pn.build_brief(result)).decode()
        assert pick_told(shown, read_page(page)) == [], audience


@pytest.mark.slow
@pytest.mark.parametrize(("audience", "reader"), AUDIENCES)
def test_no_report_names_another(
    audience: Literal["public", "partner"], reader: str | None, coalition: Network, tmp_path: Path
) -> None:
    shown = coalition.for_audience(audience, reader)
    path = pn.write_report(shown, tmp_path / "report.html", as_of=DAY)
    assert pick_told(shown, read_page(path.read_text("utf-8"))) == []


def read_page(page: str) -> Iterator[str]:
    """Every paragraph, item and row of a page as one line."""
    page = re.sub(r"<(script|style|svg)\b.*?</\1>", "", page, flags=re.DOTALL)
    pieces = re.split(r"</?(?:tr|p|li|h\d|div|figcaption|dd|dt)\b[^>]*>", page)
    yield from (html.unescape(re.sub("<[^>]+>", " ", piece)) for piece in pieces)
