"""A maternal-health coalition: referrals with arrows, goals, no money, no contacts, no convener.

One hospital became a Rural Emergency Hospital; one organization was not asked, four are silent.
"""

# ruff: noqa: E501
from __future__ import annotations

TABLES = {
    "organizations": """\
id,name,kind,state,county_fips
early-hospital,Early Hospital,critical access hospital,GA,13099
miller-hospital,Miller Hospital,rural emergency hospital,GA,13201
phoebe,Southwest Regional,hospital,GA,13095
clay-clinic,Clay Women's Clinic,rural health clinic,GA,13061
calhoun-clinic,Calhoun Clinic,rural health clinic,GA,13037
albany-fqhc,Albany Health Center,health center,GA,13095
sw-health,Southwest Health District,local health department,GA,13095
doulas,Flint Doulas,community-based organization,GA,13095
birthing,Seminole Birth House,birthing center,GA,13253
wic,Early WIC,WIC,GA,13099
bh,Aspire Counseling,behavioral health,GA,13095
rides,Rides to Care,transport,GA,13099
pantry,Open Pantry,food,GA,13201
alone,Randolph Mothers,community-based organization,GA,13243
new-doula,Colquitt Doulas,community-based organization,GA,13201
""",
    "ties": """\
source,target,relation,strength,reported_by,last_contact
calhoun-clinic,phoebe,referral,0.5,calhoun-clinic,2024-03-01
doulas,phoebe,referral,1,doulas,2024-01-01
early-hospital,phoebe,referral,1,early-hospital,2024-02-01
miller-hospital,phoebe,referral,1,miller-hospital,2024-02-02
phoebe,doulas,referral,1,phoebe,2025-03-01
wic,doulas,referral,0.5,wic,2025-03-02
clay-clinic,bh,referral,0.5,clay-clinic,2025-01-01
albany-fqhc,phoebe,referral,1,albany-fqhc,2026-05-05
albany-fqhc,doulas,referral,1,albany-fqhc,2026-05-05
bh,clay-clinic,referral,1,bh,2026-05-06
rides,early-hospital,referral,0.5,rides,2026-05-07
""",
    "services": """\
organization,service,county_fips,population
phoebe,obstetrics,13095,
phoebe,emergency care,13095,
birthing,birth care,13253,
clay-clinic,prenatal care,13061,pregnant people
calhoun-clinic,prenatal care,13037,pregnant people
doulas,doula care,13095,
doulas,doula care,13201,
bh,behavioral health,13095,
rides,non-emergency transport,13099,
early-hospital,emergency care,13099,
miller-hospital,emergency care,13201,
""",
    "needs": """\
county_fips,indicator,value,year,direction
13099,low birth weight,12,2025,higher is worse
13061,low birth weight,14,2025,higher is worse
13095,low birth weight,13,2025,higher is worse
13201,low birth weight,9,2025,higher is worse
""",
    "responses": """\
respondent,design,answered
early-hospital,roster,yes
miller-hospital,roster,yes
phoebe,roster,yes
clay-clinic,roster,yes
calhoun-clinic,roster,yes
albany-fqhc,roster,yes
sw-health,roster,no
doulas,roster,yes
birthing,roster,no
wic,roster,yes
bh,roster,yes
rides,roster,yes
pantry,roster,no
alone,roster,no
""",
    "affiliations": """\
organization,parent,type,since,until
early-hospital,phoebe,managed,,
""",
    "about": """\
setting,value
title,Flint Maternal Health Coalition
""",
    "outcomes": """\
outcome,type,organization,other,agreed_on,due,status
Prenatal days in Early County,action step,early-hospital,calhoun-clinic,2025-07-01,2026-03-31,open
Doulas and Birth House meet,new relationship,doulas,birthing,2025-07-01,2025-12-31,open
Doulas back to Southwest,new relationship,doulas,phoebe,2024-07-01,2025-12-31,done
""",
    "goals": """\
goal,organization,measure,unit,direction,baseline,baseline_on,target,due
Early prenatal care,sw-health,births with first visit in first three months,%,up,60,2024-06-30,75,2026-06-30
Fewer preterm births,,preterm births,%,down,14,2024-06-30,12,2027-06-30
""",
    "measurements": """\
goal,date,value,source
Early prenatal care,2025-06-30,66,
Early prenatal care,2026-06-30,75,
Fewer preterm births,2026-01-01,14.2,
""",
}  # fmt: skip
