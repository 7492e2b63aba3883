"""A service directory as a network: Baltimore's CharmCare, organizations by services.

    python benchmarks/baltimore_directory.py ../shared/data/public/charmcare

The directory (organizations, locations, services, and a side table from service to category) holds
no ties: what partnet shows is affinity. A service counts for the organization of its location; a
category of type ``service`` is the service; a situation such as age or disability is the population
it is for. Places are coordinates only: the county is not given, and is not guessed.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pandas as pd

import partnet as pn

TABLES = ("organizations", "locations", "services", "service_to_category", "taxonomy")
# Branches of situations that say for whom a service is: age, disability, housing, income ...
FOR_WHOM = {
    "112",
    "113",
    "114",
    "115",
    "116",
    "117",
    "118",
    "119",
    "120",
    "123",
    "124",
    "127",
    "129",
}
KINDS = {"102": "food", "103": "housing", "105": "transport", "111": "legal_aid"}  # by main branch


def read_directory(folder: Path) -> dict[str, pd.DataFrame]:
    """Read the directory into the tables of a network: organizations and services."""
    raw = {name: _read(folder / f"{name}.csv") for name in TABLES}
    services = raw["services"].merge(
        raw["locations"][["id", "organization_id"]],
        left_on="location_id",
        right_on="id",
        suffixes=("", "_of_location"),
    )
    links = raw["service_to_category"].drop_duplicates()
    labels = raw["taxonomy"].rename(columns={"id": "category_id", "name": "label"})
    links = links.merge(labels, on="category_id")
    links = links.merge(services[["id", "organization_id"]], left_on="service_id", right_on="id")
    return {
        "organizations": _make_organizations(raw, links),
        "services": _make_services(links),
        "about": pd.DataFrame(
            {"setting": ["title", "state"], "value": ["Baltimore service directory", "MD"]}
        ),
    }


def _read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")


def _make_organizations(raw: dict[str, pd.DataFrame], links: pd.DataFrame) -> pd.DataFrame:
    """Name, kind by the branch of the taxonomy most of its services are in, first location."""
    of_services = links[links["type"] == "service"]
    branches = of_services["taxonomy_id"].str[:3]
    counts = branches.groupby([of_services["organization_id"], branches]).size()
    main = (
        counts.rename("n")
        .reset_index()
        .sort_values(["organization_id", "n", "taxonomy_id"], ascending=[True, False, True])
    )
    main = main.drop_duplicates("organization_id").set_index("organization_id")["taxonomy_id"]
    places = raw["locations"]
    places = places[(places["latitude"] != "") & (places["longitude"] != "")]
    places = places.drop_duplicates("organization_id").set_index("organization_id")
    organizations = raw["organizations"]
    ids = organizations["id"]
    return pd.DataFrame(
        {
            "id": ids,
            "name": organizations["name"],
            "kind": ids.map(main).map(KINDS).fillna("community_based_organization"),
            "state": "MD",
            "latitude": ids.map(places["latitude"]).fillna(""),
            "longitude": ids.map(places["longitude"]).fillna(""),
        }
    )


def _make_services(links: pd.DataFrame) -> pd.DataFrame:
    """Every service of an organization, once for each population it is for."""
    keys = ["service_id", "organization_id"]
    offered = links.loc[links["type"] == "service", [*keys, "label"]]
    for_whom = links["taxonomy_id"].str[:3].isin(FOR_WHOM)
    served = links.loc[for_whom, [*keys, "label"]]
    served = served.rename(columns={"label": "population"})
    rows = offered.merge(served, on=keys, how="left").fillna({"population": ""})
    rows = rows.rename(columns={"organization_id": "organization", "label": "service"})
    return rows[["organization", "service", "population"]].drop_duplicates(ignore_index=True)


def main(folder: Path) -> None:
    """Read the directory and print what each verb says about it."""
    start = time.perf_counter()
    net = pn.read_network(read_directory(folder))
    print(net.summary())
    affinity = pn.build_affinity(net)
    print(f"{len(affinity.pairs):,} pairs have something strong in common. Cut as too general:")
    print(affinity.cut.to_string(index=False) if len(affinity.cut) else "nothing")
    for verb in (pn.measure_centrality, pn.find_gaps, pn.recommend_partners):
        result = verb(net)
        print(f"\n{result.title}\n{result.text}")
    print(f"\n{time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
