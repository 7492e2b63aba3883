"""Ask a store on Spark, in a process of its own; run as a program by tests.

Arguments: the master, folders of Parquet and the verbs as JSON, where answers and events go.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

QUESTIONS: dict[str, dict[str, Any]] = {
    "link": {},
    "affinity": {"k": 3, "way": "engine"},
    "candidates": {"n": 3},
    "shared_partners": {"k": 3, "way": "engine"},
    "investment": {"by": ["state", "program", "fiscal_year"]},
    "coverage": {},
    "degree": {},
    "components": {"way": "engine"},
    "pagerank": {"way": "engine"},
}


def ask(store: Any, questions: list[str]) -> dict[str, str]:
    """Give the table of every answer as JSON."""
    answers = {}
    for name in questions:
        whom = [store.degree().table.index[0]] if name == "candidates" else []
        table = getattr(store, name)(*whom, **QUESTIONS[name]).table
        answers[name] = table.reset_index().to_json(orient="split", double_precision=15)
    return answers


def open_session(master: str, events: str) -> Any:
    """Open a session on a master, which writes down what it does."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(master).appName("partnet")
    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.shuffle.partitions": "4",
        "spark.default.parallelism": "4",
        "spark.driver.memory": "1g",
        "spark.executor.memory": "512m",
        "spark.executor.cores": "1",
        "spark.eventLog.enabled": "true",
        "spark.eventLog.dir": Path(events).as_uri(),
        "spark.eventLog.compress": "false",
        "spark.pyspark.python": sys.executable,
        "spark.executorEnv.PYTHONPATH": os.pathsep.join(sys.path),
    }
    for key, value in settings.items():
        builder = builder.config(key, value)
    return builder.getOrCreate()


def main() -> None:
    """Ask and write the answers down."""
    from partnet.store.store import open_store

    master, folders, questions, answers, events = sys.argv[1:]
    session = open_session(master, events)
    session.sparkContext.setLogLevel("ERROR")
    found = []
    for folder in json.loads(folders):
        with open_store(folder, engine=session) as store:
            found.append(ask(store, json.loads(questions)))
    Path(answers).write_text(json.dumps(found), encoding="utf-8")
    session.stop()


if __name__ == "__main__":
    main()
