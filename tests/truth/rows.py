"""What was once found wrong, row by row, and the test that holds each with a value known by hand.

A key names the review (``said``: what is said and advised; ``counted``: numbers), the row of its
table, and what in it was wrong. ``test_rows.py`` sees that every named test exists.
"""

from __future__ import annotations

ROWS = "truth/test_rows.py"
LAW = "questions/gaps/test_law.py"
AWARDS = "facts/money/test_awards.py"
CORE = "measures/groups/test_core_periphery.py"
UNKNOWN = "questions/gaps/test_unknown_services.py"
INVARIANCE = "truth/test_invariance.py"
OWN_NETWORK = "questions/recommendation/evaluation/test_own_network.py"
NEEDS = "questions/recommendation/test_needs.py"
VISITS = "questions/visits/test_question.py"
AGREEMENTS = "facts/test_agreements.py"
GAZETTEER = "places/test_gazetteer.py"

HELD: dict[tuple[str, str, str], str] = {
    # a probability that is not one
    ("said", "probability", "the network's own calibration with its range"):
        f"{OWN_NETWORK}::test_the_pairs_scored_most_alike_are_counted",
    ("said", "probability", "nothing below 20 judged organizations"):
        f"{OWN_NETWORK}::test_below_20_judged_or_with_few_pairs_nothing_is_said",
    # the day
    ("said", "day", "the fiscal year is that of the day"):
        f"{AWARDS}::test_the_headline_is_the_year_of_the_day",
    ("said", "day", "expired agreements are no ties"):
        f"{AGREEMENTS}::test_what_holds_on_the_day",
    ("said", "day", "done outcomes are not brought up"):
        f"{VISITS}::test_an_agreed_outcome_is_brought_up_first",
    ("said", "day", "visits count wherever the tour starts"):
        f"{VISITS}::test_visits_of_the_convener_count_wherever_a_tour_starts",
    ("said", "day", "an award that ends on the day"):
        f"{ROWS}::test_an_award_that_ends_on_the_day_ends",
    # who says it
    ("said", "reporter", "71% named by one side only"):
        "facts/test_layers.py::test_a_pair_is_confirmed_where_both_ends_report_it",
    ("said", "reporter", "the partner named as reporter"):
        f"{ROWS}::test_only_one_side_reports_names_who_reports",
    ("said", "reporter", "the nearest candidate asked to confirm"):
        f"{LAW}::test_who_reports_it_is_named_and_the_other_side_asked",
    # unknown read as absent
    ("said", "unknown", "a statewide or district provider"):
        f"{UNKNOWN}::test_who_covers_cedar_county",
    ("said", "unknown", "who usually offers it is asked"):
        f"{UNKNOWN}::test_who_usually_offers_it_is_asked",
    ("said", "unknown", "a clinic without service rows"):
        f"{UNKNOWN}::test_a_clinic_without_services_on_file_is_no_county_without_primary_care",
    # claims of what a tie would do
    ("said", "effect", "brings what one of the two already offers there"):
        f"{ROWS}::test_a_tie_brings_nothing_that_is_there",
    ("said", "effect", "the gap was one provider only"):
        f"{ROWS}::test_a_second_provider_brings_nothing_where_one_is_there",
    # counties and jurisdictions
    ("said", "county", "counties of services count"):
        f"{UNKNOWN}::test_counties_served_are_areas_else_of_services_else_the_own",
    ("said", "county", "health departments outside their district"):
        "facts/test_reach.py::test_a_district_ends_at_its_border",
    ("said", "county", "guests from far away"):
        "questions/session/test_guests.py::test_a_county_invites_whoever_works_there",
    # one word, two rules
    ("said", "two rules", "a stake"):
        f"{ROWS}::test_a_stake_is_not_denied_by_who_could_convene",
    ("said", "two rules", "dollars of one hospital"):
        f"{ROWS}::test_every_verb_says_the_same_dollars_of_one_hospital",
    ("said", "two rules", "nothing on file tells of whoever has a contract"):
        f"{ROWS}::test_who_has_a_contract_is_not_said_to_have_nothing_on_file",
    ("said", "two rules", "road factor"):
        f"{ROWS}::test_there_is_one_road_factor",
    # the others of the first review
    ("said", "groups", "sectors with fewer than three"):
        f"{ROWS}::test_sectors_with_one_partner_count_too",
    ("said", "place", "voices of a place"):
        f"{ROWS}::test_voices_are_not_judged_for_a_place",
    ("said", "law", "a hospital in 42 CFR 485.616(a)"):
        f"{LAW}::test_who_is_a_hospital_of_the_network",
    ("said", "law", "the grant rule and sub-recipients"):
        f"{LAW}::test_duties_of_a_grant_fall_on_the_grantee",
    ("said", "law", "nothing on file as a headline"):
        f"{LAW}::test_the_headline_does_not_say_nothing_where_something_is_on_file",
    ("said", "range", "two-mode closeness in parts"):
        f"{ROWS}::test_closeness_to_groups_is_at_most_one_in_parts",
    ("said", "range", "core-periphery fit where none is defined"):
        f"{ROWS}::test_a_core_has_a_fit_where_one_is_defined",
    ("said", "loss", "who had no way before"):
        "questions/bridges/test_question.py"
        "::test_who_had_no_way_to_the_main_component_does_not_lose_it",
    ("said", "sample", "the example row"):
        f"{ROWS}::test_the_example_row_of_the_template_lies_in_one_county",
    ("said", "sample", "kinds misread"):
        "public/readers/test_irs.py::test_names_are_read_only_where_they_tell",
    ("said", "sample", "nobody as a network beside its members"):
        "questions/expected_partners/test_question.py"
        "::test_a_network_with_members_on_file_is_not_nobody",
    ("said", "clarity", "phrases that stumble"):
        f"{ROWS}::test_no_sentence_stumbles",
    # numbers
    ("counted", "1", "an organization without State and county"):
        f"{ROWS}::test_one_blank_organization_takes_no_county_its_money",
    ("counted", "2", "the other side's word"):
        "facts/test_layers.py::test_a_pair_is_confirmed_where_both_ends_report_it",
    ("counted", "2", "an agreement by its signatures"):
        "facts/test_layers.py::test_an_agreement_is_confirmed_by_its_signatures",
    ("counted", "3", "a sub-award of one year"):
        f"{AWARDS}::test_money_worked_out_by_hand",
    ("counted", "4", "obligated, spent, taken back, numbers, places"):
        f"{AWARDS}::test_money_worked_out_by_hand",
    ("counted", "4", "the headline year"):
        f"{AWARDS}::test_the_headline_is_the_year_of_the_day",
    ("counted", "5", "service areas of kind State, ZIP, district"):
        f"{UNKNOWN}::test_who_covers_cedar_county",
    ("counted", "6", "one award in two rows"):
        f"{AWARDS}::test_one_award_in_two_rows_is_one_award",
    ("counted", "7", "no fit where none is defined"):
        f"{CORE}::test_where_no_correlation_is_defined_there_is_no_core",
    ("counted", "7", "bank wiring and the six-cycle"):
        f"{CORE}::test_values_worked_out_by_hand",
    ("counted", "7", "the best of all sets"):
        f"{CORE}::test_small_networks_have_the_best_of_all_cores",
    ("counted", "7", "the order of rows"):
        f"{CORE}::test_the_order_of_rows_does_not_matter",
    ("counted", "8", "reciprocity over observed arcs"):
        f"{ROWS}::test_reciprocity_counts_arcs_whose_return_is_observed",
    ("counted", "9", "known arcs back are conditioned on"):
        "measures/missing/test_nonresponse.py"
        "::test_whoever_is_named_names_in_return_where_all_others_do",
    ("counted", "9", "the tie rate varies"):
        "measures/missing/test_nonresponse.py"
        "::test_the_number_of_ties_varies_as_the_respondents_do",
    ("counted", "9", "no range where none holds"):
        "measures/missing/test_nonresponse.py"
        "::test_too_few_answers_teach_nothing_and_show_no_range",
    ("counted", "10", "reach leaves out isolates"):
        f"{ROWS}::test_three_members_reach_everybody_of_a_pair_and_two_isolates",
    ("counted", "11", "rows that disagree"):
        f"{AGREEMENTS}::test_rows_of_one_agreement_that_differ_are_a_problem",
    ("counted", "11", "past its end, and renewing"):
        f"{AGREEMENTS}::test_what_holds_on_the_day",
    ("counted", "11", "expired with an end in the future"):
        f"{AGREEMENTS}::test_an_end_in_the_future_of_what_has_expired_is_a_question",
    ("counted", "12", "a CAH or REH as the hospital"):
        f"{LAW}::test_who_is_a_hospital_of_the_network",
    ("counted", "12", "an entity of the State plan"):
        f"{LAW}::test_an_entity_counts_where_the_state_plan_names_it",
    ("counted", "13", "retired counties and their ZIP codes"):
        f"{ROWS}::test_a_zip_code_lies_in_a_county_of_today",
    ("counted", "13", "ZIP codes of Puerto Rico"):
        f"{ROWS}::test_a_zip_code_lies_in_a_county_of_today",
    ("counted", "13", "Richmond, and a county of another State"):
        f"{ROWS}::test_a_county_is_the_one_of_today_and_of_its_state",
    ("counted", "13", "neighbors one way"):
        f"{GAZETTEER}::test_neighbors_are_mutual_and_of_today",
    ("counted", "13", "Connecticut in two sets of counties"):
        f"{ROWS}::test_connecticut_counts_once_under_either_set_of_counties",
    ("counted", "13", "one road factor"):
        f"{ROWS}::test_there_is_one_road_factor",
    ("counted", "14", "case splits labels"):
        f"{INVARIANCE}::test_answers_stay",
    ("counted", "14", "case of programs, worked out"):
        f"{AWARDS}::test_money_worked_out_by_hand",
    ("counted", "15", "ties on file count rows"):
        f"{ROWS}::test_ties_on_file_are_counted_once_whoever_reports_them",
    ("counted", "16", "the first of equals"):
        f"{ROWS}::test_all_equals_are_named_or_said_to_be_some",
    # invariances
    ("counted", "invariance", "orders, repetitions, arrows, case, split awards"):
        f"{INVARIANCE}::test_answers_stay",
    ("counted", "invariance", "an isolate more"):
        f"{INVARIANCE}::test_an_isolate_more_changes_no_count",
    # measures that were missing, each beside an oracle or by hand
    ("counted", "measure", "LUBness"): "measures/whole/test_upper_bounds.py"
        "::test_lubness_is_that_of_the_definition_on_random_networks",
    ("counted", "measure", "dyad and triad census, directed transitivity"):
        "measures/whole/test_census.py::test_a_network_of_four_by_hand",
    ("counted", "measure", "Bonacich power"):
        "measures/centrality/test_power.py::test_bargaining_on_a_path_of_five_by_hand",
    ("counted", "measure", "current flow"):
        "measures/centrality/test_current_flow.py::test_resistances_of_a_triangle_by_hand",
    ("counted", "measure", "eccentricity, m-step reach, edge betweenness"):
        "measures/whole/test_reach.py::test_two_cliques_and_a_bridge_by_hand",
    ("counted", "measure", "dyadic constraint"): "measures/test_ego_networks.py"
        "::test_dyadic_constraint_equals_networkx_and_adds_up",
    ("counted", "measure", "the ego-network model of UCINET"):
        "measures/test_ego_networks.py::test_the_middle_of_the_kite_is_what_ucinet_gives",
    ("counted", "measure", "brokerage by group with expectation"):
        "measures/positions/test_brokerage_groups.py"
        "::test_expected_is_the_mean_over_all_ways_to_permute_the_labels",
    ("counted", "measure", "E-I by group and organization"):
        "measures/positions/test_brokerage_groups.py"
        "::test_e_i_of_groups_and_organizations_by_hand",
    ("counted", "measure", "cliques and k-plexes"):
        "measures/groups/test_cliques.py::test_two_cliques_by_hand",
    ("counted", "measure", "structural equivalence and a blockmodel"):
        "measures/groups/test_equivalence.py"
        "::test_the_two_sides_of_a_bipartite_network_are_two_blocks",
    ("counted", "measure", "continuous coreness"):
        "measures/groups/test_continuous_core.py"
        "::test_complete_networks_are_all_core_and_a_star_has_a_hub",
    ("counted", "measure", "Moran's I and Geary's C"):
        "measures/groups/test_autocorrelation.py::test_a_pair_of_pairs_by_hand",
    ("counted", "measure", "check pack"):
        "report/test_check_pack.py::test_the_pack_of_two_cliques_holds_what_is_known_by_hand",
    ("counted", "measure", "two-mode core and clustering"):
        "measures/groups/test_two_mode_groups.py"
        "::test_two_groups_that_share_two_members_by_hand",
    ("counted", "measure", "backbone of shared services"):
        "measures/groups/test_backbone.py"
        "::test_four_services_that_two_alone_share_are_kept_and_common_ones_are_not",
}  # fmt: skip

# What the reviews state as right, as it stands in the test that holds the row or in its cases.
VALUES: dict[tuple[str, str, str], tuple[str, ...]] = {
    ("said", "day", "the fiscal year is that of the day"): ('"2026-09-30", "2026", 7.0', "2028"),
    ("said", "day", "expired agreements are no ties"): ('"ended on June 29, 2026", False',),
    ("said", "day", "an award that ends on the day"): ('"awards": 1, "dollars": 7.0',),
    ("said", "reporter", "the partner named as reporter"): ("only H reports it",),
    ("said", "unknown", "a statewide or district provider"): ('[("State", "NE")], 1, ""',),
    ("said", "effect", "brings what one of the two already offers there"): ('("calm", False)',),
    ("said", "two rules", "dollars of one hospital"): ("240_000", "13_312"),
    ("said", "two rules", "nothing on file tells of whoever has a contract"): ("contract with A",),
    ("said", "two rules", "road factor"): ("1.417",),
    ("said", "groups", "sectors with fewer than three"): ("its partners come from 4 sectors",),
    ("said", "place", "voices of a place"): ("not for a part of it",),
    ("said", "law", "a hospital in 42 CFR 485.616(a)"): (
        '("critical_access_hospital", "unknown")', "1395x(e)"),
    ("said", "range", "two-mode closeness in parts"): ("[3 / 6] * 3 + [2 / 6] * 2",),
    ("said", "range", "core-periphery fit where none is defined"): ("np.nan, np.nan", "1 / 6**0.5"),
    ("counted", "1", "an organization without State and county"): ("dict.fromkeys(counties", "1e6"),
    ("counted", "2", "an agreement by its signatures"): ("one_sided == 0.0",),
    ("counted", "3", "a sub-award of one year"): ('{"2025": 600, "2026": 400}',),
    ("counted", "4", "obligated, spent, taken back, numbers, places"): (
        '"recipient", {"a": 100}', '{"a": 60, "b": 1}', '{"a": 700, "b": 300}', '{"31027": 39'),
    ("counted", "4", "the headline year"): ('"2026-10-01", "2026", 7.0', "2028"),
    ("counted", "5", "service areas of kind State, ZIP, district"): (
        '[("ZIP", "68739"), ("county", PIERCE)], 1', '("health district", "Northeast")], 0, "p"'),
    ("counted", "6", "one award in two rows"): ('"a": 1, "b": 0', "[100.0, 1.0]"),
    ("counted", "7", "no fit where none is defined"): ("complete_graph(3)", "complete_graph(5)"),
    ("counted", "7", "bank wiring and the six-cycle"): ("0.309", "cycle_graph(6)"),
    ("counted", "8", "reciprocity over observed arcs"): ("== 1.0",),
    ("counted", "10", "reach leaves out isolates"): ("[0.5, 0.75, 1.0]",),
    ("counted", "11", "rows that disagree"): ('["expires", "expires"]',),
    ("counted", "11", "past its end, and renewing"): ('"renews": "yes"}, "", True',),
    ("counted", "11", "expired with an end in the future"): ("2027-09-01", "not in gaps"),
    ("counted", "12", "a CAH or REH as the hospital"): ('("rural_emergency_hospital", "unknown")',),
    ("counted", "12", "an entity of the State plan"): (
        '("state_office_of_rural_health", "unknown")',),
    ("counted", "13", "retired counties and their ZIP codes"): (
        '("57770", "46102")', '("99632", "02158")'),
    ("counted", "13", "ZIP codes of Puerto Rico"): ('("00601", "72001")',),
    ("counted", "13", "Richmond, and a county of another State"): ('"23220"}, "51760"', '"46127"'),
    ("counted", "13", "neighbors one way"): ('"02063"', '"02066"', "pair[::-1]"),
    ("counted", "13", "Connecticut in two sets of counties"): ('"09110"', '"09003"'),
    ("counted", "13", "one road factor"): ("1.417",),
    ("counted", "14", "case of programs, worked out"): ('{"Flex": 7}',),
    ("counted", "15", "ties on file count rows"): ('{"a": 2, "b": 2, "c": 0}',),
    ("counted", "16", "the first of equals"): ("[[0, 1]]",),
    ("counted", "measure", "the ego-network model of UCINET"): ("0.7044", "0.5412"),
}  # fmt: skip
