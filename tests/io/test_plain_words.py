"""A cell of nothing but letters and digits is told at once, as by every rule."""

from __future__ import annotations

import random
import string

import pytest

from partnet.io.shapes.cells.above import DITTO, DITTO_WORDS, is_ditto
from partnet.io.shapes.cells.legend import _is_legend
from partnet.io.values.words import _says_nothing, fold_cell, is_nothing, list_words

KINDS = ("text", "value", "label", "name")


def make_words() -> list[str]:
    listed = [*list_words("blank"), *list_words("not_known"), *list_words("no_name"), *DITTO_WORDS]
    drawn = random.Random(7)
    letters = string.ascii_letters + string.digits
    made = ["".join(drawn.choices(letters, k=drawn.randint(1, 6))) for _ in range(2_000)]
    cased = [f(word) for word in listed for f in (str, str.upper, str.title)]
    return [*cased, *made, *(f"{word}1" for word in listed), "o000123", "0", "00", "see", "have"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_short_way_says_what_the_rules_say(kind: str) -> None:
    words = make_words()
    assert [is_nothing(word, kind) for word in words] == [_says_nothing(w, kind) for w in words]
    assert any(is_nothing(word, kind) and word.isalnum() for word in words)


def test_a_ditto_is_no_plain_word_but_one() -> None:
    for word in make_words():
        marked = bool(DITTO.fullmatch("".join(word.split()))) or fold_cell(word) in DITTO_WORDS
        assert is_ditto(word) == (marked and len(word) <= 20)


def test_a_long_column_is_known_by_its_first_cell_that_explains_nothing() -> None:
    asked = []

    def read() -> object:
        for text in ["R = referral", "Legend", "", "cedar", *["S = staff"] * 1_000]:
            asked.append(text)
            yield text

    assert not _is_legend(read()) and len(asked) == 4
    assert _is_legend(["Key", "R = referral", "", "S = shared staff"])
    assert not _is_legend(["Key", "R = referral"])
