"""The words of the field: kinds, sectors, relations and ladders, with their aliases."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from .errors import UsageError
from .storage.shapes import FLAG, WORD, Shape, list_of, one_of, record, table_of
from .wording.names import SHORT_FORMS
from .wording.text import keep_answers, make_plural

# Kinds that questions ask for by name.
HOSPITALS = ("critical_access_hospital", "hospital", "rural_emergency_hospital")
CENTERS = ("health_center", "health_center_look_alike")
STATE_OFFICE = "state_office_of_rural_health"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of organization; every kind belongs to one sector."""

    id: str
    label: str
    sector: str
    plural: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation between organizations.

    `directed` relations mean something different from A to B than from B to A; `working`
    relations count as working together by default. `levels` are words that say the relation at a
    level, with the strength it has there; an `exact` relation goes by its very words only.
    """

    id: str
    label: str
    phrase: str
    directed: bool = False
    working: bool = True
    aliases: tuple[str, ...] = ()
    levels: Mapping[str, float] = field(default_factory=dict)
    exact: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """Everything under which it goes."""
        return (self.id, self.label, *self.aliases, *self.levels)


@dataclass(frozen=True, slots=True)
class Ladder:
    """A named ordinal scale; `levels` run from the weakest to the strongest.

    Level k of m has strength k/m. In a survey coded with numbers, 1 is the weakest level unless
    `strongest_first` is declared. Words of a ladder read `whole` mean something on others too: it
    is used where it is named, or where all answers of a column are on it and one on it alone.
    """

    id: str
    label: str
    levels: tuple[str, ...]
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    strongest_first: bool = False
    whole: bool = False

    def strength_of_number(self, number: float) -> float | None:
        """Give the strength of a coded answer, or ``None`` where no level has that number."""
        top = len(self.levels)
        if not 1 <= number <= top or number != int(number):
            return None
        level = top + 1 - int(number) if self.strongest_first else int(number)
        return level / top

    def answers(self) -> dict[str, float]:
        """Give every answer and alias with its strength."""
        top = len(self.levels)
        strengths = {level: (k + 1) / top for k, level in enumerate(self.levels)}
        also = {a: strengths[level] for level, names in self.aliases.items() for a in names}
        return strengths | also


@dataclass(frozen=True)
class Vocabulary:
    """All words partnet knows in one network: shipped ones and the user's own."""

    sectors: Mapping[str, str]
    kinds: Mapping[str, Kind]
    relations: Mapping[str, Relation]
    ladders: Mapping[str, Ladder]
    none_answers: tuple[str, ...]

    def find_kind(self, text: str) -> str | None:
        """Give the kind that a text names by id, label or alias, or ``None``.

        Examples
        --------
        >>> words = default_vocabulary()
        >>> words.find_kind("Critical access hospitals"), words.find_kind("Local Health Dept.")
        ('critical_access_hospital', 'local_health_department')
        """
        word = fold_word(text)
        whole = " ".join(SHORT_FORMS.get(part, part) for part in word.split())
        return self._kind_by_word.get(word) or self._kind_by_word.get(whole)

    def find_sector(self, text: str) -> str | None:
        """Give the sector that a text names by id or label, or ``None``."""
        return self._sector_by_word.get(fold_word(text))

    def find_relation(self, text: str) -> str | None:
        """Give the relation that a text names by id, label or alias, or ``None``.

        A plural or a singular never makes a common word one of the regulated agreements.

        Examples
        --------
        >>> words = default_vocabulary()
        >>> words.find_relation("Communications"), words.find_relation("communication")
        ('communications', 'collaboration')
        """
        found = self._name_relation(text)
        framed = None if found else _FRAMED.fullmatch(fold_plain(text))  # HAS_MOU_WITH of Neo4j
        return self._name_relation(framed[1] or framed[2]) if framed else found

    def _name_relation(self, text: str) -> str | None:
        return self._relation_by_exact_word.get(fold_plain(text)) or self._relation_by_word.get(
            fold_word(text)
        )

    def find_level(self, text: str) -> float | None:
        """Give the strength at which a word says its relation; ``None`` where it says none.

        Examples
        --------
        >>> default_vocabulary().find_level("communication")
        0.25
        """
        return self._levels.get(fold_plain(text))

    def find_ladder(self, text: str) -> str | None:
        """Give the ladder that a text names by id or label, or ``None``."""
        names = {
            fold_word(word): lad.id for lad in self.ladders.values() for word in (lad.id, lad.label)
        }
        return names.get(fold_word(text))

    def find_answer(self, text: str, ladder: str = "") -> float | None:
        """Give the strength of a ladder answer in (0, 1], 0.0 for "none", ``None`` if unknown.

        Parameters
        ----------
        text : str
            The answer in words, or the number of a level where `ladder` is named. What explains
            it behind it, in brackets or behind a dash or colon, is left out where it is not known.
        ladder : str, default ""
            Id of a ladder; where blank, the answer is looked for on all of them.

        Examples
        --------
        >>> words = default_vocabulary()
        >>> words.find_answer("Weekly (once a week or more)"), words.find_answer("Monthly or less")
        (0.8, 0.6)
        """
        found = self._find_level_word(text, ladder)
        if found is None and (plain := _say_plainly(text)) != text:
            found = self._find_level_word(plain, ladder)  # At least twice per month
        if found is not None:
            return found
        bare, explanation = _part_explanation(text)
        if not bare or bare[0].isdigit():
            return None
        found = self._find_level_word(bare, ladder)
        found = self._find_level_word(_MORE.sub("", bare), ladder) if found is None else found
        said = self._find_level_word(explanation, ladder) if explanation else found
        agree = said is None or found is None or (said > 0) == (found > 0)
        return found if agree else None  # No - weekly

    def _find_level_word(self, text: str, ladder: str) -> float | None:
        word = fold_word(text)
        if word in self._none_words:
            return 0.0
        if not ladder:
            return self._strength_by_answer.get(word)
        scale = self.ladders[ladder]
        try:
            return scale.strength_of_number(float(text))
        except ValueError:
            return {fold_word(k): v for k, v in scale.answers().items()}.get(word)

    @property
    def working_relations(self) -> tuple[str, ...]:
        """Relations that count as working together by default."""
        return tuple(r.id for r in self.relations.values() if r.working)

    @cached_property
    def _kind_by_word(self) -> dict[str, str]:
        return _index_words(
            (k.id, (k.id, k.label, k.plural, *k.aliases)) for k in self.kinds.values()
        )

    @cached_property
    def _sector_by_word(self) -> dict[str, str]:
        return _index_words((id_, (id_, label)) for id_, label in self.sectors.items())

    @cached_property
    def _relation_by_word(self) -> dict[str, str]:
        free = (r for r in self.relations.values() if not r.exact)
        return _index_words((r.id, r.words) for r in free)

    @cached_property
    def _relation_by_exact_word(self) -> dict[str, str]:
        exact = (r for r in self.relations.values() if r.exact)
        return {fold_plain(word): r.id for r in exact for word in r.words}

    @cached_property
    def _levels(self) -> dict[str, float]:
        return {
            fold_plain(word): level
            for r in self.relations.values()
            for word, level in r.levels.items()
        }

    @cached_property
    def _none_words(self) -> frozenset[str]:
        return frozenset(fold_word(answer) for answer in self.none_answers)

    @cached_property
    def _strength_by_answer(self) -> dict[str, float]:
        merged: dict[str, float] = {}
        for ladder in (scale for scale in self.ladders.values() if not scale.whole):
            for answer, strength in ladder.answers().items():
                merged.setdefault(fold_word(answer), strength)
        return merged

    def extend(self, words: Mapping[str, Any]) -> Vocabulary:
        """Give a vocabulary with the user's own words added; a word with a known id replaces it.

        Parameters
        ----------
        words : mapping
            Same shape as the shipped ``vocabulary.toml``: tables ``sectors``, ``kinds``,
            ``relations`` and ``ladders``.

        Raises
        ------
        UsageError
            A table or an entry is not one of these or of the wrong type, a kind names an unknown
            sector, or a ladder has no levels.
        """
        _WORDS.check("vocabulary", words)
        sectors = {**self.sectors, **words.get("sectors", {})}
        kinds = {
            key: _make_kind(key, entry, sectors) for key, entry in words.get("kinds", {}).items()
        }
        relations = {k: _make_relation(k, e) for k, e in words.get("relations", {}).items()}
        ladders = {k: _make_ladder(k, e) for k, e in words.get("ladders", {}).items()}
        return replace(
            self,
            sectors=sectors,
            kinds={**self.kinds, **kinds},
            relations={**self.relations, **relations},
            ladders={**self.ladders, **ladders},
            none_answers=(*self.none_answers, *words.get("none", {}).get("answers", ())),
        )


def _part_explanation(text: str) -> tuple[str, str]:
    """An answer and what explains it; "" where the explanation may say something else."""
    cut = text.strip()[:MOST_ANSWER]
    match = _EXPLAINED.fullmatch(cut)
    if match is None:
        return (cut, "") if _MORE.search(cut) else ("", "")
    said = next(filter(None, match.groups()[1:])).strip()
    return ("", "") if said.isdigit() or _UNSURE.search(said) else (match[1], said)


def _say_plainly(text: str) -> str:
    """An answer without what makes it vague, and with "a month" for "per month"."""
    return _PER.sub(" a ", _VAGUE.sub("", text.strip()[:MOST_ANSWER]))


MOST_ANSWER = 500  # characters of an answer that is looked at
_EXPLAINED = re.compile(
    r"([^()\[\]:\u2013\u2014]*?[^()\[\]:\u2013\u2014\s])"
    r"\s*(?:\(([^()]+)\)|\[([^\[\]]+)\]|:\s+(.+)|\s[-\u2013\u2014]\s+(.+))"
)
_MORE = re.compile(  # weekly or more often; strong tie
    r"(?<=\w) (?:or (?:more|less)(?: (?:often|frequently|frequent))?|"
    r"(?:tie|relationship|connection|link|partnership|contact|interaction)s?)$",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"^(?:at least|about|around|approximately|roughly|on average|currently|usually) ",
    re.IGNORECASE,
)
_PER = re.compile(r" (?:per|each|every) (?=(?:day|week|month|quarter|year)$)", re.IGNORECASE)
_UNSURE = re.compile(
    r"\b(?:not|don.?t|unsure|unknown|n/?a|\?|planned|until|ended|former|was|used to)\b|\?",
    re.IGNORECASE,
)


def _is_by_share(value: Any) -> bool:
    try:
        return isinstance(value, Mapping) and all(0 < float(share) <= 1 for share in value)
    except (ValueError, TypeError):
        return False


_NAMES = {"label": WORD, "aliases": list_of(WORD)}
_BY_SHARE = Shape(
    "a table from a strength above 0 and up to 1 to a list of words",
    _is_by_share,
    lambda value: [(str(share), words, list_of(WORD)) for share, words in value.items()],
)
_RELATION = {"phrase": WORD, "directed": FLAG, "working": FLAG, "exact": FLAG, "levels": _BY_SHARE}
_LADDER = {
    "label": WORD,
    "levels": list_of(WORD),
    "aliases": table_of(list_of(WORD)),
    "numbers": one_of(("weakest first", "strongest first")),
    "read": one_of(("by the word", "whole")),
}
_WORDS = record(
    {
        "sectors": table_of(WORD),
        "kinds": table_of(record({**_NAMES, "sector": WORD, "plural": WORD})),
        "relations": table_of(record({**_NAMES, **_RELATION})),
        "ladders": table_of(record(_LADDER)),
        "none": record({"answers": list_of(WORD)}),
    }
)


@cache
def default_vocabulary() -> Vocabulary:
    """Give the vocabulary that ships with partnet."""
    text = files("partnet").joinpath("data/vocabulary.toml").read_text(encoding="utf-8")
    return Vocabulary({}, {}, {}, {}, ()).extend(tomllib.loads(text))


@keep_answers
def fold_word(text: str) -> str:
    """Reduce a word to what matters in matching: case, punctuation and plural -s do not.

    Examples
    --------
    >>> fold_word("Rural_Health Clinics ")
    'rural health clinic'
    """
    return " ".join(_strip_plural(word) for word in fold_plain(text).split())


def fold_plain(text: str) -> str:
    """Reduce a word to small letters and digits; plurals stay.

    Examples
    --------
    >>> fold_plain("Works_With ")
    'works with'
    """
    return " ".join(re.sub(r"[^0-9a-z]+", " ", text.lower()).split())


def _strip_plural(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    plural = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word[:-1] if plural else word


_FRAMED = re.compile(
    r"(?:has|have|had|signed)(?: an?| the)? (\w[\w ]*?)(?: with)?"
    r"|(?:provide|give|offer)s? (\w[\w ]*?)(?: to| for)?"
)


def _index_words(entries: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, str]:
    """Map every folded id, label and alias to its id; ids win over labels and aliases."""
    listed = list(entries)
    index: dict[str, str] = {fold_word(id_): id_ for id_, _ in listed}
    for id_, words in listed:
        for word in words:
            index.setdefault(fold_word(word), id_)
    index.pop("", None)  # a word without a Latin letter folds to nothing, and would match all such
    return index


def _make_kind(key: str, entry: Mapping[str, Any], sectors: Mapping[str, str]) -> Kind:
    sector = entry.get("sector", "other")
    if sector not in sectors:
        raise UsageError(
            f"vocabulary, kind {key!r}: found the sector {sector!r}. A kind belongs to one of the "
            f"known sectors: {', '.join(sectors)}. Correct it or declare the sector."
        )
    label = entry.get("label", key.replace("_", " "))
    plural = entry.get("plural") or make_plural(label)
    return Kind(key, label, sector, plural, tuple(entry.get("aliases", ())))


def _make_relation(key: str, entry: Mapping[str, Any]) -> Relation:
    label = entry.get("label", key.replace("_", " "))
    phrase = entry.get("phrase", f"has a tie ({label}) with")
    directed, working = bool(entry.get("directed", False)), bool(entry.get("working", True))
    levels = {w: float(level) for level, ws in entry.get("levels", {}).items() for w in ws}
    aliases, exact = tuple(entry.get("aliases", ())), bool(entry.get("exact", False))
    return Relation(key, label, phrase, directed, working, aliases, levels, exact)


def _make_ladder(key: str, entry: Mapping[str, Any]) -> Ladder:
    levels = tuple(entry.get("levels", ()))
    place = f"vocabulary, ladders, {key}"
    if not levels:
        raise UsageError(
            f"{place}: found no levels. A ladder lists its levels from the weakest to the "
            "strongest. Add them."
        )
    if len({level.strip().casefold() for level in levels}) < len(levels):
        raise UsageError(
            f"{place}, levels: found a level twice. Every level has a word of its own. Rename one."
        )
    aliases = {level: tuple(names) for level, names in entry.get("aliases", {}).items()}
    for level in aliases:
        if level not in levels:
            raise UsageError(
                f"{place}, aliases: found the level {level!r}. Allowed are {', '.join(levels)}. "
                "Correct it."
            )
    strongest_first = entry.get("numbers", "weakest first") == "strongest first"
    label = entry.get("label", key.replace("_", " "))
    whole = entry.get("read", "by the word") == "whole"
    return Ladder(key, label, levels, aliases, strongest_first, whole)
