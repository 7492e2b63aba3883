"""What a question asks: a relation, how often, a dimension; and what is an answer to it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ...core.rows.ratings import list_dimensions
from ...core.vocabulary import MOST_ANSWER, Vocabulary, fold_word
from ..form import OFTEN, WORKS

# Trust or value as a whole: a dimension of its own, and no part of the six.
OVERALL: Mapping[str, tuple[str, ...]] = {
    "overall trust": ("trust", "trusted", "trusting", "trustworthy", "trustworthiness"),
    "overall value": ("value", "valuable"),
}
# What a text says that names a relation, and does not say that there is one.
NOT_SAID = re.compile(
    r"\b(no|not|never|none|without|other|stopped|ended|former\w*|planned|used to|dont|don t|doesnt"
    r"|doesn t|cant|can t|cannot)\b"
)
MOST_WORDS = 8  # of a text that is an answer and no story
OFTEN_WORDS = re.compile(r"how (often|frequently)|frequency", re.IGNORECASE)


def find_question(question: str, vocabulary: Vocabulary) -> str:
    """What a question asks of one partner: how often, a dimension, a relation."""
    asked = find_asked(question, vocabulary)
    if asked != WORKS:
        return asked
    if OFTEN_WORDS.search(question):
        return OFTEN
    return find_dimension(question) or _find_overall(question) or asked


def is_rating(asked: str) -> bool:
    """Tell whether a question asks for a rating of value or trust."""
    return asked in OVERALL or asked in list_dimensions()


def find_relation_said(text: str, vocabulary: Vocabulary) -> str:
    """Give the relation that an answer names, by its words or among a few others; "" for none.

    Examples
    --------
    >>> from partnet import default_vocabulary
    >>> [find_relation_said(text, default_vocabulary())
    ...  for text in ("They refer clients to us", "Receive referrals", "No referrals")]
    ['referral', 'referral', '']
    """
    known = vocabulary.find_relation(text)
    if known or len(text) > MOST_ANSWER:
        return known or ""
    words = fold_word(text)
    if len(words.split()) > MOST_WORDS or NOT_SAID.search(words):
        return ""
    asked = find_asked(text, vocabulary)
    return "" if asked == WORKS else asked


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


def _find_overall(question: str) -> str:
    """Trust or value as a whole, where a question names it; "" for neither."""
    words = {*fold_word(question).split()}
    return next((id_ for id_, names in OVERALL.items() if words & {*names}), "")
