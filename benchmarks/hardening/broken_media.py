#!/usr/bin/env python3
"""Damaged clips in every container and codec that this machine's ffmpeg writes, scanned one by one.

    KUALIK_PROGRAM=build/dev/src/cli/kualik /usr/bin/python3 benchmarks/hardening/broken_media.py [FILES] [SEED] [FOLDER]

Each clip is a part of the example testimony in which a document is seen, written anew, and damaged in one of ten ways: bits turned over anywhere, in the
head or in the tail, a stretch overwritten with zeros or noise, cut off, a stretch taken out, doubled or moved, another file's bytes in between, another
ending. What must hold: an end of its own (exit 0 or 1, no signal), within 60 s of processor time and 1 GiB, no more than a line on stderr for the file and
one at the end, and no value of status `passes` that the undamaged clip has not. A program built with sanitizers can be named as well (its memory is not
held against it). FOLDER keeps what failed. Defaults: 400 1.
"""
import json
import os
import pathlib
import random
import resource
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("KUALIK_PROGRAM", str(ROOT / "build/dev/src/cli/kualik"))
SECONDS, MEMORY_MIB = 60, 1024

# Container (ending) and codecs that ffmpeg can put into it.
FORMS = {
    "mp4": ["mpeg4", "libx264", "libx265", "mjpeg", "libaom-av1"],
    "mov": ["mpeg4", "libx264", "mjpeg", "prores", "qtrle", "png", "dnxhd -profile:v dnxhr_lb"],
    "3gp": ["h263 -s 352x288", "mpeg4"],
    "mkv": ["libx264", "libx265", "ffv1", "libvpx", "libvpx-vp9", "mpeg2video", "huffyuv", "rawvideo", "utvideo"],
    "webm": ["libvpx", "libvpx-vp9"],
    "avi": ["mpeg4", "mjpeg", "libx264", "msmpeg4", "msmpeg4v2", "wmv1", "huffyuv", "cinepak", "rawvideo", "ffvhuff", "asv1", "zlib", "zmbv", "msvideo1"],
    "flv": ["flv", "libx264"],
    "wmv": ["wmv1", "wmv2", "msmpeg4"],
    "mpg": ["mpeg1video", "mpeg2video"],
    "vob": ["mpeg2video"],
    "ts": ["mpeg2video", "libx264", "libx265"],
    "mxf": ["mpeg2video"],
    "nut": ["mpeg4", "ffv1"],
    "ogv": ["libtheora"],
    "rm": ["rv10 -s 352x288", "rv20 -s 352x288"],
    "dv": ["dvvideo -s 720x576 -pix_fmt yuv420p -r 25"],
    "swf": ["flv"],
    "gif": ["gif"],
    "apng": ["apng"],
    "webp": ["libwebp_anim"],
    "y4m": ["wrapped_avframe"],
    "ivf": ["libvpx"],
    "h264": ["libx264"],
    "hevc": ["libx265"],
    "m4v": ["mpeg4"],
    "mjpeg": ["mjpeg"],
    "jpg": ["mjpeg -frames:v 1"],
    "png": ["png -frames:v 1"],
    "tiff": ["tiff -frames:v 1"],
    "bmp": ["bmp -frames:v 1"],
    "jp2": ["jpeg2000 -frames:v 1"],
    "ppm": ["ppm -frames:v 1"],
}


def written(folder, ending, codec, start):
    path = folder / f"clip-{codec.split()[0]}.{ending}"
    name, *options = codec.split()
    if "-pix_fmt" not in options:
        options += {"gif": [], "apng": ["-pix_fmt", "rgb24"], "png": ["-pix_fmt", "rgb24"], "bmp": [], "ppm": ["-pix_fmt", "rgb24"], "qtrle": [], "cinepak": [],
                    "mjpeg": ["-pix_fmt", "yuvj420p"], "prores": [], "zlib": [], "zmbv": [], "msvideo1": [], "dnxhd": ["-pix_fmt", "yuv422p"],
                    "huffyuv": [], "wrapped_avframe": [], "libwebp_anim": []}.get(name, ["-pix_fmt", "yuv420p"])
    if name == "libx265":
        options += ["-x265-params", "log-level=none"]
    if name == "libaom-av1":
        options += ["-cpu-used", "8"]
    call = ["ffmpeg", "-y", "-loglevel", "error", "-ss", str(start), "-t", "0.4", "-i", ROOT / "examples/testimony.mp4", "-an", "-vf", "scale=640:-2,fps=10",
            "-c:v", name, "-strict", "-2", *options, path]
    done = subprocess.run(list(map(str, call)), capture_output=True)
    return path if done.returncode == 0 and path.exists() else None


def damaged(data, rng, other):
    """The bytes, and in what way they were damaged."""
    data = bytearray(data)
    size = len(data)
    if size < 64:
        return bytes(data), "as it was"
    way = rng.choice(["bits", "head", "tail", "zeros", "noise", "cut", "gap", "twice", "moved", "grafted"])
    at, length = rng.randrange(size), max(1, int(size * rng.random() ** 3 / 2))
    if way in ("bits", "head", "tail"):
        low, high = {"bits": (0, size), "head": (0, min(size, 2048)), "tail": (max(0, size - 4096), size)}[way]
        for _ in range(int(10 ** rng.uniform(0, 2.5))):
            data[rng.randrange(low, high)] ^= 1 << rng.randrange(8)
    elif way == "zeros":
        data[at : at + length] = bytes(len(data[at : at + length]))
    elif way == "noise":
        data[at : at + length] = rng.randbytes(len(data[at : at + length]))
    elif way == "cut":
        del data[at:]
    elif way == "gap":
        del data[at : at + length]
    elif way == "twice":
        data[at:at] = data[at : at + length]
    elif way == "moved":
        piece = data[at : at + length]
        del data[at : at + length]
        to = rng.randrange(len(data) + 1)
        data[to:to] = piece
    else:
        begin = rng.randrange(len(other))
        data[at : at + length] = other[begin : begin + length]
    return bytes(data), way


def scanned(path):
    """Exit code (negative: a signal), seconds of processor time, peak in MiB, records, lines on stderr."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = subprocess.Popen([PROGRAM, "scan", str(path), "--today", "2026-01-01"], stdout=out, stderr=err, stdin=subprocess.DEVNULL,
                                 preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (4 * SECONDS, 4 * SECONDS)))
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        records = [json.loads(line) for line in out.read().splitlines() if line.startswith(b"{")]
        return child.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, records, err.read().decode(errors="replace").splitlines()


def passing(records):
    return {(f["key"], f["value"]) for r in records for f in r.get("fields", []) if f.get("status") == "passes"}


def main():
    files, seed = (int(a) for a in (sys.argv[1:3] + ["400", "1"][len(sys.argv[1:3]) :]))
    kept = pathlib.Path(sys.argv[3]) if len(sys.argv) > 3 else None
    rng = random.Random(seed)
    sanitized = "asan" in PROGRAM or "tsan" in PROGRAM
    ends, ways, faults, slowest, largest, clean = {}, {}, [], (0.0, ""), (0.0, ""), 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        clips, left_out = [], []
        for ending, codecs in FORMS.items():
            for codec in codecs:
                path = written(folder, ending, codec, rng.choice([3.0, 4.5, 9.5, 11.5]))
                if path:
                    clips.append(path)
                else:
                    left_out.append(f"{codec.split()[0]} in {ending}")
        whole = {c: scanned(c) for c in clips}
        truth = set().union(*(passing(w[3]) for w in whole.values()))
        unread = [c.name for c, w in whole.items() if w[0] != 0]
        for i in range(files):
            source = rng.choice(clips)
            data, way = damaged(source.read_bytes(), rng, rng.choice(clips).read_bytes())
            ending = source.suffix if rng.random() < 0.9 else rng.choice(clips).suffix
            path = folder / f"damaged-{i:05}{ending}"
            path.write_bytes(data)
            code, seconds, peak, records, lines = scanned(path)
            ends[code] = ends.get(code, 0) + 1
            ways[way] = ways.get(way, 0) + 1
            clean += 1 if records else 0
            slowest, largest = max(slowest, (seconds, path.name)), max(largest, (peak, path.name))
            wrong = passing(records) - truth
            fault = [what for what, holds in ((f"exit {code}", code in (0, 1)), (f"{seconds:.0f} s", seconds <= SECONDS or sanitized), (f"{peak:.0f} MiB", peak <= MEMORY_MIB or sanitized),
                                              (f"{len(lines)} lines on stderr", len(lines) <= 2), (f"{len(wrong)} values pass that are not there", not wrong)) if not holds]
            if fault:
                faults.append(f"{path.name} ({source.name}, {way}): {', '.join(fault)}")
                print(faults[-1], flush=True)
                if kept:
                    kept.mkdir(parents=True, exist_ok=True)
                    shutil.copy(path, kept / f"{seed}-{path.name}")
            path.unlink()
    print(f"{files} damaged files of {len(clips)} clips (seed {seed}); exits {dict(sorted(ends.items()))}, {clean} with records; slowest {slowest[0]:.1f} s, largest {largest[0]:.0f} MiB; "
          f"{len(faults)} faults")
    if unread:
        print("undamaged and not read:", ", ".join(unread))
    if left_out:
        print("not written by this ffmpeg:", ", ".join(left_out))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
