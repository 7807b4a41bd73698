"""Where muscles lie, as data: patches on the skin, and ribbons from bone to bone for what lies deep.

Drawn by general knowledge of anatomy, to show a reader the region; no atlas was measured and nothing here is
fit for a measurement. All are given for the right side.

A patch is a polygon on a limb: degrees round the bone (0 ahead, 90 outside, 180 behind, 270 inside) and the
share of its length, counted from the hip, from the knee, or from the hips up to the neck. A ribbon goes through
stations, each of which rides on a bone; its length tells whether a pose stretches it.
"""

from __future__ import annotations

from dataclasses import dataclass

Polygon = tuple[tuple[float, float], ...]

PATCHES: dict[str, tuple[str, Polygon]] = {
    "gluteus-maximus": ("thigh", ((100, -0.20), (128, -0.36), (180, -0.36), (205, -0.12), (195, 0.10), (160, 0.19), (118, 0.30), (98, 0.16), (104, 0.0))),
    "piriformis": ("thigh", ((214, -0.26), (210, -0.12), (160, -0.03), (118, 0.03), (100, 0.0), (108, -0.07), (150, -0.15), (190, -0.28))),
    "deep-hip-rotators": ("thigh", ((205, -0.16), (200, 0.08), (150, 0.12), (108, 0.08), (104, -0.03), (150, -0.10))),
    "gluteus-medius": ("thigh", ((38, -0.26), (62, -0.37), (100, -0.38), (126, -0.30), (110, -0.10), (92, 0.04), (80, 0.04), (62, -0.08))),
    "gluteus-minimus": ("thigh", ((52, -0.22), (75, -0.30), (102, -0.28), (100, -0.08), (90, 0.03), (80, 0.03), (66, -0.06))),
    "tensor-fasciae-latae": ("thigh", ((30, -0.22), (50, -0.26), (68, -0.10), (76, 0.12), (74, 0.24), (64, 0.20), (48, 0.02))),
    "rectus-femoris": ("thigh", ((12, -0.06), (26, 0.10), (24, 0.45), (14, 0.80), (3, 0.93), (-8, 0.80), (-18, 0.45), (-14, 0.10))),
    "vastus-lateralis": ("thigh", ((80, 0.10), (100, 0.30), (92, 0.62), (50, 0.90), (26, 0.84), (30, 0.50), (48, 0.18))),
    "vastus-medialis": ("thigh", ((-24, 0.45), (-14, 0.88), (-36, 0.96), (-62, 0.84), (-56, 0.56), (-40, 0.40))),
    "hamstrings": ("thigh", ((190, 0.14), (225, 0.24), (232, 0.60), (238, 0.98), (205, 0.84), (180, 0.78), (155, 0.84), (122, 0.98), (128, 0.60), (140, 0.26), (165, 0.14))),
    "biceps-femoris": ("thigh", ((180, 0.16), (176, 0.50), (160, 0.80), (124, 1.0), (122, 0.70), (136, 0.35), (160, 0.16))),
    "semitendinosus": ("thigh", ((180, 0.16), (216, 0.24), (230, 0.60), (240, 1.0), (212, 0.82), (186, 0.55))),
    "adductors": ("thigh", ((-20, 0.02), (-40, 0.22), (-58, 0.50), (-75, 0.62), (-105, 0.55), (-128, 0.28), (-120, 0.06), (-60, -0.02))),
    "adductor-longus": ("thigh", ((-30, 0.02), (-38, 0.20), (-52, 0.45), (-68, 0.52), (-72, 0.30), (-58, 0.04))),
    "gastrocnemius": ("shank", ((120, 0.04), (104, 0.22), (120, 0.42), (150, 0.52), (180, 0.46), (210, 0.54), (240, 0.42), (256, 0.22), (240, 0.04), (180, 0.10))),
    "soleus": ("shank", ((108, 0.36), (112, 0.60), (150, 0.78), (180, 0.82), (210, 0.78), (248, 0.60), (252, 0.36), (215, 0.58), (180, 0.50), (145, 0.58))),
    "achilles-tendon": ("shank", ((168, 0.70), (158, 0.86), (160, 0.99), (200, 0.99), (202, 0.86), (192, 0.70))),
    "tibialis-anterior": ("shank", ((20, 0.10), (48, 0.16), (50, 0.40), (30, 0.70), (8, 0.84), (6, 0.50))),
    "peroneals": ("shank", ((82, 0.06), (100, 0.12), (104, 0.50), (112, 0.84), (98, 0.84), (84, 0.50))),
    "abdominals": ("trunk", ((50, 0.12), (50, 0.62), (20, 0.80), (-20, 0.80), (-50, 0.62), (-50, 0.12), (0, 0.02))),
    "erector-spinae": ("trunk", ((172, 0.02), (158, 0.30), (160, 0.70), (172, 0.95), (188, 0.95), (200, 0.70), (202, 0.30), (188, 0.02))),
    "quadratus-lumborum": ("trunk", ((122, 0.08), (128, 0.40), (158, 0.42), (160, 0.08))),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Station:
    """A place a ribbon goes through.

    Attributes:
        frame: `pelvis`, `thigh`, `shank`, `foot` or `spine`.
        place: On the pelvis metres from the hip joint, on the foot from the ankle (ahead, up, outwards), on
            the spine from the hip joint (up, ahead, outwards);
            along a limb the share of its length, then metres ahead and outwards.
        half_m: Half the width there; 0 for a sheet's edge.
    """

    frame: str
    place: tuple[float, float, float]
    half_m: float = 0.0


@dataclass(frozen=True, slots=True)
class Ribbon:
    """A deep muscle: one line with a width (`edges` of one), or a sheet between two lines."""

    edges: tuple[tuple[Station, ...], ...]


def _at(where: str, a: float, b: float, c: float, half: float = 0.0) -> Station:
    frames = {"P": "pelvis", "T": "thigh", "S": "shank", "V": "spine", "F": "foot"}
    return Station(frames[where], (a, b, c), half)


Row = tuple[str, float, float, float, float]


def _tube(*rows: Row) -> Ribbon:
    return Ribbon((tuple(_at(*row) for row in rows),))


def _sheet(
    *pairs: tuple[tuple[str, float, float, float], tuple[str, float, float, float]],
) -> Ribbon:
    return Ribbon((tuple(_at(*a) for a, _ in pairs), tuple(_at(*b) for _, b in pairs)))


RIBBONS: dict[str, Ribbon] = {
    "piriformis": _tube(("P", -0.078, 0.060, -0.068, 0.024), ("P", -0.078, 0.045, -0.03, 0.026), ("P", -0.062, 0.03, 0.02, 0.017), ("T", -0.03, -0.012, 0.060, 0.009)),
    "gluteus-maximus": _sheet((("P", -0.045, 0.125, -0.015), ("P", -0.072, -0.01, -0.078)), (("P", -0.075, 0.07, 0.035), ("P", -0.105, -0.045, -0.045)), (("P", -0.07, 0.01, 0.06), ("T", 0.20, -0.06, -0.01)), (("T", 0.10, -0.015, 0.062), ("T", 0.36, -0.02, 0.03))),
    "gluteus-medius": _sheet((("P", 0.045, 0.10, 0.045), ("P", -0.05, 0.11, -0.005)), (("P", 0.03, 0.06, 0.066), ("P", -0.045, 0.06, 0.045)), (("T", -0.02, 0.012, 0.072), ("T", -0.01, -0.022, 0.066))),
    "gluteus-minimus": _sheet((("P", 0.035, 0.075, 0.045), ("P", -0.025, 0.075, 0.02)), (("T", -0.02, 0.015, 0.068), ("T", -0.01, -0.01, 0.066))),
    "deep-hip-rotators": _sheet((("P", -0.068, 0.045, -0.05), ("P", -0.05, -0.06, -0.045)), (("P", -0.062, 0.025, 0.0), ("P", -0.055, -0.045, 0.0)), (("T", -0.02, -0.015, 0.055), ("T", 0.10, -0.02, 0.05))),
    "psoas-major": _tube(("V", 0.24, -0.005, -0.055, 0.014), ("V", 0.14, 0.01, -0.045, 0.028), ("P", 0.045, 0.045, -0.015, 0.026), ("P", 0.048, 0.0, 0.0, 0.018), ("T", 0.14, -0.005, -0.012, 0.009)),
    "iliacus": _sheet((("P", 0.03, 0.10, 0.035), ("P", -0.03, 0.09, -0.02)), (("P", 0.048, 0.02, 0.01), ("P", 0.04, 0.02, -0.012)), (("T", 0.14, -0.005, -0.01), ("T", 0.16, -0.005, -0.012))),
    "rectus-femoris": _tube(("P", 0.042, 0.03, 0.025, 0.008), ("T", 0.2, 0.050, 0.01, 0.022), ("T", 0.5, 0.052, 0.005, 0.029), ("T", 0.8, 0.040, 0.0, 0.019), ("S", 0.03, 0.05, 0.0, 0.008)),
    "vastus-lateralis": _tube(("T", 0.05, 0.02, 0.06, 0.010), ("T", 0.45, 0.035, 0.055, 0.026), ("T", 0.85, 0.03, 0.035, 0.018), ("S", 0.02, 0.045, 0.015, 0.006)),
    "vastus-medialis": _tube(("T", 0.2, 0.02, -0.03, 0.010), ("T", 0.6, 0.03, -0.04, 0.024), ("T", 0.9, 0.03, -0.035, 0.018), ("S", 0.02, 0.045, -0.012, 0.006)),
    "biceps-femoris": _tube(("P", -0.045, -0.06, -0.02, 0.010), ("T", 0.35, -0.062, 0.005, 0.022), ("T", 0.65, -0.055, 0.022, 0.023), ("T", 0.95, -0.03, 0.038, 0.010), ("S", 0.08, -0.012, 0.042, 0.006)),
    "hamstrings": _sheet((("P", -0.05, -0.05, -0.005), ("P", -0.045, -0.06, -0.035)), (("T", 0.4, -0.066, 0.03), ("T", 0.4, -0.06, -0.03)), (("T", 0.75, -0.055, 0.035), ("T", 0.75, -0.05, -0.032)), (("S", 0.06, -0.02, 0.038), ("S", 0.08, -0.015, -0.03))),
    "tensor-fasciae-latae": _tube(("P", 0.05, 0.085, 0.045, 0.008), ("P", 0.055, 0.03, 0.062, 0.015), ("T", 0.18, 0.03, 0.072, 0.010), ("T", 0.5, 0.01, 0.068, 0.005)),
    "adductors": _sheet((("P", 0.03, -0.02, -0.07), ("P", -0.03, -0.06, -0.045)), (("T", 0.3, 0.015, -0.04), ("T", 0.35, -0.03, -0.045)), (("T", 0.6, -0.005, -0.012), ("T", 0.85, -0.015, -0.03))),
    "adductor-longus": _tube(("P", 0.035, -0.015, -0.07, 0.007), ("T", 0.25, 0.02, -0.035, 0.016), ("T", 0.5, -0.005, -0.005, 0.010)),
    "gastrocnemius": _sheet((("T", 0.97, -0.035, 0.026), ("T", 0.97, -0.035, -0.026)), (("S", 0.25, -0.052, 0.042), ("S", 0.25, -0.052, -0.042)), (("S", 0.5, -0.042, 0.03), ("S", 0.5, -0.042, -0.03)), (("S", 0.72, -0.038, 0.009), ("S", 0.72, -0.038, -0.009)), (("F", -0.055, -0.03, 0.006), ("F", -0.055, -0.03, -0.006))),
    "soleus": _sheet((("S", 0.15, -0.03, 0.035), ("S", 0.2, -0.03, -0.03)), (("S", 0.5, -0.04, 0.038), ("S", 0.5, -0.04, -0.036)), (("S", 0.8, -0.04, 0.010), ("S", 0.8, -0.04, -0.010)), (("F", -0.055, -0.03, 0.006), ("F", -0.055, -0.03, -0.006))),
    "quadratus-lumborum": _sheet((("P", -0.035, 0.115, 0.02), ("P", -0.05, 0.115, -0.03)), (("V", 0.24, -0.03, -0.01), ("V", 0.24, -0.035, -0.05))),
    "erector-spinae": _tube(("P", -0.065, 0.06, -0.06, 0.012), ("V", 0.2, -0.06, -0.055, 0.022), ("V", 0.35, -0.065, -0.05, 0.020), ("V", 0.45, -0.05, -0.055, 0.010)),
    "sciatic-nerve": _tube(("V", 0.14, -0.03, -0.05, 0.006), ("P", -0.055, 0.01, -0.03, 0.008), ("T", 0.15, -0.035, 0.0, 0.008), ("T", 0.6, -0.04, 0.0, 0.007), ("S", 0.05, -0.035, 0.0, 0.006), ("S", 0.5, -0.04, 0.0, 0.005)),
}  # fmt: skip

GROUPS: dict[str, tuple[str, ...]] = {
    "quadriceps": ("rectus-femoris", "vastus-lateralis", "vastus-medialis"),
    "calf": ("gastrocnemius", "soleus"),
    "hip-flexors": ("psoas-major", "rectus-femoris"),
    "glutes": ("gluteus-maximus", "gluteus-medius"),
}
"""Names of several muscles at once."""

NAMES: tuple[str, ...] = tuple(dict.fromkeys([*PATCHES, *RIBBONS, *GROUPS]))
"""What can be shown working or stretched, by the file name of its page."""

COVERS: dict[str, tuple[str, ...]] = {
    "psoas-major": ("shirt", "shorts", "thigh"),
    "iliacus": ("shirt", "shorts", "thigh"),
    "quadratus-lumborum": ("shirt", "shorts"),
    "erector-spinae": ("shirt", "shorts"),
    "abdominals": ("shirt", "shorts"),
    "gastrocnemius": ("leg",),
    "soleus": ("leg",),
    "achilles-tendon": ("leg", "foot"),
    "tibialis-anterior": ("leg",),
    "peroneals": ("leg",),
    "sciatic-nerve": ("shorts", "thigh", "leg"),
    "vastus-medialis": ("thigh", "leg"),
    "vastus-lateralis": ("thigh", "leg"),
    "rectus-femoris": ("shorts", "thigh", "leg"),
    "hamstrings": ("shorts", "thigh", "leg"),
}
"""Over which parts of the drawing a muscle is painted; the others lie on shirt, shorts and thigh."""
UNNAMED_COVERS = ("shirt", "shorts", "thigh")
