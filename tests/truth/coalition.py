"""A coalition of 25 organizations, typed as a coordinator would: with every awkward entry.

Awards over several years, one in two rows, one spent and obligated, one passed on; services with
counties and no service areas; answers told by one side only and answers "none"; agreements that
expired, renew or are drafts; outcomes that are done; and nobody named as owner of the file.
"""

# ruff: noqa: E501
from __future__ import annotations

from datetime import date
from pathlib import Path

DAY = date(2026, 6, 30)  # on which it is judged
MEASURES = (  # verbs whose claims are recomputed from ties alone
    *("describe_network", "measure_structure", "measure_centrality", "find_bridges"),
    "measure_affiliation",
)
TABLES = {
    "organizations": """\
id,name,kind,state,county_fips
cedar-hospital,Cedar Hospital,critical access hospital,NE,31027
knox-hospital,Knox Hospital,critical access hospital,NE,31107
pierce-hospital,Pierce Hospital,critical access hospital,NE,31139
wayne-hospital,Wayne Hospital,hospital,NE,31179
cedar-clinic,Cedar Clinic,rural health clinic,NE,31027
knox-clinic,Knox Clinic,rural health clinic,NE,31107
pierce-clinic,Pierce Clinic,rural health clinic,NE,31139
north-center,North Health Center,health center,NE,31119
north-health,North Health Department,local health department,NE,31119
cedar-health,Cedar Health Department,local health department,NE,31027
cedar-ems,Cedar Ambulance,EMS agency,NE,31027
knox-ems,Knox Ambulance,EMS agency,NE,31107
plains-counseling,Plains Counseling,behavioral health,NE,31119
elkhorn-recovery,Elkhorn Recovery,substance use treatment,NE,31179
north-aging,North Area Agency on Aging,area agency on aging,NE,31119
wayne-meals,Wayne Meals,food,NE,31179
cedar-pantry,Cedar Pantry,food,NE,31027
prairie-ride,Prairie Ride,transport,NE,31119
wayne-college,Wayne College,higher education,NE,31179
first-bank,First Bank,bank,NE,31119
knox-housing,Knox Housing,housing,NE,31107
elkhorn-legal,Elkhorn Legal Aid,legal aid,NE,31179
state-office,State Office of Rural Health,state office of rural health,NE,
state-association,State Hospital Association,hospital association,NE,
foundation,Plains Foundation,funder,,
""",
    "ties": """\
source,target,relation,strength,since,until,last_contact,reported_by,directed
cedar-hospital,wayne-hospital,transfer,1,2020-01-01,,2026-03-01,cedar-hospital,
cedar-hospital,wayne-hospital,transfer,1,2020-01-01,,2026-03-01,wayne-hospital,
knox-hospital,wayne-hospital,transfer,0.5,2020-01-01,,2026-01-15,knox-hospital,
pierce-hospital,wayne-hospital,transfer,none,,,,pierce-hospital,
cedar-clinic,cedar-hospital,referral,1,2021-05-01,,2026-04-02,cedar-clinic,
cedar-hospital,cedar-clinic,referral,1,2021-05-01,,2026-04-02,cedar-hospital,
knox-clinic,knox-hospital,referral,0.5,,,2025-11-11,knox-clinic,
pierce-clinic,pierce-hospital,referral,0.5,2019-01-01,2024-12-31,2024-11-30,pierce-clinic,
cedar-ems,cedar-hospital,transfer,1,,,2026-05-05,cedar-ems,
knox-ems,knox-hospital,transfer,1,,,2026-05-06,knox-ems,
north-health,cedar-hospital,data sharing,0.5,2022-02-02,,2025-08-08,north-health,
north-health,north-center,collaboration,1,,,2026-06-01,north-health,
north-center,north-health,collaboration,1,,,2026-06-01,north-center,
north-center,plains-counseling,referral,1,,,2026-02-02,north-center,
plains-counseling,elkhorn-recovery,referral,0.5,,,2025-12-12,plains-counseling,
north-aging,wayne-meals,contract,1,2023-01-01,,2026-06-15,,
north-aging,prairie-ride,contract,0.5,2023-01-01,,2026-06-20,,
cedar-pantry,north-aging,collaboration,0.25,,,2025-10-10,cedar-pantry,
wayne-college,wayne-hospital,collaboration,0.5,,,2022-05-05,wayne-college,
knox-housing,elkhorn-legal,collaboration,0.5,,,2026-01-01,knox-housing,
state-association,cedar-hospital,collaboration,none,,,,state-association,
""",
    "services": """\
organization,service,county_fips,population
cedar-hospital,Emergency care,31027,
knox-hospital,emergency care,31107,
wayne-hospital,EMERGENCY CARE,31179,
wayne-hospital,surgery,31179,
cedar-clinic,primary care,31027,
knox-clinic,primary care,31107,
north-center,primary care,31119,
north-center,dental care,31119,children
plains-counseling,behavioral health,31119,
plains-counseling,behavioral health,31179,
elkhorn-recovery,substance use treatment,31179,
wayne-meals,home-delivered meals,31179,older adults
cedar-pantry,food boxes,31027,
cedar-ems,ambulance,31027,
knox-ems,ambulance,31107,
prairie-ride,public transit,31119,
prairie-ride,public transit,31139,
""",
    "funding": """\
funder,recipient,program,award,parent_award,period_start,period_end,fiscal_year,amount,amount_kind,served_place
HRSA,north-center,Health Center Program,H80,,2024-10-01,2025-09-30,2025,600000,obligated,
HRSA,north-center,Health Center Program,h80,,2025-10-01,2026-09-30,2026,400000,obligated,
HRSA,cedar-clinic,health center program,S1,H80,2025-10-01,2026-09-30,2026,100000,obligated,
HRSA,cedar-hospital,Rural Health Network Development,D06,,2025-07-01,2026-06-30,2026,180000,obligated,Cedar County
HRSA,cedar-hospital,Rural Health Network Development,D06,,2025-07-01,2026-06-30,2026,120000,obligated,Cedar
HRSA,cedar-hospital,Rural Health Network Development,D06,,2025-07-01,2026-06-30,2026,250000,spent,31027
hrsa,state-office,Flex,H54,,2025-09-01,2026-08-31,2026,500000,obligated,Nebraska
state-office,knox-hospital,Flex,FLEX-1,H54,2025-09-01,2026-08-31,2026,50000,obligated,31107
foundation,wayne-meals,Meals,,,2026-01-01,2026-12-31,2026,80000,,
foundation,wayne-meals,Meals,,,2026-01-01,2026-12-31,2026,-20000,,
SAMHSA,elkhorn-recovery,Opioid Response,R1,,2027-10-01,2028-09-30,2028,900000,obligated,
""",
    "memberships": """\
organization,group,group_kind,since,until
cedar-hospital,North Network,rural health network,2020-01-01,
knox-hospital,North network,rural health network,2020-01-01,
wayne-hospital,NORTH NETWORK,rural health network,2020-01-01,
pierce-hospital,North Network,rural health network,2018-01-01,2023-12-31
north-health,Elkhorn Coalition,coalition,,
plains-counseling,Elkhorn Coalition,coalition,,
elkhorn-recovery,Elkhorn Coalition,coalition,,
north-aging,Elkhorn Coalition,coalition,,
cedar-hospital,state-association,association,,
wayne-hospital,state-association,association,,
""",
    "contacts": """\
organization,date,by,person,mode,level
cedar-hospital,2026-05-01,State Office of Rural Health,A. Lee,visit,executive
knox-hospital,2024-02-01,State Office of Rural Health,B. Ray,visit,staff
pierce-hospital,2026-02-01,state-association,C. Fox,visit,manager
cedar-clinic,2025-12-01,,D. May,call,staff
knox-clinic,2026-06-30,,E. Roe,visit,manager
""",
    "agreements": """\
agreement,organization,type,topic,status,signed,effective,expires,renews
TA-1,cedar-hospital,patient transfer,patient referral and transfer,executed,2024-01-01,2024-01-01,2027-01-01,
TA-1,wayne-hospital,patient transfer,patient referral and transfer,executed,2024-01-01,2024-01-01,2027-01-01,
TA-2,knox-hospital,patient transfer,patient referral and transfer,executed,2020-01-01,2020-01-01,2025-01-01,yes
TA-2,wayne-hospital,patient transfer,patient referral and transfer,executed,2020-01-01,2020-01-01,2025-01-01,yes
TA-3,pierce-hospital,patient transfer,patient referral and transfer,expired,2019-01-01,2019-01-01,2024-01-01,
TA-3,wayne-hospital,patient transfer,patient referral and transfer,expired,2019-01-01,2019-01-01,2024-01-01,
DS-1,cedar-health,data sharing,,draft,,,,
DS-1,north-health,data sharing,,draft,,,,
DS-2,north-center,data sharing,,executed,2025-01-01,2025-01-01,2026-09-30,
DS-2,north-health,data sharing,,executed,2025-01-01,2025-01-01,2026-09-30,
""",
    "outcomes": """\
outcome,type,organization,other,place,agreed_on,due,status,note
Cedar and Wayne meet monthly,new relationship,cedar-hospital,wayne-hospital,,2025-01-01,2025-06-30,open,
Bank joins the table,new relationship,first-bank,knox-housing,,2025-09-01,2026-03-31,open,
Write the data agreement,action step,north-center,north-health,,2024-10-01,2025-03-31,open,
Share one ride line,action step,prairie-ride,north-aging,,2025-10-01,2026-12-31,open,
Ask for video visits,policy feedback,plains-counseling,,,2025-10-01,,open,
Count beds in one way,clarified issue,wayne-hospital,,,2025-01-01,2025-02-01,done,
Merge the pantries,action step,cedar-pantry,wayne-meals,,2024-01-01,2024-06-30,dropped,
""",
    "needs": """\
county_fips,indicator,value,year,direction
31027,poor mental health days,4.0,2025,higher is worse
31107,poor mental health days,5.0,2025,higher is worse
31119,poor mental health days,3.5,2025,higher is worse
31139,poor mental health days,4.5,2025,higher is worse
31179,poor mental health days,3.0,2025,higher is worse
""",
    "responses": """\
respondent,design,answered
cedar-hospital,roster,yes
knox-hospital,roster,yes
pierce-hospital,roster,yes
wayne-hospital,roster,yes
cedar-clinic,roster,yes
knox-clinic,roster,yes
pierce-clinic,roster,yes
north-center,roster,yes
north-health,roster,yes
cedar-health,roster,no
cedar-ems,roster,yes
knox-ems,roster,yes
plains-counseling,roster,yes
elkhorn-recovery,roster,no
north-aging,roster,no
wayne-meals,roster,no
cedar-pantry,roster,yes
wayne-college,roster,yes
knox-housing,roster,yes
state-association,roster,yes
""",
    "goals": """\
goal,organization,measure,unit,direction,baseline,baseline_on,target,due
Fewer falls,cedar-hospital,visits after falls,per 1000,down,40,2025-06-30,20,2027-06-30
More rides,prairie-ride,rides,a month,,100,2025-01-01,200,2026-12-31
One data agreement,,agreements signed,,up,0,2025-01-01,1,2026-03-31
Dental days,north-center,days,,up,2,2025-01-01,6,2026-01-31
Shared record,,organizations in it,,,,,10,2027-01-01
""",
    "measurements": """\
goal,date,value,source
Fewer falls,2025-12-31,36,
fewer falls,2026-06-30,33,
More rides,2026-03-31,190,
one data agreement,2026-02-01,1,minutes
Dental days,2026-01-15,4,
Dental days,2026-08-15,8,after the day
""",
    "people": """\
person,organization,role,level,since,until
A. Lee,cedar-hospital,CEO,executive,2020-01-01,
F. Moss,cedar-hospital,CFO,executive,,
B. Old,knox-hospital,Administrator,executive,2010-01-01,2025-12-31
N. Fay,north-center,Director of Nursing,manager,,
W. Hall,wayne-hospital,Board chair,executive,,
P. Roy,first-bank,President,,2027-01-01,
""",
    "promising_practices": """\
practice,organization,kind,service,result,evidence,since,until
Shared night nurse,cedar-hospital,critical access hospital,primary care,12 nights covered,measured,2024-01-01,
shared night nurse,wayne-hospital,,primary care,,reported,2025-01-01,
Meals with a check-in,wayne-meals,any,,,,2023-01-01,
Old ride line,prairie-ride,transport,,,evaluated,2020-01-01,2024-12-31
""",
    "voices": """\
organization,population,county_fips,through,advisory_seats,since,until
north-aging,older adults,,led by them,5,2020-01-01,
knox-housing,the community,31107,consultation,0,,
cedar-pantry,families,31027,,,2019-01-01,2024-12-31
elkhorn-legal,newcomers,,advisory council,,,
""",
    "residents": """\
county_fips,population,type,people,share,year
31107,newcomers,language,,12.5,2024
31119,Older adults,age,9999,,2019
31119,older adults,age,6000,,2024
31027,Newcomers,language,,,2024
""",
    "disparities": """\
county_fips,population,indicator,value,everybody,low,high,year,direction
31107,newcomers,"people without insurance, percent",28,12,20,36,2024,higher is worse
31119,older adults,poor mental health days,4.2,,,,2025,
31179,older adults,poor mental health days,2.5,,,,2025,
31179,newcomers,"people with a regular doctor, percent",60,70,50,75,2024,lower is worse
31139,newcomers,evictions,3,,,,2024,
""",
    "ratings": """\
rater,rated,dimension,value,ladder
cedar-hospital,cedar-clinic,reliability,4,
cedar-hospital,cedar-clinic,mission congruence,3,
cedar-hospital,cedar-clinic,power/influence,2,
cedar-clinic,cedar-hospital,reliability,3,
cedar-clinic,cedar-hospital,open to discussion,2,
cedar-clinic,cedar-hospital,resource contribution,4,
knox-hospital,cedar-hospital,reliability,5,1-5
knox-hospital,cedar-hospital,level of involvement,9,1-5
knox-clinic,knox-hospital,level of involvement,3,
knox-clinic,knox-clinic,reliability,4,
""",
    "about": """\
setting,value
title,Elkhorn Coalition of 25
""",
}  # fmt: skip


def write_coalition(folder: Path) -> Path:
    """Write the tables as CSV files."""
    for name, text in TABLES.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder
