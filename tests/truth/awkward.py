"""A second file, with what a coordinator types in the worst week of the year.

Twins of one name, a system with its hospitals, a consortium that is an organization, State offices
without a county, services in several counties and for the whole State; awards over three levels,
taken back, of no amount, of a blank one and of years to come; ties that ended, begin later, are told
by one side only or denied by the other; agreements that ended; whole columns of the survey silent.
The convener is named.
"""

# ruff: noqa: E501
from __future__ import annotations

from pathlib import Path

TABLES = {
    "organizations": """\
id,name,kind,state,county_fips
elm-system,Elm Health System,health system,NE,31109
elm-hospital,Elm Hospital,hospital,NE,31109
oak-hospital,Oak Hospital,critical access hospital,NE,31023
ash-hospital,Ash Hospital,critical access hospital,NE,31143
yew-hospital,Yew Hospital,critical access hospital,NE,31185
oak-clinic,Oak Clinic,rural health clinic,NE,31023
ash-clinic,Ash Clinic,rural health clinic,NE,31143
mercy-1,Mercy Clinic,rural health clinic,NE,31185
mercy-2,Mercy Clinic,rural health clinic,NE,31159
blue-valley,Blue Valley Network,rural health network,NE,31023
four-corners,Four Corners Health Department,local health department,NE,31185
lincoln-health,Lincoln Health Department,local health department,NE,31109
oak-ems,Oak Ambulance,EMS agency,NE,31023
ash-ems,Ash Ambulance,EMS agency,NE,31143
blue-valley-bh,Blue Valley Counseling,behavioral health,NE,31159
aging-partners,Aging Partners,area agency on aging,NE,31109
oak-pantry,Oak Pantry,food,NE,31023
seward-school,Seward School,school,NE,31159
osceola-bus,Osceola Bus,transport,NE,31143
york-housing,York Housing,housing,NE,31185
flex-office,Nebraska Flex Office,state office of rural health,NE,
state-ems,Nebraska EMS Office,state EMS office,NE,
quality,Great Plains Quality,QIO,NE,
plains-fund,Platte Fund,funder,NE,
""",
    "ties": """\
source,target,relation,strength,since,until,last_contact,reported_by,directed
oak-hospital,elm-hospital,transfer,1,,,2026-01-10,oak-hospital,
ash-hospital,elm-hospital,transfer,1,,,2026-01-11,ash-hospital,
elm-hospital,ash-hospital,transfer,none,,,,elm-hospital,
yew-hospital,elm-hospital,transfer,1,2026-10-01,,,yew-hospital,
oak-clinic,oak-hospital,referral,1,,,2026-05-01,oak-clinic,
oak-clinic,oak-hospital,referral,1,,,2026-05-01,oak-hospital,
ash-clinic,ash-hospital,referral,1,,2026-06-30,2026-02-01,ash-clinic,
mercy-1,yew-hospital,referral,0.5,,2025-06-30,2025-05-01,mercy-1,
four-corners,yew-hospital,collaboration,1,,,2022-01-01,four-corners,
four-corners,oak-hospital,data sharing,0.5,,,2026-03-03,four-corners,
oak-hospital,four-corners,data sharing,none,,,,oak-hospital,
four-corners,ash-hospital,collaboration,0.25,,,2026-03-04,four-corners,
oak-ems,oak-hospital,transfer,1,,,2026-06-29,oak-ems,
ash-ems,oak-ems,mutual aid,1,,,2026-06-01,ash-ems,
blue-valley-bh,seward-school,contract,1,,,2026-04-04,,
aging-partners,oak-pantry,contract,0.5,,,2026-04-05,aging-partners,
flex-office,oak-hospital,collaboration,1,,,2026-06-01,flex-office,
flex-office,ash-hospital,collaboration,1,,,2026-06-02,flex-office,
flex-office,yew-hospital,collaboration,1,,,2026-06-03,flex-office,
flex-office,state-ems,collaboration,1,,,2026-06-04,flex-office,
flex-office,quality,collaboration,0.5,,,2026-06-05,flex-office,
""",
    "services": """\
organization,service,county_fips,population
oak-hospital,emergency care,31023,
oak-hospital,emergency care,31143,
ash-hospital,emergency care,31143,
elm-hospital,emergency care,31109,
oak-clinic,primary care,31023,
ash-clinic,primary care,31143,
mercy-1,primary care,31185,
mercy-2,primary care,31159,
blue-valley-bh,behavioral health,31159,
blue-valley-bh,behavioral health,31185,
aging-partners,home-delivered meals,,older adults
oak-pantry,food boxes,31023,
osceola-bus,public transit,31143,
""",
    "service_areas": """\
organization,place_kind,place
aging-partners,State,Nebraska
four-corners,county,31185
four-corners,county,31023
four-corners,county,31143
four-corners,county,31159
""",
    "funding": """\
funder,recipient,program,award,parent_award,period_start,period_end,fiscal_year,amount,amount_kind,served_place
HRSA,flex-office,Flex,H54,,2025-09-01,2026-08-31,2026,600000,obligated,Nebraska
flex-office,blue-valley,Flex,F-1,H54,2025-09-01,2026-08-31,2026,200000,obligated,
blue-valley,oak-hospital,Flex,F-1-a,F-1,2025-09-01,2026-08-31,2026,80000,obligated,
HRSA,oak-clinic,Health Center Program,H80,,2025-10-01,2026-09-30,2026,100000,obligated,
HRSA,oak-clinic,Health Center Program,H80,,2025-10-01,2026-09-30,2026,-40000,obligated,
HRSA,oak-clinic,Health Center Program,H80,,2025-10-01,2026-09-30,2026,55000,spent,
HRSA,ash-clinic,Opioid Response,R0,,2025-10-01,2026-09-30,2026,0,,
HRSA,mercy-1,Opioid Response,R1,,2025-10-01,2026-09-30,2026,,,
HRSA,blue-valley-bh,Opioid Response,R2,,2027-10-01,2028-09-30,2028,500000,obligated,
Platte Fund,oak-pantry,Meals,,,2026-01-01,2026-12-31,2026,30000,,Butler County
SAMHSA,seward-school,Project AWARE,A1,,2023-10-01,2025-09-30,2025,150000,obligated,
HRSA,yew-hospital,Outreach,O1,,2026-05-01,2029-04-30,2026,90000,obligated,
""",
    "memberships": """\
organization,group,group_kind,since,until
oak-hospital,blue-valley,rural health network,2019-01-01,
ash-hospital,Blue Valley Network,rural health network,2019-01-01,
yew-hospital,blue valley network,rural health network,2019-01-01,2024-12-31
elm-hospital,Blue Valley Network,rural health network,2027-01-01,
""",
    "affiliations": """\
organization,parent,type,since,until
elm-hospital,elm-system,owned,,
ash-hospital,elm-system,managed,,
ash-clinic,ash-hospital,site of,,
yew-hospital,elm-system,owned,,2025-12-31
""",
    "contacts": """\
organization,date,by,person,mode,level
oak-hospital,2026-06-01,flex-office,A. Lee,visit,executive
ash-hospital,2025-12-01,flex-office,B. Ray,visit,staff
yew-hospital,2027-01-15,flex-office,C. Fox,visit,manager
oak-clinic,2024-05-01,flex-office,D. May,visit,staff
mercy-1,2026-03-01,elm-system,E. Roe,visit,manager
""",
    "agreements": """\
agreement,organization,type,topic,status,signed,effective,expires,renews
T-1,oak-hospital,patient transfer,patient referral and transfer,executed,2020-01-01,2020-01-01,2026-06-30,
T-1,elm-hospital,patient transfer,patient referral and transfer,executed,2020-01-01,2020-01-01,2026-06-30,
T-2,ash-hospital,patient transfer,patient referral and transfer,executed,2020-01-01,2020-01-01,2026-06-29,
T-2,elm-hospital,patient transfer,patient referral and transfer,executed,2020-01-01,2020-01-01,2026-06-29,
D-1,four-corners,data sharing,,executed,2026-01-01,2026-12-01,2028-01-01,
D-1,yew-hospital,data sharing,,executed,2026-01-01,2026-12-01,2028-01-01,
""",
    "outcomes": """\
outcome,type,organization,other,place,agreed_on,due,status,note
Oak and Elm share a transfer line,new relationship,oak-hospital,elm-hospital,,2025-01-01,2025-06-30,open,
Mercy joins,action step,mercy-1,,,2026-01-01,2026-06-30,open,
""",
    "needs": """\
county_fips,indicator,value,year,direction
31023,frequent mental distress,15,2024,higher is worse
31023,frequent mental distress,12,2025,higher is worse
31143,frequent mental distress,14,2025,higher is worse
31185,frequent mental distress,18,2025,higher is worse
31109,frequent mental distress,11,2025,higher is worse
""",
    "responses": """\
respondent,design,answered
oak-hospital,roster,yes
ash-hospital,roster,yes
elm-hospital,roster,yes
yew-hospital,roster,no
oak-clinic,roster,yes
ash-clinic,roster,yes
mercy-1,roster,yes
mercy-2,roster,no
four-corners,roster,yes
lincoln-health,roster,no
oak-ems,roster,yes
ash-ems,roster,yes
blue-valley-bh,roster,no
aging-partners,roster,yes
oak-pantry,roster,no
flex-office,roster,yes
seward-school,roster,not asked
""",
    "goals": """\
goal,organization,measure,unit,direction,baseline,baseline_on,target,due
One transfer line,oak-hospital,lines,,up,0,2026-01-01,1,2026-12-31
""",
    "measurements": """\
goal,date,value,source
One transfer line,2026-06-01,1,
""",
    "ratings": """\
rater,rated,dimension,value,ladder
oak-hospital,elm-hospital,reliability,4,
""",
    "about": """\
setting,value
title,Blue Valley
convener,flex-office
""",
}  # fmt: skip


def write_awkward(folder: Path) -> Path:
    """Write the tables as CSV files."""
    for name, text in TABLES.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder
