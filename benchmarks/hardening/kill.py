#!/usr/bin/env python3
"""kill -9 at random moments of a batch: does the database open, with every finished video whole and no half one?

    KUALIK_PROGRAM=build/dev/src/cli/kualik /usr/bin/python3 benchmarks/hardening/kill.py [KILLS [SECONDS]]

Clips with and without a document are scanned into one database with crops, two at once, and killed within SECONDS; the next round goes on with --resume, and
when all are in, a fresh database begins. After each kill: SQLite's integrity check; the documents, fields and pictures of every video in the
database equal those of a run that nobody killed; every video whose lines had come out whole is in the database.
"""
import json
import os
import pathlib
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("KUALIK_PROGRAM", str(ROOT / "build/dev/src/cli/kualik"))
TODAY = "2026-01-01"


def clips(folder):
    folder.mkdir()
    call = ["ffmpeg", "-loglevel", "error", "-y"]
    for i in range(3):  # The card of the example, held still.
        subprocess.run([*call, "-ss", f"{3.2 + 0.2 * i:.1f}", "-t", "0.2", "-i", ROOT / "examples/testimony.mp4", "-an", "-crf", "18", folder / f"card{i}.mp4"],
                       check=True)
    for i in range(40):
        subprocess.run([*call, "-f", "lavfi", "-i", f"color=c=0x{i * 5:02x}5060:size=320x180:rate=10:duration=0.3", "-pix_fmt", "yuv420p",
                        folder / f"blank{i}.mp4"], check=True)
    return folder


def command(folder, database):
    return [PROGRAM, "scan", str(folder), "--db", str(database), "--crops", "--resume", "--threads", "2", "--today", TODAY]


def content(database):
    """Each finished video with all that belongs to it."""
    db = sqlite3.connect(database)
    try:
        if db.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise SystemExit("FAILED: the database is damaged")
        if not db.execute("SELECT count(*) FROM sqlite_master WHERE name='source'").fetchone()[0]:
            return {}
        held = {}
        for sha, name, documents in db.execute("SELECT sha256, name, documents FROM source"):
            fields = db.execute("SELECT document.number, field.number, field.key, field.value, field.crop_sha256 FROM field "
                                "JOIN document ON document.id = field.document WHERE document.source = ? ORDER BY 1, 2", (sha,)).fetchall()
            pictures = sorted(db.execute("SELECT path, sha256, length(bytes) FROM picture WHERE source = ?", (sha,)).fetchall())
            held[name] = (documents, fields, pictures)
        return held
    finally:
        db.close()


def main():
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    most_wait = float(sys.argv[2]) if len(sys.argv) > 2 else 4.0
    chance = random.Random(9)
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        folder = clips(scratch / "clips")
        begun = time.monotonic()
        subprocess.run(command(folder, scratch / "whole.sqlite"), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        longest = time.monotonic() - begun
        whole = content(scratch / "whole.sqlite")
        of_sha = {row[0]: row[1] for row in sqlite3.connect(scratch / "whole.sqlite").execute("SELECT sha256, name FROM source")}
        done = rounds = finished = half = after = working = before = 0
        database = None
        while done < kills:
            if database is None:
                rounds += 1
                before = 0
                database = scratch / f"killed{rounds}.sqlite"
            with open(scratch / "stdout", "wb") as out:
                child = subprocess.Popen(command(folder, database), stdout=out, stderr=subprocess.DEVNULL)
                time.sleep(chance.uniform(0, min(longest * 0.6, most_wait)))
                killed = child.poll() is None
                child.send_signal(signal.SIGKILL) if killed else None
                child.wait()
            done += killed
            held = content(database) if database.exists() and database.stat().st_size else {}
            working += killed and len(held) > before
            before = len(held)
            for name, parts in held.items():
                if parts != whole[name]:
                    half += 1
                    print(f"FAILED: {name} is not whole", file=sys.stderr)
            said = {json.loads(line)["source"]["sha256"] for line in (scratch / "stdout").read_bytes().split(b"\n")[:-1]}
            for sha in said:
                if of_sha[sha] not in held:
                    after += 1
                    print(f"FAILED: {of_sha[sha]} was given out, but is not in the database", file=sys.stderr)
            if held.keys() == whole.keys():
                finished += 1
                database = None
        print(f"{done} kills ({working} after new videos had come in) of {rounds} databases ({finished} filled to the end, {longest:.1f} s for a whole run): {half} half videos, {after} lost, 0 damaged")
        sys.exit(1 if half or after else 0)


if __name__ == "__main__":
    main()
