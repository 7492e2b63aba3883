"""Every verb, brief, export, explorer and side file that partnet can make holds no secret."""

from __future__ import annotations

import inspect
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import partnet as pn
from partnet.cli.history import write_mail
from partnet.core.network import Network
from partnet.io.formats.registry import list_writers
from partnet.questions.comparison.since import show_alike, tell_since
from partnet.report.render import RENDERERS
from partnet.views.draw import render_network

from .test_audience import DAY, FREE_FOR_PARTNERS, READER, TOKEN, make_tables, unpack

RATING = rb"77123\.25"
# What stands for a secret: words for partners; for the public EIN and NPI as well.
HIDDEN = {
    "partner": re.compile(TOKEN.pattern + b"|" + RATING, re.IGNORECASE),
    "public": re.compile(
        TOKEN.pattern + b"|" + RATING + rb"|\b98-?0000\d{3}\b|8765000\d{3}", re.IGNORECASE
    ),
}
WRITERS = {"export_network", "write_questionnaires"}
FEW: dict[str, Any] = {"splits": 2, "permutations": 19, "imputations": 5, "draws": 50}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def net() -> Network:
    return pn.read_network(make_tables())


def list_verbs() -> list[str]:
    """Names of what answers with a result when it is given a network."""
    functions = {name: getattr(pn, name) for name in pn.__all__}
    return sorted(
        name
        for name, function in functions.items()
        if inspect.isfunction(function)
        and next(iter(inspect.signature(function).parameters), "") == "net"
        and inspect.signature(function).return_annotation == "Result"
        and name not in WRITERS
    )


def ask(verb: str, net: Network, *, reader: str = READER, day: Any = DAY) -> pn.Result:
    """Ask a verb, with what it needs and few repetitions."""
    function: Callable[..., pn.Result] = getattr(pn, verb)
    other = next(id_ for id_ in net.ids if id_ != reader)
    needed = {"organization": reader, "partner": other, "others": [net]}
    known = inspect.signature(function).parameters
    required = {name for name, one in known.items() if one.default is one.empty}
    given = {name: value for name, value in needed.items() if name in required}
    few = {name: value for name, value in (FEW | {"as_of": day}).items() if name in known}
    wish = {"remove": [other]} if verb == "simulate" else {}
    return function(net, **given, **few, **wish)


def write_briefs(verb: str, net: Network) -> Iterator[tuple[str, bytes]]:
    """A result as data and as a person sees it, and its brief in every format."""
    result = ask(verb, net)
    yield f"{verb}.json", result.to_json().encode()
    yield f"{verb} in a notebook", (repr(result) + result._repr_html_()).encode()
    with tempfile.TemporaryDirectory() as folder:
        yield f"{verb}.csv", pn.write_brief(result, Path(folder, "table.csv")).read_bytes()
    brief = pn.build_brief(result)
    for ending, render in RENDERERS.items():
        if ending != ".pptx" or pytest.importorskip("pptx"):
            yield from unpack(f"{verb}{ending}", render(brief))


def write_files(net: Network, folder: Path) -> Iterator[tuple[str, bytes]]:
    """What else is written: explorer, formats with side files, check pack, pictures, mail, tables.

    The mail is that of a run whose last state is shown to the same reader.
    """
    yield "explorer.html", pn.explore_network(net, as_of=DAY).html.encode()
    yield "map.svg", render_network(net, format="svg", as_of=DAY)
    earlier = net.at("2000-01-01")
    found = tell_since(show_alike(earlier, net), net.at(DAY))
    yield "mail.txt", write_mail(found, net.title, DAY).encode()
    pn.write_network(net, folder / "tables")
    for format_ in list_writers():
        place = folder / format_.name
        place.mkdir()
        suffix = "" if format_.folder else format_.suffixes[0]
        pn.export_network(net, place / f"map{suffix}", format=format_.name)
    pn.write_check_pack(net, folder / "check", as_of=DAY)
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield from unpack(path.relative_to(folder).as_posix(), path.read_bytes())


def find_secrets(files: Iterator[tuple[str, bytes]], audience: str) -> dict[str, set[str]]:
    """Secrets by file, without those that this reader may see."""
    found, free = {}, FREE_FOR_PARTNERS if audience == "partner" else set()
    for name, content in files:
        hits = {hit.decode().lower() for hit in HIDDEN[audience].findall(content)}
        if hits - free:
            found[name] = hits - free
    return found


def test_a_verb_that_is_new_is_asked_as_well() -> None:
    assert {"find_gaps", "recommend_partners", "list_practices", "simulate"} <= {*list_verbs()}


@pytest.mark.parametrize("verb", list_verbs())
@pytest.mark.parametrize("audience", ["public", "partner"])
def test_no_verb_and_no_brief_holds_a_secret(verb: str, audience: Any, net: Network) -> None:
    assert find_secrets(write_briefs(verb, net.for_audience(audience)), audience) == {}


@pytest.mark.parametrize("audience", ["public", "partner"])
def test_no_file_holds_a_secret(audience: Any, net: Network, tmp_path: Path) -> None:
    assert find_secrets(write_files(net.for_audience(audience), tmp_path), audience) == {}


def test_the_secrets_are_found_where_they_may_be_seen(net: Network, tmp_path: Path) -> None:
    """Else nothing above could fail."""
    assert find_secrets(write_briefs("describe_organization", net), "public")
    found = find_secrets(write_files(net, tmp_path), "public")
    assert {"cx2", "graphml", "kumu"} <= {name.split("/")[0] for name in found}
