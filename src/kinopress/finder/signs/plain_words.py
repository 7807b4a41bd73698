"""Ordinary words a slip away from a word of the rules for warning signs, which are meant as they are."""

from __future__ import annotations

PLAIN_WORDS = frozenset(
    """
    accidental acts advise advised airwaves alias alike alternative alternatives ancientness anorectic answer
    answers anywhere assessed attach attached attaches backfire badge began begun believed blame
    blamed books boost bouts branch branches bread breadth bride brighter brisk briskly buffered
    bursa bursae business cards case cases castle cellulite certain chain chance chapters charcoal
    charge chariot cheat cheer cheese chess chick chose cites cloud coast code coded codes colon
    commands comments complaint complaints compulsion conciseness concision conclusion concourse
    confabbed confabbing confessed confession confiding confined confute consumed contumely contuse
    contusion converts cookie cookies costs counters crane cream creative crest crowd cures dammed
    damming dated dates dauphin deadline defences delicious deliciousness denied denies dense depth
    deserves desirous diagnosis dibble differed directly dirt disliked dislikes doubt draft drafted
    drafts drawn dribbler drone drowse dusk eighth elements enlarged enlarging examined examples exception
    exceptions expert experts fable facts failed failing fails fame fancy fattier feast feather
    feeding feeds fewer files firmly fitter flags flame flash flatter flatters flaws flesh float
    flour followed fonts fort frame frames freely freer furthest gabbiness gabble gable gained
    gaining gains gamble gambling gangling gargle garishness gasoline gassed gasses gassing gassy
    glossily glossiness glossy gnash godspeed grain grand graph grasp grass grassy grave greet greets grin
    gritting guessing guide guideline guides guillotine handle handy happiest headstrong healthy hello hobby
    hormones hovering hunting hurried hurry hypodermic icons impala impel impelled impelling
    imposing imposingly inherent insect installed instance invented jauntily jauntiness lake lane laser layers learners
    least lion litre lone male medal meddle messy minestrone ministry mudslinging narcosis neither
    neurosis newer nice nine none north officers overbear overbearing overbore overcoat overcome
    overdo overdoes overdone overdubbed overdubbing overeat overhead overhear overheard overleaf
    overrate overreact overrode overstate overtone peace peeling peers perch perkiness persists
    pertain pertness pile pitch planet pleat plus pole pond portions poster posters powder practical
    practise preferred price print printed prints probing processes props prove proved proves
    published publishing pure purse quitting rabble raising randomness range ranges rare rarely
    ratty react recording recordings relation rely remote rendered repays reset reshapes reuse
    reused reviewed reviewer ridge ridges rise rises rising roots rushed rushing scarf scene score
    scored scores scout scrounge scurry scurvily searched seeking seeks selfsame sensibly sequence
    server services shade shaft shalt shame shantung share shared shares shark sharpens sheep shelf
    shell shipped shore shout shoving shown silly sing skill slack slanting slice slight slugged
    slugging snack snake snakelike sold soulful soulfulness sourness spans spare spares sparkle sparky
    speeding spice spike spoil spoke sponge squad stable staff stake stale stare state station steak
    steam stir stirs stockpot stories story stove straggler strangers strictly strobe strode
    strop stropped stropping strove strummed strumming studied studies study subside suitably
    sultrily sultriness supplies surgeons swagger swamp sweet swift systemic taste teaching teams
    templates tends tenth tenths thank thanks thickening ticks tide tidying tightener title titles
    torsional touchy tough tower trace trade trialled tribe trimmed twisty uncertain undertrained
    underused unlikely unlovely unloving untied value values varies verbs versions wales wave
    wedding weigh weighed weighs whale wheat wherever whose wince wings winner witness wonder write
    writes writing
    """.split()  # noqa: SIM905 - reads better
)
"""Correctly spelled words that no rule and no page's name holds: "fewer" is no "fever", "crest" no "chest".

Found by letting the browser correct the words of this project's own texts, some 1,500 common ones, and
every word of the British dictionary that would show a sign by itself: "overdone" is no "overdose".
"""
