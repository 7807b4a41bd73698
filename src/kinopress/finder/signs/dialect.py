"""Words of Scots and of Welsh English as standard English writes them, so that the rules for warning signs need them only once."""

from __future__ import annotations

from collections.abc import Mapping

_SPOKEN = """
  my: ma mah; i: ah; im: ahm; ive: ahve; you: ye; your: yer; our: oor; that: thon; those: thae;
  no: nae naw; none: nane; isnt: isnae; wasnt: wisnae; arent: arenae; werent: werenae; dont: dinnae dinna;
  doesnt: doesnae; didnt: didnae; hasnt: hasnae; havent: havnae havenae huvnae; hadnt: hadnae;
  wont: winnae wullnae willnae willna; wouldnt: wouldnae; couldnt: couldnae cudnae; cant: cannae canna;
  to: tae; with: wi; from: frae fae; on: oan; off: aff; out: oot; down: doon; round: roon roond;
  over: ower; about: aboot; between: atween; behind: ahint; just: jist; very: awfy gey unco; all: aw ava;
  half: hauf; one: wan yin; two: twa; both: baith; other: ither; more: mair; so: sae; going: gaun gonnae;
  gone: gaen; went: gaed; came: cam; had: hud; have: hae huv; give: gie; gave: gied; giving: gein;
  take: tak; make: mak; know: ken; knows: kens; hold: haud; fall: faw; falling: fawin; drop: drap;
  dropped: drapped drapt; dropping: drappin; stand: staun staund; standing: staunin; run: rin;
  running: rinnin; head: heid heids; foot: fitt fitts fitll; feet: feets; toes: taes; hand: haun; hands: hauns;
  arm: airm; arms: airms; shoulder: shooder; shoulders: shooders; mouth: mooth gub; eyes: een; ear: lug;
  ears: lugs; heart: hert; throat: thrapple; chest: breist kist; tummy: wame kyte; armpit: oxter;
  arse: erse; bum: bahookie bawhookie dowp doup hurdies; balls: baws; bones: banes; bone: bane;
  blood: bluid blude; bleeding: bluidin; splinter: skelf; broken: banjaxed; brought: brocht; sore: sair;
  worse: sairer waur waurse; throb: stoun;
  throbbing: stoonin stounin stoondin louping loupin lowpin lowping tamping; knock: dunt; knocked: dunted;
  hit: skelped skelpt; dead: deid; cold: cauld cald; hot: het roastin; red: reid; blue: blae;
  pale: peely peelie peally; weak: waik; exhausted: wabbit puggled forfochen fooned;
  faint: dwam dwaam dwaamed; rubbish: mince; nonsense: havers; rambling: haverin havering;
  confused: glaikit dottled wandert; vomit: boak boke cowk; vomiting: boakin bokin boking boaking spewin;
  crying: greetin; pant: pech; panting: pechin peching pechan; pants: pechs; breath: breith braith;
  cough: hoast; coughing: hoastin hoasting; limp: hirple; limping: hirplin hirpling; limps: hirples;
  child: wean bairn; children: weans bairns; lass: lassie quine; lad: laddie;
  grandad: granda granpaw tadcu bampi bampy; granny: grannie; dad: faither da; mum: mither maw mam;
  nan: mamgu; night: nicht; nights: nichts; right: richt richts; light: licht lichts; tight: ticht;
  straight: strecht; eight: echt; after: efter; since: syne; now: noo; thought: thocht; thoughts: thochts;
  bear: thole; sick: scunnered; pee: pish; poo: keech; toilet: cludgie lavvy netty; water: watter;
  living: livin; dying: deein; die: dee; home: hame; house: hoose; ground: grund;
  stumbling: stottin stoatin stotting stottering stoating; swallow: swallae
"""
"""``meant: said said; …``"""

DIALECT: Mapping[str, str] = {
    word: meant.strip()
    for meant, _, said in (entry.partition(":") for entry in _SPOKEN.split(";"))
    for word in said.split()
}
"""A word as it is said → the standard word."""
