"""The bones that a drawing of a muscle shows, as simple solids on the same places as `ribbons`.

They are there so that a reader sees from where to where a muscle goes. Sizes and places are general knowledge fitted
to our own body; all are given for the right side, and those in the middle lie across it.
"""

from __future__ import annotations

from kinopress.figures.anatomy.ribbons import MIDDLE, Pieces, sheet, tube


def _across(up: float, ahead: float, half: float, frame: str = "P") -> Pieces:
    """A row from one side of the middle to the other."""
    a, b = (ahead, up) if frame == "P" else (up, ahead)
    return tube((frame, a, b, MIDDLE - half, 0.008), (frame, a, b, MIDDLE + half, 0.008))


_VERTEBRAE = (
    (0.113, -0.022),
    (0.148, -0.010),
    (0.183, -0.006),
    (0.217, -0.008),
    (0.250, -0.012),
    (0.281, -0.018),
    (0.310, -0.024),
    (0.338, -0.030),
    (0.365, -0.034),
    (0.391, -0.036),
    (0.416, -0.036),
    (0.440, -0.034),
)
"""How high each vertebra is above the hip joint and how far ahead of it, from the fifth of the loin upwards."""


def _vertebra(up: float, ahead: float) -> Pieces:
    half = 0.019 if up < 0.26 else 0.014
    wing = 0.036 if up < 0.26 else 0.026
    body = tube(("V", up, ahead, MIDDLE - half, 0.012), ("V", up, ahead, MIDDLE + half, 0.012))
    spine = tube(
        ("V", up - 0.003, ahead, MIDDLE, 0.007), ("V", up - 0.010, ahead - 0.034, MIDDLE, 0.005)
    )
    wings = tube(
        ("V", up, ahead - 0.014, MIDDLE - wing, 0.004),
        ("V", up, ahead - 0.014, MIDDLE + wing, 0.004),
    )
    return body + spine + wings  # fmt: skip


def _rib(up: float, ahead: float, front: float) -> Pieces:
    """From a vertebra round the side; `front` is how far ahead it reaches."""
    return tube(
        ("V", up, ahead - 0.014, MIDDLE + 0.026, 0.0045),
        ("V", up - 0.004, ahead - 0.026, -0.040, 0.0045),
        ("V", up - 0.022, ahead + 0.012, 0.014, 0.0045),
        ("V", up - 0.045, (ahead + front) * 0.5 + 0.02, 0.020, 0.0045),
        ("V", up - 0.062, front, -0.012 if front > 0.07 else 0.006, 0.0045),
    )


def _joined(*parts: Pieces) -> Pieces:
    return tuple(piece for part in parts for piece in part)


BONES: dict[str, Pieces] = {
    "hip bone": _joined(
        sheet((("P", 0.060, 0.082, 0.028), ("P", 0.044, 0.036, 0.014)), (("P", 0.040, 0.108, 0.036), ("P", 0.020, 0.022, 0.010)), (("P", -0.005, 0.126, 0.026), ("P", -0.008, 0.020, 0.000)), (("P", -0.050, 0.116, -0.018), ("P", -0.036, 0.030, -0.022)), (("P", -0.078, 0.086, -0.050), ("P", -0.066, 0.054, -0.046))),
        tube(("P", 0.006, 0.006, -0.004, 0.027), ("P", -0.004, -0.010, -0.012, 0.026)),
        tube(("P", 0.018, -0.004, -0.022, 0.012), ("P", 0.040, -0.012, -0.052, 0.008), ("P", 0.046, -0.022, -0.076, 0.011)),
        tube(("P", 0.045, -0.026, -0.083, 0.010), ("P", 0.043, -0.040, -0.083, 0.010)),
        tube(("P", 0.042, -0.045, -0.080, 0.007), ("P", 0.012, -0.066, -0.064, 0.006), ("P", -0.025, -0.074, -0.048, 0.008)),
        tube(("P", -0.012, -0.014, -0.016, 0.020), ("P", -0.030, -0.042, -0.030, 0.015), ("P", -0.040, -0.066, -0.038, 0.016)),
        tube(("P", -0.034, -0.004, -0.030, 0.007), ("P", -0.052, -0.008, -0.046, 0.003)),
    ),
    "sacrum": _joined(
        _across(0.092, -0.050, 0.042), _across(0.080, -0.060, 0.042), _across(0.068, -0.068, 0.038),
        _across(0.056, -0.074, 0.033), _across(0.044, -0.079, 0.027), _across(0.032, -0.082, 0.021),
        _across(0.020, -0.084, 0.014), _across(0.008, -0.084, 0.007),
        tube(("P", -0.084, 0.004, MIDDLE, 0.009), ("P", -0.080, -0.014, MIDDLE, 0.007), ("P", -0.072, -0.028, MIDDLE, 0.004)),
    ),
    "femur": _joined(
        tube(("T", -0.005, 0.0, -0.004, 0.022), ("T", 0.005, 0.0, 0.002, 0.022)),
        tube(("T", 0.01, 0.0, 0.010, 0.013), ("T", 0.06, 0.0, 0.044, 0.015)),
        tube(("T", -0.02, -0.010, 0.056, 0.011), ("T", 0.05, -0.004, 0.056, 0.016), ("T", 0.14, 0.0, 0.046, 0.017), ("T", 0.30, 0.006, 0.039, 0.0125), ("T", 0.55, 0.008, 0.026, 0.0115), ("T", 0.78, 0.004, 0.013, 0.014), ("T", 0.88, 0.0, 0.006, 0.020), ("T", 0.94, -0.002, 0.002, 0.026)),
        tube(("T", 0.13, -0.012, 0.022, 0.009), ("T", 0.15, -0.010, 0.032, 0.010)),
        tube(("T", 0.93, -0.004, -0.018, 0.020), ("T", 0.97, -0.010, -0.020, 0.019)),
        tube(("T", 0.93, -0.004, 0.022, 0.020), ("T", 0.97, -0.010, 0.024, 0.019)),
        tube(("T", 0.93, 0.010, -0.012, 0.020), ("T", 0.93, 0.010, 0.018, 0.020)),
    ),
    "patella": tube(("S", -0.045, 0.048, 0.0, 0.016), ("S", -0.015, 0.051, 0.0, 0.015)),
    "tibia": _joined(
        tube(("S", 0.045, -0.006, -0.020, 0.016), ("S", 0.045, -0.006, 0.022, 0.016)),
        tube(("S", 0.06, -0.002, 0.0, 0.028), ("S", 0.11, 0.006, 0.0, 0.024), ("S", 0.20, 0.008, -0.003, 0.016), ("S", 0.5, 0.008, -0.008, 0.0115), ("S", 0.82, 0.004, -0.006, 0.0115), ("S", 0.93, 0.002, -0.004, 0.017)),
        tube(("S", 0.09, 0.026, 0.0, 0.010), ("S", 0.13, 0.026, 0.0, 0.008)),
        tube(("S", 0.95, 0.002, -0.016, 0.009), ("S", 1.01, 0.002, -0.020, 0.006)),
    ),
    "fibula": tube(("S", 0.065, -0.014, 0.038, 0.010), ("S", 0.12, -0.014, 0.036, 0.006), ("S", 0.5, -0.014, 0.030, 0.005), ("S", 0.88, -0.010, 0.024, 0.006), ("S", 0.98, -0.006, 0.026, 0.009), ("S", 1.025, -0.006, 0.026, 0.006)),
    "foot": _joined(
        tube(("F", -0.036, -0.044, 0.002, 0.017), ("F", -0.010, -0.038, 0.004, 0.016), ("F", 0.030, -0.034, 0.014, 0.011)),
        tube(("F", -0.008, -0.010, 0.0, 0.014), ("F", 0.012, -0.010, -0.002, 0.015), ("F", 0.034, -0.022, -0.010, 0.012)),
        tube(("F", 0.040, -0.026, -0.014, 0.013), ("F", 0.060, -0.032, -0.014, 0.012)),
        tube(("F", 0.042, -0.036, 0.016, 0.011), ("F", 0.058, -0.040, 0.014, 0.010)),
        *(
            tube(("F", 0.062 - 0.003 * i, -0.034 - 0.003 * i, -0.022 + 0.012 * i, 0.008 if i == 0 else 0.006), ("F", 0.118 - 0.006 * i, -0.052, -0.026 + 0.016 * i, 0.008 if i == 0 else 0.0055))
            for i in range(5)
        ),
        *(
            tube(("F", 0.128 - 0.006 * i, -0.055, -0.026 + 0.016 * i, 0.007 if i == 0 else 0.005), ("F", 0.160 - 0.009 * i - (0.004 if i else 0), -0.058, -0.022 + 0.0145 * i, 0.007 if i == 0 else 0.0045))
            for i in range(5)
        ),
    ),
    "spine": _joined(*(_vertebra(up, ahead) for up, ahead in _VERTEBRAE)),
    "ribs": _joined(
        _rib(0.281, -0.018, 0.020), _rib(0.310, -0.024, 0.050), _rib(0.338, -0.030, 0.090),
        _rib(0.365, -0.034, 0.102), _rib(0.391, -0.036, 0.106),
    ),
}  # fmt: skip
"""Each as pieces that are joined to one outline."""

IN_THE_MIDDLE = ("sacrum", "spine")
"""Bones that there are only once."""
