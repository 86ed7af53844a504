#!/usr/bin/python3
"""Several Readers in Python threads: does the work use as many cores as there are threads?

    PYTHONPATH=build/dev/bindings/python benchmarks/desk/python_threads.py VIDEO [--threads 1 2 4] [--seconds 2]

Each thread has its own Reader and reads the video once. Told are the elapsed time, the CPU time of the process, their ratio (cores in use; a
lock that is held too long keeps it near 1 whatever the number of threads) and videos a minute of CPU time (what the threads cost each other).
On a machine with other work the ratio is what the threads were given; compare it with that of as many processes in the same minutes
(--processes), which share no lock.
"""
import argparse
import concurrent.futures
import multiprocessing
import resource
import time


def read(video, seconds):
    import kualik

    return len(kualik.Reader(crops=False, today="2026-01-01", max_duration_s=seconds).video(video))


def cpu():
    return sum(getattr(resource.getrusage(who), part) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN) for part in ("ru_utime", "ru_stime"))


def measure(kind, count, video, seconds):
    if kind == "threads":
        pool = concurrent.futures.ThreadPoolExecutor(count)
    else:
        pool = concurrent.futures.ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn"))
    begun, used = time.monotonic(), cpu()
    with pool:
        documents = sum(pool.map(read, [video] * count, [seconds] * count))
    wall, used = time.monotonic() - begun, cpu() - used
    print(f"{count} {kind}: {documents} documents, {wall:.1f} s elapsed, {used:.1f} s CPU, {used / wall:.2f} cores in use, {60 * count / used:.2f} videos a CPU minute")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("video")
    arguments.add_argument("--threads", type=int, nargs="+", default=[1, 2, 4])
    arguments.add_argument("--processes", action="store_true", help="the same with processes, for comparison")
    arguments.add_argument("--seconds", type=float, default=0, help="of the video; 0: all")
    options = arguments.parse_args()
    for count in options.threads:
        measure("threads", count, options.video, options.seconds)
        if options.processes:
            measure("processes", count, options.video, options.seconds)


if __name__ == "__main__":
    main()
