"""Exports as survey tools write them: all their columns, HTML, numbered and bilingual labels."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

import partnet as pn
from partnet.core.network import Network

from ..builders import make_network
from .test_grids import list_open, save

HILL, ELK, PINE, SAGE = NAMES = ["Hill Hospital", "Elk EMS", "Pine Pantry", "Sage Shelter"]
WORDY = ["Pine Family Resource Center", "Cedar Housing Trust", "Joint Training Council, Inc."]
OTHERS = NAMES[1:]
NET = make_network([{"id": name[0].lower(), "name": name, "kind": "food"} for name in NAMES])
WORDY_NET = make_network(
    [{"id": id_, "name": n, "kind": "food"} for id_, n in zip("hrcj", [HILL, *WORDY], strict=True)]
)
DAY = "10/5/2026 9:12:44"
# Columns that a tool writes of itself, and what stands in them.
MONKEY = {
    "Respondent ID": "118052219061", "Collector ID": "446111201", "Start Date": DAY,
    "End Date": DAY, "IP Address": "192.0.2.3", "Email Address": "", "First Name": "",
    "Last Name": "", "Custom Data 1": "",
}  # fmt: skip
QUALTRICS = {
    "StartDate": ("Start Date", "2026-10-05 09:12:44"),
    "EndDate": ("End Date", "2026-10-05 09:20:44"),
    "Status": ("Response Type", "IP Address"),
    "IPAddress": ("IP Address", "192.0.2.3"),
    "Progress": ("Progress", "100"),
    "Duration (in seconds)": ("Duration (in seconds)", "480"),
    "Finished": ("Finished", "True"),
    "RecordedDate": ("Recorded Date", "2026-10-05 09:20:45"),
    "ResponseId": ("Response ID", "R_3abc"),
    "RecipientEmail": ("Recipient Email", ""),
    "LocationLatitude": ("Location Latitude", "41.1"),
    "DistributionChannel": ("Distribution Channel", "anonymous"),
    "UserLanguage": ("User Language", "EN"),
}
FORMS = {"ID": "1", "Start time": DAY, "Completion time": DAY, "Email": "anonymous", "Name": ""}
Rows = list[list[str]]
Tie = tuple[str, str, str, float]


class Export(NamedTuple):
    """An export, and what it says."""

    rows: Rows
    ties: set[Tie]
    open: frozenset[tuple[str, str, str]] = frozenset()
    ratings: frozenset[tuple[str, str, str, float]] = frozenset()
    named: tuple[str, ...] = ()  # what is set aside and said
    net: Network = NET


EXPORTS: dict[str, Callable[[], Export]] = {}


def case(write: Callable[[], Export]) -> Callable[[], Export]:
    EXPORTS[write.__name__] = write
    return write


def work(*said: tuple[str, float], by: str = "h") -> set[Tie]:
    """Ties of working together that one organization reports."""
    return {(by, partner, "collaboration", strength) for partner, strength in said}


def rate(dimension: str, by: str = "h", **said: float) -> frozenset[tuple[str, str, str, float]]:
    return frozenset((by, rated, dimension, float(value)) for rated, value in said.items())


def unknown(*partners: str) -> frozenset[tuple[str, str, str]]:
    return frozenset(("h", partner, "don't know") for partner in partners)


def ask(question: str, form: str = "{q} [{n}]", names: list[str] = NAMES) -> list[str]:
    """Headings of one question, one for each partner."""
    return [form.format(q=question, n=name, k=k) for k, name in enumerate(names, start=1)]


def qualtrics(asked: list[str], *rows: list[str], ids: bool = True) -> Rows:
    """Two or three rows of headers, with what the tool keeps."""
    codes = [*QUALTRICS, *(f"Q{k}" for k in range(1, len(asked) + 1))]
    labels = [*(label for label, _ in QUALTRICS.values()), *asked]
    last = [f'{{"ImportId":"QID{k}"}}' for k in range(len(codes))]
    body = [[*(cell for _, cell in QUALTRICS.values()), *row] for row in rows]
    return [codes, labels, *([last] if ids else []), *body]


def surveymonkey(first: list[str], second: list[str], *rows: list[str]) -> Rows:
    body = [[*MONKEY.values(), *row] for row in rows]
    return [[*MONKEY, *first], [*[""] * len(MONKEY), *second], *body]


def forms(asked: list[str], *rows: list[str]) -> Rows:
    return [[*FORMS, *asked], *([*FORMS.values(), *row] for row in rows)]


@case
def google_boxes_in_a_grid() -> Export:
    asked = ask("In what ways do you work with each organization? (check all that apply)")
    head = ["Timestamp", "Username", "Which organization do you represent? ", *asked]
    cells = ["", "Referrals;Data sharing", "Don't know", "None of these"]
    ties = {("h", "e", "referral", 1.0), ("h", "e", "data_sharing", 1.0), *work(("s", 0))}
    row = ["2026/10/05 9:12:44 AM MDT", "a@h.example", HILL, *cells]
    return Export([head, row], ties, unknown("p"))


@case
def google_numbered_labels() -> Export:
    often = ask("2. How often do you communicate with this partner?", "{q} [{k}. {n}]")
    kept = ask("3. Do they keep commitments (reliability)?", "{q} [{k}. {n}]")
    head = ["Timestamp", "Email Address", "1. What organization do you answer for?", *often, *kept]
    cells = ["", "Daily", "Never", "Once a month", "", "A great deal", "", "Somewhat"]
    rows = [head, [DAY, "a@h.example", HILL, *cells]]
    return Export(rows, work(("e", 1), ("p", 0), ("s", 0.6)), ratings=rate("reliability", e=4, s=3))


@case
def two_languages_in_cells() -> Export:
    asked = ask("How often do you work together? / ¿Con qué frecuencia trabajan juntos?")
    head = ["Marca temporal", "Name of organization / Nombre de la organización", *asked]
    row = [DAY, HILL, "", "Weekly / Semanalmente", "Never / Nunca", "Don't know / No sé"]
    return Export([head, row], work(("e", 0.8), ("p", 0)), unknown("s"))


@case
def two_languages_in_rows() -> Export:
    names = [HILL, f"{ELK} / Ambulancia Elk", f"{PINE} / Despensa", f"{SAGE} / Refugio"]
    head = ["Timestamp", "Organization", *ask("How often do you work together?", names=names)]
    row = [DAY, HILL, "", "Weekly", "Never", "Monthly"]
    return Export([head, row], work(("e", 0.8), ("p", 0), ("s", 0.6)))


@case
def a_question_for_each_partner() -> Export:
    asked = ask("", "How would you describe your relationship with {n}?", OTHERS)
    head = ["Timestamp", "Your organization", *asked]
    first = [DAY, HILL, "Coordination", "No interaction", "Networking"]
    ties = work(("e", 0.75), ("p", 0), ("s", 0.25)) | work(("p", 0.5), by="e")
    rows = [head, first, [DAY, ELK, "", "Cooperation", ""]]
    return Export(rows, ties, frozenset({("e", "s", "skipped")}))


@case
def a_partner_whom_nobody_answered_about() -> Export:
    """Alchemer writes the partner first."""
    kept = ["Response ID", "Time Started", "Date Submitted", "Status", "Language", "User Agent"]
    asked = ask("How often do you work with each organization?", "{n}:{q}")
    row = ["1", DAY, DAY, "Complete", "English", "Mozilla"]
    rows = [[*kept, "Organization name", *asked], [*row, HILL, "", "Weekly", "Never", ""]]
    rows += [[*row, ELK, "Weekly", "", "", ""]]
    ties = work(("e", 0.8), ("p", 0)) | work(("h", 0.8), by="e")
    return Export(rows, ties, frozenset({("h", "s", "skipped"), ("e", "p", "skipped")}))


@case
def microsoft_blanks_that_do_not_break() -> Export:
    head = ["Which organization do you represent?\xa0", *(f"{name}\xa0" for name in NAMES)]
    rows = forms(head, [HILL, "", "Weekly", "Never", "I don't know"])
    return Export(rows, work(("e", 0.8), ("p", 0)), unknown("s"))


@case
def microsoft_several_choices() -> Export:
    head = ["Organization", "Which of these do you refer clients to?"]
    rows = forms(head, [HILL, f"{ELK};the sheriff;"], [ELK, f"{HILL};{PINE};"])
    ends = {("h", "e"), ("e", "h"), ("e", "p")}
    return Export(rows, {(*end, "referral", 1.0) for end in ends}, named=("the sheriff",))


@case
def microsoft_one_partner_a_form() -> Export:
    head = ["Your organization", "Which partner are you rating?"]
    head += ["How often do you work with this partner?", "How reliable is this partner?"]
    rows = forms(head, [HILL, ELK, "Weekly", "4"], [HILL, PINE, "Monthly", "2"])
    rows[2][0] = "2"
    return Export(rows, work(("e", 0.8), ("p", 0.6)), ratings=rate("reliability", e=4, p=2))


@case
def surveymonkey_html() -> Export:
    asked = "<p>How often does your organization <strong>interact</strong> with each of these?</p>"
    first = ["What is the name of your organization?", asked, "", "", ""]
    row = [HILL, "", "Weekly", "Never", "Don't know"]
    rows = surveymonkey(first, ["Open-Ended Response", *NAMES], row)
    return Export(rows, work(("e", 0.8), ("p", 0)), unknown("s"))


@case
def surveymonkey_menus() -> Export:
    first = ["Your organization", "Please tell us about each partner", *[""] * 5]
    menus = [f"{n} - {m}" for n in OTHERS for m in ("Frequency of contact", "Reliability")]
    row = [HILL, "Weekly", "A great deal", "Never", "", "Monthly", "A small amount"]
    ties = work(("e", 0.8), ("p", 0), ("s", 0.6))
    rows = surveymonkey(first, ["Response", *menus], row)
    return Export(rows, ties, ratings=rate("reliability", e=4, s=2))


@case
def surveymonkey_other() -> Export:
    asked = "With which organizations do you have a contract? (Select all that apply)"
    other = "Other (please specify)"
    first, second = ["Your organization", "", asked, *[""] * 4], ["Response", other, *NAMES, other]
    one, two = [HILL, "", "", ELK, "", "", "Rotary Club"], [other, PINE, HILL, "", "", SAGE, ""]
    said = {("h", "e"): 1.0, ("h", "p"): 0.0, ("h", "s"): 0.0, ("p", "h"): 1.0, ("p", "e"): 0.0,
            ("p", "s"): 1.0}  # fmt: skip
    ties: set[Tie] = {(*ends, "contract", strength) for ends, strength in said.items()}
    return Export(surveymonkey(first, second, one, two), ties, named=("Rotary Club",))


@case
def surveymonkey_own_row() -> Export:
    first = ["Your organization", "How close? (1 = not at all, 4 = very close)", *[""] * 3]
    one, two = [HILL, "N/A", "4", "1", "2"], [ELK, "2", "This is my organization", "", ""]
    ties = work(("e", 1), ("p", 0), ("s", 0.5)) | work(("h", 0.5), by="e")
    return Export(surveymonkey(first, ["Response", *NAMES], one, two), ties)


@case
def qualtrics_with_other_respondents() -> Export:
    who = "Which organization do you represent?"
    asked = ask("Think about the last 12 months.\n\nHow often did you interact?", "{q} - {n}")
    other = f"{who} - Other (please specify): - Text"
    one = [HILL, "", "", "Weekly", "Not at all", "Don't know"]
    two = ["Other (please specify):", SAGE, "Monthly", "", "Never", ""]
    rows = qualtrics([f"{who} - Selected Choice", other, *asked], one, two)
    ties = work(("e", 0.8), ("p", 0)) | work(("h", 0.6), ("p", 0), by="s")
    return Export(rows, ties, unknown("s") | {("s", "e", "skipped")})


@case
def qualtrics_boxes_by_row() -> Export:
    kinds = ("Refer clients", "Share data")
    asked = [f"How do you work with each? - {n} - {kind}" for n in OTHERS for kind in kinds]
    rows = qualtrics(["Your organization", *asked], [HILL, kinds[0], "", "", kinds[1], "", ""])
    said = {("e", "referral"), ("p", "data_sharing")}
    both = ("referral", "data_sharing")
    return Export(rows, {("h", o, r, float((o, r) in said)) for o in "eps" for r in both})


@case
def qualtrics_side_by_side() -> Export:
    questions = ("How often are you in touch?", "Do you have a written agreement (MOU)?")
    asked = [f"Please complete the table - {q} - {n}" for q in questions for n in OTHERS]
    row = [HILL, "Weekly", "Monthly", "Never", "Yes", "No", "No"]
    ties: set[Tie] = {("h", o, "agreement", 0.8 * (o == "e")) for o in "eps"}
    ties |= work(("e", 0.8), ("p", 0.6), ("s", 0))
    return Export(qualtrics(["Your organization", *asked], row), ties)


@case
def qualtrics_loop_and_merge() -> Export:
    often = ask("How often do you work with ${lm://Field/1}?", "{n} - {q}", OTHERS)
    rated = ask("Please rate [Field-1] on: - Reliable", "{n} - {q}", OTHERS)
    row = [HILL, "Weekly", "Monthly", "Never", "4", "3", ""]
    ties = work(("e", 0.8), ("p", 0.6), ("s", 0))
    rows = qualtrics(["Your organization", *often, *rated], row)
    return Export(rows, ties, ratings=rate("reliability", e=4, p=3))


@case
def qualtrics_html_in_rows() -> Export:
    asked = ask("How often do you interact?", '{q} - <span style="x"><b>{n}</b></span>', OTHERS)
    rows = qualtrics(["Your organization", *asked], [HILL, "Weekly", "Never", "Monthly"], ids=False)
    return Export(rows, work(("e", 0.8), ("p", 0), ("s", 0.6)))


@case
def qualtrics_codes_that_the_question_explains() -> Export:
    said = "Contact (1=Never, 2=Yearly, 3=Monthly, 4=Weekly, 5=Daily)"
    asked = ["Your organization", *ask(said, "{q} - {n}", OTHERS)]
    return Export(qualtrics(asked, [HILL, "4", "1", "3"]), work(("e", 0.8), ("p", 0), ("s", 0.6)))


@case
def qualtrics_labels_with_numbers() -> Export:
    asked = ["Your organization", *ask("How reliable is each?", "{q} - {n}", OTHERS)]
    rows = qualtrics(asked, [HILL, "4 - Mostly", "1 - Not at all", "5 - Completely"])
    return Export(rows, set(), ratings=rate("reliability", e=4, p=1, s=5))


@case
def redcap_labels_of_a_matrix() -> Export:
    head = ["Record ID", "Survey Identifier", "Survey Timestamp", "Organization", *OTHERS]
    rows = [[*head, "Complete?"]]
    rows += [["1", "", DAY, HILL, "Weekly", "Never", "Don't know", "Complete"]]
    rows += [["2", "", "[not completed]", ELK, "", "", "", "Incomplete"]]
    return Export(rows, work(("e", 0.8), ("p", 0)), unknown("s"))


@case
def redcap_labels_of_boxes() -> Export:
    asked = ask("Whom do you refer clients to?", "{q} (choice={n})", [*NAMES, "None of these"])
    head = ["Record ID", "Survey Timestamp", "Your organization", *asked, "Complete?"]
    one = ["Unchecked", "Checked", *["Unchecked"] * 3]
    rows = [head, ["1", DAY, HILL, *one, "Complete"]]
    rows += [["2", DAY, ELK, *["Unchecked"] * 4, "Checked", "Complete"]]
    none = {("h", "p"), ("h", "s"), ("e", "h"), ("e", "p"), ("e", "s")}
    ties: set[Tie] = {(*ends, "referral", 0.0) for ends in none}
    return Export(rows, ties | {("h", "e", "referral", 1.0)})


@case
def redcap_whole_questions() -> Export:
    asked = ask("How often does your organization work with", "{q} {n}?", OTHERS)
    head = ["Record ID", "Survey Timestamp", "Name of your organization", *asked, "Any comments?"]
    row = ["1", DAY, HILL, "At least once a week", "Never", "Don't know", "great"]
    return Export([head, row], work(("e", 0.8), ("p", 0)), unknown("s"))


@case
def kobo_boxes_beside_their_question() -> Export:
    asked = "Whom do you refer clients to?"
    kept = ["_id", "_uuid", "_submission_time", "_status", "__version__", "_index"]
    head = ["start", "end", "Your organization", asked, *ask(asked, "{q}/{n}"), *kept]
    row = [DAY, DAY, HILL, f"{ELK} {SAGE}", "0", "1", "0", "1", *["11"] * len(kept)]
    said = {("h", "e", "referral", 1.0), ("h", "p", "referral", 0.0), ("h", "s", "referral", 1.0)}
    return Export([head, row], said)


@case
def kobo_codes() -> Export:
    names = ["elk_ems", "pine_pantry", "sage_shelter"]
    head = ["start", "intro/org", *ask("", "ties/freq/{n}", names)]
    row = [DAY, "hill_hospital", "once_a_month", "never", "dont_know"]
    return Export([head, row], work(("e", 0.6), ("p", 0)), unknown("s"))


@case
def typeform() -> Export:
    head = ["#", "Which organization do you represent?", *NAMES, "Other", "Response Type"]
    head += ["Start Date (UTC)", "Network ID", "Tags"]
    row = ["abc", HILL, "", ELK, "", SAGE, "", "completed", DAY, "n", ""]
    return Export([head, row], work(("e", 1), ("p", 0), ("s", 1)))


@case
def jotform_tables() -> Export:
    asked = [f"Partners >> {n} >> {q}" for n in (ELK, PINE) for q in ("How often?", "Shares data?")]
    head = ["Submission Date", "Organization Name", *asked, "Submission ID"]
    shared = {("h", "e", "data_sharing", 0.8), ("h", "p", "data_sharing", 0.0)}
    row = ["Jan 1, 2026", HILL, "Weekly", "Yes", "Never", "No", "55"]
    return Export([head, row], work(("e", 0.8), ("p", 0)) | shared)


@case
def scores_with_activities() -> Export:
    """One row a pair, with what the two do together in one cell."""
    head = ["Respondent Organization", "Partner Organization", "Frequency", "Types of activities"]
    head += ["Power/Influence", "Open to Discussion"]
    rows = [head, [HILL, ELK, "Every week", "Exchange info/knowledge; Send referrals", "4", "3"]]
    rows += [[ELK, HILL, "Every month", "Receive referrals", "2", "2"]]
    rows += [[HILL, PINE, "Never/We only interact elsewhere", "", "", ""]]
    said = rate("influence", e=4) | rate("openness", e=3)
    said |= rate("influence", by="e", h=2) | rate("openness", by="e", h=2)
    ties = work(("e", 0.8), ("p", 0)) | work(("h", 0.6), by="e")
    ties |= {("h", "e", "referral", 0.8), ("h", "e", "referral", 0.6)}
    return Export(rows, ties, ratings=said, named=("Exchange info/knowledge",))


@case
def questions_over_partners() -> Export:
    asks = ("How often?", "Power and influence", "Resource contribution", "Reliability")
    first = ["", "", *(cell for ask in asks for cell in (ask, "", ""))]
    cells = ["weekly", "never", "monthly", "4", "", "3", "2", "", "1", "4", "", "4"]
    rows = [first, ["Name", "Role", *OTHERS * 4], [HILL, "Director", *cells]]
    said = rate("influence", e=4, s=3) | rate("resources", e=2, s=1)
    ties = work(("e", 0.8), ("p", 0), ("s", 0.6))
    return Export(rows, ties, ratings=said | rate("reliability", e=4, s=4))


@case
def partners_over_questions() -> Export:
    """Trust as a whole is a rating, and no strength of a tie."""
    first = ["Organization", *(cell for name in OTHERS for cell in (name, "", ""))]
    second = ["", *("Frequency", "Trust", "Refer clients?") * 3]
    rows = [first, second, [HILL, "weekly", "4", "yes", "never", "", "no", "monthly", "2", "no"]]
    ties = work(("e", 0.8), ("p", 0), ("s", 0.6))
    ties |= {("h", o, "referral", 0.8 * (o == "e")) for o in "eps"}
    return Export(rows, ties, ratings=rate("overall trust", e=4, s=2))


@case
def a_person_beside_the_organization() -> Export:
    head = ["Timestamp", "Your name and organization", *ask("Do you refer clients to them?")]
    rows = [head, [DAY, f"Pat Sample, {HILL}", "", "Yes", "No", "Yes"]]
    rows += [[DAY, f"Sam Sample - {ELK}", "", "", "No", ""]]
    said = {("h", "e"): 1.0, ("h", "p"): 0.0, ("h", "s"): 1.0, ("e", "p"): 0.0}
    return Export(rows, {(*ends, "referral", strength) for ends, strength in said.items()})


@case
def yes_and_no_with_more() -> Export:
    head = ["Timestamp", "Organization", *ask("Do you share data?", names=OTHERS)]
    row = [DAY, HILL, "Yes, but only informally", "No, but we would like to", "Yes - weekly"]
    said = {"e": 1.0, "p": 0.0, "s": 0.8}
    return Export([head, row], {("h", o, "data_sharing", n) for o, n in said.items()})


@case
def agreement_is_named() -> Export:
    head = ["Timestamp", "Organization", *ask("This organization is reliable", names=OTHERS)]
    rows = [head, [DAY, HILL, "Strongly agree", "Disagree", "N/A"]]
    return Export(rows, set(), named=("Strongly agree", "Disagree"))


@case
def names_that_hold_words_of_questions() -> Export:
    """Resource, trust and training stand in the names, and nobody asked about them."""
    head = ["Timestamp", "Organization"]
    head += ask("", "How would you describe your relationship with {n}?", WORDY)
    rows = [head, [DAY, HILL, "Coordination", "None", "Cooperation"]]
    return Export(rows, work(("r", 0.75), ("c", 0), ("j", 0.5)), net=WORDY_NET)


@case
def trust_in_a_trust() -> Export:
    head = ["Timestamp", "Organization", *ask("", "How much do you trust {n}? (1-5)", WORDY)]
    rows = [head, [DAY, HILL, "4", "2", "5"]]
    return Export(rows, set(), ratings=rate("overall trust", r=4, c=2, j=5), net=WORDY_NET)


@pytest.mark.parametrize("name", EXPORTS)
def test_what_a_tool_writes_is_read(tmp_path: Path, name: str) -> None:
    export = EXPORTS[name]()
    net = pn.collect_answers(export.net, save(tmp_path / "wave 2027.csv", export.rows))
    ties, rated = net.table("ties"), net.table("ratings")
    said = (ties["source"], ties["target"], ties["relation"], ties["strength"].round(3))
    assert {*zip(*said, strict=True)} == export.ties
    assert export.open <= list_open(net)
    scores = (rated[column] for column in ("rater", "rated", "dimension", "value"))
    assert {*zip(*scores, strict=True)} == export.ratings
    wrong = [str(problem) for problem in net.problems if problem.level == "error"]
    assert len(wrong) == len(export.named), wrong
    assert all(any(text in problem for problem in wrong) for text in export.named)


def test_who_answers_by_a_number_is_no_organization(tmp_path: Path) -> None:
    """REDCap's raw export of a list to choose from: what 3 means stands in the tool."""
    rows = [["record_id", "org", "freq_elk_ems"], ["1", "3", "Weekly"]]
    with pytest.raises(pn.InputError, match="found no column that names who answers"):
        pn.collect_answers(NET, save(tmp_path / "raw.csv", rows))
