"""What a question asks: a relation, how often, a dimension; and what is an answer to it."""

from __future__ import annotations

import re

from ...core.rows.ratings import list_dimensions
from ...core.vocabulary import Vocabulary, fold_word
from ..form import OFTEN, WORKS, read_step, read_word

OFTEN_WORDS = re.compile(r"how (often|frequently)|frequency", re.IGNORECASE)


def find_question(question: str, vocabulary: Vocabulary) -> str:
    """What a question asks of one partner: how often, a dimension, a relation."""
    asked = find_asked(question, vocabulary)
    if asked != WORKS:
        return asked
    return OFTEN if OFTEN_WORDS.search(question) else find_dimension(question) or asked


def find_asked(question: str, vocabulary: Vocabulary) -> str:
    """Give the relation that a question names: the longest word for one; else working together.

    Examples
    --------
    >>> from partnet import default_vocabulary
    >>> find_asked("Do you share data with them?", default_vocabulary())
    'data_sharing'
    """
    text = f" {fold_word(question)} "
    best = ("", WORKS)
    for relation in vocabulary.relations.values():
        if relation.working:
            for word in map(fold_word, relation.words):
                if len(word) > max(len(best[0]), 3) and f" {word} " in text:
                    best = (word, relation.id)
    return best[1]


def find_dimension(question: str) -> str:
    """Give the dimension of value or trust that a question names; "" for none.

    Examples
    --------
    >>> find_dimension("How reliable is this organization?"), find_dimension("Do you meet?")
    ('reliability', '')
    """
    text = f" {fold_word(question)} "
    best = ("", "")
    for each in list_dimensions().values():
        for word in map(fold_word, (each.label, *each.aliases)):
            if len(word) > len(best[0]) and f" {word} " in text:
                best = (word, each.id)
    return best[1]


def is_answer(text: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a text is an answer to choose: yes, no, don't know, a level, a step."""
    known = read_word(text).said not in ("", "?") or vocabulary.find_answer(text) is not None
    return known or read_step(text) is not None
