"""What a session is about: a service, a program, a sector, a kind, and whom that concerns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from ...core.errors import UsageError
from ...core.network import Network
from ...core.vocabulary import CENTERS, HOSPITALS, fold_word
from ...core.wording.text import join_words
from ...facts.geography.access import list_usual_services

# Whoever the topic: without the hospital, the health center, the health department and the Tribe of
# a place nothing is agreed on.
ALWAYS = (*HOSPITALS, *CENTERS, "local_health_department", "tribal")
OFFERED = 6  # examples in an error


@dataclass(frozen=True, slots=True)
class Focus:
    """What a session is about.

    Attributes
    ----------
    words : tuple of str
        As the user wrote them, folded; empty: about everything.
    organizations : frozenset of str
        Ids of those whom it concerns by service, program, sector or kind, and of those who may
        offer it: of a kind that usually does, with no services on file.
    """

    words: tuple[str, ...] = ()
    organizations: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """For titles; blank where it is about everything."""
        return join_words(list(self.words))

    def names(self, text: str) -> bool:
        """Whether a text is about it; every text is where there is no focus."""
        folded = fold_word(text)
        return not self.words or any(word in folded for word in self.words)

    def concerns(self, *ids: str) -> bool:
        """Whether it concerns any of these; everybody where there is no focus."""
        return not self.words or any(id_ in self.organizations for id_ in ids)

    def choose(self, here: Network, ids: Sequence[str]) -> list[str]:
        """Of those who would come, whom it concerns, and who is needed whatever the topic."""
        if not self.words:
            return list(ids)
        kinds = here.organizations["kind"]
        return [id_ for id_ in ids if id_ in self.organizations or kinds[id_] in ALWAYS]


EVERYTHING = Focus()


def read_focus(here: Network, focus: str | Sequence[str] | None) -> Focus:
    """Find whom a topic concerns: who offers it, is paid for it, or is of that sector or kind.

    Raises
    ------
    UsageError
        No service, population, program, sector or kind on file is named so.
    """
    asked = [focus] if isinstance(focus, str) else list(focus or ())
    words = tuple(fold_word(text) for text in asked if text.strip())
    if not words:
        return EVERYTHING
    found: set[str] = set()
    for text, word in zip(asked, words, strict=False):
        named = _find(here, word)
        if not named:
            raise UsageError(
                f"focus: found {text!r}. Allowed is a service, whom it is for, a program, a "
                f"sector or a kind on file, for example {join_words(_examples(here))}. Correct it."
            )
        found |= named
    return Focus(words, frozenset(found))


def _find(here: Network, word: str) -> set[str]:
    """Ids of those whom one word concerns."""
    table, vocabulary = here.organizations, here.vocabulary
    kinds = {id_: f"{kind.label} {id_}" for id_, kind in vocabulary.kinds.items()}
    columns = (
        table["kind"].map(kinds),
        table["sector"].map(vocabulary.sectors),
        table["sector"],
    )
    own = pd.Series(False, index=table.index)
    for column in columns:
        own |= _holds(column, word)
    services, funding = here.rows("services"), here.rows("funding")
    named = _holds(services["service"], word) | _holds(services["population"], word)
    offering = services.loc[named, "organization"]
    paid = funding.loc[_holds(funding["program"], word), "recipient"]
    found = {*table.index[own], *offering, *paid} - {here.convener}
    return found | _list_silent(here, word) if found else found


def _list_silent(here: Network, word: str) -> set[str]:
    """Who may offer what a word names: of a kind that usually does, with no services on file."""
    kinds, known = here.organizations["kind"], {*here.rows("services")["organization"]}
    usual = list_usual_services(here)
    may = {kind for kind, names in usual.items() if any(word in fold_word(n) for n in names)}
    silent = kinds.isin(may) & ~here.organizations.index.isin(known) & ~here.is_context
    return {*here.ids[silent.to_numpy()]} - {here.convener}


def _holds(texts: pd.Series, word: str) -> pd.Series:
    """Whether each text holds a word, whatever its case and punctuation."""
    known = {text: word in fold_word(str(text)) for text in texts.dropna().unique()}
    return texts.map(known).astype("boolean").fillna(False).astype(bool)


def _examples(here: Network) -> list[str]:
    services = here.rows("services")["service"].value_counts().index[:3].tolist()
    programs = sorted(set(here.rows("funding")["program"]) - {""})[:2]
    sectors = here.organizations["sector"].value_counts().index[:1]
    named = [here.vocabulary.sectors.get(sector, sector) for sector in sectors if sector]
    return [*services, *programs, *named][:OFFERED]
