"""How people see peer States."""

from __future__ import annotations

from dataclasses import replace

from ...core.results.shown import Column, Shown

DISTANCES = (
    Column("distance", "Distance", "score", meaning="Mean of the parts; 0 is the same."),
    Column("size", format="score", meaning="Distance in size, in standard deviations."),
    Column("rurality", format="score", meaning="Distance in rurality; blank if not known."),
    Column("structure", format="score", meaning="Distance in structure; blank if not known."),
)
PUBLIC_COUNTS = (
    Column(
        "critical_access_hospitals", "Critical Access Hospitals", "count", meaning="How many (CMS)."
    ),
    Column("hospitals", "Hospitals", "count", meaning="Hospitals of every type (CMS)."),
    Column("nonmetro_counties", "Nonmetropolitan counties", "count", meaning="Codes 4 to 9."),
    Column(
        "share_nonmetro_people", "People in them", "share",
        meaning="Share of the people of the State, from 0 to 1.",
    ),
    Column(
        "health_center_sites", "Health center sites", "count",
        meaning="Sites of health centers (HRSA); blank where not known.",
    ),
    Column(
        "birthing_friendly", "Birthing-friendly", "count", "annex",
        "Critical Access Hospitals that CMS designates as birthing-friendly.",
    ),
    Column(
        "patient_experience", "Patient experience published", "count", "annex",
        "Critical Access Hospitals whose patient experience CMS publishes.",
    ),
    Column("population", meaning="People (Census 2020)."),
    Column("nonmetro_population", meaning="People in nonmetropolitan counties."),
    Column("counties", meaning="Counties of the State."),
    Column("remote_counties", meaning="Counties with the codes 8 and 9."),
    Column("share_nonmetro_counties", meaning="Share of counties, from 0 to 1."),
    Column("share_remote_counties", meaning="Share of counties, from 0 to 1."),
    Column("share_critical_access", meaning="Share of hospitals, from 0 to 1."),
    Column("cah_per_100k_nonmetro", meaning="For each 100,000 people in nonmetropolitan counties."),
    Column("sites_per_100k", meaning="Health center sites for each 100,000 people."),
)  # fmt: skip
STRUCTURE = (
    Column("organizations", "Organizations", "count", meaning="On file, without context."),
    Column("counties_on_file", "Counties", "count", meaning="Counties with an organization."),
    Column("partners", "Partners each", "score", meaning="Mean number of working partners."),
    Column("density", "Density", "score", meaning="Share of pairs with a tie, from 0 to 1."),
    Column(
        "transitivity", "Transitivity", "score", "annex",
        "Share of pairs with a common partner that are tied themselves, from 0 to 1.",
    ),
    Column("connectedness", "Connectedness", "score", "annex", "Share of pairs with any path."),
    Column("share_alone", "Without a tie", "share", meaning="Share without a working tie."),
    Column(
        "share_across_sectors", "Across sectors", "share",
        meaning="Share of working ties between sectors; blank without ties.",
    ),
    Column(
        "share_nonmetro_people", "People in nonmetropolitan counties", "share",
        meaning="Share of the people of the State; blank where the State is not known.",
    ),
    Column("share_nonmetro_counties", meaning="Share of counties, from 0 to 1."),
    Column("share_remote_counties", meaning="Share of counties, from 0 to 1."),
)  # fmt: skip

PUBLIC = Shown(
    "table",
    "The nearest",
    (
        Column("peer", meaning="Two letters of the State."),
        Column("rank", format="count", meaning="1 is the nearest."),
        Column("name", "State", meaning="The peer State."),
        *DISTANCES,
        *PUBLIC_COUNTS,
    ),
    "Peer States",
)
GIVEN = Shown(
    "table",
    "The nearest",
    (
        Column("peer", "Network", meaning="The State, else the title of the network."),
        Column("rank", format="count", meaning="1 is the nearest."),
        Column("state", meaning="Two letters of the State; blank if not known."),
        *DISTANCES,
        *STRUCTURE,
    ),
    "Peer States",
)
STATE = Column("state", meaning="Two letters of our State; blank if not known.")
OWN_PUBLIC = Shown("own", "Our State", (STATE, *PUBLIC_COUNTS), people=False)
OWN_GIVEN = Shown("own", "Our network", (STATE, *STRUCTURE), people=False)
PRACTICES = Shown(
    "practices",
    "What peers do and we do not, or less",
    (
        Column("peer", "Peer", meaning="The State, else the title of the network."),
        Column("practice", "What kind", meaning="What kind of practice it is."),
        Column("what", "What", meaning="The practice."),
        Column("theirs", "There", "score", meaning="Their count, or share from 0 to 1."),
        Column("ours", "Here", "score", meaning="Our count, or share from 0 to 1."),
        Column("sentence", "In words", meaning="The same as a sentence."),
    ),
    "Practices of peers",
    rows=0,
)
NOTHING = replace(PUBLIC, columns=(*PUBLIC.columns[:2], *DISTANCES))
