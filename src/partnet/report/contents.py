"""The contents of the report: which questions, in which order. A new one is a line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ..questions.benchmark.question import benchmark_networks
from ..questions.bridges.question import find_bridges
from ..questions.centrality.question import measure_centrality
from ..questions.comparison.since import tell_since
from ..questions.expected_partners.question import list_expected_partners
from ..questions.gaps.question import find_gaps
from ..questions.goals.question import track_goals
from ..questions.introductions.question import find_introductions
from ..questions.inventory.question import describe_network
from ..questions.leaders.question import list_leaders
from ..questions.meetings.question import describe_convenings
from ..questions.outcomes.question import check_outcomes
from ..questions.partnerships.question import profile_partnerships
from ..questions.peers.question import find_peer_states
from ..questions.practices.question import list_practices
from ..questions.recommendation.partners import recommend_partners
from ..questions.session.question import prepare_session
from ..questions.trust.question import measure_trust
from ..questions.visits.question import plan_visits
from ..questions.voices.question import list_voices
from ..questions.whatif.cliff_map import map_cliffs
from .answers import Answers, Verb
from .declared import write_parts
from .first_screen.summary import write_summary
from .glossary import write_glossary
from .model import Block, FigureBlock, MethodBlock, Section
from .pictures import draw_whole
from .quality import write_quality


@dataclass(frozen=True)
class Chapter:
    """One section of the report.

    Attributes
    ----------
    entry : str
        The entry of the contents that it belongs to.
    id, title : str
        Its name for programs, and its heading; blank: the title of the first result.
    verbs : tuple of callables
        The questions it answers, one after the other.
    more : tuple of str
        Lines after what the results say.
    needs, otherwise : str
        A table without which nothing is asked, and what is said then; blank: no section.
    picture : callable, optional
        A picture of the network before the tables.
    """

    entry: str
    id: str
    title: str
    verbs: tuple[Verb, ...]
    more: tuple[str, ...] = ()
    needs: str = ""
    otherwise: str = ""
    picture: Callable[[Answers], tuple[FigureBlock, ...]] | None = None

    def lacks_table(self, answers: Answers) -> bool:
        """Whether a table that it needs has no row."""
        return bool(self.needs) and answers.here.whole.rows(self.needs).empty

    def write(self, answers: Answers) -> Section:
        """Ask its questions and make a section of the first part of each answer."""
        if self.lacks_table(answers):
            hidden = answers.here.hides(self.needs)
            said = f"{self.title}: not shown to this reader." if hidden else self.otherwise
            return Section(self.id, self.title, (said,), entry=self.entry)
        results = [answers.of(verb) for verb in self.verbs]
        parts = [write_parts(result)[0] for result in results]
        pictures: tuple[Block, ...] = self.picture(answers) if self.picture else ()
        lead = tuple(sentence for part in parts for sentence in part.lead)
        blocks = tuple(block for part in parts for block in part.blocks)
        title = self.title or results[0].title
        return Section(self.id, title, (*lead, *self.more), (*pictures, *blocks), self.entry)


SINCE = "Since last time"
GAPS, APPROACH, HOLDS, HERE = "Gaps", "Whom to approach", "Who holds it together", "Who is here"
SESSION, VISITS, DATA = "Session", "Visits and meetings", "Data and methods"

CONTENTS = (
    Chapter(GAPS, "gaps", "Where the gaps are", (find_gaps,)),
    Chapter(APPROACH, "recommendations", "Whom to approach next", (recommend_partners,)),
    Chapter(APPROACH, "introductions", "Who can open the door", (find_introductions,)),
    Chapter(HOLDS, "central", "Who is central", (measure_centrality,), picture=draw_whole),
    Chapter(HOLDS, "bridges", "", (find_bridges,)),
    Chapter(
        HOLDS,
        "cliffs",
        "What depends on one hospital or one award",
        (map_cliffs,),
        needs="services",
        otherwise="What depends on one hospital or award is not known: enter the services table.",
    ),
    Chapter(HOLDS, "trust", "", (measure_trust,)),
    Chapter(HERE, "inventory", "Who is here", (describe_network,)),
    Chapter(HERE, "voices", "", (list_voices,)),
    Chapter(HERE, "peers", "Peer States", (find_peer_states,)),
    Chapter(
        HERE,
        "practices",
        "",
        (list_practices,),
        needs="promising_practices",
    ),
    Chapter(
        SESSION,
        "session",
        "The next partnership session",
        (prepare_session,),
        more=('The full brief: partnet session INPUT --place "…" -o brief.html.',),
    ),
    Chapter(SESSION, "outcomes", "", (check_outcomes,)),
    Chapter(SESSION, "goals", "", (track_goals,)),
    Chapter(SESSION, "partnerships", "", (profile_partnerships,)),
    Chapter(
        VISITS,
        "visits",
        "Whom to visit next",
        (plan_visits,),
        needs="contacts",
        otherwise="Visits are not planned: enter the contacts table, one row a visit, call or "
        "meeting.",
    ),
    Chapter(
        VISITS,
        "convenings",
        "Expected partners and meetings",
        (list_expected_partners, describe_convenings),
    ),
    Chapter(
        VISITS,
        "leaders",
        "",
        (list_leaders,),
        needs="people",
    ),
)


def write_sections(
    answers: Answers, progress: Callable[[str], None] | None = None
) -> tuple[Section, ...]:
    """Give the sections of a report: summary, contents, data, methods, and the words they use."""
    chapters = []
    for number, chapter in enumerate(CONTENTS, start=1):
        if progress is not None:
            progress(f"Section {number} of {len(CONTENTS)}: {chapter.entry}, {chapter.id}")
        if chapter.otherwise or not chapter.lacks_table(answers):
            chapters.append(chapter.write(answers))
        if chapter.verbs == (find_peer_states,):
            chapters += _write_others(answers)
    data = (write_quality(answers), write_methods(answers))
    first = (write_summary(answers), *_write_since(answers))
    told = (*first, *chapters, *(replace(one, entry=DATA) for one in data))
    glossary = replace(write_glossary(told), entry=DATA)
    return tuple(_count_entry(answers, section) for section in (*told, glossary))


def _write_since(answers: Answers) -> tuple[Section, ...]:
    """What came and what went, right after the summary; nothing without an earlier state."""
    if answers.earlier is None:
        return ()
    found = tell_since(answers.earlier, answers.here)
    return (replace(write_parts(found)[0], id="since", title=found.title, entry=SINCE),)


def _write_others(answers: Answers) -> tuple[Section, ...]:
    """Where the network stands among others, after its peers; nothing where none is given."""
    if not answers.others:
        return ()
    found = answers.of(benchmark_networks, answers.others)
    return (replace(write_parts(found)[0], id="others", title=found.title, entry=HERE),)


def _count_entry(answers: Answers, section: Section) -> Section:
    """Say in the contents how many gaps are open and how many introductions are proposed."""
    numbers = {
        GAPS: len(answers.of(find_gaps).table),
        APPROACH: len(answers.of(recommend_partners).tables.get("network", ())),
    }
    number = numbers.get(section.entry, 0)
    return replace(section, entry=f"{section.entry} ({number:,})") if number else section


def write_methods(answers: Answers) -> Section:
    """How everything was computed."""
    boxes = tuple(MethodBlock(result.title, result.method) for result in answers.asked)
    lead = ("Each box says what was computed, on which ties, by which formula and source.",)
    return Section("methods", "Methods", lead, boxes)
