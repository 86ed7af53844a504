#!/usr/bin/python3
"""Scans a folder on a Dask cluster into one database.

    dask_batch.py FOLDER --database archive.sqlite [--crops] [--scheduler tcp://HOST:8786] [--workers N]

A task reads one file and gives back lines of JSON, with --crops also the pictures that they name. It is keyed by the content's hash, so that equal files are one task, and a task that
runs again because its worker died gives the same bytes. Only this process writes to the database; running it again reads only what is new.
"""
import argparse
import os
import pathlib
import sys


def read(path: str, today: str = "", crops: bool = False) -> list:
    """One file to lines of JSON; a cause in words is a result too, so that one bad file fails no other."""
    import kualik

    try:
        return ["ok", kualik.Reader(crops=crops, today=today).pack(path)]
    except kualik.InputError as fault:
        return ["failed", str(fault)]


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder")
    arguments.add_argument("--database", required=True)
    arguments.add_argument("--scheduler", help="address of a running scheduler; without it a local cluster is started")
    arguments.add_argument("--workers", type=int, default=os.cpu_count())
    arguments.add_argument("--crops", action="store_true", help="keep the picture of every field")
    arguments.add_argument("--today", default="")
    options = arguments.parse_args()

    import distributed

    import kualik

    if options.scheduler:
        client = distributed.Client(options.scheduler)
    else:
        client = distributed.Client(n_workers=options.workers, threads_per_worker=1, dashboard_address=None)
    archive = kualik.Archive(options.database)
    tasks, failed, done = {}, 0, 0
    names = {}

    def fails(path, cause, digest=""):
        archive.add_failure(path, cause, digest)
        print(f"{path}: {cause}", file=sys.stderr)

    for path in kualik.media(options.folder):
        try:
            digest = kualik.sha256_file(path)
        except (OSError, RuntimeError) as fault:
            failed += 1
            fails(path, str(fault))
            continue
        if archive.has(digest):
            archive.add_name(path, digest)
            continue
        # Content decides the key: an equal file under another name is the same task.
        names.setdefault(digest, []).append(path)
        if digest not in tasks:
            tasks[digest] = client.submit(read, str(pathlib.Path(path).resolve()), options.today, options.crops, key=f"kualik-{digest}", retries=3)
    digests = {future.key: digest for digest, future in tasks.items()}
    for future in distributed.as_completed(list(tasks.values())):
        digest = digests[future.key]
        first, *others = names[digest]
        try:
            state, result = future.result()
        except Exception as fault:  # A file that takes its worker down again and again must not end the run.
            state, result = "failed", f"{first}: {type(fault).__name__}"
        if state == "ok":
            done += 1
            archive.add(first, *result)
            for path in others:
                archive.add_name(path, digest)
        else:
            failed += len(names[digest])
            for path in names[digest]:
                fails(path, result.split(": ", 1)[-1], digest)
        del future, tasks[digest]  # so that the cluster need not keep the result
    client.close()
    print(f"{done} files read, {failed} failed", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
