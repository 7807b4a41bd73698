"""The words benchmark pages are made of: names for the vocabulary and sentences for the bodies.

No sentence is advice to anybody; they have the length and the shape of real ones.
"""

from __future__ import annotations

MUSCLE_NAMES = (
    ("Upper", "Lower", "Front", "Rear", "Inner", "Outer", "Deep", "Long", "Short", "Broad", "Side"),
    ("hip rotator", "thigh extensor", "calf flexor", "buttock stabiliser", "shin lifter"),
)
SYMPTOM_NAMES = (
    ("Tight", "Sore", "Weak", "Stiff", "Tired", "Tender", "Aching", "Numb"),
    ("hamstrings", "hips", "calves", "outer thighs", "knees", "feet"),
)
TECHNIQUE_NAMES = (
    ("Static", "Dynamic", "Slow", "Light", "Loaded", "Supported", "Seated"),
    ("stretch", "strength work", "mobility work"),
)
EXERCISE_NAMES = (
    (
        "Bridge",
        "Lunge",
        "Side step",
        "Calf raise",
        "Step down",
        "Leg swing",
        "Heel slide",
        "Hip hinge",
        "Knee lift",
        "Thigh squeeze",
        "Toe pull",
        "Hip circle",
    ),
    (
        "on your back",
        "on your side",
        "at a wall",
        "on a step",
        "with a band",
        "with a towel",
        "on one leg",
        "half kneeling",
        "sitting tall",
        "on all fours",
    ),
)
ARTICLE_NAMES = (
    ("What runners ask about", "A calm look at", "Before you blame", "Small steps with"),
    (
        "hill training",
        "long drives",
        "new shoes",
        "morning stiffness",
        "taper weeks",
        "cold mornings",
        "bike fit",
        "track sessions",
        "rest days",
        "old scars",
    ),
)

SENTENCES = (
    "Most people notice it first on a hill, where the stride grows shorter and the hips work harder.",
    "The hip is built to move in every direction, and running asks for only one of them.",
    "A tight feeling is a signal and not a measurement, so test the range before you stretch it.",
    "Strength grows slowly, and six weeks of steady work is a fair trial for any plan.",
    "Warm the leg for five minutes first, because cold tissue guards itself and tells you little.",
    "If one side feels different from the other, work the weaker side first and count honestly.",
    "A muscle that works all day to hold you up may feel short while it is only tired.",
    "Trials on this are small, and the people in them were rarely runners with years of training.",
    "Begin with the easy form and stay there until it bores you on three days in a row.",
    "Breathing out as you ease off lets the back settle and keeps the neck out of the work.",
    "The nerve that runs behind the hip slides as you bend, and it does not like to be held long.",
    "Soreness that fades within a day is training; soreness that lasts three days was too much.",
    "Film yourself from the side once a fortnight, in the same place and with the same shoes.",
    "Sitting for hours does not shorten a muscle, but it can make the first steps feel stiff.",
    "A light effort of about a fifth of your strength is enough for the muscle to take part.",
    "Two sets with full attention do more than four that you hurry through before supper.",
    "When the pelvis rolls back the movement comes from the spine, and the hip learns nothing.",
    "Long strides on tired legs load the top of the hamstring more than most people expect.",
    "Change one thing at a time, or you will not know which of them made the difference.",
    "A tendon likes load that comes often and grows slowly, and it dislikes surprises.",
    "On rest days a gentle walk keeps the joint moving and costs you nothing in the next session.",
    "Stretching before a race has little effect on injury, whatever the club handbook once said.",
    "The first week is for learning the shape of the movement, so leave the heavy band in its bag.",
    "Pain that travels below the knee, or tingling in the foot, changes what is worth trying.",
    "Your own notes are worth more than a watch: write down what you did and how it felt at night.",
    "If the front of the hip pinches, bring the knee a little outwards and lower the range.",
    "Older runners gain strength as surely as younger ones, though they need longer between days.",
    "The calf lifts you some five thousand times an hour, and it deserves a plan of its own.",
    "What helps a sprinter may not help a triathlete who comes off the bike with tired hips.",
    "No exercise suits everyone, and leaving one out is a decision and not a failure.",
)
STEPS = (
    ("prepare", "Lie on a firm floor with your knees bent, and let your back rest as it likes."),
    ("step", "Move slowly to the first point where you feel a pull, and wait there for a breath."),
    ("cue", "Keep the front of the pelvis still, as if a glass of water stood on it."),
    ("breathe", "Breathe out as the leg moves away, and in as it comes back."),
    ("step", "Come back over three seconds. Do all on one side, then turn over and repeat."),
    ("cue", "If it feels too easy, slow it down before you reach for a stronger band."),
    ("caution", "Sharp pain or tingling ends the set. Make the movement smaller next time."),
)
MISTAKES = (
    "Rolling the whole body instead of moving the hip.",
    "Holding the breath until the face turns red.",
    "Going so fast that the band does the way back.",
    "Staying with the easy form for months out of habit.",
    "Chasing a stretch that was never the trouble.",
    "Counting sets while looking at a telephone.",
)
SAYINGS = (
    "it grabs when I get out of the car",
    "sore spot where my back pocket sits",
    "feels like a rope down the back of my leg",
    "fine on the flat but not on hills",
    "my stride is short on one side",
    "aches the morning after speed work",
    "stiff until I have walked the dog",
)
POSITIONS = ("lying on your back", "side-lying", "standing", "half kneeling", "sitting")
EQUIPMENT = ("loop band", "towel", "step", "cushion")
FINDINGS = (
    "A small trial in active adults. Range grew with each of the methods compared, and none was clearly ahead.",
    "A review of the trials until that year. The effect was slight, and the certainty low.",
    "A laboratory study with sensors on the skin. It shows activity, and says nothing about pain.",
    "A single case followed for a year. It cannot show what would help others.",
)
