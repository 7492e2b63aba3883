"""How people see what goes together with ties."""

from __future__ import annotations

from ...core.results.shown import MAIN, Column, Shown

REASONS = Shown(
    MAIN,
    "What pairs with a tie on file have in common",
    (
        Column("meaning", "In common", meaning="The reason in words."),
        Column("tied_with", "Tied with it", "share", meaning="Of pairs that have it, known ones."),
        Column("tied_without", "Tied without it", "share", meaning="Of pairs without it."),
        Column("coefficient", "Beside the others", "score", meaning="MRQAP; 0.1: 10 more of 100."),
        Column("p", "p", "score", meaning="Two-sided, double semi-partialling."),
        Column("t", meaning="The t value that is compared."),
        Column("correlation", "Correlation", "score", "annex", "QAP, of the reason alone."),
        Column("correlation_p", "p of the correlation", "score", "annex", "Two-sided, QAP."),
        Column("share_of_pairs", "Share of pairs", "share", meaning="Pairs that have it."),
        Column("reason", meaning="Name of the reason."),
    ),
    "Reasons",
)
COLUMNS = [name for name in REASONS.names if name != "reason"]
SHOWN = (REASONS,)
