"""Voice gaps: sectors and populations that nobody speaks for, or nobody in the core."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from ...core.network import Network
from ...core.results.result import Sentence
from ...core.results.shown import Column
from ...core.wording.text import count_noun, join_words, start_small
from ...facts.graph.collaboration import build_layer
from ...facts.populations import RESIDENTS, key_of
from ...measures.groups.cohesion import measure_coreness
from .kind import Gap, GapKind, convener_of

# Groups with which health care does not regularly interact, and which a partnership needs (ASTHO):
# what they are called, and the kinds that speak for them. Where several are missing, those whom
# patients need most are named first.
VOICES = {
    "public health": ("local_health_department",),
    "behavioral health": ("behavioral_health", "substance_use_treatment"),
    "emergency medical services": ("ems_agency", "ems_association"),
    "residents": ("civic", "tenants_association", "community_based_organization", "faith"),
    "Tribes": ("tribal",),
    "older adults' services": ("area_agency_on_aging",),
    "transport": ("transport",),
    "housing": ("housing",),
    "food": ("food",),
    "schools": ("school", "higher_education"),
    "employers": ("employer",),
    "legal aid": ("legal_aid",),
    "public safety": ("public_safety",),
    "faith": ("faith",),
    "tenants": ("tenants_association",),
    "banks": ("bank",),
}
LEAST_SECTORS = 8  # a file of fewer sectors (hospitals only, say) was not made to hold all voices
CORE_SHARE = 0.5  # the core: at least half of the highest k-core
ABSENT, SILENT, OUTSIDE = 0.5, 0.45, 0.3  # severities


def find_voice_gaps(here: Network) -> list[Gap]:
    """List sectors and populations with no organization, with no tie on file, or not in the core.

    Severity: no organization on file 0.5; some, but none with a working tie 0.45; none in the core
    0.3 (core: k-core of at least half the largest k, working ties without the convener).
    Populations are those named in services, in voices and in the setting ``populations`` of the
    about table; residents have a voice through the kinds that speak for them, and through whoever
    does so on file.
    """
    if here.organizations["sector"].replace("", pd.NA).nunique() < LEAST_SECTORS:
        return []
    judge = _make_judge(here)
    kinds = here.organizations["kind"]
    gaps = [
        _make_gap(here, "sector", label, judge(_speaks_for(here, label, kinds.isin(spoken))))
        for label, spoken in VOICES.items()
    ]
    for population, holders in _list_populations(here):
        gaps.append(_make_gap(here, "population", population, judge(here.ids.isin(holders))))
    return [gap for gap in gaps if gap is not None]


def _speaks_for(here: Network, label: str, of_kind: pd.Series) -> np.ndarray:
    """Who speaks for a sector: by kind; for residents also who is on file as their voice."""
    if label != RESIDENTS:
        return of_kind.to_numpy()
    voices = here.rows("voices")
    own = voices.loc[voices["population"].map(key_of) == RESIDENTS, "organization"]
    return of_kind.to_numpy() | np.asarray(here.ids.isin(own))


Judged = tuple[str, float, str, str]  # status, severity, evidence, who is on file


def _make_judge(here: Network) -> Callable[[Any], Judged]:
    """Give the function that judges a set of organizations by their place in the network."""
    without = (here.convener,) if here.convener else ()
    layer = build_layer(here, without=without)
    coreness = measure_coreness(layer)
    least = CORE_SHARE * coreness.max(initial=0)

    def judge(members: np.ndarray) -> Judged:
        if not members.any():
            return "not represented", ABSENT, "no organization on file", ""
        names = join_words(here.names[members].tolist(), most=3)
        if not here.whole.has_reported_ties or (coreness[members] >= max(least, 1)).any():
            return "", 0.0, "", ""
        if not coreness[members].any():
            evidence = f"no working tie on file: {names}"
            return "does not regularly interact", SILENT, evidence, names
        return "not in the core", OUTSIDE, f"{names}: none of them is in the core", names

    return judge


def _list_populations(here: Network) -> list[tuple[str, Sequence[str]]]:
    """Populations on file, and who serves each or speaks for it; of those only expected, nobody."""
    told = [here.rows(name)[["organization", "population"]] for name in ("services", "voices")]
    both = pd.concat(told, ignore_index=True)
    both = both[(both["population"] != "") & (both["population"].map(key_of) != RESIDENTS)]
    served = both.assign(folded=both["population"].map(key_of))
    found = {
        str(name): (rows["population"].iloc[0], sorted(set(rows["organization"])))
        for name, rows in served.groupby("folded", sort=True)
    }
    about = here.rows("about")
    wanted = about.loc[about["setting"].str.casefold() == "populations", "value"]
    for text in ";".join(wanted).split(";"):
        if text.strip():
            found.setdefault(key_of(text), (text.strip(), []))
    return list(found.values())


def _make_gap(here: Network, what: str, label: str, judged: Judged) -> Gap | None:
    status, severity, evidence, names = judged
    if not status:
        return None
    asked = f"who speaks for {label}" if what == "sector" else f"who serves {label}"
    step = {
        "not represented": f"Ask partners {asked} here, and invite them to the next meeting.",
        "does not regularly interact": f"Invite {names} to the next meeting.",
        "not in the core": f"Give them a role: ask {asked} to join a work group of the core.",
    }[status]
    return Gap(
        kind="voice",
        rule=f"{label} ({what})",
        organization="",
        status=status,
        severity=severity,
        evidence=evidence,
        owner=convener_of(here),
        next_step=step,
    )


# -- how they are said and shown -------------------------------------------------------------------


def say_gap(gap: Any) -> str:
    """Say one gap in words."""
    voice = _name_voice(gap.rule)
    voice = voice if voice in VOICES else start_small(voice)
    return f"The voice of {voice} is missing ({gap.status})"


def _ask_for_all(gaps: Sequence[Any]) -> str:
    """Ask once who speaks for all that are alike."""
    if gaps[0].status != "not represented":
        return gaps[0].next_step.removesuffix(".")
    named = [_name_voice(gap.rule) for gap in gaps]
    named.sort(key=lambda voice: list(VOICES).index(voice) if voice in VOICES else len(VOICES))
    voices = join_words(named, most=3)
    return f"Ask partners who speaks here for {voices}, and invite them to the next meeting"


def _name_voice(rule: str) -> str:
    """Whose voice it is, without whether that is a sector or a population."""
    return rule.removesuffix(" (sector)").removesuffix(" (population)")


def say_voices(here: Network, gaps: pd.DataFrame, judged: pd.DataFrame) -> Sentence | None:
    """Say how many voices are missing, by status, and the first of them."""
    if gaps.empty:
        return None
    count = {str(status): int(n) for status, n in gaps["status"].value_counts().items()}
    parts = [
        f"{count_noun(count[status], 'group')} {words}"
        for status, words in MISSING.items()
        if status in count
    ]
    voices = [_name_voice(rule) for rule in gaps["rule"]]
    text = f"Voices are missing: {join_words(parts)} ({join_words(voices, most=4)})."
    return Sentence("voice", text, count | {"voices": voices[:4]})


def say_absent(here: Network) -> Sentence:
    """Say that none is missing, or that the file was not made to hold all."""
    sectors = int(here.organizations["sector"].replace("", pd.NA).nunique())
    text = "No voice is missing."
    if sectors < LEAST_SECTORS:
        few = f"fewer than {LEAST_SECTORS} sectors"
        text = f"Missing voices are not judged: the file has {few}."
    return Sentence("voice", text, {"gaps": 0, "sectors": sectors, "least": LEAST_SECTORS})


MISSING = {
    "not represented": "with no organization on file",
    "does not regularly interact": "without a working tie on file",
    "not in the core": "with nobody in the core of the network",
}
KIND = GapKind(
    name="voice",
    title="Voices that are missing",
    label="voices",
    needs=("organizations",),
    find=find_voice_gaps,
    subject=("rule",),
    columns=(Column("rule", "Whose voice"), Column("status", "Status")),
    say=say_gap,
    text=say_voices,
    act_on_all=_ask_for_all,
    formula="nobody 0.5, no tie 0.45, not in the core 0.3.",
    absent=say_absent,
    of_places=False,
)
