#!/usr/bin/python3
"""Scans a folder on a Dask cluster into one database.

    dask_batch.py FOLDER --database archive.sqlite [--scheduler tcp://HOST:8786] [--workers N]

A task reads one file and gives back lines of JSON. It is keyed by the content's hash, so that equal files are one task, and a task that
runs again because its worker died gives the same bytes. Only this process writes to the database; running it again reads only what is new.
"""
import argparse
import os
import pathlib
import sys


def read(path: str, today: str = "") -> list:
    """One file to lines of JSON; a cause in words is a result too, so that one bad file fails no other."""
    import kualik

    try:
        return ["ok", [record.to_json() for record in kualik.Reader(crops=False, today=today).file(path)]]
    except kualik.InputError as fault:
        return ["failed", str(fault)]


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder")
    arguments.add_argument("--database", required=True)
    arguments.add_argument("--scheduler", help="address of a running scheduler; without it a local cluster is started")
    arguments.add_argument("--workers", type=int, default=os.cpu_count())
    arguments.add_argument("--today", default="")
    options = arguments.parse_args()

    import distributed

    import kualik

    if options.scheduler:
        client = distributed.Client(options.scheduler)
    else:
        client = distributed.Client(n_workers=options.workers, threads_per_worker=1, dashboard_address=None)
    archive = kualik.Archive(options.database)
    tasks, failed = {}, 0
    for path in kualik.media(options.folder):
        try:
            digest = kualik.sha256_file(path)
        except (OSError, RuntimeError) as fault:
            failed += 1
            print(f"{path}: {fault}", file=sys.stderr)
            continue
        if archive.has(digest):
            continue
        # Content decides the key: an equal file under another name is the same task.
        tasks.setdefault(digest, (path, client.submit(read, str(pathlib.Path(path).resolve()), options.today, key=f"kualik-{digest}", retries=3)))
    by_key = {future.key: (digest, path) for digest, (path, future) in tasks.items()}
    for future, (state, result) in distributed.as_completed([f for _, f in tasks.values()], with_results=True):
        digest, path = by_key[future.key]
        if state == "ok":
            archive.add(path, result)
        else:
            failed += 1
            archive.add_failure(path, result.split(": ", 1)[-1], digest)
            print(result, file=sys.stderr)
    client.close()
    print(f"{len(tasks)} files read, {failed} failed", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
