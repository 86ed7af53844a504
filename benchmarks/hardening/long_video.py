#!/usr/bin/env python3
"""Memory of a scan over a long video: the peak of one part beside the peak of the whole, and how it grows meanwhile.

    KUALIK_PROGRAM=build/dev/src/cli/kualik /usr/bin/python3 benchmarks/hardening/long_video.py [MINUTES] [WIDTH] [RATE]

A part is the example testimony, scaled to WIDTH at RATE frames a second, and a still scene behind it, five minutes in all; the whole repeats it
without encoding anew (ffmpeg -stream_loop -c copy), so that a document comes into sight every five minutes. Defaults: 60 640 5.
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("KUALIK_PROGRAM", str(ROOT / "build/dev/src/cli/kualik"))
PART = 300


def resident(pid):
    try:
        for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


def scan(path):
    """Peak in MiB, samples of the resident memory, records, seconds of processor time."""
    child = subprocess.Popen([PROGRAM, "scan", path, "--today", "2026-01-01"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    samples, stop = [], threading.Event()

    def watch():
        while not stop.wait(1.0):
            samples.append(resident(child.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    records = child.stdout.read().count(b"\n")
    _, status, used = os.wait4(child.pid, 0)
    stop.set()
    watcher.join()
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit("the scan failed")
    return used.ru_maxrss / 1024, samples, records, used.ru_utime + used.ru_stime


def main():
    minutes, width, rate = (int(a) for a in (sys.argv[1:] + ["60", "640", "5"][len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory() as scratch:
        part, whole = pathlib.Path(scratch) / "part.mp4", pathlib.Path(scratch) / "whole.mp4"
        call = ["ffmpeg", "-loglevel", "error", "-y"]
        subprocess.run([*call, "-i", ROOT / "examples/testimony.mp4", "-an", "-vf", f"scale={width}:-2,fps={rate},tpad=stop_mode=clone:stop_duration={PART},trim=duration={PART}",
                        "-crf", "20", "-pix_fmt", "yuv420p", "-g", "50", part], check=True)
        subprocess.run([*call, "-stream_loop", str(minutes * 60 // PART - 1), "-i", part, "-c", "copy", whole], check=True)
        begun = time.monotonic()
        one, _, few, _ = scan(part)
        peak, samples, many, seconds = scan(whole)
        fifth = len(samples) // 5 or 1
        means = [sum(samples[i * fifth : (i + 1) * fifth]) / fifth for i in range(5)]
        print(f"{minutes} min at {width} px, {rate}/s: peak {peak:.0f} MiB ({many} records); one part of {PART // 60} min {one:.0f} MiB ({few} records); "
              f"means of the fifths {', '.join(f'{m:.0f}' for m in means)} MiB; {seconds:.0f} s of processor time, {time.monotonic() - begun:.0f} s in all")


if __name__ == "__main__":
    main()
