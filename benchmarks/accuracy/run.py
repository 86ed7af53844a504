#!/usr/bin/python3
"""Accuracy of `kualik scan` on synthetic clips, beside the stock way: one command, one table.

    benchmarks/accuracy/run.py --kualik build/dev/src/cli/kualik --seeds measure --tiers all --clips 6 --out /tmp/accuracy
    benchmarks/accuracy/run.py --kualik build/dev/src/cli/kualik --short

Clips are made from the seeds asked for and kept in a cache outside the tree. Numbers of clips with living births (--any-date) never
leave that cache: the tables hold counts only.
"""
import argparse
import concurrent.futures
import csv
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
sys.dont_write_bytecode = True

import tqdm  # noqa: E402

import baseline  # noqa: E402
import table  # noqa: E402
from score import Result, score  # noqa: E402
from scenes import tiers as scene_tiers  # noqa: E402
from scenes.split import rows  # noqa: E402

SHORT = {"easy": 2, "turned": 1, "mirrored": 1, "court_720": 1, "nothing": 2}


def version():
    """Name of the cache for these scenes: it changes whenever the scene maker does."""
    import hashlib
    digest = hashlib.sha256()
    for path in sorted([*HERE.parent.glob("scenes/**/*.py"), *HERE.parent.glob("scenes/data/*.tsv"), HERE / "tiers.tsv"]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def scan(kualik, clip, threads, keep):
    """(records, seconds of processor time, error line); the records are also written into the folder `keep`, if any."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run = subprocess.run([*kualik, "scan", str(clip), "--threads", str(threads)], capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    if keep:
        (keep / f"{clip.stem}.jsonl").write_bytes(run.stdout)
    records = []
    for line in run.stdout.decode("utf-8").splitlines():
        if line.strip():
            records.append(json.loads(line))
    said = run.stderr.decode("utf-8", "replace").strip().splitlines()
    return records, seconds, "" if run.returncode == 0 else f"exit {run.returncode}: {said[-1] if said else 'nothing said'}"


def stock(clip, truth):
    """Values the stock way finds; what it read is kept beside the clip."""
    kept = clip.with_suffix(".stock.json")
    if kept.exists():
        read = json.loads(kept.read_text(encoding="utf-8"))
    else:
        read = baseline.texts(clip)
        kept.write_text(json.dumps(read, ensure_ascii=False), encoding="utf-8")
    return baseline.score(truth, read)


def make_all(jobs, names, split, cache, any_date):
    """All clips of {tier: number}, made in parallel; {tier: [path]}."""
    with concurrent.futures.ProcessPoolExecutor(jobs) as pool:
        futures = {tier: [pool.submit(scene_tiers.make, tier, split, k, cache, any_date) for k in range(n)] for tier, n in names.items()}
        every = [f for fs in futures.values() for f in fs]
        for f in tqdm.tqdm(concurrent.futures.as_completed(every), total=len(every), desc="clips", disable=None):
            f.result()
        return {tier: [f.result() for f in fs] for tier, fs in futures.items()}


def check_floors(path, tiers):
    """Lines that say which floor was missed."""
    out = []
    for r in rows(path):
        if r["tier"] not in tiers:
            continue
        value, limit = tiers[r["tier"]][r["measure"]][0], float(r["value"])
        if value is None or (value < limit if r["bound"] == "min" else value > limit):
            out.append(f"{r['tier']}: {r['measure']} is {value}, the {'floor' if r['bound'] == 'min' else 'ceiling'} is {limit:g}")
    return out


def main(argv=None):
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--kualik", required=True, help="the program to measure (a command; words are split at blanks)")
    p.add_argument("--seeds", choices=("train", "tune", "measure"), default="measure")
    p.add_argument("--tiers", default="all", help="comma list of rows of tiers.tsv (default all)")
    p.add_argument("--clips", type=int, default=4, help="clips a tier (default 4)")
    p.add_argument("--out", default="", help="folder for table.md, table.tsv and, without --any-date, the records of each clip (default: print only)")
    p.add_argument("--cache", default=os.environ.get("KUALIK_SCENES", os.path.join(tempfile.gettempdir(), "kualik-scenes")), help="folder for clips, outside the tree")
    p.add_argument("--jobs", type=int, default=2, help="clips made, or scanned, at once (default 2)")
    p.add_argument("--threads", type=int, default=1, help="handed to kualik scan (default 1)")
    p.add_argument("--no-stock", action="store_true", help="leave the stock way out")
    p.add_argument("--any-date", action="store_true", help="births of living age")
    p.add_argument("--short", action="store_true", help="few clips of the tune seeds, against floors.tsv; fails below a floor")
    a = p.parse_args(argv)
    split = "tune" if a.short else a.seeds
    if a.short:
        names = dict(SHORT)
    else:
        wanted = list(scene_tiers.table()) if a.tiers == "all" else a.tiers.split(",")
        unknown = [t for t in wanted if t not in scene_tiers.table()]
        if unknown:
            p.error(f"unknown tier {', '.join(unknown)}; tiers.tsv has {', '.join(scene_tiers.table())}")
        names = {t: a.clips for t in wanted}
    cache = pathlib.Path(a.cache) / f"{version()}-{split}{'-any' if a.any_date else ''}"
    started = time.time()
    clips = make_all(a.jobs, names, split, cache, a.any_date)
    print(f"{sum(names.values())} clips in {time.time() - started:.0f} s: {cache}", file=sys.stderr)
    tiers, results, baselines, errors = {}, [], [], []
    keep = None
    if a.out and not a.any_date:
        keep = pathlib.Path(a.out) / "records"
        keep.mkdir(parents=True, exist_ok=True)
    with concurrent.futures.ProcessPoolExecutor(a.jobs) as pool:
        scans = {path: pool.submit(scan, a.kualik.split(), path, a.threads, keep) for paths in clips.values() for path in paths}
        for done in tqdm.tqdm(concurrent.futures.as_completed(scans.values()), total=len(scans), desc="scans", disable=None):
            done.result()
    for tier, paths in clips.items():
        result, old, seconds, length = Result(), [], 0.0, 0.0
        for path in paths:
            truth = json.loads(path.with_suffix(".truth.json").read_text(encoding="utf-8"))
            records, took, error = scans[path].result()
            if error:
                errors.append(f"{path.name}: {error}")
            result.add(score(truth, records))
            seconds, length = seconds + took, length + truth["source"]["duration_s"]
            if not (a.short or a.no_stock):
                old += stock(path, truth)
        tiers[tier] = table.figures(result, None if a.short or a.no_stock else old, seconds, length)
        results.append(result)
        baselines.append(old)
        print(f"{tier}: done", file=sys.stderr)
    whole = Result()
    for r in results:
        whole.add(r)
    fields_md, fields_rows = table.by_field(results, baselines)
    ece, high, n, _ = table.calibration(whole.confidence)
    text = "\n\n".join([
        f"Seeds: {split}, {sum(names.values())} clips. A share is followed by how many it was taken of.",
        table.markdown(tiers, names), fields_md,
        f"Calibration over all values: ECE {ece if ece is None else round(ece, 3)}; {n} values at 0.9 or more"
        + (f", {100 * high:.1f} % of them right." if high is not None else "."),
        table.reliability(whole)] + (["Scans that failed:\n" + "\n".join(f"- {e}" for e in errors)] if errors else []))
    print(text)
    if a.out:
        out = pathlib.Path(a.out)
        out.mkdir(parents=True, exist_ok=True)
        (out / "table.md").write_text(text + "\n", encoding="utf-8")
        with open(out / "table.tsv", "w", encoding="utf-8", newline="") as f:
            w = csv.writer(f, delimiter="\t", lineterminator="\n")
            w.writerow(["tier", "kind", "field", "measure", "value", "count"])
            for tier, fig in tiers.items():
                w.writerows([tier, "", "", key, "" if v is None else f"{v:.5f}", n] for key, (v, n) in fig.items())
            w.writerows([t, k, f_, m, f"{v:.5f}", n] for t, k, f_, m, v, n in fields_rows)
    if a.short:
        missed = check_floors(HERE / "floors.tsv", tiers)
        for line in missed + errors:
            print(line, file=sys.stderr)
        return 1 if missed or errors else 0
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
