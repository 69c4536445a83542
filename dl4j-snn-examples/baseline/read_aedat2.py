#!/usr/bin/python3
"""Baseline for side-by-side timing: AEDAT 2.0 of a DVS128, read plainly by numpy.

    python3 read_aedat2.py --runs 15 FILE...

From the file to columns x, y, t and polarity, whole columns at a time, without any check. Prints
the table of `events speed`. Needs numpy.
"""
import argparse, os, statistics, time
import numpy as np

ARGS = argparse.ArgumentParser()
ARGS.add_argument("--runs", type=int, default=15)
ARGS.add_argument("files", nargs="+")


def header_length(data):
    """Lines of text begin with #; the first one that does not is data."""
    end = 0
    while data[end:end + 1] == b"#":
        end = data.index(b"\n", end) + 1
    return end


def read(file):
    with open(file, "rb") as opened:
        data = opened.read()
    start = header_length(data)
    records = np.frombuffer(data, ">u4", count=(len(data) - start) // 8 * 2, offset=start)
    address, stamp = records.reshape(-1, 2).T
    x = (127 - ((address >> 1) & 0x7F)).astype(np.int16)
    y = (127 - ((address >> 8) & 0x7F)).astype(np.int16)
    return x, y, stamp.astype(np.int64), (address & 1) == 0


def measure(file, runs):
    rates = []
    for run in range(-runs, runs):  # the first ones warm up
        start = time.perf_counter()
        columns = read(file)  # kept until the next are there, as a program would
        events = len(columns[0])
        if run >= 0:
            rates.append(events / (time.perf_counter() - start) / 1e6)
    megabytes = os.path.getsize(file) / 1e6
    print(f"| {os.path.basename(file)} | AEDAT 2.0, numpy | {events} | {megabytes:.1f}"
          f" | {statistics.median(rates):.1f} | {max(rates):.1f}"
          f" | {max(rates) * 1e6 * megabytes / events:.0f} |")


if __name__ == "__main__":
    options = ARGS.parse_args()
    print("| file | format | events | MB | median M events/s | best M events/s | best MB/s |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: |")
    for name in options.files:
        measure(name, options.runs)
