"""Who works with whom: ties told by hand, ties drawn from kind and place, and who reported them."""

from __future__ import annotations

from dataclasses import dataclass

from sample import Row, read_rows
from sample.draws import choose, draw, draw_date
from sample.organizations import (
    BY_NAME,
    CONVENER,
    HOSPITALS,
    ISOLATES,
    ORGANIZATIONS,
    WAVES,
    Organization,
    slug,
)
from sample.places import measure_km

# First day on which a last contact may lie, and the last day of the survey.
OPENED = {2024: "2023-01-09", 2026: "2024-12-02"}
SURVEY = {2024: "2024-06-12", 2026: "2026-06-12"}
# Pairs that never get a tie, so that a story can be told about them.
NO_TIE = frozenset(
    frozenset(pair)
    for pair in (
        ("Cedar County Hospital", "Bow Creek Home Health and Hospice"),
        ("Puente Community Health Center", "Open Prairie Behavioral Health"),
        ("Chalkstone Memorial Hospital", "Quiet Meadow Behavioral Health"),
    )
)
# Their ties are told by hand alone: isolates, one organization entered twice, the convener.
NOT_DRAWN = {*ISOLATES, "Wagon Trail Food Pantry", "Wagon Trails Food Pantry", CONVENER}
# They answered the survey, so that "no tie on file" in a story is an answer and not a silence.
ANSWERED = {CONVENER, "Willow Fork Community Hospital", *(name for pair in NO_TIE for name in pair)}

INTENSITY = ("awareness", "cooperative", "coordinated", "integrated")
FREQUENCY = ("yearly", "quarterly", "monthly", "weekly", "daily")
NUMBERS = ("0.25", "0.5", "0.75", "1")
DIRECTED = ("referral", "patient transfer", "training", "technical assistance")
LEVELS = ("executive", "manager", "manager", "staff", "staff")


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie between two organizations in one relation, as the sample has it."""

    source: str
    target: str
    relation: str
    strength: str = ""
    last_contact: str = ""
    level: str = ""
    until: str = ""
    waves: tuple[int, ...] = WAVES

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from other ties: the two ends and the relation."""
        ends = (self.source, self.target)
        first, second = ends if self.relation in DIRECTED else sorted(ends)
        return first, second, self.relation


def list_ties(wave: int) -> list[Row]:
    """The rows of the ties table: one for each tie and each end that reported it."""
    rows = [row for tie in find_ties(wave) for row in _report(tie, wave)]
    return sorted(rows, key=lambda row: tuple(map(str, row.values())))


def find_ties(wave: int) -> list[Tie]:
    """The ties of a wave, told and drawn, each once, in order."""
    found: dict[tuple[str, str, str], Tie] = {}
    for tie in [*map(_read_tie, read_rows("ties")), *_draw_ties()]:
        found.setdefault(tie.key, tie)
    return [tie for _, tie in sorted(found.items()) if _holds(tie, wave)]


def _holds(tie: Tie, wave: int) -> bool:
    """Whether a tie and both its ends take part in a wave."""
    ends = (BY_NAME[tie.source], BY_NAME[tie.target])
    return wave in tie.waves and all(wave in end.waves for end in ends)


def _read_tie(row: dict[str, str]) -> Tie:
    """One tie told by hand; a blank wave means both."""
    details = {key: text for key, text in row.items() if key != "wave"}
    return Tie(**details, waves=(int(row["wave"]),) if row["wave"] else WAVES)


def _draw_ties() -> list[Tie]:
    """Ties that follow from kind and place, at the rates of `tie_rates`."""
    return [
        Tie(a.name, b.name, row["relation"], waves=_draw_waves(a, b, row["relation"]))
        for row in read_rows("tie_rates")
        for a, b in _pair(row["scope"], row["from_kind"], row["to_kind"])
        if _is_drawn(a, b, row["relation"], float(row["share"]))
    ]


def _is_drawn(a: Organization, b: Organization, relation: str, share: float) -> bool:
    """Whether the draw makes this tie."""
    if NOT_DRAWN & {a.name, b.name} or frozenset((a.name, b.name)) in NO_TIE:
        return False
    return draw(a.id, b.id, relation) < share


def _draw_waves(a: Organization, b: Organization, relation: str) -> tuple[int, ...]:
    """Most ties last; some are new in the second wave, some are gone by then."""
    chance = draw(a.id, b.id, relation, "waves")
    if chance < 0.09:
        return WAVES[1:]
    return WAVES[:1] if chance > 0.94 else WAVES


def _of_kind(text: str) -> list[Organization]:
    """Organizations of a kind, or of all kinds of hospital."""
    kinds = HOSPITALS if text == "hospitals" else (text,)
    return [each for each in ORGANIZATIONS if each.kind in kinds]


def _pair(scope: str, first: str, second: str) -> list[tuple[Organization, Organization]]:
    """Pairs of two kinds within a scope; statewide organizations are left to be told."""
    return [
        (a, b)
        for a in _of_kind(first)
        if a.county.region != "capital"
        for b in _find_others(scope, a, second)
        if a.kind != b.kind or a.id < b.id
    ]


def _find_others(scope: str, a: Organization, kind: str) -> list[Organization]:
    """The other ends: all of the region, the nearest one of it, or those in the area served."""
    others = [b for b in _of_kind(kind) if b != a]
    if scope == "area":
        return [b for b in others if b.county.name in a.area]
    others = [b for b in others if b.county.region == a.county.region]
    if scope == "nearest":
        return sorted(others, key=lambda b: (measure_km(a.county, b.county), b.id))[:1]
    return others


def is_answered(name: str, wave: int) -> bool:
    """Whether an organization answered the survey of a wave (about four in five did)."""
    return name in ANSWERED or draw(name, wave, "answered") < 0.8


def _report(tie: Tie, wave: int) -> list[Row]:
    """One row for each end that reported the tie; the convener's record where neither did."""
    ends = [end for end in (tie.source, tie.target) if is_answered(end, wave)]
    if len(ends) == 2 and draw(*tie.key, wave, "one-sided") < 0.25:
        ends = [choose(ends, *tie.key, wave, "who")]
    if not ends:
        return [_make_row(tie, wave, CONVENER, "convener's record")]
    return [_make_row(tie, wave, end, "survey") for end in ends]


def _make_row(tie: Tie, wave: int, reporter: str, evidence: str) -> Row:
    """One row of the ties table; in a relation without direction the reporter comes first."""
    source, target = tie.source, tie.target
    if reporter == target and tie.relation not in DIRECTED:
        source, target = target, source
    return {
        "source": slug(source),
        "target": slug(target),
        "relation": tie.relation,
        "strength": tie.strength or _draw_strength(tie, reporter),
        "directed": "yes" if tie.relation in DIRECTED else "no",
        "since": _date_start(tie),
        "until": tie.until if tie.until <= SURVEY[wave] else "",
        "last_contact": _date_contact(tie, wave),
        "level": tie.level or choose(LEVELS, *tie.key, "level"),
        "reported_by": slug(reporter),
        "evidence": evidence,
    }


def _draw_strength(tie: Tie, reporter: str) -> str:
    """A ladder answer in words, sometimes a number, sometimes nothing."""
    chance = draw(*tie.key, "scale")
    if chance < 0.12:
        return ""
    if chance < 0.22:
        return choose(NUMBERS, *tie.key, "number")
    ladder = FREQUENCY if tie.relation in ("information sharing", "referral") else INTENSITY
    middle = int(draw(*tie.key, "strength") * len(ladder))
    slip = draw(*tie.key, reporter, "slip") < 0.25  # two reports need not agree
    return ladder[max(0, middle - slip)]


def _date_start(tie: Tie) -> str:
    """Since when: after the first survey for ties and organizations that are new."""
    ends = (BY_NAME[tie.source], BY_NAME[tie.target])
    if any(WAVES[0] not in waves for waves in (tie.waves, *(end.waves for end in ends))):
        return draw_date("2024-07-08", "2025-11-20", *tie.key, "since")
    if draw(*tie.key, "since known") < 0.4:
        return ""
    return draw_date("2012-01-10", "2022-10-28", *tie.key, "since")


def _date_contact(tie: Tie, wave: int) -> str:
    """When the two last met: as told, or for three ties in four a day before the survey."""
    if tie.last_contact and tie.last_contact <= SURVEY[wave]:
        return tie.last_contact
    if tie.strength == "none" or draw(*tie.key, wave, "contact known") < 0.25:
        return ""
    end = tie.until if tie.until and tie.until <= SURVEY[wave] else SURVEY[wave]
    return draw_date(max(OPENED[wave], _date_start(tie)), end, *tie.key, wave, "contact")
