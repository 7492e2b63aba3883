"""How long a store takes, and how much memory, on nations of several sizes.

    python -m benchmarks.store --sizes 100000 1000000 --folder output/nation --write

Each step runs in a process of its own, so that its peak of memory is its own. Results are one JSON
line a step, kept in ``results.jsonl`` of the folder; with ``--write`` they become the table of
``docs/scale.md``.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[1] / "docs" / "scale.md"
STATE = "NE"
BOUNDED, WIDE = "300MB", "4GB"  # what DuckDB may take of memory
STEPS = {
    "fill": "the nation written",
    "prepare": "derived tables",
    "affinity_memory": "affinity, compiled loops",
    "affinity_engine": f"affinity, DuckDB, {WIDE}",
    "affinity_bounded": f"affinity, DuckDB, {BOUNDED}",
    "shared_memory": "shared partners, compiled loops",
    "shared_bounded": f"shared partners, DuckDB, {BOUNDED}",
    "components_memory": "components, in memory",
    "components_bounded": f"components, DuckDB, {BOUNDED}",
    "pagerank_memory": "PageRank, in memory",
    "pagerank_bounded": f"PageRank, DuckDB, {BOUNDED}",
    "investment": "investment by State, program and year",
    "coverage": "coverage",
    "link": "linking",
    "extract": f"a State as a network ({STATE})",
    "write_csv": "a CSV of subawards written",
    "ingest": "that CSV into a store",
    "ingest_pandas": "that CSV into pandas, as text",
}
COLUMNS = ("organizations", "step", "processor s", "clock s", "peak MiB", "rows", "hash")


def run_step(step: str, folder: Path, size: int, widest: int) -> dict[str, Any]:
    """Do one step; give seconds, peak of memory and a hash of the rows."""
    import resource  # not on Windows, where tests of what is here run too

    began = time.process_time()
    if step in FILES:
        opened = time.perf_counter()
        made = FILES[step](folder, size)
    else:
        from partnet.store.store import open_store

        memory = BOUNDED if step.endswith("bounded") else WIDE
        with open_store(folder / f"{size}.duckdb", memory_limit=memory) as store:
            began, opened = time.process_time(), time.perf_counter()
            made = ask(store, step, size, widest)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "step": step, "organizations": size, "widest": widest,
        "seconds": round(time.perf_counter() - opened, 1),
        "processor": round(time.process_time() - began, 1), "peak_mib": round(peak),
        "rows": made if isinstance(made, int) else None if made is None else len(made),
        "hash": "" if made is None or isinstance(made, int) else hash_rows(made),
    }  # fmt: skip


def ask(store: Any, step: str, size: int, widest: int) -> Any:
    """Ask a store for one thing."""
    from .store_nation import fill_nation

    name, _, how = step.partition("_")
    way = {"memory": "memory", "engine": "engine", "bounded": "engine"}.get(how)
    work: dict[str, Callable[[], Any]] = {
        "fill": lambda: fill_nation(store, size),
        "prepare": store._nation.prepare,
        "affinity": lambda: store.affinity(10, widest=widest, way=way).table,
        "shared": lambda: store.shared_partners(10, widest=widest, way=way).table,
        "components": lambda: store.components(way=way).table,
        "pagerank": lambda: store.pagerank(way=way).table,
        "investment": lambda: store.investment(["state", "program", "fiscal_year"]).table,
        "coverage": lambda: store.coverage().table,
        "link": lambda: store.link().table,
        "extract": lambda: store.network(state=STATE).organizations,
    }
    return work[name]()


def hash_rows(table: Any) -> str:
    """A hash of the rows, the same for the same rows of every engine."""
    import pandas as pd

    parts = pd.util.hash_pandas_object(table, index=True).to_numpy().tobytes()
    return hashlib.sha256(parts).hexdigest()[:12]


# -- a file beside pandas ------------------------------------------------------------------------


def write_subawards(folder: Path, rows: int) -> int:
    """Write a CSV of subawards in the columns of USAspending."""
    path = folder / f"{rows}.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        header = (
            *("prime_award_unique_key", "prime_award_fain", "prime_awardee_name"),
            *("prime_awardee_uei", "prime_awardee_state_code", "subaward_number"),
            *("subaward_amount", "subaward_action_date", "subawardee_uei", "subawardee_name"),
            *("subawardee_city_name", "subawardee_state_code", "subawardee_zip_code"),
        )
        writer.writerow(header)
        for k in range(rows):
            prime, sub = k % 997, k % (rows // 3 + 1)
            writer.writerow(
                (f"K{prime}", f"A{prime}", f"State office {prime}", f"PRIME{prime:07d}", STATE, k,
                 f"{k % 9999 + 1}.50", "2024-03-01", f"SUB{sub:09d}", f"Clinic {sub}",
                 "Hartington", STATE, "68739")
            )  # fmt: skip
    return rows


def ingest(folder: Path, rows: int) -> int:
    """Add the CSV to a store of its own."""
    from partnet.store.store import open_store

    place = folder / f"{rows}-csv.duckdb"
    place.unlink(missing_ok=True)
    with open_store(place, memory_limit=WIDE) as store:
        table = store.add({"usaspending_subawards": folder / f"{rows}.csv"}).table
    place.unlink()
    return int(table["rows_read"].sum())


def ingest_with_pandas(folder: Path, rows: int) -> int:
    """Read the CSV as text."""
    import pandas as pd

    return len(pd.read_csv(folder / f"{rows}.csv", dtype=str, keep_default_na=False))


FILES = {"write_csv": write_subawards, "ingest": ingest, "ingest_pandas": ingest_with_pandas}


# -- the table -----------------------------------------------------------------------------------


def make_table(results: list[dict[str, Any]]) -> str:
    """The last result of every step and size, in Markdown."""
    last = {(told["organizations"], told["step"]): told for told in results}
    order = {step: k for k, step in enumerate(STEPS)}
    lines = [" | ".join(COLUMNS), " | ".join(["---"] * len(COLUMNS))]
    for (size, step), told in sorted(last.items(), key=lambda at: (at[0][0], order[at[0][1]])):
        rows = "" if told["rows"] is None else f"{told['rows']:,}"
        cells = (f"{size:,}", STEPS[step], f"{told['processor']:,}", f"{told['seconds']:,}",
                 f"{told['peak_mib']:,}", rows, told["hash"])  # fmt: skip
        lines.append(" | ".join(cells))
    return "\n".join(f"| {line} |" for line in lines)


def write_page(table: str) -> None:
    """Put the table between its marks."""
    marks = r"(<!-- figures -->).*(<!-- end of figures -->)"
    page = PAGE.read_text(encoding="utf-8")
    told = re.sub(marks, lambda found: f"{found[1]}\n\n{table}\n\n{found[2]}", page, flags=re.S)
    PAGE.write_text(told, encoding="utf-8")


def main() -> None:
    """Run all steps, each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=[100_000])
    parser.add_argument("--folder", type=Path, default=Path("output"))
    parser.add_argument("--steps", nargs="+", default=list(STEPS), choices=list(STEPS))
    parser.add_argument("--widest", type=int, default=1000, help="as of store.affinity")
    parser.add_argument("--write", action="store_true", help="write docs/scale.md")
    parser.add_argument("--one", nargs=2, metavar=("STEP", "SIZE"))
    told = parser.parse_args()
    told.folder.mkdir(parents=True, exist_ok=True)
    if told.one:
        print(json.dumps(run_step(told.one[0], told.folder, int(told.one[1]), told.widest)))
        return
    for size in told.sizes:
        for step in told.steps:
            if step == "fill":
                (told.folder / f"{size}.duckdb").unlink(missing_ok=True)
            run_alone(told.folder, step, size, told.widest)
    if told.write:
        lines = (told.folder / "results.jsonl").read_text("utf-8").splitlines()
        write_page(make_table([json.loads(line) for line in lines]))


def run_alone(folder: Path, step: str, size: int, widest: int) -> None:
    """Run one step in a process of its own; print its line and keep it."""
    command = [sys.executable, "-m", "benchmarks.store", "--folder", str(folder)]
    command += ["--widest", str(widest), "--one", step, str(size)]
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        print(f"{step} of {size:,} did not come to its end (code {done.returncode}).", flush=True)
        return
    line = done.stdout.strip().splitlines()[-1]
    print(line, flush=True)
    with (folder / "results.jsonl").open("a", encoding="utf-8") as kept:
        kept.write(line + "\n")


if __name__ == "__main__":
    main()
