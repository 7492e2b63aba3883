"""Making the questionnaires of a survey, one for each organization."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from ..core.arguments import checked
from ..core.checks import check_count
from ..core.errors import UsageError
from ..core.network import Network
from ..core.results.result import Method, Result, Sentence
from ..core.results.shown import Column, Shown
from ..core.storage.writing import check_folder, write_folder_atomically
from ..core.wording.text import count_noun, join_words
from ..io.typed.identity import make_slug
from ..places.gazetteer import county_name
from .settings import FILE, Settings, write_settings
from .sheets.goals import list_goals
from .sheets.profile import list_profile
from .sheets.roster import Roster, choose_relations, find_asked, list_services
from .sheets.voices import list_voices_to_ask
from .sheets.workbook import Questionnaire, make_workbook
from .tools.own_goals import HOW, list_own_goals
from .tools.questions import ToolForm
from .tools.write import EXCEL, TOOLS, make_tool_files

Row = dict[str, str | int]

LETTER = "letter.txt"
ATTACHED = (
    "Attached is a workbook for your organization. It shows what we have on file, and asks whom "
    "you work with. It takes about 15 minutes.",
    "Please fill in the light yellow cells, save it, and send it back",
    "A file that is half done helps as well.",
)
LINKED = (
    "Behind this link are our questions: [put the link here]. They ask whom you work with, and "
    "take about 15 minutes.",
    "Please answer",
    "Answers that are half done help as well.",
)
MOST_NAME = 60  # characters of an id in the name of a file

FILES = Shown(
    "table",
    "Questionnaires, one for each organization",
    (
        Column("organization", meaning="Its id."),
        Column("name", "Organization"),
        Column("file", "File", meaning="What to send it."),
        Column("listed", "Partners listed", "count", meaning="How many its list holds."),
        Column("filed", "With a tie on file", "count", meaning="Of these, with a tie on file."),
        Column("services", "Services on file", "count", meaning="Services to confirm."),
    ),
)


@checked
def write_questionnaires(
    net: Network,
    path: str | Path,
    *,
    tool: str = EXCEL,
    wave: str | None = None,
    relations: Sequence[str] | None = None,
    organizations: Sequence[str] | None = None,
    partners: int = 40,
    ratings: bool = True,
    goals: bool = True,
    own_goals: bool = False,
    voices: bool = True,
    profile: bool = False,
    due: str = "",
    reply_to: str = "",
    as_of: str | pd.Timestamp | None = None,
) -> Result:
    """Write the questions for every organization: workbooks to send, or a form for a survey tool.

    Asked is whom the organization works with, how often and on what; a workbook also shows what is
    on file about it to confirm or correct. "No", "don't know" and blank stay apart. What it shows
    is what any partner may see: ties, never who reported them. :func:`partnet.collect_answers`
    reads the answers back.

    Parameters
    ----------
    net : Network
        The network.
    path : path
        The folder to write. Nothing that somebody filled in or changed there is overwritten.
    tool : {"excel", "xlsform", "redcap", "qualtrics", "forms"}, default "excel"
        A workbook for each organization; or one form for all: an XLSForm (KoBo, ODK), a REDCap
        data dictionary, a Qualtrics text file, questions to paste into Google or Microsoft Forms,
        each with the ``survey.toml`` that reads its export.
    wave : str, optional
        What this round is called; default: the year of the day.
    relations : sequence of str, optional
        Relations to ask about beside "Do you work together?"; default: the five working relations
        most on file.
    organizations : sequence of str, optional
        Whom to ask, by id or name; default: all but neighbors kept as context.
    partners : int, default 40
        How many organizations a list holds, which people fill in within 15 minutes: all with a tie
        on file, however many, then the nearest and those with most ties in turn. The one list of a
        survey tool holds those with most ties on file. Others are not asked about.
    ratings : bool, default True
        Ask about value and trust of the partners with a tie on file: six questions, four steps
        (:func:`partnet.measure_trust`).
    goals : bool, default True
        Ask where goals stand, and which others there are (:func:`partnet.track_goals`): a workbook
        shows an organization its own and those of the network, a form those of the network.
    own_goals : bool, default False
        A form asks each organization about its own goals as well, as far as the tool can: by fields
        that are filled in for whoever answers (XLSForm, REDCap, Qualtrics), from a file of their
        own, or in sections (Google and Microsoft Forms). What is to be done, and who could see
        whose goals, is said.
    voices : bool, default True
        Ask for which residents and populations the organization speaks, how they are heard, and
        with how many seats (:func:`partnet.list_voices`).
    profile : bool, default False
        Ask in a workbook for the organization's own account: whom it serves, through which model,
        with which mission, plan and measures of success, from which the themes of the community
        are found (:func:`partnet.prepare_session`). It takes another 15 minutes.
    due, reply_to : str
        By when and to whom to send it back, as it is to be printed.
    as_of : str or Timestamp, optional
        The day on which ties must hold; default: the newest date in the tables.

    Returns
    -------
    Result
        ``.table``: one row a questionnaire, with its file.

    Raises
    ------
    UsageError
        Nobody is there to ask or to ask about, a relation or an organization is not known, or
        something in the folder would be lost.

    Examples
    --------
    >>> import tempfile
    >>> import partnet as pn
    >>> net = pn.load_sample("prairie").subnetwork(["Cedar County Hospital", "Bow Creek Ambulance"])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     made = pn.write_questionnaires(net, f"{folder}/wave-2027", wave="2027")
    >>> made.table["file"].tolist()
    ['001-bow-creek-ambulance.xlsx', '002-cedar-county-hospital.xlsx']
    """
    check_count("partners", partners, least=1)
    if tool not in TOOLS:
        raise UsageError(f"tool: found {tool!r}. Allowed are {', '.join(TOOLS)}. Choose one.")
    path = Path(path)
    check_folder(path)
    _check_own_goals(own_goals, tool, goals)
    if profile and tool != EXCEL:
        raise UsageError(
            f"profile: found one with the tool {tool}. A workbook asks for it; a tool may ask the "
            "questions of partnet template --survey stocktaking. Leave it out."
        )
    here = net.at(as_of)
    asked = find_asked(here, organizations)
    if not asked or here.n < 2:
        raise UsageError(
            f"network: found {count_noun(here.n, 'organization')}, {len(asked):,} of them to ask. "
            "A survey needs one to ask and another to ask about. Add organizations."
        )
    settings = _settle(here, asked, wave, choose_relations(here, relations), due, reply_to)
    if tool != EXCEL:
        form, files = make_tool_files(
            here, settings, tool, partners, ratings=ratings, goals=goals, own_goals=own_goals,
            voices=voices,
        )  # fmt: skip
        write_folder_atomically(path, {**files, LETTER: _write_letter(settings, LINKED)})
        rows = _list_form(form, here, next(iter(files)))
        told = _tell(here, path, settings, rows, ratings, goals, voices)
        more = _say_own_goals(here, form, tool) if goals else ()
        return replace(told, sentences=(*told.sentences, *more))
    made = _make_all(here, settings, partners, ratings, goals, voices)
    if profile:
        made = [replace(each, profile=list_profile(here, each.organization)) for each in made]
    names = dict(zip(asked, _name_files(asked), strict=True))
    words = sorted(set(here.rows("services")["service"]) - {""})
    files = {names[q.organization]: make_workbook(q, here.vocabulary, words) for q in made}
    files |= {FILE: write_settings(settings), LETTER: _write_letter(settings, ATTACHED)}
    write_folder_atomically(path, files)
    rows = [_list_row(q, names) for q in made]
    return _tell(here, path, settings, rows, ratings, goals, voices, profile)


def _check_own_goals(own_goals: bool, tool: str, goals: bool) -> None:
    """Refuse a wish that changes nothing."""
    if own_goals and (tool == EXCEL or not goals):
        why = (
            "A workbook shows an organization its own goals anyway"
            if tool == EXCEL
            else "Without goals none is asked about"
        )
        with_ = f"the tool {EXCEL}" if tool == EXCEL else "goals left out"
        raise UsageError(f"own_goals: found one with {with_}. {why}. Leave it out.")


def _say_own_goals(here: Network, form: ToolForm, tool: str) -> Iterator[Sentence]:
    """Say what is to be done for goals of one organization, or that they are not asked about."""
    own = {id_: len(goals) for id_ in form.respondents if (goals := list_own_goals(here, id_))}
    if not own:
        return
    who = f"{count_noun(len(own), 'organization has', 'organizations have')} goals of their own"
    claims = {"organizations": len(own), "most": max(own.values()), "asked": bool(form.own)}
    text = f"{who}, which one form for all does not ask about; --own-goals (own_goals) does."
    if form.own:
        text = f"{who}, which are asked about: {HOW[tool]}"
    yield Sentence("own_goals", text, claims)


def _settle(
    here: Network,
    asked: Sequence[str],
    wave: str | None,
    relations: tuple[str, ...],
    due: str,
    reply_to: str,
) -> Settings:
    day = "" if here.day is None else f"{here.day:%Y-%m-%d}"
    name = (wave or "").strip() or day[:4] or "1"
    return Settings(here.title, name, day, relations, tuple(asked), due, reply_to)


def _name_files(asked: Sequence[str]) -> list[str]:
    """Numbered, and in letters that every system takes: a name may hold anything."""
    return [
        f"{number:03d}-{make_slug(id_)[:MOST_NAME].strip('-')}.xlsx"
        for number, id_ in enumerate(asked, start=1)
    ]


def _make_all(
    here: Network, settings: Settings, partners: int, ratings: bool, goals: bool, voices: bool
) -> list[Questionnaire]:
    """Ask everybody; of ties each sees what a partner may see, in which nobody's word is shown."""
    roster = Roster(here.for_audience("partner"), partners)
    return [
        Questionnaire(
            settings,
            id_,
            _list_facts(here, id_),
            roster.list_for(id_),
            list_services(here, id_),
            ratings,
            list_goals(here, id_) if goals else None,
            list_voices_to_ask(here, id_) if voices else None,
        )
        for id_ in settings.asked
    ]


def _list_facts(here: Network, id_: str) -> dict[str, str]:
    row: Any = here.organizations.loc[id_]
    kind = here.vocabulary.kinds.get(row["kind"])
    county = county_name(row["county_fips"])
    return {
        "name": row["name"],
        "kind": kind.label if kind else row["kind"],
        "county": f"{county}, {row['state']}" if county else row["county"],
        "zip": row["zip"],
    }


def _write_letter(settings: Settings, words: tuple[str, str, str]) -> bytes:
    """A letter to send along; short, and to be changed at will."""
    due = f" by {settings.due}" if settings.due else " within two weeks"
    to = "Reply to this message"
    what, please, half = words
    if words is ATTACHED:
        to = f"Send it to {settings.reply_to}." if settings.reply_to else f"{to}."
    else:
        to = f"{to} with any question."
        if settings.reply_to:
            to = f"Questions go to {settings.reply_to}."
    lines = [
        f"Subject: {settings.title} – who works with whom, {settings.wave}",
        "",
        "Dear partner,",
        "",
        f"we would like to know how our network of partners looks from where you are. {what}",
        "",
        f"{please}{due}. {to} {half}",
        "",
        "In return you will get a picture of the whole network and of your place in it. Nobody is "
        "shown who reported what.",
        "",
        "Thank you.",
    ]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _list_row(q: Questionnaire, names: Mapping[str, str]) -> Row:
    return {
        "organization": q.organization,
        "name": q.facts["name"],
        "file": names[q.organization],
        "listed": len(q.partners),
        "filed": sum(bool(each.filed) for each in q.partners),
        "services": len(q.services),
    }


def _list_form(form: ToolForm, here: Network, file: str) -> list[Row]:
    """A row for everybody who may answer a form; it shows nothing that is on file."""
    return [
        {
            "organization": id_,
            "name": here.name(id_),
            "file": file,
            "listed": len(form.partners) - (id_ in form.partners),
            "filed": len(form.filed[id_] & {*form.partners}),
            "services": 0,
        }
        for id_ in form.settings.asked
    ]


def _tell(
    here: Network,
    path: Path,
    settings: Settings,
    rows: Sequence[Row],
    ratings: bool,
    goals: bool,
    voices: bool,
    profile: bool = False,
) -> Result:
    return Result(
        verb="write_questionnaires",
        title=f"Questionnaires of {settings.title}, {settings.wave}",
        table=pd.DataFrame(rows, columns=FILES.names),
        sentences=_say(here, path, settings, rows, ratings, goals, voices, profile),
        method=Method(
            "A list of partners for each organization, with the ties on file.",
            "Everybody with a tie on file, then the nearest and those with most ties in turn.",
            MappingProxyType({"wave": settings.wave, "day": settings.day or "no date on file"}),
            notes=("Who is not on a list is not asked about: that there is no tie is not known.",),
        ),
        shown=(FILES,),
        as_of=here.day,
        network=here.title,
    )


def _say(
    here: Network,
    path: Path,
    settings: Settings,
    rows: Sequence[Row],
    ratings: bool,
    goals: bool,
    voices: bool,
    profile: bool = False,
) -> tuple[Sentence, ...]:
    labels = [here.vocabulary.relations[r].label for r in settings.relations]
    sizes = [int(row["listed"]) for row in rows]
    more = ["value and trust"] * ratings + ["goals"] * goals
    more += ["whom it speaks for"] * voices + ["what it does, for whom and why"] * profile
    cut = any(size < here.n - 1 for size in sizes)
    return (
        _say_written(path, settings, rows),
        Sentence(
            "asked",
            "Each asks whom the organization works with and how often"
            + (f", and about {join_words(labels)}." if labels else ".")
            + (f" It also asks about {join_words(more)}." if more else ""),
            {"relations": labels, "ratings": ratings, "goals": goals, "voices": voices},
        ),
        *([_say_lists(here, sizes)] if cut else []),
    )


def _say_written(path: Path, settings: Settings, rows: Sequence[Row]) -> Sentence:
    files = list(dict.fromkeys(str(row["file"]) for row in rows))
    if len(files) == len(rows):
        what = f"{count_noun(len(rows), 'questionnaire')} for wave {settings.wave}, with {LETTER}"
    else:
        who = count_noun(len(rows), "organization")
        what = f"{files[0]} for {who}, wave {settings.wave}, with {LETTER}"
    text = f"Written: {path}, {what} to send along."
    return Sentence("written", text, {"questionnaires": len(rows), "wave": settings.wave})


def _say_lists(here: Network, sizes: Sequence[int]) -> Sentence:
    span = f"{min(sizes)}" if min(sizes) == max(sizes) else f"{min(sizes)} to {max(sizes)}"
    others = count_noun(here.n - 1, "other")
    text = f"Lists hold {span} of {others}; who is not listed is not asked about."
    claims = {"least": min(sizes), "most": max(sizes), "others": here.n - 1}
    return Sentence("lists", text, claims)
