"""Tribes and their partners in two States: jurisdictions, seasons, kinds that no list has.

Districts of which the counties are not on file, a clinic that works in summer only, programs under
compacts, kinds that are not told apart, an agreement of three that ends tomorrow, no survey.
"""

from __future__ import annotations

TABLES = {
    "organizations": """\
id,name,kind,state,county_fips
consortium,Plains Tribal Health Consortium,tribal,SD,46121
rosebud-tribe,Rosebud Tribal Health,tribal,SD,46121
oglala-tribe,Oglala Tribal Health,tribal,SD,46102
sr-tribe,Standing Rock Tribal Health,tribal,ND,38085
rosebud-ihs,Rosebud IHS Hospital,IHS,SD,46121
pine-ridge-ihs,Pine Ridge IHS Hospital,IHS,SD,46102
fort-yates-ihs,Fort Yates IHS Clinic,IHS clinic,ND,38085
bennett-cah,Bennett County Hospital,critical access hospital,SD,46007
mobridge,Mobridge Hospital,critical access hospital,SD,46129
white-river,White River Clinic,rural health clinic,SD,46095
horizon,Horizon Center,health center,SD,46095
eagle-butte,Eagle Butte Urban Clinic,urban indian health program,SD,46041
sage,Sage Healing Lodge,traditional healing,SD,46121
wicozani,Wicozani Counseling,behavioral health,SD,46121
powwow,Summer Mobile Clinic,mobile unit,SD,46121
elders,Elder Meals,food,SD,46102
sinte,Sinte College,higher education,SD,46121
ems,Rosebud Ambulance,EMS agency,SD,46121
""",
    "ties": """\
source,target,relation,strength,since,until,last_contact,reported_by,directed
rosebud-tribe,rosebud-ihs,collaboration,1,,,2026-06-01,rosebud-tribe,
oglala-tribe,pine-ridge-ihs,collaboration,1,,,2026-06-02,oglala-tribe,
sr-tribe,fort-yates-ihs,collaboration,1,,,2026-06-03,sr-tribe,
bennett-cah,pine-ridge-ihs,referral,0.5,,,2026-04-01,bennett-cah,
pine-ridge-ihs,bennett-cah,referral,0.5,,,2026-04-01,pine-ridge-ihs,
fort-yates-ihs,mobridge,referral,1,,,2026-04-02,fort-yates-ihs,
white-river,horizon,referral,1,,,2026-03-02,white-river,
wicozani,sage,collaboration,1,,,2026-02-02,wicozani,
wicozani,rosebud-ihs,referral,1,,,2026-02-03,wicozani,
powwow,rosebud-tribe,collaboration,1,2026-06-01,2026-09-15,2026-06-15,rosebud-tribe,
powwow,oglala-tribe,collaboration,1,2026-07-15,2026-09-15,,oglala-tribe,
powwow,sr-tribe,collaboration,1,2025-06-01,2025-09-15,2025-08-15,sr-tribe,
consortium,rosebud-tribe,joint planning,1,,,2026-05-01,consortium,
consortium,oglala-tribe,joint planning,1,,,2026-05-01,consortium,
consortium,sr-tribe,joint planning,1,,,2026-05-01,consortium,
""",
    "services": """\
organization,service,county_fips,population
rosebud-ihs,emergency care,46121,American Indian people
pine-ridge-ihs,emergency care,46102,American Indian people
bennett-cah,emergency care,46007,
mobridge,emergency care,46129,
fort-yates-ihs,primary care,38085,American Indian people
white-river,primary care,46095,
horizon,primary care,46095,
wicozani,behavioral health,46121,
wicozani,behavioral health,46095,
sage,traditional healing,46121,American Indian people
powwow,immunization,46121,children
elders,home-delivered meals,46102,older adults
ems,ambulance,46121,
""",
    "service_areas": """\
organization,place_kind,place,since,until
powwow,county,46121,2026-06-01,2026-08-31
powwow,county,46102,2026-06-01,2026-08-31
powwow,county,38085,2025-06-01,2025-08-31
rosebud-tribe,health district,Rosebud Reservation,,
oglala-tribe,health district,Pine Ridge Reservation,,
sr-tribe,county,38085,,
sr-tribe,county,46031,,
fort-yates-ihs,county,38085,,
fort-yates-ihs,county,46031,,
horizon,county,46095,,
""",
    "funding": """\
funder,recipient,program,award,parent_award,period_start,period_end,fiscal_year,amount,amount_kind,served_place
IHS,rosebud-tribe,Title V Compact,C-1,,2025-10-01,2026-09-30,2026,4000000,obligated,
IHS,oglala-tribe,Title I Contract,C-2,,2025-10-01,2026-09-30,2026,6000000,obligated,
rosebud-tribe,powwow,Title V Compact,C-1a,C-1,2026-06-01,2026-09-15,2026,150000,obligated,
SAMHSA,wicozani,Tribal Opioid Response,TOR-1,,2024-09-30,2026-09-29,,500000,obligated,
HRSA,consortium,Rural Communities Opioid Response,R-7,,2023-09-01,2026-08-31,,1000000,obligated,
consortium,sage,Rural Communities Opioid Response,R-7a,R-7,2025-09-01,2026-08-31,,100000,obligated,
""",
    "memberships": """\
organization,group,group_kind,since,until
rosebud-tribe,consortium,consortium,2019-01-01,
oglala-tribe,consortium,consortium,2019-01-01,
sr-tribe,consortium,consortium,2019-01-01,
sage,consortium,consortium,2019-01-01,
""",
    "contacts": """\
organization,date,by,person,mode,level
white-river,2024-07-01,consortium,Flo Day,visit,manager
bennett-cah,2026-03-01,consortium,Gus Roy,visit,executive
""",
    "agreements": """\
agreement,organization,type,topic,status,signed,effective,expires,renews
D-9,rosebud-tribe,data sharing,,executed,2025-07-01,2025-07-01,2026-07-01,
D-9,rosebud-ihs,data sharing,,executed,2025-07-01,2025-07-01,2026-07-01,
D-9,wicozani,data sharing,,executed,2025-07-01,2025-07-01,2026-07-01,
M-1,bennett-cah,memorandum of understanding,,executed,2024-01-01,2024-01-01,2026-12-31,yes
M-1,pine-ridge-ihs,memorandum of understanding,,executed,2024-01-01,2024-01-01,2026-12-31,yes
""",
    "outcomes": """\
outcome,type,organization,other,place,agreed_on,due,status,note
Share one summer calendar,action step,powwow,oglala-tribe,,2026-02-01,2026-06-01,open,
Ask IHS for tele-psychiatry,policy feedback,consortium,,,2026-02-01,,open,
""",
    "needs": """\
county_fips,indicator,value,year,direction
46121,suicide rate,40,2024,higher is worse
46102,suicide rate,45,2024,higher is worse
38085,suicide rate,45,2024,higher is worse
46095,suicide rate,30,2024,higher is worse
""",
    "voices": """\
organization,population,county_fips,through,advisory_seats,since,until
sage,American Indian people,46121,led by them,7,2015-01-01,
elders,older adults,46102,advisory council,3,2015-01-01,
""",
    "residents": """\
county_fips,population,type,people,share,year
46121,American Indian people,race or ethnicity,8000,,2024
46102,American Indian people,race or ethnicity,12000,,2024
38085,American Indian people,race or ethnicity,3200,,2024
""",
    "about": """\
setting,value
title,Plains Tribal Health Consortium
convener,consortium
""",
}  # fmt: skip
