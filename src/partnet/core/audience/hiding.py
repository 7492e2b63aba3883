"""Who a network is shown to: what a reader must not see leaves the tables before any verb runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
import pandas as pd

from ..errors import UsageError
from ..rows.spelling import fold_label
from ..rows.ties import is_denial
from ..schema import PROVENANCE, TABLES, empty_table
from ..vocabulary import Vocabulary
from .private import mask_persons, mask_texts, rename_private
from .small_counts import LEAST_CELL
from .small_groups import suppress_small_groups

Audience = Literal["internal", "partner", "public"]
AUDIENCES: tuple[Audience, ...] = ("internal", "partner", "public")  # each sees less than the last

# Tables of which a partner sees its own rows only, and the public none: whose row it is stands in
# these columns. Nobody's row is a partner's own where no column is named.
OWN_ROWS: Mapping[str, tuple[str, ...]] = {
    "contacts": ("organization",),
    "ratings": ("rater",),
    "responses": (),  # a survey of which one answer is shown would call all others unknown
    "outcomes": ("organization", "other"),
    "attendance": ("organization",),
    "profiles": ("organization",),
    "goals": ("organization", "other"),
    "feedback": ("organization",),
    "judgments": (),
}
# Text that people wrote in their own words, numbers of persons: not for the public.
BLANK_FOR_PUBLIC: Mapping[str, tuple[str, ...]] = {
    "organizations": ("ein", "npi"),
    "ties": ("level", "last_contact"),
    "memberships": ("role",),
    "agreements": ("role",),
    "promising_practices": ("result", "source"),
    "voices": ("advisory_seats",),
    "residents": ("source",),
    "disparities": ("source",),
}
# What the file says of itself to every reader; other settings are the owner's.
PUBLIC_SETTINGS = ("title", "note", "convener", "owner", "state", "populations", "units")
# Undeclared columns of organizations that hold facts of public registers, and how such a fact
# looks; anything else in them, and every other undeclared column, is an organization's own answer.
FACTS = {"trauma_level": r"(?i)(?:level )?(?:I{1,3}|IV|V|[1-5])", "assessment_year": r"\d{4}"}
# A group whose kind speaks of one of these comes together: who sits in it tells who does not come.
MEETING_WORDS = (
    r"\b(?:meetings?|convenings?|sessions?|calls?|forums?|summits?|workshops?|webinars?"
    r"|conferences?|round ?tables?|huddles?|events?|gatherings?|trainings?|attend\w*)\b"
)


def hide_from(
    tables: Mapping[str, pd.DataFrame],
    audience: Audience,
    organization: str,
    *,
    vocabulary: Vocabulary,
    least_cell: int = LEAST_CELL,
) -> dict[str, pd.DataFrame]:
    """Give the tables as an audience may see them; every result made from them is then safe.

    *Partner*: of ratings, contacts, answers and non-answers, attendance of meetings, feedback and
    own profile columns, only those of `organization`; of goals also those of the network; of a tie
    that it exists, not who reported it, nor when others last met. *Public*: of all these nothing;
    besides no person, no free text, EIN or NPI, and no count of persons below `least_cell` (nor the
    next one, where it could be worked out from a total). For both, no row says which file it came
    from.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        All tables of a network.
    audience : {"partner", "public"}
        Who reads.
    organization : str
        Id of the partner that reads, or "" for what every partner may see.
    vocabulary : Vocabulary
        Tells which topics of agreements are known words.
    least_cell : int, default 5
        Counts of persons from 1 to below this are small.
    """
    shown = {name: _declared(name, frame) for name, frame in tables.items()}
    for name, owners in OWN_ROWS.items():
        shown[name] = _own_rows(shown[name], owners, organization)
    shown["organizations"] = _own_profile(tables["organizations"], organization)
    shown["memberships"] = _without_attendance(shown["memberships"], organization)
    shown["goals"] = _shared_goals(tables["goals"], shown["goals"], audience)
    shown["measurements"] = _of_goals(shown["measurements"], shown["goals"])
    shown["ties"] = _without_reporters(shown["ties"], organization)
    shown["about"] = _settings(shown["about"], audience, organization)
    if audience == "public":
        shown["people"] = empty_table("people")
        shown["agreements"] = _without_names(shown["agreements"], vocabulary)
        shown |= suppress_small_groups(shown, least_cell)
        shown["services"] = _without_small_capacity(shown["services"], least_cell)
        for name, columns in BLANK_FOR_PUBLIC.items():
            shown[name] = _blank(shown[name], columns)
        shown = mask_persons(shown, tables["people"])
    shown = rename_private(shown, organization)
    return {name: mask_texts(name, _blank(frame, (PROVENANCE,))) for name, frame in shown.items()}


def hides(audience: str, table: str) -> bool:
    """Whether an audience does not see all rows of a table: no row there is then not none.

    Examples
    --------
    >>> hides("partner", "outcomes"), hides("internal", "outcomes"), hides("partner", "services")
    (True, False, False)
    """
    of_persons = audience == "public" and table == "people"
    return audience != "internal" and (table in OWN_ROWS or of_persons)


def check_audience(audience: str, organization: str | None) -> None:
    """Raise `UsageError` where the audience is none of the three, or is no one organization."""
    if not isinstance(audience, str) or audience not in AUDIENCES:
        raise UsageError(
            f"audience: found {audience!r}. Allowed are {', '.join(AUDIENCES)}. Choose one."
        )
    if organization is not None and audience != "partner":
        raise UsageError(
            f"organization: found {organization!r} with the audience {audience!r}. Only what is "
            'made for a partner names one. Leave it out, or choose the audience "partner".'
        )


def _declared(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Leave out columns that the schema does not know: nobody can tell what is in them."""
    return frame[[c for c in frame if c in (*TABLES[name].names, PROVENANCE)]]


def _own_rows(frame: pd.DataFrame, owners: tuple[str, ...], organization: str) -> pd.DataFrame:
    own = frame[list(owners)].eq(organization).any(axis=1) & bool(organization)
    return frame[own].reset_index(drop=True)


def _own_profile(frame: pd.DataFrame, organization: str) -> pd.DataFrame:
    """Keep the profile columns of the reader only; of others the facts of public registers."""
    shown = _declared("organizations", frame).copy()
    own = (frame["id"] == organization) & bool(organization)
    for column in frame.columns.difference(shown.columns, sort=False):
        text = frame[column].astype("str")
        keep = own
        if column in FACTS:
            keep = own | text.str.fullmatch(FACTS[column])
        if keep.any():
            shown[column] = text.where(keep, "")
    return shown


def _without_attendance(frame: pd.DataFrame, organization: str) -> pd.DataFrame:
    """Leave out who sits in which meeting: who does not come can be read off it."""
    meeting = frame["group_kind"].str.contains(MEETING_WORDS, case=False, regex=True)
    own = (frame["organization"] == organization) & bool(organization)
    return frame[~meeting | own].reset_index(drop=True)


def _shared_goals(goals: pd.DataFrame, own: pd.DataFrame, audience: str) -> pd.DataFrame:
    """Show partners their own goals and those of the network; the public none."""
    shared = _declared("goals", goals[(goals["organization"] == "") & (goals["other"] == "")])
    return own if audience == "public" else pd.concat([shared, own], ignore_index=True)


def _of_goals(measurements: pd.DataFrame, goals: pd.DataFrame) -> pd.DataFrame:
    """Keep the measurements of these goals, without a word on where they come from."""
    known = set(goals["goal"].map(fold_label))
    kept = measurements[measurements["goal"].map(fold_label).isin(known)]
    return _blank(kept.reset_index(drop=True), ("source",))


def _without_reporters(ties: pd.DataFrame, organization: str) -> pd.DataFrame:
    """Make one row of all reports of a tie, in an order that does not tell who wrote them.

    The strongest report counts, as in every strength combined by partnet; answers of "none" and
    contacts of others are left out.
    """
    own = ties[["source", "target"]].eq(organization).any(axis=1) & bool(organization)
    ties = _blank(ties, ("reported_by", "answer", "ladder", "evidence"))
    ties["last_contact"] = ties["last_contact"].where(own)
    kept = ties[~is_denial(ties) & ((ties["relation"] != "contact") | own)]
    ends = np.sort(kept[["source", "target"]].to_numpy(dtype=str), axis=1)
    turned = (kept["directed"] == "no").to_numpy()
    pair = kept.assign(
        source=np.where(turned, ends[:, 0], kept["source"]),
        target=np.where(turned, ends[:, 1], kept["target"]),
    )
    keys = ["source", "target", "relation", "directed"]
    pair = pair.sort_values([*keys, "strength", "since", "until", "level"], kind="stable")
    rules = {"strength": "max", "since": "min", "last_contact": "max", "level": "first"}
    found = pair.groupby(keys, sort=True).agg({**rules, "until": _latest}).reset_index()
    return (
        found.reindex(columns=ties.columns)
        .astype(ties.dtypes.to_dict())
        .fillna({c: "" for c in ties if ties[c].dtype == "str"})
    )


def _latest(days: pd.Series) -> pd.Timestamp:
    """The last of some ends; a tie without an end in one report goes on."""
    return pd.NaT if days.isna().any() else days.max()


def _settings(about: pd.DataFrame, audience: str, organization: str) -> pd.DataFrame:
    """Keep what the file says to every reader, and say for whom it is made now."""
    kept = about[about["setting"].str.casefold().isin(PUBLIC_SETTINGS)]
    rows = [("audience", audience), ("audience organization", organization)]
    rows = [row for row in rows if row[1]]
    said = pd.DataFrame(rows, columns=["setting", "value"], dtype="str")
    return pd.concat([kept, said.assign(**{PROVENANCE: ""})], ignore_index=True).astype("str")


def _without_names(agreements: pd.DataFrame, vocabulary: Vocabulary) -> pd.DataFrame:
    """Number the agreements, and keep types and topics only where they are known words."""
    codes, _ = pd.factorize(agreements["agreement"])
    known = {
        column: [
            text if vocabulary.find_relation(text) else "" for text in agreements[column].tolist()
        ]
        for column in ("type", "topic")
    }
    numbers = [f"{code + 1}" for code in codes]
    columns = {name: pd.Series(v, agreements.index, dtype="str") for name, v in known.items()}
    return agreements.assign(agreement=pd.Series(numbers, agreements.index, dtype="str"), **columns)


def _without_small_capacity(services: pd.DataFrame, least: int) -> pd.DataFrame:
    return services.assign(capacity=services["capacity"].where(services["capacity"] >= least))


def _blank(frame: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    """Empty some columns: "" in text, NaN and NaT elsewhere."""
    blank = {
        name: pd.Series("" if frame[name].dtype == "str" else None, frame.index, frame[name].dtype)
        for name in columns
        if name in frame
    }
    return frame.assign(**blank)


def describe_audience(audience: str, organization: str) -> str:
    """Say to a reader what is left out for him; "" where nothing is."""
    if audience == "internal":
        return ""
    reader = {"partner": f"a partner ({organization})" if organization else "partners"}
    hidden = {
        "partner": "ratings, reporters, answers, contacts, goals and attendance of others",
        "public": (
            "ratings, reporters, answers, contacts, goals, persons, free text, small counts and "
            "what breaks if an organization leaves"
        ),
    }
    return (
        f"Made for {reader.get(audience, 'the public')}: {hidden[audience]} are not in it. As who "
        "answered is not shown, a tie that is not on file may still exist."
    )
