"""Everyday words that leaflets put for one another, where WordNet's first senses do not have them: illness, disease; sore, painful.

Nothing stands here that a patient takes, does or watches for and that is another thing than its neighbour (tablet, capsule; dressing,
plaster; left, right): a word may stand in several groups, and each group is one sense.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

GROUPS = """
insert put
write record
attach connect fasten
detach disconnect
local nearest nearby closest
illness disease condition disorder sickness ailment
room ward bay
normal common usual typical ordinary expected
tight narrow
show explain teach tell demonstrate
explain describe outline
worried anxious nervous concerned uneasy
upset distressed unhappy
test exam examination check investigation
method technique way approach procedure
surgery operation procedure
cause reason
staff team crew colleagues personnel
noisy loud
quiet calm peaceful silent
swollen puffy
tummy stomach belly abdomen
scan image picture
form document paper sheet
plan prepare arrange organise organize schedule choose
filter clean purify
record list log diary journal note
clinic hospital center centre unit
label sticker tag
mild slight light minor
severe serious grave bad intense
problem issue trouble difficulty concern complication
tube catheter line
wellbeing health wellness
exercise activity active
meal food snack
breathe inhale
prevent guard protect avert stop
choice option decision
new added recent fresh
past passed over gone
contain hold include
lend share
present found existing
erase delete clear
wipe erase delete
overwrite override replace
known called named
carry harbor harbour host
agency authority office body
sign symptom indication
leaflet booklet brochure handout guide sheet
visit appointment consultation session
trip journey travel
result outcome finding
worry concern fear
advice guidance information counsel tips
skill ability
goal aim target purpose
benefit advantage gain
danger hazard threat
harm damage hurt injure
heal recover mend improve
improve better
relative family kin
partner spouse
parent guardian
carer caregiver helper
kid child youngster
clothes clothing garments
shoe footwear
bathroom toilet restroom washroom lavatory
trash garbage rubbish waste
fridge refrigerator
cell mobile
phone telephone
physician doctor clinician medic
specialist expert consultant
nearby close near
fast quick rapid speedy
slow gradual
big large great sizeable
small little tiny
strong powerful
weak frail
tired weary fatigued exhausted
sleepy drowsy
happy glad pleased content
sad low
soft gentle
damp moist
thin slim slender
fat overweight heavy
comfortable loose easy
hurt ache pain sore
sore tender painful
itchy irritated
smell odor odour scent
taste flavor flavour
part section piece portion
bit piece
area region spot place site zone
kind type sort form
amount quantity
stage phase step
change difference variation
start begin commence onset
end finish conclude
happen occur arise
appear emerge develop
lower reduce
grow rise
study trial research
fact detail
rule regulation
law legislation
cost price fee charge
money funds cash
bill invoice
letter note message
email message mail
question query
answer reply response
meeting gathering
group class
lesson class course
instructor teacher trainer
school college
job work occupation employment
home house
neighbor neighbour
friend companion pal
country nation state
city town
street road
car vehicle automobile
machine device equipment apparatus
tool instrument
screen display monitor
button switch
battery cell
bag sack pouch
bottle container flask
box carton packet package
cover protect shield
cut incision wound
information details
proof evidence
current present
effect impact influence consequence
epidemic outbreak
main major chief key principal primary
develop create make produce
widespread extensive
scar mark
bruise mark
ward unit department bay
pinch prick sting
comfortable comfy cozy cosy
respect dignity
honest frank
adverse harmful bad
walk ambulate
beneficial helpful useful
disclose tell reveal
essential important vital crucial key
evaluate check assess
identify recognize
identify spot
find spot
minimal slight
monitor watch observe
monitor check
participate join
prior earlier previous
transmit spread
transmit pass
abrasion scrape graze
contagious catching infectious
contusion bruise
convulsion seizure fit
dizzy lightheaded giddy woozy
edema swelling
fatigue tiredness exhaustion weariness
fracture break
gastric stomach
hygiene cleanliness
immunization vaccination
immunize vaccinate
insomnia sleeplessness
laceration cut
malignant cancerous
obese overweight
pulmonary lung
cardiac heart
renal kidney
hepatic liver
nausea sickness queasiness
recuperate recover heal
respiration breathing
therapy treatment
trauma injury
tumor growth
practitioner doctor
chat talk conversation
unsure uncertain
delighted glad pleased happy
tidy neat
stretcher trolley gurney
receptionist clerk
desk counter
lift elevator
corridor hallway hall
entrance door entry
slot appointment
timetable schedule rota
chart record
sound noise
tingling prickling
tingle prickle
cramp spasm
scab crust
stitch suture
sample specimen
massage rub
nap snooze doze
relax unwind
candy sweets
cookie biscuit
mom mum mother
dad father
grandma grandmother
grandpa grandfather
teen teenager adolescent
coworker colleague
employer boss
coverage insurance
questionnaire form survey
permission consent agreement
private confidential
privacy confidentiality
complaint grievance
feedback comments
website site
internet web online
video film clip
drawing sketch diagram
flyer brochure
sign poster
whole complete entire
rare uncommon
unusual strange odd
huge enormous big
narrow thin
cool chilly
blurry fuzzy blurred
calm relaxed
angry cross
sad unhappy
cheerful happy
hopeful optimistic
risky dangerous unsafe harmful hazardous
toxic poisonous
obvious clear
faulty damaged defective broken
stuck jammed
blocked clogged plugged
trigger cause
offer give provide supply
save store keep
tap click press
know understand
duty task job role
drawback disadvantage
chance likelihood
challenge difficulty problem
view opinion
feeling emotion mood
germ bacteria microbe bug
condition state
fitness health
size measurement
color shade
category group
rate speed pace
duration length
edge rim
gap space
opening hole
cable cord wire
outlet socket
dial knob
lid cap
lid cover
pouch pocket
strap belt
clip clasp buckle
diet nutrition
lab laboratory
med meds medicine medicines medication medications
rehab rehabilitation
app application program programme
physio physiotherapy physiotherapist
phone telephone
photo photograph picture
carb carbs carbohydrate carbohydrates
temp temperature
flu influenza
cert certificate
config configuration
repo repository
admin administrator
doc documentation document
blog weblog
spec specification
param parameter
arg argument
auth authentication
db database
dir directory folder
env environment
intro introduction
demo demonstration
ad advertisement advert
stool feces faeces poo poop
urine pee
urinate pee
lump swelling bump
spot blemish
eyesight sight vision
receptacle container
attend come
beverage drink
restart resume
replenish refill
submit send
transfer move
transport move
transport carry
finalize finish
regulate control
identify find
magnitude size
documentation papers documents
adhere follow
convey tell
accurate correct
cot crib
nappy diaper
dummy pacifier
torch flashlight
pushchair stroller buggy
tap faucet
swab bud
beneath underneath under
atop on
newborn neonate
retain keep
preserve keep
maintain keep
enquire ask inquire
""".strip().split("\n")


def related_words() -> Mapping[str, frozenset[str]]:
    """Word → the words of its groups."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for group in GROUPS:
        words = group.split()
        for word in words:
            found[word].update(words)
    return {word: frozenset(words) for word, words in found.items()}


RELATED = related_words()
