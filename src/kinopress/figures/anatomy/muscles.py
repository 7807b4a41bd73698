"""Where muscles lie at the skin, as data, and what there is to be shown at all; `ribbons` has what lies deep.

Drawn by general knowledge of anatomy, to show a reader the region; no atlas was measured and nothing here is
fit for a measurement. All are given for the right side.

A patch is a polygon on a limb: degrees round the bone (0 ahead, 90 outside, 180 behind, 270 inside) and the
share of its length, counted from the hip, from the knee, or from the hips up to the neck.
"""

from __future__ import annotations

from kinopress.figures.anatomy.ribbons import RIBBONS

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
    "gracilis": ("shorts", "thigh", "leg"),
    "sartorius": ("shorts", "thigh", "leg"),
    "semitendinosus": ("shorts", "thigh", "leg"),
    "semimembranosus": ("shorts", "thigh", "leg"),
    "biceps-femoris": ("shorts", "thigh", "leg"),
    "iliotibial-band": ("shorts", "thigh", "leg"),
    "vastus-intermedius": ("thigh", "leg"),
    "patellar-tendon": ("thigh", "leg"),
    "popliteus": ("thigh", "leg"),
    "common-peroneal-nerve": ("thigh", "leg", "foot"),
    "tibialis-posterior": ("leg", "foot"),
    "flexor-hallucis-longus": ("leg", "foot"),
    "ankle-joint": ("leg", "foot"),
    "plantar-fascia": ("foot",),
}
"""Over which parts of the drawing a muscle is painted; the others lie on shirt, shorts and thigh."""
UNNAMED_COVERS = ("shirt", "shorts", "thigh")


def several(muscles: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    """Sides and muscles, with the members of a group instead of its name."""
    return [(side, m) for side, name in muscles for m in GROUPS.get(name, (name,))]
