#!/usr/bin/env python3
"""kill -9 at random moments of a batch: does the database open, with every finished video whole and no half one?

    KUALIK_PROGRAM=build/dev/src/cli/kualik /usr/bin/python3 benchmarks/hardening/kill.py [KILLS [SECONDS]]

Clips with and without a document are scanned into one database with crops, two at once, and killed; the next round goes on with --resume, and
when all are in, a fresh database begins. A third of the kills fall at any moment within SECONDS (default: as long as a whole run takes), a third
shortly after some videos came in, a third while a video is being written (SQLite's journal is there). After each kill: SQLite's integrity check;
the documents, fields and pictures of every video in the database equal those of a run that nobody killed; every video whose lines had come out
whole is in the database.
"""
import json
import os
import pathlib
import random
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
    for i in range(32):
        clip = folder / f"clip{i:02}.mp4"
        if i % 8 == 3:  # The card of the example, held still.
            subprocess.run([*call, "-ss", f"{3.2 + 0.02 * i:.2f}", "-t", "0.2", "-i", ROOT / "examples/testimony.mp4", "-an", "-crf", "18", clip], check=True)
        else:
            subprocess.run([*call, "-f", "lavfi", "-i", f"color=c=0x{i * 6:02x}5060:size=320x180:rate=10:duration=0.3", "-pix_fmt", "yuv420p", clip], check=True)
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
            held[sha] = (name, documents, fields, pictures)
        return held
    finally:
        db.close()


def wait(child, journal, chance, most):
    """Until the moment of the kill, or the end of the child."""
    begun = time.monotonic()
    if chance.randrange(3) == 0:
        until = begun + chance.uniform(0, most)
        while child.poll() is None and time.monotonic() < until:
            time.sleep(0.002)
        return
    writes, mid_write, writing = chance.randrange(1, 6), chance.randrange(2) == 0, False
    while child.poll() is None:
        was, writing = writing, journal.exists()
        writes -= writing and not was
        if writes <= 0 and writing == mid_write:
            break
        time.sleep(0.0005)
    if not mid_write:
        time.sleep(chance.uniform(0, 0.4))


def main():
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    chance = random.Random(9)
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        folder = clips(scratch / "clips")
        begun = time.monotonic()
        subprocess.run(command(folder, scratch / "whole.sqlite"), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        longest = time.monotonic() - begun
        most = float(sys.argv[2]) if len(sys.argv) > 2 else longest
        whole = content(scratch / "whole.sqlite")
        done = rounds = finished = half = after = working = torn = given_out = before = 0
        database = None
        while done < kills:
            if database is None:
                rounds += 1
                before = 0
                database = scratch / f"killed{rounds}.sqlite"
            journal = database.with_name(database.name + "-journal")
            with open(scratch / "stdout", "wb") as out:
                child = subprocess.Popen(command(folder, database), stdout=out, stderr=subprocess.DEVNULL)
                wait(child, journal, chance, most)
                killed = child.poll() is None
                if killed:
                    child.kill()
                child.wait()
            done += killed
            torn += killed and journal.exists() and journal.stat().st_size > 0
            held = content(database) if database.exists() and database.stat().st_size else {}
            working += killed and len(held) > before
            before = len(held)
            for sha, parts in held.items():
                if parts != whole[sha]:
                    half += 1
                    print(f"FAILED: {parts[0]} is not whole", file=sys.stderr)
            # The database writes SHA-256:<hex>, a record the digits alone.
            said = {"SHA-256:" + json.loads(line)["source"]["sha256"] for line in (scratch / "stdout").read_bytes().split(b"\n")[:-1]}
            given_out += killed and bool(said)
            for sha in said - held.keys():
                after += 1
                print(f"FAILED: {whole[sha][0]} was given out, but is not in the database", file=sys.stderr)
            if held.keys() == whole.keys():
                finished += 1
                database = None
        print(f"{done} kills of {rounds} databases ({finished} filled to the end, {longest:.1f} s for a whole run); {working} kills after new videos had come in, "
              f"{given_out} after records had come out, {torn} in the midst of a write: {half} half videos, {after} lost, 0 damaged")
        sys.exit(1 if half or after else 0)


if __name__ == "__main__":
    main()
