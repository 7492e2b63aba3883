"""A coalition on both sides of a State line, with money of every kind.

Federal, State and private awards in several fiscal years, without dates, passed on, taken back and
spent; two clinics of one name; agreements that end in a few days, ended yesterday or have no end; a
chief executive who left after the last visit; an outcome due yesterday, today and tomorrow.
"""

# ruff: noqa: E501
from __future__ import annotations

TABLES = {
    "organizations": """\
id,name,kind,state,county_fips
knox-cah,Niobrara Valley Hospital,critical access hospital,NE,31107
boyd-cah,Boyd Memorial Hospital,critical access hospital,NE,31015
bonhomme-cah,St. Clement Hospital,critical access hospital,SD,46009
cmix-cah,Lake View Hospital,critical access hospital,SD,46023
yankton-hospital,Missouri Bend Hospital,hospital,SD,46135
knox-clinic,Creek Clinic,rural health clinic,NE,31107
cmix-clinic,Creek Clinic,rural health clinic,SD,46023
river-center,River Health Center,health center,SD,46135
north-central,North Central District Health,local health department,NE,31089
sd-health,South Dakota Community Health,State health agency,SD,
ne-sorh,Nebraska Rural Health Office,state office of rural health,NE,
sd-sorh,South Dakota Rural Health Office,state office of rural health,SD,
knox-ems,Niobrara Rescue,EMS agency,NE,31107
bonhomme-ems,Tyndall Ambulance,EMS agency,SD,46009
bend-bh,River Counseling,behavioral health,SD,46135
aging-ne,Northeast Area Agency on Aging,area agency on aging,NE,31119
food-sd,Table of Hope,food,SD,46135
bus,Two Rivers Transit,transport,SD,46135
helm,Helmsberg Trust,funder,,
border,Two Rivers Coalition,rural health network,SD,46135
""",
    "ties": """\
source,target,relation,strength,since,until,last_contact,reported_by,directed
knox-cah,yankton-hospital,transfer,1,,,2026-06-01,knox-cah,
boyd-cah,yankton-hospital,transfer,0.5,,,2026-03-01,boyd-cah,
bonhomme-cah,yankton-hospital,transfer,1,,,2026-05-01,bonhomme-cah,
yankton-hospital,bonhomme-cah,transfer,1,,,2026-05-01,yankton-hospital,
cmix-cah,yankton-hospital,transfer,1,,2026-06-29,2026-04-01,cmix-cah,
knox-clinic,knox-cah,referral,1,,,2026-06-10,knox-clinic,
cmix-clinic,cmix-cah,referral,1,,,2026-06-11,cmix-clinic,
river-center,bend-bh,referral,1,,,2026-06-12,river-center,
bend-bh,river-center,referral,0.5,,,2026-06-12,bend-bh,
north-central,boyd-cah,collaboration,0.5,,,2025-11-01,north-central,
north-central,knox-cah,collaboration,0.5,,,2025-12-01,north-central,
ne-sorh,sd-sorh,collaboration,1,,,2026-06-20,ne-sorh,
ne-sorh,knox-cah,technical assistance,1,,,2026-01-15,ne-sorh,
ne-sorh,boyd-cah,technical assistance,1,,,2026-02-15,ne-sorh,
sd-sorh,bonhomme-cah,technical assistance,1,,,2026-02-16,sd-sorh,
sd-sorh,cmix-cah,technical assistance,1,,,2026-02-17,sd-sorh,
knox-ems,bonhomme-ems,mutual aid,1,,,2026-05-05,knox-ems,
food-sd,river-center,collaboration,none,,,,food-sd,
border,yankton-hospital,collaboration,1,,,2026-06-15,border,
border,knox-cah,collaboration,1,,,2026-06-15,border,
""",
    "services": """\
organization,service,county_fips,population
knox-cah,emergency care,31107,
boyd-cah,emergency care,31015,
bonhomme-cah,emergency care,46009,
yankton-hospital,emergency care,46135,
yankton-hospital,obstetrics,46135,
yankton-hospital,obstetrics,31107,
knox-clinic,primary care,31107,
cmix-clinic,primary care,46023,
river-center,primary care,46135,
bend-bh,behavioral health,46135,
bend-bh,behavioral health,46009,
food-sd,food boxes,46135,
bus,public transit,46135,
bus,public transit,31107,
aging-ne,home-delivered meals,31107,older adults
""",
    "funding": """\
funder,recipient,program,award,parent_award,period_start,period_end,fiscal_year,amount,amount_kind,served_place
HRSA,ne-sorh,Flex,U2W-NE,,2024-09-01,2025-08-31,2025,800000,obligated,Nebraska
HRSA,ne-sorh,Flex,U2W-NE,,2025-09-01,2026-08-31,2026,900000,obligated,Nebraska
HRSA,sd-sorh,Flex,U2W-SD,,2025-09-01,2026-08-31,2026,700000,obligated,South Dakota
ne-sorh,knox-cah,Flex,NE-1,U2W-NE,2025-09-01,2026-08-31,2026,60000,obligated,
ne-sorh,boyd-cah,Flex,NE-2,U2W-NE,2025-09-01,2026-08-31,2026,40000,obligated,
sd-sorh,bonhomme-cah,Flex,SD-1,U2W-SD,2025-09-01,2026-08-31,2026,50000,obligated,
HRSA,border,Rural Health Network Development,D06,,2025-07-01,2026-06-30,2026,300000,obligated,
border,knox-clinic,Rural Health Network Development,D06-1,D06,2025-07-01,2026-06-30,2026,75000,obligated,
border,cmix-clinic,Rural Health Network Development,D06-2,D06,2025-07-01,2026-06-30,2026,75000,obligated,
border,cmix-clinic,Rural Health Network Development,D06-2,D06,2025-07-01,2026-06-30,2026,-25000,obligated,
State of South Dakota,river-center,Primary Care Stabilization,PCS-9,,2025-07-01,2026-06-30,2026,120000,obligated,
State of Nebraska,north-central,Public Health Block,PH-3,,,,2024,50000,obligated,
Helmsberg Trust,boyd-cah,Rural Telehealth,T-1,,2026-01-01,2027-12-31,,200000,,
Helmsberg Trust,cmix-cah,Rural Telehealth,T-2,,2026-01-01,2027-12-31,,-15000,,
HRSA,river-center,Health Center Program,H80,,2025-10-01,2026-09-30,2026,1000000,obligated,
HRSA,river-center,Health Center Program,H80,,2025-10-01,2026-09-30,2026,640000,spent,
SAMHSA,bend-bh,Opioid Response,,,,,2021,90000,,
""",
    "memberships": """\
organization,group,group_kind,since,until
knox-cah,border,rural health network,2020-01-01,
bonhomme-cah,border,rural health network,2020-01-01,
yankton-hospital,Two Rivers Coalition,rural health network,2020-01-01,
cmix-cah,Two Rivers Coalition,rural health network,2021-01-01,2026-06-30
river-center,Two Rivers Coalition,rural health network,2021-01-01,
food-sd,River Food Council,coalition,,
river-center,River Food Council,coalition,,
""",
    "contacts": """\
organization,date,by,person,mode,level
knox-cah,2026-06-01,border,Ann Lee,visit,executive
boyd-cah,2025-06-29,border,Bob Ray,visit,executive
bonhomme-cah,2025-06-30,border,Cy Fox,visit,manager
cmix-clinic,2026-01-01,border,Dee May,call,staff
yankton-hospital,2026-06-30,border,Eve Roe,meeting,executive
""",
    "agreements": """\
agreement,organization,type,topic,status,signed,effective,expires,renews
T-1,knox-cah,patient transfer,patient referral and transfer,executed,2023-07-01,2023-07-01,2026-07-03,
T-1,yankton-hospital,patient transfer,patient referral and transfer,executed,2023-07-01,2023-07-01,2026-07-03,
T-2,boyd-cah,patient transfer,patient referral and transfer,executed,2022-01-01,2022-01-01,2026-06-29,
T-2,yankton-hospital,patient transfer,patient referral and transfer,executed,2022-01-01,2022-01-01,2026-06-29,
T-3,bonhomme-cah,patient transfer,patient referral and transfer,executed,2022-01-01,2022-01-01,,
T-3,yankton-hospital,patient transfer,patient referral and transfer,executed,2022-01-01,2022-01-01,,
""",
    "outcomes": """\
outcome,type,organization,other,place,agreed_on,due,status,note
One transfer form for both States,action step,knox-cah,bonhomme-cah,,2025-06-01,2026-06-29,open,
Bus line across the bridge,action step,bus,knox-clinic,,2025-06-01,2026-06-30,open,
Counseling at Lake View,new relationship,bend-bh,cmix-cah,,2025-06-01,2026-07-01,open,
""",
    "needs": """\
county_fips,indicator,value,year,direction
31107,frequent mental distress,15,2025,higher is worse
31015,frequent mental distress,15,2025,higher is worse
46009,frequent mental distress,12,2025,higher is worse
46023,frequent mental distress,19,2025,higher is worse
46135,frequent mental distress,11,2025,higher is worse
""",
    "responses": """\
respondent,design,answered
knox-cah,roster,yes
boyd-cah,roster,yes
bonhomme-cah,roster,yes
cmix-cah,roster,yes
yankton-hospital,roster,yes
knox-clinic,roster,yes
cmix-clinic,roster,yes
river-center,roster,yes
north-central,roster,yes
ne-sorh,roster,yes
sd-sorh,roster,yes
knox-ems,roster,yes
bonhomme-ems,roster,no
bend-bh,roster,yes
aging-ne,roster,no
food-sd,roster,yes
bus,roster,no
border,roster,yes
""",
    "people": """\
person,organization,role,level,since,until
Ann Lee,knox-cah,CEO,executive,2015-01-01,2026-06-15
Cy Fox,bonhomme-cah,CEO,executive,2015-01-01,
""",
    "about": """\
setting,value
title,Two Rivers Coalition
convener,border
""",
}  # fmt: skip
