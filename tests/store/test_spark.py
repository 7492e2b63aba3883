"""PySpark gives the rows that DuckDB gives: in one process, and on a cluster of two workers."""

from __future__ import annotations

import json
import os
import random
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

pytest.importorskip("ibis")
pytest.importorskip("duckdb")
pytest.importorskip("pyspark", reason="PySpark is not installed (extra distributed)")

import pyspark

from partnet.store.store import open_store

from .spark import QUESTIONS, ask
from .tables import draw_files, fill_tables
from .test_nation import fill

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("java"), reason="Spark needs Java, which is not here"),
]
ROOT = Path(__file__).parents[2]
SPARK = Path(pyspark.__file__).parent
SEEDS = (0,)  # nations of few rows
CLUSTER = ["affinity", "degree"]  # verbs asked of the cluster; each has stages of many tasks


def ask_spark(
    folders: list[Path], master: str, questions: list[str], events: Path
) -> list[dict[str, str]]:
    """Have a process of its own ask stores on Spark."""
    answers = events.with_name("answers.json")
    events.mkdir()
    told = [master, json.dumps([*map(str, folders)]), json.dumps(questions), answers, events]
    command = [sys.executable, "-m", "tests.store.spark", *map(str, told)]
    environment = os.environ | {"SPARK_LOCAL_IP": "127.0.0.1", "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=1500
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return list(json.loads(answers.read_text("utf-8")))


def make_twins(folder: Path) -> tuple[Path, Path]:
    """Two folders of Parquet that hold the same."""
    fill(folder, "duck").close()
    shutil.copytree(folder / "duck", folder / "spark")
    return folder / "duck", folder / "spark"


def draw_twins(folder: Path, seed: int) -> tuple[Path, Path]:
    """Two folders of Parquet that hold the same few rows, drawn at random."""
    duck, spark = (folder / f"{engine}{seed}" for engine in ("duck", "spark"))
    with open_store(duck) as store:
        fill_tables(store, *draw_files(random.Random(seed)))
    shutil.copytree(duck, spark)
    return duck, spark


def ask_duckdb(folder: Path, questions: list[str]) -> dict[str, str]:
    """Ask a store on DuckDB."""
    with open_store(folder) as store:
        return ask(store, questions)


def test_spark_gives_the_same_rows(tmp_path: Path) -> None:
    twins = [make_twins(tmp_path), *(draw_twins(tmp_path, seed) for seed in SEEDS)]
    found = ask_spark([spark for _, spark in twins], "local[2]", [*QUESTIONS], tmp_path / "events")
    for (duck, _), answers in zip(twins, found, strict=True):
        known = ask_duckdb(duck, [*QUESTIONS])
        for name, table in known.items():
            assert json.loads(answers[name]) == json.loads(table), (duck.name, name)
    assert all(len(json.loads(table)["data"]) > 0 for table in found[0].values())


def find_port() -> int:
    """A port of the loopback address that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def run_cluster(folder: Path) -> Iterator[str]:
    """A standalone master and two workers of one core each, on the loopback address."""
    port, environment = (
        find_port(),
        os.environ
        | {
            "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_HOME": str(SPARK),
            "SPARK_NO_DAEMONIZE": "1",
        },
    )
    launcher = str(SPARK / "bin" / "spark-class")
    shared = ["--host", "127.0.0.1", "--webui-port", "0"]
    master = f"spark://127.0.0.1:{port}"
    deploy = "org.apache.spark.deploy"
    commands = [[launcher, f"{deploy}.master.Master", *shared, "--port", str(port)]]
    for k in range(2):
        work = ["--cores", "1", "--memory", "1g", "--work-dir", str(folder / f"worker{k}")]
        commands.append([launcher, f"{deploy}.worker.Worker", *shared, *work, master])
    children = []
    with (folder / "cluster.log").open("w") as log:
        try:
            for command in commands:
                children.append(subprocess.Popen(command, env=environment, stdout=log, stderr=log))
                wait_for_port(port)
            yield master
        finally:
            for child in children:
                child.terminate()
            for child in children:
                child.wait(timeout=60)


def wait_for_port(port: int) -> None:
    """Wait until somebody listens."""
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise AssertionError("the master does not listen")


def count_tasks(events: Path) -> dict[str, int]:
    """How many tasks each executor finished, by the event log."""
    counts: dict[str, int] = {}
    for log in events.rglob("*"):
        if log.is_file():
            for line in log.read_text("utf-8", errors="replace").splitlines():
                event = json.loads(line) if line.startswith("{") else {}
                if event.get("Event") == "SparkListenerTaskEnd":
                    executor = event["Task Info"]["Executor ID"]
                    counts[executor] = counts.get(executor, 0) + 1
    return counts


def test_a_cluster_of_two_workers_gives_the_same_rows(tmp_path: Path) -> None:
    duck, spark = make_twins(tmp_path)
    known = ask_duckdb(duck, CLUSTER)
    with run_cluster(tmp_path) as master:
        (found,) = ask_spark([spark], master, CLUSTER, tmp_path / "events")
    for name, table in known.items():
        assert json.loads(found[name]) == json.loads(table), name
    counts = count_tasks(tmp_path / "events")
    assert len(counts) == 2 and min(counts.values()) > 0, counts
