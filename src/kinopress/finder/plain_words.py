"""Ordinary words a slip away from a word of the rules for warning signs, which are meant as they are."""

from __future__ import annotations

PLAIN_WORDS = frozenset(
    """
    acts advise advised alias alike alternative alternatives answer answers anywhere assessed attach
    attached attaches backfire badge began begun believed blame blamed books boost bouts branch
    branches bread breadth bride brighter brisk briskly buffered bursa bursae business cards case
    cases castle certain chain chance chapters charge cheat cheer cheese chess chick chose cites cloud
    coast code coded codes colon commands comments complaint complaints converts cookie cookies costs
    counters crane cream creative crest crowd cures dated dates deadline defences denied denies dense
    depth deserves diagnosis differed directly dirt disliked dislikes doubt draft drafted drafts drawn
    drone dusk eighth elements enlarged enlarging examined examples exception exceptions expert
    experts fable facts failed failing fails fame fancy fattier feast feather feeding feeds fewer
    files firmly fitter flags flame flash flatter flatters flaws flesh float flour followed fonts fort
    frame frames freely freer furthest gained gaining gains grain grand graph grave greet greets grin
    gritting guessing guide guideline guides handle handy happiest healthy hello hobby hormones
    hovering hunting hurried hurry icons insect installed instance invented lake lane laser layers
    learners least lion litre lone male medal messy neither newer nice nine none north officers
    overhead peace peeling peers persists pile pitch planet pleat plus pole pond portions poster
    posters powder practical practise preferred price print printed prints probing processes props
    prove proved proves published publishing pure purse quitting raising range ranges rare rarely
    react recording recordings relation rely remote rendered repays reset reshapes reuse reused
    reviewed reviewer ridge ridges rise rises rising roots rushed rushing scarf scene score scored
    scores scout searched seeking seeks sequence server services shade shame share shared shares shark
    sharpens sheep shelf shell shipped shore shout shoving shown silly sing skill slack slanting slice
    slight snack snake sold spans spare spares speeding spice spike spoil spoke sponge squad stable
    staff stake stale stare state station steak steam stir stirs stories story stove strangers
    strictly studied studies study suitably supplies surgeons swamp sweet swift systemic taste
    teaching teams templates tends tenth tenths thank thanks thickening ticks tide tidying tightener
    title titles touchy tough tower trace trade trialled tribe trimmed twisty uncertain undertrained
    underused unlikely untied value values varies verbs versions wales wave wedding weigh weighed wince
    weighs whale wheat wherever whose wings winner witness wonder write writes writing
    """.split()  # noqa: SIM905 - reads better
)
"""Correctly spelled words that no rule and no page's name holds: "fewer" is no "fever", "crest" no "chest".

Found by letting the browser correct the words of this project's own texts, and some 1,500 common ones.
"""
