"""Agreement gaps: works together without an agreement on file, or with one that ends soon."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pandas as pd

from ...core.network import Network
from ...core.results.result import Sentence
from ...core.results.shown import Column
from ...core.vocabulary import HOSPITALS
from ...core.wording.text import count_noun, join_words, say_date
from ...facts.agreements import Agreements, read_agreements
from ...facts.identity.owners import find_owners
from .kind import Gap, GapKind, convener_of, say_status

SOON_DAYS = 180  # an agreement takes about half a year to renew through two boards
CLOSE = 0.75  # strength from which on people who refer to each other should settle data
LAPSED, DRAFT, ENDS = 0.6, 0.3, 0.4  # severities; see find_agreement_gaps
WEIGHT = {"data_sharing": 0.6, "transfer": 0.5, "referral": 0.3}
EXPECTED = {"data_sharing": "data_sharing", "transfer": "transfer", "referral": "data_sharing"}


def find_agreement_gaps(here: Network) -> list[Gap]:
    """List agreements that are expected and not on file, lapsed, in draft, or about to end.

    Two organizations that share data (two hospitals that transfer patients; two that refer people
    at three quarters of the scale or closer) and of which at least one has its agreements on file;
    those of one owner need none.
    Severity = w (1 + strength) / 2 with w 0.6 for data, 0.5 for transfers, 0.3 for referrals. Of
    agreements themselves: lapsed 0.6; ends within 180 days and does not renew
    0.4 + 0.2 (1 - days / 180); draft 0.3.
    """
    if here.whole.rows("agreements").empty:
        return []
    return [*_find_unsigned(here), *_find_ending(here)]


def _find_unsigned(here: Network) -> list[Gap]:
    """Pairs that work together in a way that calls for an agreement, and have none on file."""
    ties, agreements, owners = here.ties, read_agreements(here), find_owners(here)
    known = agreements.listed
    covered = {wanted: _pairs_covered(agreements, wanted) for wanted in EXPECTED.values()}
    reported = ties[(ties["table"] == "ties") & ties["relation"].isin(WEIGHT)]
    found: dict[tuple[frozenset[str], str], Gap] = {}
    for tie in _strongest_first(reported).itertuples():
        pair, wanted = frozenset((tie.source, tie.target)), EXPECTED[str(tie.relation)]
        if pair in covered[wanted] or not pair & known or (pair, wanted) in found:
            continue
        if len({owners.get(id_, id_) for id_ in pair}) == 1:
            continue
        strength = 1.0 if pd.isna(tie.strength) else float(tie.strength)
        if _calls_for_agreement(here, str(tie.relation), pair, tie.strength):
            found[pair, wanted] = _make_unsigned(here, str(tie.relation), sorted(pair), strength)
    return list(found.values())


def _pairs_covered(agreements: Agreements, wanted: str) -> set[frozenset[str]]:
    """Pairs of parties to an agreement in force about something."""
    good = [a for a in agreements.all if not a.state and a.is_about(frozenset({wanted}))]
    return {frozenset(pair) for one in good for pair in combinations(one.parties, 2)}


def _strongest_first(ties: pd.DataFrame) -> pd.DataFrame:
    """Relations that weigh most come first, so that each pair is named once by its best reason."""
    weight = ties["relation"].map(WEIGHT).astype("float64") * (1 + ties["strength"].fillna(1.0)) / 2
    order = ties.assign(weight=-weight)
    return order.sort_values(["weight", "source", "target"], kind="stable")


def _calls_for_agreement(
    here: Network, relation: str, pair: frozenset[str], strength: float
) -> bool:
    if relation == "transfer":
        return bool(here.organizations.loc[sorted(pair), "kind"].isin(HOSPITALS).all())
    return relation == "data_sharing" or strength >= CLOSE


def _make_unsigned(here: Network, relation: str, pair: list[str], strength: float) -> Gap:
    phrase = {
        "data_sharing": "they share data",
        "transfer": "they transfer patients",
        "referral": "referrals between them are close",
    }[relation]
    what = "transfer agreement" if relation == "transfer" else "data-sharing agreement"
    names = [here.name(id_) for id_ in pair]
    return Gap(
        kind="agreement",
        rule=what,
        organization=pair[0],
        other=pair[1],
        relation=EXPECTED[relation],
        status="no agreement on file",
        severity=WEIGHT[relation] * (1 + strength) / 2,
        evidence=f"{phrase} (strength {strength:.2f}), and no {what} is on file",
        owner=f"{names[0]} and {names[1]}",
        next_step=(
            f"Ask {names[0]} and {names[1]} whether a {what} is in force; if it is, enter it."
        ),
    )


def _find_ending(here: Network) -> list[Gap]:
    """Agreements that have lapsed, are drafts, or end soon without renewing."""
    gaps, day, agreements = [], here.day, here.whole.rows("agreements")
    for agreement, rows in agreements.groupby("agreement", sort=True):
        first = rows.iloc[0]
        left = float("nan") if day is None else (first["expires"] - day).days
        status, severity, evidence = _judge_term(first, left)
        if status and not _is_replaced(agreements, rows, day):
            gaps.append(_make_term(here, str(agreement), rows, (status, severity, evidence)))
    return gaps


def _judge_term(first: pd.Series, left: float) -> tuple[str, float, str]:
    """Status, severity and evidence of one agreement; "" where nothing is to be done."""
    ends = "" if pd.isna(first["expires"]) else f" on {say_date(first['expires'])}"
    if first["status"] == "draft":
        return "draft", DRAFT, "it is on file as a draft, not signed"
    if first["status"] == "expired" and left >= 0:
        return "lapsed", LAPSED, f"its status is expired, and its end on file{ends}"
    if first["status"] == "expired" or (left < 0 and first["renews"] != "yes"):
        return "lapsed", LAPSED, f"it ended{ends}, and no newer one is on file"
    if 0 <= left <= SOON_DAYS and first["renews"] != "yes":
        severity = ENDS + 0.2 * (1 - left / SOON_DAYS)
        when = f"in {count_noun(left, 'day')}" if left else "the day of this report"
        return "ends soon", severity, f"it ends{ends}, {when}"
    return "", 0.0, ""


def _is_replaced(agreements: pd.DataFrame, rows: pd.DataFrame, day: pd.Timestamp | None) -> bool:
    """Whether the same parties have another agreement of that type and topic in force."""
    first = rows.iloc[0]
    same = agreements[
        (agreements["type"] == first["type"])
        & (agreements["topic"] == first["topic"])
        & (agreements["agreement"] != first["agreement"])
        & (agreements["status"].isin(["executed", ""]))
    ]
    if pd.notna(first["expires"]):
        same = same[same["expires"].isna() | (same["expires"] > first["expires"])]
    elif day is not None:
        same = same[same["expires"].isna() | (same["expires"] >= day)]
    parties = set(rows["organization"])
    return any(parties <= set(others["organization"]) for _, others in same.groupby("agreement"))


def _make_term(
    here: Network, agreement: str, rows: pd.DataFrame, judged: tuple[str, float, str]
) -> Gap:
    status, severity, evidence = judged
    parties = sorted(set(rows["organization"]))
    names = [here.name(id_) for id_ in parties]
    what = rows.iloc[0]["type"] or "agreement"
    named = f"their {what} (“{agreement}”)" if agreement else f"their {what}"
    todo = {
        "draft": f"what keeps {named} from being signed",
        "lapsed": f"whether {named} was renewed or is no longer needed",
        "ends soon": f"whether {named} will be renewed, and who prepares it",
    }[status]
    return Gap(
        kind="agreement",
        rule=f"{what} {agreement}",
        organization=parties[0],
        other=parties[1] if len(parties) > 1 else "",
        relation=here.vocabulary.find_relation(what) or "agreement",
        status=status,
        severity=severity,
        evidence=evidence,
        owner=" and ".join(names[:2]) or convener_of(here),
        next_step=f"Ask {' and '.join(names[:2])} {todo}.",
    )


# -- how they are said and shown -------------------------------------------------------------------


def say_gap(gap: Any) -> str:
    """Say one gap in words."""
    return f"{gap.organization_name} and {gap.other_name}: {gap.rule} {say_status(gap.status)}"


def say_act(gap: Any) -> str:
    """Say what to do about it in a few words."""
    parties = " and ".join(filter(None, (gap.organization_name, gap.other_name)))
    return f"Ask {parties} about their {gap.rule}, which {_say_state(gap.status)}"


def _say_state(status: str) -> str:
    said = say_status(status)
    return said if said.startswith(("is ", "has ", "ends ")) else f"is {said}"


def say_agreements(here: Network, gaps: pd.DataFrame, judged: pd.DataFrame) -> Sentence | None:
    """Say how many agreements are not on file, have lapsed or end soon, and the first of them."""
    if gaps.empty:
        return None
    count = {str(status): int(n) for status, n in gaps["status"].value_counts().items()}
    said = [
        f"{count_noun(count[status], one, many)}{rest}"
        for status, one, many, rest in STATES
        if status in count
    ]
    first = gaps.iloc[0]
    parties = join_words([name for name in (first.organization_name, first.other_name) if name])
    text = f"{join_words(said)}; first: {parties}, {first.rule} ({first.evidence})."
    named = {"parties": parties, "rule": first.rule, "evidence": first.evidence}
    return Sentence("agreement", text, count | named)


STATES = (
    ("no agreement on file", "pair works together", "pairs work together",
     " with no agreement on file"),
    ("ends soon", "agreement ends", "agreements end", " within half a year"),
    ("lapsed", "agreement has lapsed", "agreements have lapsed", ""),
    ("draft", "agreement is a draft", "agreements are drafts", ""),
)  # fmt: skip
KIND = GapKind(
    name="agreement",
    title="Agreements that are not on file, have lapsed or end soon",
    label="agreements",
    needs=("agreements",),
    find=find_agreement_gaps,
    subject=("organization", "other"),
    columns=(
        Column("organization_name", "Organization"),
        Column("other_name", "Organization"),
        Column("rule", "Agreement"),
        Column("status", "Status"),
    ),
    say=say_gap,
    act=say_act,
    text=say_agreements,
    formula=(
        "w (1 + strength)/2 with w 0.6 data, 0.5 transfer, 0.3 referral; lapsed 0.6; ends soon "
        "0.4 + 0.2 (1 - days/180); draft 0.3."
    ),
)
