"""Which ladder the answers of a column are on, where their words stand on several."""

from __future__ import annotations

from collections.abc import Iterable

from ...core.vocabulary import Vocabulary
from .numbers import read_number
from .words import is_nonanswer


def find_whole_ladder(answers: Iterable[str], vocabulary: Vocabulary) -> str:
    """Give the ladder read whole that holds all answers, and one of them alone; "" for none.

    Examples
    --------
    >>> from partnet.core.vocabulary import default_vocabulary
    >>> find_whole_ladder(["Networking", "Coalition", "none"], default_vocabulary())
    'levels_of_collaboration'
    >>> find_whole_ladder(["Networking", "Coordination"], default_vocabulary())
    ''
    """
    said = {text for text in answers if text.strip() and not is_nonanswer(text)}
    if any(read_number(text) is not None for text in said):
        return ""
    find = vocabulary.find_answer
    alone = [t for t in said if find(t) is None and vocabulary.find_level(t) is None]
    for ladder in vocabulary.ladders.values():
        if ladder.whole and alone and all(find(t, ladder.id) is not None for t in said):
            return ladder.id
    return ""
