"""How people see recommendations: suggestions, reasons, introducers, a plan."""

from __future__ import annotations

from dataclasses import replace

from ...core.results.shown import Column, Shown

ORGANIZATION = Column("organization", meaning="Id of the organization that asks.")
PARTNER = Column("partner", meaning="Id of the organization it could approach.")
WHO = (
    ORGANIZATION,
    Column("organization_name", "Organization", meaning="Who asks."),
    PARTNER,
    Column("partner_name", "Could approach", meaning="Whom it has no tie with on file."),
)
NEED = (
    Column(
        "need",
        "Need",
        "severity",
        "annex",
        "Severity of the worst need that a tie would meet, 0 to 1; 0: none is on file.",
    ),
    Column("needs", meaning="What a tie is needed for, the worst first; blank: nothing on file."),
)
WHY = (
    *NEED,
    Column("score", format="score", meaning="Sum of the contributions of all reasons."),
    Column(
        "probability", format="share",
        meaning="By this pairs are ordered: what the ranker, fitted on many networks, takes for "
        "the share of held-out ties among pairs scored like this. Blank on affinity.",
    ),
    Column(
        "share_in_test", format="share",
        meaning="Of pairs scored like this, the share that were real ties, hidden in a test on "
        "this very network; no chance of success. Blank where the test says nothing.",
    ),
    Column("odds", format="score", meaning="Odds against an average pair."),
    Column("basis", meaning="What it rests on: ties, ties and attributes, newcomer, affinity."),
    Column("sentence", meaning="The whole suggestion, to say on the telephone."),
    Column("reason", "Why", meaning="What it is needed for, and the most telling facts on file."),
    Column(
        "introducer", "Who could introduce them",
        meaning="Works with both, and nothing on file speaks against asking it; blank: nobody.",
    ),
    Column("introducers", meaning="Up to three chains, with strength and age of their ties."),
    Column(
        "goals", "What it would achieve",
        meaning="What a tie would achieve for the network; blank: no goal on file.",
    ),
    Column("against", "What speaks against it", meaning="What speaks against it; may be blank."),
    Column("joins_parts", meaning="Whether no chain of ties joins the two today."),
    Column(
        "constraint_change", format="score",
        meaning="Change of Burt's constraint of the organization; below 0: it has more room.",
    ),
)  # fmt: skip
SHARED = {  # column: family of features
    "n_shared_services": "services",
    "n_shared_programs": "funding",
    "n_shared_populations": "populations",
    "n_shared_places": "places",
    "n_shared_groups": "groups",
}
IN_COMMON = (
    Column("n_shared_partners", format="count", meaning="Organizations that both have a tie with."),
    Column("n_shared_services", format="count", meaning="Services that both offer."),
    Column("n_shared_programs", format="count", meaning="Programs that both are paid from."),
    Column("n_shared_populations", format="count", meaning="Populations that both serve."),
    Column("n_shared_places", format="count", meaning="Counties that both work in."),
    Column("n_shared_groups", format="count", meaning="Groups that both sit in."),
    Column("distance_km", format="score", meaning="As the crow flies; blank: not known."),
    Column("driving_minutes", format="count", meaning="By car, estimated from the distance."),
)
RANKS = (
    Column("rank_low", "Best rank", "count", meaning="5th percentile of its rank in the runs."),
    Column("rank_high", "Worst rank", "count", meaning="95th percentile of its rank in the runs."),
    Column(
        "share_top_five", "Among the first five", "share",
        meaning="Share of runs in which it was among the first five.",
    ),
)  # fmt: skip

SUGGESTIONS = Shown(
    "table",
    "Suggestions for every organization",
    (
        *WHO,
        Column("rank", "Rank", "count", meaning="Among the suggestions for the organization."),
        *WHY,
        *IN_COMMON,
    ),
    "Suggestions",
    rows=0,
)
NAMED_SUGGESTIONS = replace(SUGGESTIONS, title="Suggestions", rows=12)
INTRODUCTIONS = Shown(
    "network",
    "The most promising introductions",
    (*WHO, Column("rank", format="count", meaning="Among all pairs."), *WHY, *IN_COMMON),
    "Introductions",
)
DUE = Shown(
    "due",
    "What is due with partners on file",
    (
        ORGANIZATION,
        Column("organization_name", "Organization", meaning="Whose need it is."),
        Column("partner", meaning="Id of the partner that could meet it."),
        Column("partner_name", "Partner", meaning="Who could meet it."),
        Column("need", "Need", "severity", meaning="Severity, 0 to 1."),
        Column("needs", "What is open", meaning="The gap, or the outcome that is not done."),
        Column("why", seen="annex", meaning="Why it is not suggested as a new partner."),
        Column("sentence", meaning="The whole in words."),
    ),
    "Due",
)
FATES = Shown(
    "table",
    "What became of suggestions",
    (
        ORGANIZATION,
        Column("organization_name", "Organization", meaning="Who approached."),
        Column("partner", meaning="Id of whom it approached."),
        Column("partner_name", "Approached", meaning="Whom it approached."),
        Column("answer", "How far it went", meaning="By the newest row of the feedback table."),
        Column("given_on", "On", "date", meaning="The day of that row; blank if not known."),
        Column(
            "predicted", "Predicted", "share",
            meaning="Likelihood that the list gave, or would have given the day before; 0 to 1.",
        ),
        Column("became_tie", meaning="Whether a tie of any relation but contacts is on file."),
        Column("tie", "Tie on file", meaning="Its relations; blank: none is on file."),
        Column("note", "Note", meaning="As it is in the table, for example why it was declined."),
    ),
    "Fates",
)  # fmt: skip
FATES_BY_KIND = Shown(
    "kinds",
    "What is learned from them",
    (
        Column("kind", "Kind of partner", meaning="In words."),
        Column("approached", "Approached", "count", meaning="Suggestions of such partners."),
        Column("ties", "Became ties", "count", meaning="Of them, with a tie on file now."),
        Column(
            "factor", "Moves likelihood by", "score",
            meaning="Factor from 0.5 to 2 on the likelihood of such partners; 1: nothing learned.",
        ),
    ),
    "Learned",
)  # fmt: skip
REASONS = Shown(
    "reasons",
    "Reasons, one by one",
    (
        ORGANIZATION,
        PARTNER,
        Column("reason", meaning="Its name, for example shared partners."),
        Column("contribution", format="score", meaning="What it adds to the score of the pair."),
        Column("odds", format="score", meaning="By how much it multiplies the odds."),
        Column("evidence", meaning="What is on file; blank where nothing can be named."),
    ),
    people=False,
)
INTRODUCERS = Shown(
    "introducers",
    "Who could introduce them",
    (
        ORGANIZATION,
        PARTNER,
        Column("introducer", meaning="Id of an organization that works with both."),
        Column("introducer_name", meaning="Its name."),
        Column(
            "strength", format="score",
            meaning="The weaker of its two ties, times their recency (0 to 1); a heuristic. A tie "
            "whose strength nobody gave counts 1.",
        ),
        Column("strength_with_organization", format="score", meaning="0 to 1; blank: not known."),
        Column("last_contact_with_organization", format="date", meaning="Blank: not known."),
        Column("strength_with_partner", format="score", meaning="0 to 1; blank: not known."),
        Column("last_contact_with_partner", format="date", meaning="Blank: not known."),
        Column("chain", meaning="Both ties in words."),
        Column("against", meaning="What speaks against asking it; blank: nothing on file."),
    ),
    people=False,
)  # fmt: skip
CANDIDATES = Shown(
    "candidates",
    "The list given",
    (
        Column("id", meaning="Id of the candidate."),
        Column("name", "Candidate", meaning="Its name on the list."),
        Column("kind", "Kind", meaning="Its kind."),
        Column("county_fips", "County", meaning="Code of its county; blank: not known."),
        Column("on_file", "On file as", meaning="Id of the organization that it is; may be blank."),
        Column("may_be", "May be", meaning="Id of one it looks like; to be checked."),
    ),
    "Candidates",
)

# -- one pair -------------------------------------------------------------------------------------

PAIR_REASONS = Shown(
    "table",
    "What speaks for and against it",
    (
        Column("reason", "Reason", meaning="Its name, for example shared partners."),
        Column("contribution", "Adds to the score", "score", meaning="They add up to the score."),
        Column("odds", "Times the odds", "score", meaning="By how much it multiplies the odds."),
        Column("evidence", "What is on file", meaning="Blank where nothing can be named."),
    ),
    "Reasons",
)
PAIR_INTRODUCERS = replace(
    INTRODUCERS,
    people=True,
    columns=tuple(
        replace(column, label="How", seen="page") if column.name == "chain" else column
        for column in INTRODUCERS.columns
    ),
)
PAIR_GOALS = Shown(
    "goals",
    "What a tie would achieve for the network",
    (
        Column("goal", "Goal", meaning="In words."),
        Column("worth", "Worth", "score", meaning="How much it counts in a plan."),
    ),
    "Goals",
)

# -- a plan ---------------------------------------------------------------------------------------

_BY_NAME = {column.name: column for column in (*WHO, *WHY)}
STEPS = Shown(
    "table",
    "Introductions to make first",
    (
        Column("step", "Step", "count", meaning="In which order."),
        *WHO[:3],
        replace(WHO[3], label="Partner"),
        Column("gain", "Adds", "score", meaning="Goals that the step can be expected to add."),
        _BY_NAME["probability"],
        _BY_NAME["goals"],
        _BY_NAME["joins_parts"],
        _BY_NAME["constraint_change"],
        _BY_NAME["introducer"],
        _BY_NAME["reason"],
        _BY_NAME["against"],
        _BY_NAME["sentence"],
    ),
    "Plan",
)
FRONTIER = Shown(
    "frontier",
    "Goals that so many introductions can be expected to reach",
    (
        Column("introductions", "Introductions", "count", meaning="How many."),
        Column("plan", "By this plan", "score", meaning="Expected goals."),
        Column("likelihood_only", "By likelihood alone", "score", meaning="Expected goals."),
        Column("random", "At random", "score", meaning="Expected goals, mean of 50 draws."),
    ),
    "Frontier",
)
EXPOSURE = Shown(
    "exposure",
    "How often every organization is suggested and planned",
    (
        ORGANIZATION,
        Column("name", "Organization", meaning="Its name."),
        Column("suggested", "Suggested", "count", meaning="To how many others."),
        Column("planned", "Planned", "count", meaning="In how many steps."),
    ),
    "Exposure",
    rows=0,
)
