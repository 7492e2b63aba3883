"""The first screen: a sentence with its caveat, what to do, figures, a map, what is missing."""

from __future__ import annotations

from ...core.results.result import Sentence
from ...core.rows.periods import begins_later
from ...core.wording.text import count_noun, say_date, start_small
from ...io.read import set_aside_rows
from ...measures.ranking import find_first
from ...questions.bridges.question import find_bridges
from ...questions.centrality.question import measure_centrality
from ...questions.gaps.question import find_gaps
from ...questions.inventory.question import describe_network
from ..answers import Answers
from ..model import BarsBlock, Block, Card, CardsBlock, FactsBlock, NoteBlock, Section
from ..pictures import draw_first
from ..quality import say_later
from .first_steps import list_cards
from .tiles import list_tiles

BARS = 6  # organizations with the most partners
ENTRY = "Summary"
NO_GAP = "no gap is found in what is on file"


def write_summary(answers: Answers) -> Section:
    """Give the first screen of a report."""
    inventory = answers.of(describe_network)
    if not answers.here.n:
        return Section("summary", ENTRY, inventory.sentences, entry=ENTRY)
    cards = list_cards(answers)
    blocks: tuple[Block, ...] = (
        *_list_untold(answers),
        *((CardsBlock("Do first", cards),) if cards else ()),
        FactsBlock(list_tiles(answers)),
        *draw_first(answers, [card.place for card in cards]),
        *_list_bars(answers),
        *_list_unknown(answers),
    )
    return Section("summary", ENTRY, _list_lead(answers, cards), blocks, ENTRY)


def _list_lead(answers: Answers, cards: tuple[Card, ...]) -> tuple[str, ...]:
    """One sentence that says what matters most, and what holds only under a condition in it."""
    gaps = len(answers.of(find_gaps).table)
    open_ = f"{count_noun(gaps, 'gap is', 'gaps are')} open" if gaps else NO_GAP
    if answers.layer.kind == "affinity":
        who = answers.of(describe_network).say("who")  # what is missing stands beside it
        return tuple(f"{str(said).removesuffix('.')}; {open_}." for said in who)
    central = answers.of(measure_centrality)
    start = f" Start with {_count_steps(len(cards))}." if cards else ""
    breaks = answers.of(find_bridges).say("what_breaks")
    if breaks and "cut_off" in breaks[0].claims:
        return (f"{_say_dependence(breaks[0])}; {open_}.{start}",)
    plain = (*central.say("no_ties", "partners"), *breaks, *central.sentences)[0]
    return (f"{str(plain).removesuffix('.')}; {open_}.{start}",)


def _count_steps(number: int) -> str:
    words = ("one step", "two steps", "three steps", "four steps", "five steps")
    return words[number - 1] if number <= len(words) else f"{number} steps"


def _say_dependence(said: Sentence) -> str:
    """Say on whom the network depends; what the convener's ties change stands within it."""
    claims = said.claims
    lost = count_noun(claims["cut_off"], "organization")
    if claims["counties"]:
        lost = f"{lost} in {count_noun(claims['counties'], 'county', 'counties')}"
    road = f"{claims['name']} is the only road to {lost}"
    if claims.get("otherwise", claims["cut_off"]) >= claims["cut_off"]:
        return road
    if not claims["left_out"]:
        return f"{road}, even with {claims['convener']}"
    if claims["otherwise"]:
        return f"Without {claims['convener']}, {road}; with it, to {claims['otherwise']}"
    return f"The network depends on {claims['convener']}: without it, {road}"


def _list_untold(answers: Answers) -> tuple[NoteBlock, ...]:
    """Where no tie is on file: what the file cannot tell, and how to ask for it."""
    if answers.layer.kind != "affinity":
        return ()
    text = (
        f"No working tie is on file{_say_day(answers)}: who works with whom, who holds the "
        "network together and who could introduce whom is not known. Ask the organizations: "
        "partnet survey new INPUT -o "
        "questionnaires writes a workbook for each, with what is on file filled in."
    )
    return (NoteBlock("What the file does not tell", text),)


def _say_day(answers: Answers) -> str:
    """Name the day where ties are on file that hold only later."""
    net, day = answers.here.whole, answers.here.day
    if day is None or not begins_later("ties", net.rows("ties"), day).any():
        return ""
    return f" as of {say_date(day)}"


def _list_bars(answers: Answers) -> tuple[BarsBlock, ...]:
    """Who has the most partners; what organizations have in common makes nobody central."""
    if answers.layer.kind == "affinity":
        return ()
    table = answers.of(measure_centrality).table
    own = table[~answers.here.is_context.reindex(table.index).to_numpy()]
    top, among = find_first(own["degree"], BARS)  # nobody left out has as many as the last
    bars = tuple((str(own["name"].iloc[k]), int(own["degree"].iloc[k])) for k in top)
    heading = "Among those with most partners on file" if among else "Most partners on file"
    return (BarsBlock(heading, bars),) if bars else ()


def _list_unknown(answers: Answers) -> tuple[NoteBlock, ...]:
    """What nobody knows: who did not answer, whose services are not on file, what was set aside."""
    layer, net = answers.layer, answers.here.whole
    parts = []
    if layer.survey is not None and layer.response_rate < 1:
        silent = int((layer.survey.asked & ~layer.survey.answered).sum())
        parts.append(
            f"{count_noun(silent, 'organization')} did not answer the survey and may have more "
            "ties than are on file"
        )
    elif layer.survey is None and layer.kind != "affinity":
        who = "nobody's answers are on file"
        if net.audience != "internal":
            who = "who answered is not shown"
        parts.append(f"{who}, so a tie that is not on file may exist")
    services = net.rows("services")
    unknown = net.n - services["organization"].nunique()
    if len(services) and unknown:
        parts.append(f"the services of {count_noun(unknown, 'organization')} are not known")
    if net.audience == "internal" and (later := say_later(answers)):
        parts.append(start_small(later))
    if net.audience == "internal" and (aside := set_aside_rows(net.problems)):
        parts.append(f"{count_noun(aside, 'row was', 'rows were')} set aside until corrected")
    if not parts:
        return ()
    text = f"{'; '.join(parts)}."
    said = f"{text[:1].upper()}{text[1:]} No tie on file does not mean no tie."
    return (NoteBlock("What we do not know", said, "quality"),)
