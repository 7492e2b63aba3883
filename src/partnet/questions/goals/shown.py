"""How people see goals."""

from __future__ import annotations

from ...core.results.shown import Column, Shown

GOALS = Shown(
    "table",
    "Goals, and where they stand",
    (
        Column("goal", "Goal", meaning="What is to be reached."),
        Column("state", "State", meaning="Off track, no data, on track or reached."),
        Column("organization", meaning="Id of who answers for it; blank: the network."),
        Column("owner", "Owner", meaning="Who answers for it."),
        Column("other", meaning="Id of the partner, of a goal of two."),
        Column("other_name", "With", meaning="The partner, of a goal of two."),
        Column("measure", "Measure", "text", "annex", "What is counted."),
        Column("unit", "Unit", "text", "annex", "In which unit."),
        Column("baseline", "Baseline", "score", "annex", "Where it stood; blank if not on file."),
        Column("target", "Target", "score", "annex", "What is to be reached."),
        Column("due", "Due", "date", meaning="By when; blank where no day is set."),
        Column("value", "Newest", "score", "annex", "The newest measurement."),
        Column("measured_on", "Measured on", "date", "annex", "Its day."),
        Column("days", "Days measured", "count", "annex", "On how many days it was measured."),
        Column("expected", "On the way", "score", "annex", "Where the straight line stands then."),
        Column("projected", "Drawn on", "score", "annex", "The trend, on the day it is due."),
        Column("low", "Lower end", "score", "annex", "Lower end of its 95 % interval."),
        Column("high", "Upper end", "score", "annex", "Upper end of its 95 % interval."),
        Column("evidence", "What is on file", meaning="Why it is said to be in this state."),
    ),
    "Goals",
    rows=20,
)
MEASURED = Shown(
    "measured",
    "Measurements",
    (
        Column("goal", "Goal", meaning="What it measures."),
        Column("date", "Date", "date", meaning="When."),
        Column("value", "Value", "score", meaning="How much."),
        Column("source", "Source", meaning="Where it comes from; blank where not said."),
        Column("known", meaning="Whether there is such a goal in the table of goals."),
    ),
    "Measurements",
    rows=0,
)
SHOWN = (GOALS, MEASURED)
