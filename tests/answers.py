"""Ask every verb, report, brief and command of partnet, and write each answer to a file.

Only the public names of ``partnet`` and its command line are used, so that the same questions can
be put to an older or a later version of it.
"""

from __future__ import annotations

import contextlib
import io
import os
import runpy
import shutil
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pandas as pd

import partnet as pn

DAY = "2026-06-30"  # the day on which the sample ends
ROOT = Path(__file__).resolve().parents[1]
QUICK = ("prairie", "cli-help")  # and the degenerate networks; the rest is for a full capture
SLOW = (  # left out of a quick capture
    *("*/recommend_partners.all.*", "*/recommend_partners.near.*", "*/recommend_partners.cand*"),
    *("*/find_bridges.directed.*", "*/find_bridges.with_convener.*", "*/score_pairs.*"),
    *("*/measure_centrality.directed.*", "*/measure_uncertainty.*", "*/backtest_*.tie.*"),
    *("*/backtest_*.later.*", "*/find_introductions.*.*", "*/plan_*.*.json", "*/brief.*.*.xlsx"),
    *("*/report.*.xlsx", "*/report.*.json", "*/report.p*", "*/draw_network.*", "*/brief.*.json"),
    *("degenerate-*/report.*", "degenerate-*/*.organization.json", "degenerate-*/write_network"),
)
SURVEY = "organization,category,challenges\n{0},network provider,time; data\n{1},,trust\n"
STATES = {"nebraska": "NE", "iowa": "IA"}
LOGS: dict[str, Any] = {}  # what build_network gave, by State
PUBLIC_FILES = (
    *("cms_hospital_general_information_rmansi.csv", "fcc_rhcpp_nov12_34_states.csv"),
    *("oeps_hrsa_sites.csv", "irs_990_schedule_i_sample.csv"),
    *("irs_990_schedule_i_sponsors_sample.csv", "usda_rucc_2023.csv"),
    *("nchs_urban_rural_codes.csv", "census_county_adjacency_2010.txt"),
)

Answer = Any  # a Result, a table, text, bytes, or the path of a file or folder just written
Question = Callable[[], Answer]


class Asker:
    """Puts questions, and writes each answer under a folder as ``network/name``."""

    def __init__(self, folder: Path, only: Sequence[str], quick: bool) -> None:
        self.folder, self.only, self.quick = folder, only, quick
        self.asked: set[str] = set()

    def wants(self, network: str, name: str = "") -> bool:
        """Say whether an answer is wanted; of a network alone: whether any of it may be."""
        if self.quick and not (network in QUICK or network.startswith("degenerate-")):
            return False
        if not name:
            return True
        full = f"{network}/{name}"
        if self.quick and any(fnmatchcase(full, slow) for slow in SLOW):
            return False
        return not self.only or any(part in full for part in self.only)

    def ask(self, network: str, name: str, question: Question, ending: str = ".json") -> None:
        """Put one question; what it raises is an answer too."""
        self.asked.add(name.split(".")[0])
        if not self.wants(network, name + ending):
            return
        started = time.monotonic()
        try:
            answer = question()
        except Exception as error:
            answer, ending = f"{type(error).__name__}: {error}\n", ".error.txt"
            if not isinstance(error, pn.PartnetError):
                print(f"  {network}/{name} fails: {answer.strip()}", flush=True)
        write_answer(self.folder / network / (name + ending), answer)
        seconds = time.monotonic() - started
        if seconds > 5:
            print(f"  {network}/{name}: {seconds:.0f} s", flush=True)


def write_answer(path: Path, answer: Answer) -> None:
    """Write one answer: a Result as its JSON, a table as CSV, a path as what lies there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(answer, Path) and answer.is_dir():
        shutil.copytree(answer, path, dirs_exist_ok=True)
    elif isinstance(answer, Path):
        shutil.copyfile(answer, path)
    elif isinstance(answer, pd.DataFrame):
        path.write_text(answer.to_csv(lineterminator="\n"), "utf-8", newline="")
    elif isinstance(answer, bytes):
        path.write_bytes(answer)
    else:
        text = answer if isinstance(answer, str) else say(answer)
        path.write_text(text, "utf-8", newline="")


def say(answer: Answer) -> str:
    """Give a Result as JSON; anything else as its text."""
    return answer.to_json() if hasattr(answer, "to_json") else f"{answer!r}\n"


def list_cells(layer: Any) -> pd.DataFrame:
    """Give the cells of a layer or an affinity as a table, row by row."""
    cells = layer.matrix.tocoo()
    table = pd.DataFrame({"row": cells.row, "column": cells.col, "strength": cells.data})
    return table.sort_values(["row", "column"], ignore_index=True)


def capture(
    folder: Path, *, only: Sequence[str] = (), quick: bool = False, public: Path | None = None
) -> None:
    """Write the answers of this version of partnet into a folder.

    Parameters
    ----------
    folder : path
        Where to; what lies there under the same name is written anew.
    only : sequence of str
        Parts of ``network/name``: only answers with one of them are asked for.
    quick : bool, default False
        Leave out what is slow: whole States, the older wave, the workbook.
    public : path, optional
        The folder of public files from which Nebraska and Iowa are built.
    """
    asker = Asker(folder.resolve(), only, quick)
    os.environ["COLUMNS"] = "100"  # help texts are as wide as the terminal
    print(f"Asking {Path(str(pn.__file__)).parent}", flush=True)
    with working_folder(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for network, make in {**SAMPLES, **list_states(public), **DEGENERATE}.items():
            if not asker.wants(network):
                continue
            started = time.monotonic()
            answers = Questions(asker, network, make)
            answers.ask_all()
            if (asker.folder / network).exists():
                print(f"{network}: {time.monotonic() - started:.0f} s", flush=True)
        ask_command_line(asker)
    say_unasked(asker)


@contextlib.contextmanager
def working_folder() -> Iterator[None]:
    """Work in a new folder with the samples in it: paths in answers are the same everywhere."""
    beside = Path(str(pn.__file__)).parents[2] / "data" / "samples"
    samples = beside if beside.is_dir() else ROOT / "data" / "samples"
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as temporary:
        shutil.copytree(samples, temporary, dirs_exist_ok=True)
        os.chdir(temporary)
        try:
            yield
        finally:
            os.chdir(before)


def say_unasked(asker: Asker) -> None:
    """Name the public functions that no question is about; a new verb wants one."""
    verbs = {name for name in pn.__all__ if name.islower()}
    left = sorted(verbs - asker.asked - NOT_ASKED)
    if left and not asker.only and not asker.quick:
        print(f"No question is put to: {', '.join(left)}")


NOT_ASKED = {"read_network", "load_sample", "read_recipe", "default_vocabulary", "build_brief"}
NOT_ASKED |= {"build_report", "write_report", "write_brief"}  # written as report.* and brief.*


class Questions:
    """Every question about one network."""

    def __init__(self, asker: Asker, network: str, make: Callable[[], pn.Network]) -> None:
        self.asker, self.network, self.make = asker, network, make
        self.kept: dict[str, Any] = {}
        self.made: pn.Network | None = None

    @property
    def net(self) -> pn.Network:
        """The network, made when first needed."""
        if self.made is None:
            self.made = self.make()
        return self.made

    @property
    def pair(self) -> tuple[str, str]:
        """Two organizations to ask about: those of a story of the sample, or the first and last."""
        ids = [str(i) for i in self.net.ids]
        story = ("cedar-county-hospital", "bow-creek-home-health-and-hospice")
        return story if {*story} <= {*ids} else ((ids or ["a"])[0], ids[-1] if ids[1:] else "b")

    def keep(self, name: str, question: Question) -> Question:
        """Ask only once for what both an answer and a brief are made of."""

        def once() -> Answer:
            if name not in self.kept:
                self.kept[name] = question()
            return self.kept[name]

        return once

    def ask_all(self) -> None:
        """Put all questions about this network."""
        questions = {name: self.keep(name, q) for name, q in self.list_verbs().items()}
        for name, question in questions.items():
            self.asker.ask(self.network, name, question)
        self.ask_tables()
        self.ask_briefs(questions)
        self.ask_reports()

    def list_verbs(self) -> dict[str, Question]:
        """Name the questions: the verb, and after a dot what is special about it."""
        day: dict[str, Any] = {"as_of": DAY}
        verbs: dict[str, Callable[..., Answer]] = {
            "describe_network": lambda: pn.describe_network(self.net, **day),
            "describe_organization": lambda: pn.describe_organization(
                self.net, self.pair[0], **day
            ),
            "measure_centrality": lambda: pn.measure_centrality(self.net, **day),
            "measure_centrality.directed": lambda: pn.measure_centrality(
                self.net, directed=True, weighted=False, **day
            ),
            "measure_structure": lambda: pn.measure_structure(self.net, permutations=99, **day),
            "measure_structure.kind": lambda: pn.measure_structure(
                self.net, grouping="kind", permutations=19, **day
            ),
            "explain_ties": lambda: pn.explain_ties(self.net, permutations=99, **day),
            "measure_uncertainty": lambda: pn.measure_uncertainty(
                self.net, fillings=5, bootstrap=10, **day
            ),
            "find_bridges": lambda: pn.find_bridges(self.net, permutations=49, **day),
            "find_bridges.directed": lambda: pn.find_bridges(
                self.net, directed=True, permutations=19, **day
            ),
            "find_bridges.with_convener": lambda: pn.find_bridges(
                self.net, with_convener=True, permutations=19, **day
            ),
            "find_bridges.affinity": lambda: pn.find_bridges(
                self.net, layer="affinity", permutations=19, **day
            ),
            "find_gaps": lambda: pn.find_gaps(self.net, **day),
            "find_gaps.where": lambda: pn.find_gaps(self.net, where=self.county, **day),
            "find_gaps.one": lambda: pn.find_gaps(self.net, "overlap", **day),
            "explain_pair": lambda: pn.explain_pair(self.net, *self.pair, **day),
            "compare_networks": lambda: pn.compare_networks(self.older, self.net, draws=99),
            "prepare_session": lambda: pn.prepare_session(self.net, **day),
            "prepare_session.county": lambda: pn.prepare_session(self.net, self.county, **day),
            "check_outcomes": lambda: pn.check_outcomes(self.net, **day),
            "profile_partnerships": lambda: pn.profile_partnerships(self.net, **day),
            "align_organizations": lambda: pn.align_organizations(self.net, *self.pair, **day),
            "describe_convenings": lambda: pn.describe_convenings(self.net, **day),
            "find_introductions": lambda: pn.find_introductions(self.net, **day),
            "find_introductions.organization": lambda: pn.find_introductions(
                self.net, self.pair[0], **day
            ),
            "find_introductions.directory": lambda: pn.find_introductions(
                self.net, directory="directory.csv", **day
            ),
            "find_peer_states": lambda: pn.find_peer_states(self.net, **day),
            "find_peer_states.others": lambda: pn.find_peer_states(
                self.net, [self.net, self.older], **day
            ),
            "list_expected_partners": lambda: pn.list_expected_partners(self.net, **day),
            "list_expected_partners.organization": lambda: pn.list_expected_partners(
                self.net, self.pair[0], **day
            ),
            "list_leaders": lambda: pn.list_leaders(self.net, **day),
            "list_practices": lambda: pn.list_practices(self.net, **day),
            "list_voices": lambda: pn.list_voices(self.net, **day),
            "plan_visits": lambda: pn.plan_visits(self.net, **day),
            "plan_visits.short": lambda: pn.plan_visits(
                self.net, days=2, km_per_day=250, start=self.pair[0], **day
            ),
        }
        shared = ("groups", "services", "funding", "populations", "places")
        for kind in shared:
            verbs[f"measure_affiliation.{kind}"] = lambda kind=kind: pn.measure_affiliation(
                self.net, kind, **day
            )
        return verbs | self.list_advice(day)

    def list_advice(self, day: dict[str, Any]) -> dict[str, Question]:
        """Name the questions about whom to approach next."""
        return {
            "recommend_partners.all": lambda: pn.recommend_partners(self.net, **day),
            "recommend_partners.one": lambda: pn.recommend_partners(self.net, self.pair[0], **day),
            "recommend_partners.near": lambda: pn.recommend_partners(
                self.net, n=2, within_km=50, competitors=False, **day
            ),
            "recommend_partners.candidates": lambda: pn.recommend_partners(
                self.net, self.pair[0], candidates=pd.read_csv("directory.csv", dtype=str), **day
            ),
            "backtest_recommendations": lambda: pn.backtest_recommendations(
                self.net, splits=2, **day
            ),
            "backtest_recommendations.tie": lambda: pn.backtest_recommendations(
                self.net, hide="tie", splits=2, **day
            ),
            "backtest_recommendations.later": lambda: pn.backtest_recommendations(
                self.older, later=self.net, splits=2, **day
            ),
            "plan_introductions": lambda: pn.plan_introductions(self.net, **day),
            "plan_introductions.small": lambda: pn.plan_introductions(
                self.net, 3, cap=1, competitors=False, acceptance=0.5, **day
            ),
        }

    @property
    def county(self) -> str:
        """A county with a story in the sample (Knox County); elsewhere the first on file."""
        table = self.net.table("organizations")
        counties = [str(c) for c in table.get("county_fips", []) if isinstance(c, str) and c]
        return "31107" if "31107" in counties or not counties else min(counties)

    @property
    def older(self) -> pn.Network:
        """What to compare with: the older wave of the sample, or the network itself."""
        if not self.network.startswith("prairie"):
            return self.net
        if "older" not in self.kept:
            self.kept["older"] = pn.read_network("prairie_2024")
        return self.kept["older"]

    def ask_tables(self) -> None:
        """Ask for what is no Result: tables, layers, files, pictures."""
        ask, network = self.asker.ask, self.network
        ask(network, "score_pairs", lambda: pn.score_pairs(self.net, as_of=DAY), ".csv")
        ask(network, "build_layer", lambda: list_cells(pn.build_layer(self.net, as_of=DAY)), ".csv")
        ask(
            network,
            "build_affinity",
            lambda: list_cells(pn.build_affinity(self.net, as_of=DAY)),
            ".csv",
        )
        ask(network, "write_network", lambda: pn.write_network(self.net, self.fresh("out")), "")
        if network.startswith("prairie"):
            ask(network, "check_tables", lambda: pn.check_tables(self.network))
        if network in STATES:
            ask(network, "build_network", self.tell_build)
        if network == "prairie":
            ask(network, "read_survey", self.answer_survey)
            ask(network, "draw_network", self.draw, ".svg")
            for survey in (None, "alliance", "stocktaking"):
                path = self.fresh("template.xlsx")
                ask(
                    network,
                    f"write_template.{survey or 'tables'}",
                    lambda s=survey, p=path: pn.write_template(p, survey=s),
                    ".xlsx",
                )

    def tell_build(self) -> Answer:
        """Give what was said when the network was built, which is when it is first needed."""
        assert self.net is not None
        built = LOGS[self.network]
        return getattr(built, "log", built)

    def answer_survey(self) -> Answer:
        """Read a small survey and say what it changes."""
        names = [self.net.name(organization) for organization in self.pair]
        Path("survey.csv").write_text(SURVEY.format(*names), "utf-8")
        return pn.profile_partnerships(pn.read_survey(self.net, "survey.csv"), as_of=DAY)

    def draw(self) -> Path:
        """Draw the network into a file that is the same each time."""
        import matplotlib

        matplotlib.use("svg")
        matplotlib.rcParams["svg.hashsalt"] = "partnet"
        path = self.fresh("picture.svg")
        figure = pn.draw_network(self.net, as_of=DAY).figure
        figure.savefig(path, metadata={"Date": None, "Creator": None})
        return path

    @staticmethod
    def fresh(name: str) -> Path:
        """A path in the working folder where nothing lies yet."""
        path = Path("written") / name
        if path.is_dir():
            shutil.rmtree(path)
        path.parent.mkdir(exist_ok=True)
        path.unlink(missing_ok=True)
        return path

    def ask_briefs(self, questions: Mapping[str, Question]) -> None:
        """Write the five briefs, each in three formats."""
        verbs = ("prepare_session", "check_outcomes", "profile_partnerships")
        for verb in (*verbs, "describe_organization", "align_organizations"):
            for ending in (".html", ".xlsx", ".json"):
                self.asker.ask(
                    self.network,
                    f"brief.{verb}",
                    lambda verb=verb, ending=ending: pn.write_brief(
                        questions[verb](), self.fresh(f"brief{ending}")
                    ),
                    ending,
                )

    def ask_reports(self) -> None:
        """Write the report: for the office, and of the samples for partners and the public."""
        audiences = ("internal", "partner", "public")
        for audience in audiences if self.network == "prairie" else audiences[:1]:
            for ending in (".html", ".xlsx", ".json"):
                partner = {"organization": self.pair[0]} if audience == "partner" else {}
                self.asker.ask(
                    self.network,
                    f"report.{audience}",
                    lambda audience=audience, ending=ending, partner=partner: pn.write_report(
                        self.net,
                        self.fresh(f"report{ending}"),
                        as_of=DAY,
                        audience=audience,
                        **partner,
                    ),
                    ending,
                )


def list_states(public: Path | None) -> dict[str, Callable[[], pn.Network]]:
    """Nebraska and Iowa from public files, where those are at hand."""
    files = [public / name for name in PUBLIC_FILES] if public else []
    if not files or not all(path.exists() for path in files):
        print("Nebraska and Iowa are left out: the public files are not at hand (--public FOLDER)")
        return {}

    def build(name: str) -> pn.Network:
        built = pn.build_network(name, files, state=STATES[name])
        LOGS[name] = getattr(built, "log", built)  # until 0.1 the log itself came back
        return pn.read_network(name)

    return {name: lambda name=name: build(name) for name in STATES}


SAMPLES: dict[str, Callable[[], pn.Network]] = {
    "prairie": lambda: pn.read_network("prairie"),
    "prairie_2024": lambda: pn.read_network("prairie_2024"),
    "prairie.xlsx": lambda: pn.read_network("prairie.xlsx"),
}


def make_network(
    organizations: Sequence[str | Mapping[str, Any]],
    ties: Sequence[str | Mapping[str, Any]] = (),
    **tables: Sequence[Mapping[str, Any]],
) -> pn.Network:
    """Make a network of one-letter hospitals; a tie ``"ab"`` is a collaboration of a and b."""
    rows = [
        {"id": o, "name": o.upper(), "kind": "hospital"} if isinstance(o, str) else dict(o)
        for o in organizations
    ]
    frames = {"organizations": pd.DataFrame(rows, columns=None if rows else ["name", "kind"])}
    tie = {"relation": "collaboration", "strength": 1.0}
    records = [{"source": t[0], "target": t[1], **tie} if isinstance(t, str) else t for t in ties]
    if records:
        frames["ties"] = pd.DataFrame(records)
    frames |= {name: pd.DataFrame(list(given)) for name, given in tables.items()}
    return pn.read_network(frames)


DEGENERATE: dict[str, Callable[[], pn.Network]] = {  # as in test_degenerate.py
    "degenerate-none": lambda: make_network([]),
    "degenerate-one": lambda: make_network("a"),
    "degenerate-two": lambda: make_network("ab"),
    "degenerate-two-tied": lambda: make_network("ab", ["ab"]),
    "degenerate-all-isolated": lambda: make_network("abcdef"),
    "degenerate-self-ties-only": lambda: make_network("abc", ["aa", "bb"]),
    "degenerate-same-tie-three-times": lambda: make_network("abc", ["ab"] * 3),
    "degenerate-one-name-twice": lambda: make_network(
        [{"id": i, "name": "Mercy Hospital", "kind": "hospital"} for i in "ab"], ["ab"]
    ),
    "degenerate-complete": lambda: make_network("abcd", ["ab", "ac", "ad", "bc", "bd", "cd"]),
    "degenerate-ties-said-to-be-none": lambda: make_network(
        "abc", [{"source": "a", "target": "b", "relation": "referral", "strength": "none"}]
    ),
    "degenerate-star-of-one-kind": lambda: make_network("abcde", ["ab", "ac", "ad", "ae"]),
    "degenerate-all-newcomers-but-two": lambda: make_network("abcde", ["ab"]),
    "degenerate-services-without-ties": lambda: make_network(
        "abc", services=[{"organization": o, "service": "dental"} for o in "abc"]
    ),
}

COMMANDS = {  # what is typed after the command and the sample; every one judges as of the same day
    **{name: [] for name in ("describe", "centrality", "structure", "explain", "bridges", "gaps")},
    **{name: [] for name in ("plan", "session", "profile", "visits", "roster", "convenings")},
    **{name: [] for name in ("introductions", "peers", "affiliation")},
    "uncertainty": ["--fillings", "5"],
    "recommend": ["--organization", "cedar-county-hospital"],
    "backtest": ["--splits", "2"],
    "align": ["cedar-county-hospital", "bow-creek-home-health-and-hospice"],
    "nonsense": [],
}


def ask_command_line(asker: Asker) -> None:
    """Ask for the help of every command, and for what the main commands print."""
    listed = run_command("--help") if asker.wants("cli-help") else ""
    asker.ask("cli-help", "partnet", lambda: listed, ".txt")
    for line in listed.partition("Commands:\n")[2].splitlines():
        if line.startswith("  ") and line[2:3].strip():
            name = line.split()[0]
            asker.ask("cli-help", name, lambda name=name: run_command(name, "--help"), ".txt")
    day = ["--as-of", DAY]
    for name, words in COMMANDS.items():
        if asker.wants("cli"):
            asker.ask(
                "cli", name, lambda n=name, w=words: run_command(n, "prairie", *w, *day), ".txt"
            )
    if asker.wants("cli"):
        asker.ask("cli", "check", lambda: run_command("check", "prairie"), ".txt")
        asker.ask(
            "cli", "compare", lambda: run_command("compare", "prairie_2024", "prairie"), ".txt"
        )
        asker.ask(
            "cli", "report", lambda: run_command("report", "prairie", "-o", "r.html", *day), ".txt"
        )


def run_command(*words: str) -> str:
    """Run the command line here and give what it prints, its exit code and what it complains of."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    before, sys.argv = sys.argv, ["partnet", *words]
    for name in [n for n in sys.modules if n == "partnet.cli.__main__"]:
        del sys.modules[name]
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            runpy.run_module("partnet.cli", run_name="__main__")
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    finally:
        sys.argv = before
    # How far a step has come is said only if it takes long.
    said = [line for line in err.getvalue().splitlines() if not line.endswith(("...", "…"))]
    return "\n".join([out.getvalue(), f"exit code {code}", *said, ""])
