"""A hospital system: sites of one name, an owner that let go yesterday, a hospital that closed.

Two nursing homes share name and county; people who were met have left; sessions were held and are
to come; a coalition came to its end; kinds are blank or not known; nobody was asked a survey.
"""

# ruff: noqa: E501
from __future__ import annotations

TABLES = {
    "organizations": """\
id,name,kind,state,county_fips,stage
mercy-system,Mercy Plains System,health system,NE,31055,
mercy-omaha,Mercy Hospital,hospital,NE,31055,
mercy-holt,Mercy Hospital,critical access hospital,NE,31089,
mercy-boyd,Mercy Hospital,critical access hospital,NE,31015,
holt-clinic,Mercy Clinic,rural health clinic,NE,31089,
boyd-clinic,Mercy Clinic,rural health clinic,NE,31015,
knox-clinic,Mercy Clinic,rural health clinic,NE,31107,
antelope,Antelope Memorial,critical access hospital,NE,31003,
closed-hospital,Wheeler Hospital,critical access hospital,NE,31183,closed
old-coalition,Sandhills Coalition,coalition,NE,31089,closed
north-central,North Central District Health,local health department,NE,31089,
holt-ems,O'Neill Ambulance,EMS agency,NE,31089,
boyd-ems,Butte Ambulance,EMS agency,NE,31015,
counsel,Heartland Counseling,behavioral health,NE,31089,
nh-1,Good Home,nursing facility,NE,31089,
nh-2,Good Home,nursing facility,NE,31089,
drone,SkyDrop,drone delivery,NE,31089,
parish,Parish Nurses,,NE,31003,
pantry,Holt Pantry,food,NE,31089,
office,Nebraska Rural Health Office,state office of rural health,NE,,
loner,Ewing Library,library,NE,31089,
loner2,Lynch Bank,bank,NE,31015,
""",
    "ties": """\
source,target,relation,strength,since,until,last_contact,reported_by,directed
mercy-holt,mercy-omaha,transfer,1,,,2026-06-01,mercy-holt,
mercy-boyd,mercy-omaha,transfer,1,,,2026-06-02,mercy-boyd,
mercy-omaha,mercy-boyd,transfer,1,,,2026-06-02,mercy-omaha,
antelope,mercy-omaha,transfer,0.5,,,2026-01-02,antelope,
closed-hospital,mercy-holt,transfer,1,,2024-12-31,2024-12-01,closed-hospital,
holt-clinic,mercy-holt,referral,1,,,2026-05-02,holt-clinic,
boyd-clinic,mercy-boyd,referral,1,,,2026-05-03,boyd-clinic,
knox-clinic,mercy-holt,referral,0.5,,,2026-05-04,knox-clinic,
holt-ems,mercy-holt,transfer,1,,,2026-05-05,holt-ems,
holt-ems,boyd-ems,mutual aid,1,,,2026-05-05,holt-ems,
counsel,mercy-holt,referral,0.5,,,2026-04-04,counsel,
north-central,mercy-holt,collaboration,1,,,2026-03-03,north-central,
north-central,pantry,collaboration,0.5,,,2026-03-04,north-central,
nh-1,mercy-holt,transfer,1,,,2026-03-05,nh-1,
nh-2,holt-clinic,referral,1,,,2026-03-06,nh-2,
office,mercy-holt,technical assistance,1,,,2026-02-01,office,
office,antelope,technical assistance,1,,,2026-02-02,office,
""",
    "services": """\
organization,service,county_fips
mercy-omaha,emergency care,31055
mercy-holt,emergency care,31089
mercy-boyd,emergency care,31015
antelope,emergency care,31003
closed-hospital,emergency care,31183
holt-clinic,primary care,31089
boyd-clinic,primary care,31015
knox-clinic,primary care,31107
counsel,behavioral health,31089
nh-1,nursing care,31089
nh-2,nursing care,31089
pantry,food boxes,31089
holt-ems,ambulance,31089
boyd-ems,ambulance,31015
""",
    "funding": """\
funder,recipient,program,award,parent_award,period_start,period_end,fiscal_year,amount,amount_kind,served_place
HRSA,office,Flex,H54,,2025-09-01,2026-08-31,2026,500000,obligated,Nebraska
office,mercy-boyd,Flex,H54-1,H54,2025-09-01,2026-08-31,2026,20000,obligated,
office,mercy-holt,Flex,H54-2,H54,2025-09-01,2026-08-31,2026,20000,obligated,
HRSA,closed-hospital,Outreach,O-1,,2025-01-01,2027-12-31,,300000,obligated,
Mercy Plains System,holt-clinic,Community Benefit,,,2026-01-01,2026-12-31,,10000,,
""",
    "affiliations": """\
organization,parent,type,since,until
mercy-omaha,mercy-system,owned,,
mercy-holt,mercy-system,owned,,
mercy-boyd,mercy-system,managed,2020-01-01,2026-06-29
holt-clinic,mercy-holt,site of,,
boyd-clinic,mercy-boyd,site of,,
knox-clinic,mercy-system,owned,2026-07-01,
""",
    "memberships": """\
organization,group,group_kind,since,until
mercy-holt,Sandhills Coalition,coalition,2019-01-01,2025-12-31
north-central,Sandhills Coalition,coalition,2019-01-01,2025-12-31
pantry,Sandhills Coalition,coalition,2019-01-01,
""",
    "contacts": """\
organization,date,by,person,mode,level,topic
mercy-holt,2026-06-01,office,Hal Orr,visit,executive,
mercy-boyd,2025-01-01,office,Ida Poe,visit,executive,
antelope,2026-06-29,office,Jon Quill,visit,staff,
antelope,2026-03-29,office,Jon Quill,visit,staff,
antelope,2025-12-29,office,Jon Quill,call,staff,
closed-hospital,2024-06-01,office,Kay Ross,visit,executive,
holt-clinic,2026-05-20,office,Lou Tate,meeting,manager,EMS
holt-ems,2026-05-20,office,Moe Uhl,meeting,staff,EMS
boyd-ems,2026-05-20,office,Ned Voss,meeting,staff,EMS
""",
    "people": """\
person,organization,role,level,since,until
Hal Orr,mercy-holt,CEO,executive,2018-01-01,2026-06-10
Ida Poe,mercy-boyd,CEO,executive,2018-01-01,2025-12-31
Una West,mercy-boyd,CEO,executive,2026-01-01,
Jon Quill,antelope,Nurse,staff,2018-01-01,
Kay Ross,closed-hospital,CEO,executive,2010-01-01,2025-01-01
""",
    "agreements": """\
agreement,organization,type,topic,status,signed,effective,expires,renews
T-1,mercy-holt,patient transfer,patient referral and transfer,executed,2023-07-01,2023-07-01,2026-07-02,
T-1,mercy-omaha,patient transfer,patient referral and transfer,executed,2023-07-01,2023-07-01,2026-07-02,
T-2,mercy-boyd,patient transfer,patient referral and transfer,executed,2023-07-01,2023-07-01,2026-06-29,
T-2,mercy-omaha,patient transfer,patient referral and transfer,executed,2023-07-01,2023-07-01,2026-06-29,
T-3,antelope,patient transfer,patient referral and transfer,executed,2023-07-01,2023-07-01,,
T-3,mercy-omaha,patient transfer,patient referral and transfer,executed,2023-07-01,2023-07-01,,
T-4,closed-hospital,patient transfer,patient referral and transfer,executed,2023-07-01,2023-07-01,2026-08-01,
T-4,mercy-holt,patient transfer,patient referral and transfer,executed,2023-07-01,2023-07-01,2026-08-01,
""",
    "outcomes": """\
outcome,type,organization,other,place,agreed_on,due,status,note
Both Mercy hospitals share a nurse,action step,mercy-holt,mercy-boyd,,2025-06-01,2026-06-29,open,
Wheeler patients find a hospital,action step,closed-hospital,mercy-holt,,2024-06-01,2024-12-31,open,
Library hosts a health day,new relationship,loner,north-central,,2026-01-01,2026-09-30,open,
""",
    "attendance": """\
session,organization,held_on,place,answer,came,table_number
EMS day,mercy-holt,2026-03-01,31089,yes,yes,1
EMS day,mercy-boyd,2026-03-01,31089,yes,no,
EMS day,holt-ems,2026-03-01,31089,yes,yes,1
EMS day,boyd-ems,2026-03-01,31089,no,no,
EMS day,north-central,2026-03-01,31089,maybe,yes,2
Fall session,mercy-holt,2026-09-15,31089,yes,,
Fall session,mercy-boyd,2026-09-15,31089,maybe,,
Fall session,holt-clinic,2026-09-15,31089,yes,,
Fall session,boyd-clinic,2026-09-15,31089,no,,
""",
    "needs": """\
county_fips,indicator,value,year,direction
31089,uninsured,9,2024,higher is worse
31015,uninsured,11,2024,higher is worse
31107,uninsured,11,2024,higher is worse
31003,uninsured,10,2024,higher is worse
""",
    "about": """\
setting,value
title,Mercy and its neighbors
owner,office
""",
}  # fmt: skip
