#!/usr/bin/python3
"""Scans a folder on a Dask cluster into one database.

    dask_batch.py FOLDER --database archive.sqlite [--crops] [--scheduler tcp://HOST:8786] [--workers N]

A task reads one file and gives back lines of JSON, with --crops also the pictures that they name. It is keyed by the content's hash, so that equal files are one task, and a task that
runs again because its worker died gives the same bytes. Only this process writes to the database; running it again reads only what is new.
"""
import argparse
import os
import pathlib
import queue
import subprocess
import sys
import tempfile
import time


def read(path: str, today: str = "", crops: bool = False) -> list:
    """One file to lines of JSON; a cause in words is a result too, so that one bad file fails no other."""
    import kualik

    try:
        return ["ok", kualik.Reader(crops=crops, today=today).pack(path)]
    except kualik.InputError as fault:
        return ["failed", str(fault)]


class LocalWorkers:
    """A scheduler in this process and workers beside it, on the loopback address alone; a worker that ended is replaced.

    Plain processes looked after from here, and not distributed's nannies: a nanny whose worker is killed while it starts may wait for it for
    ever. What a worker held goes to the others as soon as its connection breaks; a file that took four workers down is given up.
    """

    def __init__(self, count: int):
        import distributed

        self.cluster = distributed.LocalCluster(n_workers=0, host="127.0.0.1", dashboard_address=None)
        self.folder = tempfile.TemporaryDirectory(prefix="kualik-dask-")
        self.processes = []
        self.fruitless = 0  # workers that ended, since the last file was read
        for _ in range(count):
            self.processes.append(self.start())

    def start(self):
        return subprocess.Popen([sys.executable, "-m", "distributed.cli.dask_worker", self.cluster.scheduler_address, "--no-nanny", "--nthreads", "1",
                                 "--host", "127.0.0.1", "--no-dashboard", "--death-timeout", "60", "--local-directory", self.folder.name],
                                env={**os.environ, "DASK_LOGGING__DISTRIBUTED": "warning"})

    def look_after(self):
        for i, process in enumerate(self.processes):
            if process.poll() is not None:
                self.fruitless += 1
                if self.fruitless > 10 + 4 * len(self.processes):
                    raise RuntimeError(f"workers end one after the other, the last with code {process.returncode}")
                self.processes[i] = self.start()

    def close(self):
        for process in self.processes:
            process.kill()  # They hold nothing any more: every result is in the database.
        for process in self.processes:
            process.wait()
        self.cluster.close(timeout=10)
        self.folder.cleanup()


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

    workers = None if options.scheduler else LocalWorkers(options.workers)
    client = distributed.Client(options.scheduler or workers.cluster)
    archive = kualik.Archive(options.database)
    done, failed = 0, 0
    tasks, names, finished = {}, {}, queue.Queue()

    def fails(path, cause, digest=""):
        archive.add_failure(path, cause, digest)
        print(f"{path}: {cause}", file=sys.stderr)

    def take(future):
        nonlocal done, failed
        digest = future.key.removeprefix("kualik-")
        first, *others = names[digest]
        try:
            state, result = future.result(timeout=60)
        except Exception as fault:  # A file that takes its worker down again and again must not end the run.
            state, result = "failed", f"{first}: {type(fault).__name__}"
        if state == "ok":
            done += 1
            archive.add(first, *result)
            if result[2]:  # It could be read in part only.
                print(f"{first}: {result[2]}", file=sys.stderr)
            for path in others:
                archive.add_name(path, digest)
        else:
            failed += len(names[digest])
            for path in names[digest]:
                fails(path, result.split(": ", 1)[-1], digest)
        del tasks[digest]  # so that the cluster need not keep the result

    try:
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
        for future in list(tasks.values()):
            future.add_done_callback(finished.put)
        alone_since = None
        while tasks:
            if workers:
                workers.look_after()
            try:
                take(finished.get(timeout=1))
                if workers:
                    workers.fruitless = 0
            except queue.Empty:
                if workers:
                    continue
                if client.scheduler_info()["workers"]:
                    alone_since = None
                elif alone_since is None:
                    alone_since = time.monotonic()
                elif time.monotonic() - alone_since > 60:
                    print("the scheduler has had no worker for a minute; waiting for one", file=sys.stderr)
                    alone_since = None
    finally:
        client.close(timeout=10)
        if workers:
            workers.close()
    print(f"{done} files read, {failed} failed", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
