"""How people see where a network stands among others."""

from __future__ import annotations

from ...core.results.shown import MAIN, Column, Shown

STANDING = Shown(
    MAIN,
    "Where we stand, among the networks that can be compared",
    (
        Column("statistic", "Statistic", meaning="What is compared."),
        Column("ours", "Ours", "score", meaning="Of our network; blank: not known."),
        Column("rank", "Place", "count", meaning="1 the largest value; blank: nobody to compare."),
        Column("of", "Of", "count", meaning="Networks compared, ours among them."),
        Column("lowest", "Lowest", "score", meaning="Of the others that can be compared."),
        Column("median", "Median", "score", meaning="Of the others that can be compared."),
        Column("highest", "Highest", "score", meaning="Of the others that can be compared."),
        Column(
            "clearly_above", "Clearly above", "count",
            meaning="Others that we are above beyond chance, 95 %; ties only.",
        ),
        Column(
            "clearly_below", "Clearly below", "count",
            meaning="Others that we are below beyond chance, 95 %; ties only.",
        ),
        Column("left_out", "Not comparable", "count", meaning="Other networks left out."),
    ),
    "Standing",
)  # fmt: skip
SIDE_BY_SIDE = Shown(
    "networks",
    "Side by side, with what can be compared and what cannot",
    (
        Column("network", "Network", meaning="What it is called; ours first."),
        Column("statistic", "Statistic", meaning="What is compared."),
        Column("value", "Value", "score", meaning="Of that network; blank: not known."),
        Column("low", "Low", "score", meaning="Lower end, 95 %; vertex bootstrap."),
        Column("high", "High", "score", meaning="Upper end, 95 %."),
        Column("comparable", "Comparable", meaning="With ours: yes, with care or no."),
        Column("why", "Why", meaning="What speaks against it; blank: nothing."),
    ),
    "Side by side",
    rows=40,
    chips="comparable",
)
ABOUT = Shown(
    "about",
    "What is known of every network",
    (
        Column("network", "Network", meaning="What it is called; ours first."),
        Column("day", "As of", "date", meaning="Its day; blank: no date on file."),
        Column("organizations", "Organizations", "count", meaning="On file."),
        Column("compared", "Compared", "count", meaning="Who answered; without a survey all."),
        Column("asked", "Ties come from", meaning="A roster, free recall or no survey."),
        Column("response_rate", "Answered", "share", meaning="Of those asked; blank: no survey."),
        Column("raters", "Raters", "count", meaning="Who rated anybody; 0 where not shown."),
    ),
    "Networks",
)
SHOWN = (STANDING, SIDE_BY_SIDE, ABOUT)
