"""What the finder knows of English beside the pages: words that mean nearly the same, and words for elsewhere.

Names of things belong on their pages (aliases, people_say); here are only words that
belong to no page. From general knowledge of UK and US English; stemmed where they are used.
"""

from __future__ import annotations


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


ALIKE = tuple(
    tuple(line.split())
    for line in """
    bum butt buttock bottom backside arse ass rear rump cheek booty behind bun glute posterior tush
    hamstring hammy hammie hams
    pain hurt sore ache agony kill ouch tender grumble niggle discomfort grip twinge grief
    stab sharp knife shoot jab
    burn hot fire
    numb tingle tingly pins needles asleep dead fizz fizzy buzz electric
    tight stiff tense restricted rigid lock seize taut inflexible
    spasm cramp knot charley twitch
    weak lazy asleep sleepy inactive feeble
    thigh quad
    tummy stomach belly abdomen abs
    run jog runner jogger
    sit chair desk seat sofa couch office
    drive car driver
    stair step climb upstairs downstairs
    downhill descend descent
    uphill hill incline
    bike cycle ride cyclist bicycle turbo saddle
    swim swimmer pool
    squat crouch
    outside outer side lateral
    inside inner medial
    front anterior
    back rear posterior
    top upper high
    bottom lower low
    under underneath below beneath
    click clunk pop snap crack creak grate crunch
    tear pull strain rip rupture twang ping
    kneecap patella
    night bed sleep asleep
    morning wake
    toe tiptoe
    crooked uneven lopsided wonky asymmetric
    longer shorter
    swell puffy swollen
    trousers pants jeans
    shoe trainer sneaker
    loosen release relax unlock ease
    massage roll rub knead
    exercise drill workout move
    stretch lengthen flexibility
    strengthen strong strength stronger
    wobbly unstable unsteady
    bend flex
    lift raise
    nerve sciatic
    band elastic theraband loop
    strap towel belt rope scarf
    cushion pillow bolster
    dumbbell kettlebell barbell weight
    squeeze squash squish clamp
    push press shove
    swing kick
    hitch hike hoist
    dangle hang
    floor ground mat
    turn rotate rotation twist
    bench chair settee sofa
    together touching
    ball football
    begin start
    old older age ageing elderly senior
    baby birth pregnancy postnatal postpartum newborn childbirth
    period menstruation
    plan programme program schedule routine
    fortnight week
    two 2
    three 3
    four 4
    five 5
    six 6
    ten 10
    twelve 12
    fourteen 14
    fifteen 15
    twenty 20
    thirty 30
    forty forties 40
    fifty fifties 50
    sixty sixties 60
    seventy seventies 70
    eighty eighties 80
    ninety nineties 90
    explain explanation guide understand
    heel heal
    weak week
    sole soul
    gait gate
    waist waste
    muscle mussel
    groin groyne
    tight tite
    bed mattress
    single unilateral
    step box kerb curb
    tied fixed hooked
    away apart
    raise rise elevate
    test check assess assessment examine
    serious dangerous worrying
    slow gradual
    """.strip().splitlines()
)
"""Groups of words that stand for each other, less than the word itself."""

ELSEWHERE = _set(
    """
    shoulder elbow wrist hand finger thumb arm forearm bicep tricep neck head headache migraine
    jaw tooth teeth throat chest rib ear eye nose face skull scalp lung tongue lip gum armpit
    palm dog cat horse recipe bread cake gel food protein creatine vitamin supplement
    poo electrolyte caffeine breakfast lunch dinner diet calorie rain weather forecast mortgage
    ticket ballot voucher cost price insurance garmin strava gps laptop tyre puncture
    """
)
"""Parts of the body and other matters. Where a site says nothing of them, a query about them alone finds nothing."""

ABOUT_BODY = _set("leg limb muscle joint tendon ligament nerve bone posture gait stride cadence")
"""Words that make a query one for this site, as a part of the body does."""

ABOUT_MOVING = _set(
    """
    pain hurt sore ache stiff tight numb tingle cramp spasm weak strain injury niggle swell run
    jog mileage train marathon triathlon ironman cycle swim sprint hill treadmill stretch
    strengthen exercise rehab warm cool roll massage physio plan programme
    """
)
"""Words that make it likely."""

HURTING = _set(
    """
    pain painful hurt sore ache achy stiff tight numb tingle burn cramp spasm weak strain injury
    niggle swell swollen tender tear twinge agony kill stab throb sting
    """
)
"""Words that say that something is wrong: what is told is then no exercise."""

DOING = _set(
    """
    lie lying sit kneel kneeling stand push press pull lift raise lower lean hang squeeze slide
    roll rock swing step drop open close hold bend straighten cross tuck march hinge dip hitch
    """
)
"""Words for a movement somebody makes: two of them, and nothing that hurts, tell of an exercise."""

INTENTS = {
    "stretch": _set("stretch stretches stretching loosen lengthen flexibility"),
    "strength": _set("strengthen strengthening strength stronger build"),
    "self-care": _set("release roll rolling massage foam ball rub"),
    "met": _set("met mets pnf energy"),
    "mobility": _set("mobilise mobility mobilisation floss flossing glide"),
}
"""Words that say what somebody wants to do: the family of techniques whose exercises come first."""

SEEKS_HELP = _set(
    """
    doctor gp hospital emergency urgent scan mri xray serious worried frightened sinister
    cancer tumour tumor leukaemia lymphoma myeloma sarcoma lump biopsy infection infected fever
    clot dvt bleeding dying die death disease illness diabetes gout lupus shingles rash ulcer
    hernia kidney liver bladder prostate covid flu
    """
)
"""Words that ask when to see someone, and what somebody fears: the page about that is among the first.

They are no slips for anything else: "cancer" is no "dancer", "fever" no "lever", "shingles" are not "single".
"""

PEOPLE = _set(
    """
    physio physiotherapist physiotherapy osteopath chiropractor podiatrist therapist masseur
    masseuse clinic specialist practitioner coach trainer
    """
)
"""Whom somebody may look for; beside a word of nearness or a place that the site does not know."""

NEARNESS = _set("near nearby nearest local locally closest find recommend where")
"""Words that look for somebody near."""
