"""The public names of partnet, listed once: this page is read by type checkers and on import."""

from .core.errors import InputError as InputError
from .core.errors import InputProblem as InputProblem
from .core.errors import PartnetError as PartnetError
from .core.errors import UsageError as UsageError
from .core.errors import Where as Where
from .core.network import Network as Network
from .core.results.result import Method as Method
from .core.results.result import Result as Result
from .core.vocabulary import Vocabulary as Vocabulary
from .core.vocabulary import default_vocabulary as default_vocabulary
from .facts.graph.affinity import build_affinity as build_affinity
from .facts.graph.collaboration import build_layer as build_layer
from .facts.graph.layers import Layer as Layer
from .io.check import check_tables as check_tables
from .io.export import export_network as export_network
from .io.read import read_network as read_network
from .io.samples import load_sample as load_sample
from .io.survey import read_survey as read_survey
from .io.template import write_template as write_template
from .io.write import write_network as write_network
from .linkage.match import match_organizations as match_organizations
from .public.build import build_network as build_network
from .public.recipe import read_recipe as read_recipe
from .questions.affiliation.question import measure_affiliation as measure_affiliation
from .questions.alignment.question import align_organizations as align_organizations
from .questions.benchmark.question import benchmark_networks as benchmark_networks
from .questions.bridges.question import find_bridges as find_bridges
from .questions.centrality.question import measure_centrality as measure_centrality
from .questions.comparison.question import compare_networks as compare_networks
from .questions.expected_partners.question import list_expected_partners as list_expected_partners
from .questions.explanation.question import explain_ties as explain_ties
from .questions.gaps.question import find_gaps as find_gaps
from .questions.goals.question import track_goals as track_goals
from .questions.introductions.question import find_introductions as find_introductions
from .questions.inventory.question import describe_network as describe_network
from .questions.leaders.question import list_leaders as list_leaders
from .questions.meetings.question import describe_convenings as describe_convenings
from .questions.money.question import trace_money as trace_money
from .questions.nonrespondents.question import find_nonrespondents as find_nonrespondents
from .questions.organization.question import describe_organization as describe_organization
from .questions.outcomes.question import check_outcomes as check_outcomes
from .questions.partnerships.question import profile_partnerships as profile_partnerships
from .questions.peers.question import find_peer_states as find_peer_states
from .questions.practices.question import list_practices as list_practices
from .questions.recommendation.evaluation.backtest import (
    backtest_recommendations as backtest_recommendations,
)
from .questions.recommendation.explain import explain_pair as explain_pair
from .questions.recommendation.explain import score_pairs as score_pairs
from .questions.recommendation.fates import track_suggestions as track_suggestions
from .questions.recommendation.partners import recommend_partners as recommend_partners
from .questions.recommendation.planning.plan import plan_introductions as plan_introductions
from .questions.session.question import prepare_session as prepare_session
from .questions.structure.question import measure_structure as measure_structure
from .questions.trust.question import measure_trust as measure_trust
from .questions.uncertainty.question import measure_uncertainty as measure_uncertainty
from .questions.visits.question import plan_visits as plan_visits
from .questions.voices.question import list_voices as list_voices
from .questions.whatif.cliff_map import map_cliffs as map_cliffs
from .questions.whatif.question import simulate as simulate
from .report.briefs import build_brief as build_brief
from .report.briefs import write_brief as write_brief
from .report.build import build_report as build_report
from .report.build import write_report as write_report
from .report.check_pack import write_check_pack as write_check_pack
from .store.store import open_store as open_store
from .survey.collect import collect_answers as collect_answers
from .survey.grids.proposal import propose_mapping as propose_mapping
from .survey.new import write_questionnaires as write_questionnaires
from .views.draw import draw_network as draw_network
from .views.explorer.explore import Explorer as Explorer
from .views.explorer.explore import explore_network as explore_network
from .views.maps.draw import draw_map as draw_map
from .views.maps.draw import tabulate_map as tabulate_map

__version__: str
