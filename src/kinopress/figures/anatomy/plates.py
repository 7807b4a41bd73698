"""What the drawing of each muscle's page shows: from where we look, how near, and what is beside it.

The view is the one from which most of it can be seen: buttock and hamstrings from behind, the iliotibial band
from outside, the sole from below.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from kinopress.figures.anatomy.bones import BONES
from kinopress.figures.anatomy.ribbons import RIBBONS

VIEWS: dict[str, tuple[float, float, str]] = {
    "front": (0, 0, "seen from the front"),
    "back": (180, 0, "seen from behind"),
    "outside": (90, 0, "seen from the outside"),
    "inside": (270, 0, "seen from the inside"),
    "below": (0, -88, "the sole of the foot, seen from below"),
    "above": (0, 48, "seen from the front and above"),
}
"""Degrees round the body and above the floor, and how a caption says it."""
BESIDE: dict[str, str] = {"below": "inside", "above": "front"}
"""Which view of the whole body is beside one that shows none."""

Box = tuple[tuple[float, float], tuple[float, float], tuple[float, float]]
FRAMES: dict[str, Box] = {
    "trunk": ((-0.12, 0.16), (-0.14, 0.46), (-0.20, 0.20)),
    "pelvis": ((-0.12, 0.14), (-0.15, 0.17), (-0.20, 0.20)),
    "hip": ((-0.11, 0.15), (-0.24, 0.16), (-0.03, 0.21)),
    "belly to thigh": ((-0.11, 0.17), (-0.20, 0.30), (-0.16, 0.21)),
    "thigh": ((-0.11, 0.15), (-0.47, 0.15), (-0.03, 0.22)),
    "inner thigh": ((-0.11, 0.15), (-0.47, 0.10), (-0.07, 0.20)),
    "knee": ((-0.08, 0.13), (-0.52, -0.26), (0.03, 0.24)),
    "lower leg": ((-0.08, 0.20), (-0.84, -0.30), (0.04, 0.26)),
    "foot": ((-0.08, 0.22), (-0.84, -0.62), (0.06, 0.28)),
    "leg": ((-0.12, 0.20), (-0.84, 0.16), (-0.08, 0.27)),
}
"""What the picture holds, in metres: ahead, up and to the right of the pelvis."""


@dataclass(frozen=True, slots=True)
class Plate:
    """The drawing of one page.

    Attributes:
        view: One of :data:`VIEWS`.
        frame: One of :data:`FRAMES`.
        beside: Its neighbours, drawn faintly.
        shows: What is drawn in full; empty for what has the page's own name.
        over: Bones that lie in front of it.
        both: Is it drawn on both sides of the body?
        bare: Bones that are left out, because they would hide the rest.
    """

    view: str
    frame: str
    beside: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    both: bool = False
    bare: tuple[str, ...] = ()


_ROTATORS = ("piriformis", "gemelli", "obturator-internus", "quadratus-femoris")
_ADDUCTORS = ("adductor-magnus", "gracilis", "adductor-brevis", "adductor-longus", "pectineus")

PLATES: dict[str, Plate] = {
    "abdominals": Plate("front", "trunk", both=True),
    "achilles-tendon": Plate("back", "lower leg", ("gastrocnemius",)),
    "adductor-brevis": Plate("front", "inner thigh", ("adductor-magnus", "pectineus")),
    "adductor-longus": Plate("front", "inner thigh", ("adductor-magnus", "gracilis", "pectineus")),
    "adductor-magnus": Plate("back", "inner thigh", ("gracilis", "semimembranosus")),
    "adductors": Plate("front", "inner thigh", ("sartorius",), _ADDUCTORS),
    "ankle-joint": Plate("outside", "foot", ("achilles-tendon", "peroneals")),
    "biceps-femoris": Plate("back", "thigh", ("semimembranosus", "semitendinosus")),
    "calf": Plate("back", "lower leg", ("popliteus",), ("soleus", "gastrocnemius")),
    "common-peroneal-nerve": Plate("outside", "lower leg", ("peroneals", "tibialis-anterior")),
    "deep-hip-rotators": Plate("back", "pelvis", ("sciatic-nerve",), _ROTATORS, over=("sacrum",)),
    "erector-spinae": Plate("back", "trunk", ("quadratus-lumborum",), both=True),
    "flexor-hallucis-longus": Plate("inside", "lower leg", ("tibialis-posterior", "soleus")),
    "gastrocnemius": Plate("back", "lower leg", ("soleus",)),
    "gemelli": Plate("back", "pelvis", ("piriformis", "obturator-internus", "quadratus-femoris")),
    "gluteal-tendons": Plate("outside", "hip", ("gluteus-medius", "gluteus-minimus")),
    "glutes": Plate("back", "hip", ("piriformis",), ("gluteus-minimus", "gluteus-medius", "gluteus-maximus")),
    "gluteus-maximus": Plate("back", "hip", ("gluteus-medius",)),
    "gluteus-medius": Plate("outside", "hip", ("tensor-fasciae-latae", "gluteus-maximus")),
    "gluteus-minimus": Plate("outside", "hip", ("gluteus-medius",)),
    "gracilis": Plate("front", "inner thigh", ("adductor-longus", "adductor-magnus", "sartorius")),
    "hamstrings": Plate("back", "thigh", ("gluteus-maximus",), ("semimembranosus", "semitendinosus", "biceps-femoris")),
    "hip-flexors": Plate("front", "thigh", (), ("psoas-major", "iliacus", "rectus-femoris", "tensor-fasciae-latae", "sartorius")),
    "hip-joint": Plate("front", "pelvis", ("psoas-major", "iliacus")),
    "iliacus": Plate("front", "belly to thigh", ("psoas-major",)),
    "iliotibial-band": Plate("outside", "leg", ("tensor-fasciae-latae", "gluteus-maximus", "vastus-lateralis")),
    "lateral-femoral-cutaneous-nerve": Plate("front", "thigh", ("iliacus", "sartorius")),
    "lumbar-spine": Plate("back", "trunk", ("multifidus",), over=("spine",), both=True),
    "multifidus": Plate("back", "trunk", ("erector-spinae",), both=True),
    "obturator-externus": Plate("front", "pelvis", ("pectineus", "adductor-brevis"), over=("femur",)),
    "obturator-internus": Plate("back", "pelvis", ("piriformis", "quadratus-femoris")),
    "patellar-tendon": Plate("front", "knee", ("rectus-femoris", "vastus-lateralis", "vastus-medialis")),
    "pectineus": Plate("front", "inner thigh", ("adductor-longus", "psoas-major", "iliacus")),
    "pelvic-floor": Plate("above", "pelvis", ("obturator-internus",), both=True, bare=("spine",)),
    "peroneals": Plate("outside", "lower leg", ("soleus", "tibialis-anterior")),
    "piriformis": Plate("back", "pelvis", ("gemelli", "gluteus-medius", "sciatic-nerve"), over=("sacrum",)),
    "plantar-fascia": Plate("below", "foot", ("flexor-hallucis-longus",)),
    "popliteus": Plate("back", "knee", ("gastrocnemius",)),
    "proximal-hamstring-tendon": Plate("back", "hip", ("biceps-femoris", "semitendinosus", "sciatic-nerve")),
    "psoas-major": Plate("front", "belly to thigh", ("iliacus", "quadratus-lumborum")),
    "quadratus-femoris": Plate("back", "pelvis", ("gemelli", "adductor-magnus", "sciatic-nerve")),
    "quadratus-lumborum": Plate("back", "trunk", ("erector-spinae",), both=True),
    "quadriceps": Plate("front", "thigh", ("sartorius",), ("vastus-intermedius", "vastus-lateralis", "vastus-medialis", "rectus-femoris")),
    "rectus-femoris": Plate("front", "thigh", ("vastus-lateralis", "vastus-medialis")),
    "sacroiliac-joint": Plate("back", "pelvis", ("multifidus", "piriformis"), both=True),
    "sartorius": Plate("front", "thigh", ("rectus-femoris", "vastus-medialis", "adductor-longus")),
    "sciatic-nerve": Plate("back", "leg", ("piriformis", "biceps-femoris", "semitendinosus")),
    "semimembranosus": Plate("back", "thigh", ("biceps-femoris", "semitendinosus")),
    "semitendinosus": Plate("back", "thigh", ("semimembranosus", "biceps-femoris")),
    "soleus": Plate("back", "lower leg", ("gastrocnemius",)),
    "tensor-fasciae-latae": Plate("outside", "thigh", ("iliotibial-band", "gluteus-medius")),
    "tibialis-anterior": Plate("front", "lower leg", ("peroneals",)),
    "tibialis-posterior": Plate("back", "lower leg", ("flexor-hallucis-longus",)),
    "vastus-intermedius": Plate("front", "thigh", ("vastus-lateralis", "vastus-medialis")),
    "vastus-lateralis": Plate("front", "thigh", ("rectus-femoris", "vastus-medialis")),
    "vastus-medialis": Plate("front", "thigh", ("rectus-femoris", "vastus-lateralis")),
}  # fmt: skip
"""By the file name of a page."""

NERVES = tuple(name for name in RIBBONS if name.endswith("-nerve"))
"""What is drawn as a line."""


def shown_by(name: str) -> tuple[str, ...]:
    """What a page's drawing shows in full, from the deepest to what lies over it."""
    return PLATES[name].shows or (name,)


def words_of(name: str) -> str:
    """From where the drawing of a page looks, as a caption says it."""
    return VIEWS[PLATES[name].view][2]


def data_digest() -> str:
    """The digest of all data that plates are drawn from; the files keep the one they were drawn from."""
    data = repr((PLATES, FRAMES, VIEWS, BESIDE, RIBBONS, BONES))
    return hashlib.sha256(data.encode()).hexdigest()
