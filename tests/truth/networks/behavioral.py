"""A behavioral health consortium across a State line: money passed on twice, three waves.

Sub-awards of three levels, money taken back, an award of two rows, agreements that ended or renew,
an organization of two systems, a clinic and a hospital that closed, ratings by two raters, answers
of three waves, a place by code and by name, a funder that is a member.
"""

from __future__ import annotations

TABLES = {
    "organizations": """\
id,name,kind,state,county_fips,closed,closed_on
river-bh,River Behavioral Health,behavioral health,IA,19193,,
loess-bh,Loess Counseling,behavioral health,NE,31043,,
bluff-cah,Bluff Community Hospital,critical access hospital,IA,19133,,
dakota-cah,Dakota Valley Hospital,critical access hospital,NE,31051,,
old-cah,Monona Memorial Hospital,critical access hospital,IA,19133,,2025-09-30
river-medical,River Medical Center,hospital,IA,19193,,
siouxland,Siouxland Health Center,health center,IA,19193,,
thurston-tribal,Thurston Tribal Clinic,tribal,NE,31173,,
ida-clinic,Ida Rural Clinic,rural health clinic,IA,19093,,
wayne-clinic,Wayne Rural Clinic,rural health clinic,NE,31179,yes,
woodbury-health,Woodbury District Health,local health department,IA,19193,,
dakota-health,Dakota County Health,local health department,NE,31043,,
peer-house,Peer House,substance use treatment,IA,19193,,
second-step,Second Step Recovery,substance use treatment,NE,31051,,
monona-ems,Monona Ambulance,EMS agency,IA,19133,,
jail,Woodbury County Jail,public safety,IA,19193,,
schools,Northeast School Unit,school,NE,31051,,
united-way,River United Way,funder,IA,19193,,
consortium,Two Rivers Consortium,rural health network,IA,19193,,
""",
    "ties": """\
source,target,relation,strength,since,until,last_contact,reported_by,directed
bluff-cah,river-bh,referral,0.75,2023-01-01,,2026-05-01,bluff-cah,yes
river-bh,bluff-cah,referral,0.75,2023-01-01,,2026-05-01,river-bh,yes
dakota-cah,loess-bh,referral,0.5,,,2026-04-11,dakota-cah,yes
dakota-cah,river-medical,referral,1,,,2026-04-12,dakota-cah,yes
bluff-cah,river-medical,referral,1,,,2026-04-13,bluff-cah,yes
old-cah,river-bh,referral,1,,,2025-08-01,old-cah,yes
old-cah,monona-ems,transfer,1,,,2025-08-02,old-cah,
wayne-clinic,loess-bh,referral,0.5,,,2024-03-01,wayne-clinic,yes
monona-ems,bluff-cah,transfer,1,,,2026-03-01,monona-ems,
siouxland,river-bh,collaboration,1,,,2026-06-02,siouxland,
siouxland,peer-house,collaboration,0.5,,,2026-06-03,siouxland,
river-bh,peer-house,referral,0.5,,,2026-06-04,river-bh,yes
loess-bh,second-step,referral,0.5,,2026-01-31,2025-12-01,loess-bh,yes
jail,river-bh,collaboration,0.25,,,2026-02-01,jail,
jail,river-bh,data sharing,0.5,,,2026-02-01,river-bh,
schools,loess-bh,collaboration,0.25,,,2026-02-02,schools,
thurston-tribal,dakota-cah,referral,0.75,,,2026-02-03,thurston-tribal,yes
woodbury-health,river-bh,joint planning,0.5,,,2026-02-04,woodbury-health,
woodbury-health,siouxland,joint planning,0.5,,,2026-02-04,woodbury-health,
dakota-health,woodbury-health,joint planning,0.5,,,2026-01-04,dakota-health,
consortium,river-bh,joint planning,1,,,2026-06-10,consortium,
consortium,loess-bh,joint planning,1,,,2026-06-10,consortium,
consortium,bluff-cah,joint planning,1,,,2026-06-10,consortium,
consortium,dakota-health,joint planning,1,,,2026-06-10,consortium,
ida-clinic,siouxland,referral,0.25,,,2024-01-15,ida-clinic,yes
""",
    "services": """\
organization,service,county_fips,population
river-bh,behavioral health,19193,
river-bh,behavioral health,19133,
loess-bh,behavioral health,31043,
loess-bh,behavioral health,31051,children
peer-house,substance use treatment,19193,
second-step,substance use treatment,31051,
old-cah,emergency care,19133,
bluff-cah,emergency care,19133,
dakota-cah,emergency care,31051,
river-medical,emergency care,19193,
siouxland,primary care,19193,
thurston-tribal,primary care,31173,American Indian people
ida-clinic,primary care,19093,
wayne-clinic,primary care,31179,
wayne-clinic,Behavioral Health,31179,
monona-ems,ambulance,19133,
""",
    "service_areas": """\
organization,place_kind,place,since,until
woodbury-health,county,19193,,
woodbury-health,county,19133,,
dakota-health,county,31043,,
dakota-health,county,31051,,
loess-bh,county,31043,,
loess-bh,county,31051,,
consortium,State,IA,,
""",
    "funding": """\
funder,recipient,program,award,parent_award,period_start,period_end,fiscal_year,amount,amount_kind,served_place
SAMHSA,consortium,Clinic Expansion,S-1,,2025-10-01,2026-09-30,2026,1200000,obligated,
SAMHSA,consortium,Clinic Expansion,S-1,,2025-10-01,2026-09-30,2026,-100000,obligated,
consortium,river-bh,Clinic Expansion,S-1a,S-1,2025-10-01,2026-09-30,2026,500000,obligated,
river-bh,peer-house,clinic expansion,S-1b,s-1a,2025-10-01,2026-09-30,2026,120000,obligated,
peer-house,second-step,Clinic Expansion,S-1c,S-1b,2026-01-01,2026-09-30,2026,20000,obligated,
HRSA,siouxland,Health Center Program,H-8,,2025-10-01,2026-09-30,2026,900000,obligated,Woodbury
HRSA,siouxland,Health Center Program,H-8,,2025-10-01,2026-09-30,2026,850000,spent,Woodbury
River United Way,peer-house,Recovery Beds,U-1,,2026-01-01,2026-12-31,2026,60000,obligated,19193
River United Way,jail,Diversion,U-2,,2025-01-01,2025-12-31,2025,40000,obligated,
HRSA,old-cah,Flex,F-1,,2025-09-01,2026-08-31,2026,50000,obligated,
HRSA,bluff-cah,Small Hospital Improvement,F-2,,2026-06-01,2027-05-31,2026,13000,obligated,
State of Nebraska,loess-bh,School Counseling,N-1,,2025-07-01,2026-06-30,,180000,obligated,Dakota
""",
    "memberships": """\
organization,group,group_kind,since,until
river-bh,consortium,network,2020-01-01,
loess-bh,consortium,network,2020-01-01,
bluff-cah,consortium,network,2020-01-01,
dakota-cah,consortium,network,2021-01-01,2025-12-31
old-cah,consortium,network,2020-01-01,
siouxland,consortium,network,2022-01-01,
peer-house,Crisis Council,coalition,2023-01-01,
jail,Crisis Council,coalition,2023-01-01,
river-bh,Crisis Council,coalition,2023-01-01,
river-medical,River Health System,health system,2010-01-01,
bluff-cah,River Health System,health system,2015-01-01,
bluff-cah,Plains Health System,health system,2019-01-01,
""",
    "affiliations": """\
organization,parent,type,since,until
bluff-cah,River Health System,managed,2015-01-01,
bluff-cah,Plains Health System,affiliated,2019-01-01,
river-medical,River Health System,owned,2010-01-01,
""",
    "agreements": """\
agreement,organization,type,topic,status,signed,effective,expires,renews
T-1,bluff-cah,patient transfer,transfer,executed,2022-01-01,2022-01-01,2025-12-31,
T-1,river-medical,patient transfer,transfer,executed,2022-01-01,2022-01-01,2025-12-31,
D-1,river-bh,data sharing,crisis,executed,2024-01-01,2024-01-01,2025-12-31,yes
D-1,jail,data sharing,crisis,executed,2024-01-01,2024-01-01,2025-12-31,yes
D-1,woodbury-health,data sharing,crisis,executed,2024-01-01,2024-01-01,2025-12-31,yes
M-1,loess-bh,memorandum of understanding,schools,draft,,,,
M-1,schools,memorandum of understanding,schools,draft,,,,
M-2,old-cah,memorandum of understanding,crisis beds,executed,2023-01-01,2023-01-01,,
M-2,river-bh,memorandum of understanding,crisis beds,executed,2023-01-01,2023-01-01,,
""",
    "contacts": """\
organization,date,by,person,mode,level
bluff-cah,2026-02-01,consortium,A. Bee,visit,executive
dakota-cah,2024-11-01,consortium,C. Dee,visit,manager
ida-clinic,2023-05-01,consortium,E. Eff,call,staff
old-cah,2025-05-01,consortium,G. Aitch,visit,executive
""",
    "outcomes": """\
outcome,type,organization,other,place,agreed_on,due,status,note
Open crisis line at night,action step,loess-bh,dakota-cah,,2025-10-01,2026-03-31,open,
Share the jail list,action step,jail,peer-house,,2025-10-01,2026-09-30,open,
Renew the transfer agreement,action step,bluff-cah,river-medical,,2025-10-01,2026-01-31,done,
Beds for Monona,action step,old-cah,river-bh,,2025-06-01,2026-01-31,open,
""",
    "responses": """\
respondent,relation,wave,design,answered
river-bh,referral,2026,roster,yes
loess-bh,referral,2026,roster,yes
bluff-cah,referral,2026,roster,yes
dakota-cah,referral,2026,roster,yes
siouxland,referral,2026,roster,no
thurston-tribal,referral,2026,roster,yes
ida-clinic,referral,2026,roster,no
old-cah,referral,2024,roster,yes
river-bh,referral,2024,roster,yes
river-bh,referral,2022,roster,yes
loess-bh,referral,2022,roster,no
""",
    "ratings": """\
rater,rated,dimension,value,ladder
bluff-cah,river-bh,reliability,4,
loess-bh,river-bh,reliability,3,
jail,river-bh,reliability,2,
river-bh,bluff-cah,reliability,4,
bluff-cah,river-bh,level of involvement,4,
jail,river-bh,level of involvement,1,
""",
    "needs": """\
county_fips,indicator,value,year,direction
19193,suicide rate,18,2024,higher is worse
19133,suicide rate,22,2024,higher is worse
31043,suicide rate,15,2024,higher is worse
31051,suicide rate,20,2024,higher is worse
31173,suicide rate,35,2024,higher is worse
19093,suicide rate,19,2024,higher is worse
31179,suicide rate,14,2024,higher is worse
""",
    "about": """\
setting,value
title,Two Rivers Behavioral Health
convener,consortium
""",
}  # fmt: skip
