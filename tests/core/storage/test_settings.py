"""Settings that are no settings: each is refused in a sentence, in no time."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnet import InputError
from partnet.config import read_snapshot
from partnet.core.storage.settings import read_json, read_toml
from partnet.core.vocabulary import default_vocabulary
from partnet.io.typed.own_words import extend_from_file


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a = " + b"[" * 50_000, "nested beyond what can be read"),
        (b"a = 9" + b"9" * 5_000, "a number of more digits"),
        (b"a." * 500_000 + b"b = 1", "a key of more than 50 parts"),
        (b"x = {" + b"a . " * 100_000 + b"b = 1}", "a key of more than 50 parts"),
        (b"\xff\xfea\x00=\x001\x00", "not in UTF-8"),
        (b"\x00", "not TOML"),
        (b"a = 1\n" * 400_000, "A TOML file here has at most 2 MB"),
        (b"<xml/>", "not TOML"),
    ],
)
def test_toml_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(content)
    with pytest.raises(InputError, match=words) as caught:
        read_toml(path)
    assert str(caught.value).startswith("a.toml: found")


def test_toml_that_is_long_and_right(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text("a.b.c = 1\nnote = '" + "a. " * 40 + "'\n" + "x" * 500_000 + " = 1\n", "utf-8")
    assert read_toml(path)["a"] == {"b": {"c": 1}}


@pytest.mark.parametrize("name", ["", "no.toml", "a\x00b", "x" * 400])
def test_no_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError):
        read_toml(tmp_path / name)


@pytest.mark.parametrize("text", ["[" * 100_000, "9" * 5_000, "\ud800", "", "{'a': 1}"])
def test_json_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "s.json"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(InputError, match=r"s\.json: found"):
        read_json(path)


@pytest.mark.parametrize("text", ["[]", '{"a": 1}', '{"a": [1]}', '"x"', '{"a": {"b": "c"}}'])
def test_another_file_is_no_snapshot(tmp_path: Path, text: str) -> None:
    path = tmp_path / "s.json"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError, match="no snapshot of partnet"):
        read_snapshot(path)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("kinds = 1", "vocabulary, kinds: found 1"),
        ('[kinds.x]\naliases = "y"', "vocabulary, kinds, x, aliases: found 'y'"),
        ("[kinds.x]\nlabel = 1", "vocabulary, kinds, x, label: found 1"),
        ("[relations.x]\ndirected = 'yes'", "vocabulary, relations, x, directed: found 'yes'"),
        ("[ladders.x]\nlevels = ['a', 'A']", "found a level twice"),
        ("[ladders.x]\nlevels = ['a']\naliases.b = ['c']", "found the level 'b'. Allowed are a."),
        ("[ladders.x]\nlevels = ['a']\nnumbers = 'up'", "Allowed is one of weakest first, strong"),
        ("[none]\nanswers = [1]", "vocabulary, none, answers, entry 1: found 1"),
        ("[relations.x.levels]\n7 = ['y']", "vocabulary, relations, x, levels"),
    ],
)
def test_words_of_the_wrong_type(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "vocabulary.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError, match=words):
        extend_from_file(default_vocabulary(), path)
