"""How cost grows with the network: every verb over five sizes, with its exponent.

    python -m benchmarks.growth            # prints the table
    python -m benchmarks.growth --write    # and writes docs/growth.md and its picture

Each size runs in a process of its own after a warm-up on a small network. A verb is asked once, of
a network that was just read, so that it pays for every fact it needs. The exponent is the slope of
the logarithm of processor seconds over that of ties, over the three largest sizes: 1 is "twice the
ties, twice the time".
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

import partnet as pn
from partnet.core.network import Network

from .nation import make_tables
from .networks import Size

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "growth.md"
PICTURE = ROOT / "docs" / "images" / "growth.svg"
TIES_EACH = 8  # to an organization: ties and organizations grow together
SIZES = tuple(Size(n, TIES_EACH * n, 300) for n in (200, 400, 800, 1_600, 3_200))
WARM = Size(100, 500, 25)
LAST = 3  # sizes that the exponent is of: below them much of the time is the same at every size
MOST = 1.3  # the exponent that is aimed at
VERBS = (
    "build_layer", "build_affinity", "build_report", "describe_network", "describe_convenings",
    "explain_ties", "find_bridges", "find_gaps", "find_introductions", "find_nonrespondents",
    "list_leaders", "list_practices", "measure_affiliation", "measure_centrality",
    "measure_structure", "measure_uncertainty", "plan_introductions", "plan_visits",
    "prepare_session", "profile_partnerships", "recommend_partners", "score_pairs", "tabulate_map",
)  # fmt: skip
SAMPLED = {  # what takes samples beyond a size, and says so in its text or method
    "measure_centrality": "ways from some organizations beyond a size",
    "measure_structure": "ways from some organizations beyond a size",
    "measure_uncertainty": "resampled",
}


def time_verbs(size: Size, verbs: tuple[str, ...] = VERBS) -> dict[str, float]:
    """Processor seconds of reading, and of every verb."""
    tables = make_tables(size)
    found = {"read_network": _time(lambda: pn.read_network(dict(tables)))}
    for verb in verbs:
        net = pn.read_network(dict(tables))
        ask: Callable[[Network], object] = getattr(pn, verb)
        found[verb] = _time(lambda ask=ask, net=net: ask(net))
    return found


def _time(do: Callable[[], object]) -> float:
    start = time.process_time()
    do()
    return time.process_time() - start


def measure_sizes(sizes: tuple[Size, ...] = SIZES) -> dict[str, list[float]]:
    """Measure every size in a process of its own; give the seconds of each verb by size."""
    found: dict[str, list[float]] = {}
    for size in sizes:
        words = [str(size.organizations), str(size.ties)]
        command = [sys.executable, "-m", "benchmarks.growth", "--one", *words]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
        for verb, seconds in json.loads(done.stdout.splitlines()[-1]).items():
            found.setdefault(verb, []).append(seconds)
        print(f"{size.organizations:,} organizations measured", file=sys.stderr, flush=True)
    return found


def fit_exponent(ties: list[int], seconds: list[float]) -> float:
    """The power of the number of ties that the time of the last sizes grows by.

    Examples
    --------
    >>> round(fit_exponent([1, 2, 4, 8], [9.0, 2.0, 8.0, 32.0]), 6)
    2.0
    """
    x, y = np.log(ties[-LAST:]), np.log(np.maximum(seconds[-LAST:], 1e-4))
    return float(np.polyfit(x, y, 1)[0])


def make_page(found: dict[str, list[float]], sizes: tuple[Size, ...] = SIZES) -> str:
    """The page of the documentation, in Markdown."""
    ties = [size.ties for size in sizes]
    exponent = {verb: fit_exponent(ties, row) for verb, row in found.items()}
    beyond = sorted(v for v, e in exponent.items() if e > MOST and v not in SAMPLED)
    lines = [
        "# How cost grows",
        "",
        "Written by `python -m benchmarks.growth --write`: processor seconds of one question to a "
        f"network that was just read, with {TIES_EACH} ties and 5 services for an organization, "
        "kinds and counties, kernels compiled before. A question pays here for every fact it "
        "needs; asked after another one it finds most of them known. The exponent says how time "
        f"grows with the ties, over the last {LAST} sizes: 1 is twice the ties, twice the time. "
        f"The aim is {MOST} at most, but for what takes samples and says so.",
        "",
        "![Processor seconds of every verb over the number of ties, both in powers of ten]"
        "(images/growth.svg)",
        "",
        "| verb | " + " | ".join(f"{n:,} ties" for n in ties) + " | exponent | |",
        "|---|" + "---|" * (len(ties) + 2),
    ]
    for verb, row in sorted(found.items(), key=lambda at: -at[1][-1]):
        cells = " | ".join(f"{seconds:.3g}" for seconds in row)
        note = SAMPLED.get(verb, "")
        lines.append(f"| `{verb}` | {cells} | {exponent[verb]:.2f} | {note} |")
    told = ", ".join(f"`{verb}`" for verb in beyond) if beyond else "none"
    return "\n".join([*lines, "", f"Above {MOST} without sampling: {told}.", ""])


def draw_curves(found: dict[str, list[float]], path: Path, sizes: tuple[Size, ...] = SIZES) -> None:
    """Draw time over ties on two logarithmic axes; names stand at the ends of the lines."""
    import matplotlib

    matplotlib.use("Agg")
    matplotlib.rcParams["svg.hashsalt"] = "growth"
    from matplotlib import pyplot

    ties = [size.ties for size in sizes]
    figure, axes = pyplot.subplots(figsize=(8.0, 6.0), layout="constrained")
    slowest = sorted(found, key=lambda verb: -found[verb][-1])
    for k, verb in enumerate(slowest):
        shown = k < 8
        axes.loglog(ties, found[verb], marker="o" if shown else "", lw=1.6 if shown else 0.7,
                    color=f"C{k}" if shown else "0.75", label=verb if shown else None)  # fmt: skip
    axes.plot(ties, [found[slowest[0]][0] * t / ties[0] for t in ties], "k--", lw=0.8,
              label="twice the ties, twice the time")  # fmt: skip
    axes.set_xlabel("ties")
    axes.set_ylabel("processor seconds")
    axes.grid(visible=True, which="major", color="0.9")
    axes.legend(fontsize=8, frameon=False)
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)


def main() -> None:
    """Measure all sizes, print the page; write it where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/growth.md and its picture")
    parser.add_argument("--one", nargs=2, type=int, metavar=("ORGANIZATIONS", "TIES"))
    told = parser.parse_args()
    if told.one:
        time_verbs(WARM)
        print(json.dumps(time_verbs(Size(told.one[0], told.one[1], 300))))
        return
    found = measure_sizes()
    page = make_page(found)
    print(page)
    if told.write:
        PAGE.write_text(page, encoding="utf-8")
        draw_curves(found, PICTURE)


if __name__ == "__main__":
    main()
