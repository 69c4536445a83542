#!/usr/bin/python3
"""Makes the HDF5 files beside it, which CochleaFileTest reads.

Needs h5py (Debian: apt install python3-h5py). like-shd.h5 has the layout and the types that the
Heidelberg Digits have: lists in half precision and of unsigned 16 bits, in chunks, as PyTables
writes them. The spikes are a rule: word w has 3 + w spikes; spike i is at (i + 1) / 64 s, in
channel (100 w + 7 i) mod 700. A file is not made anew byte for byte: h5py writes when it was made.
"""
import os

import h5py
import numpy as np

FOLDER = os.path.dirname(os.path.abspath(__file__))
WORDS = 6
KEYS = ["zero", "one", "two", "null", "eins", "zwei"]


def times(word):
    return [(i + 1) / 64 for i in range(3 + word)]


def units(word):
    return [(100 * word + 7 * i) % 700 for i in range(3 + word)]


def spikes(file, times_type, units_type, **how):
    for name, kind, row in [("times", times_type, times), ("units", units_type, units)]:
        column = file.create_dataset(
            "spikes/" + name, (WORDS,), dtype=h5py.vlen_dtype(np.dtype(kind)), **how)
        for word in range(WORDS):
            column[word] = np.array(row(word), dtype=kind)


def path(name):
    return os.path.join(FOLDER, name)


def labels():
    return np.arange(WORDS)[::-1]


with h5py.File(path("like-shd.h5"), "w") as file:
    spikes(file, "<f2", "<u2", maxshape=(None,), chunks=(4,))
    file["labels"] = labels().astype("<u2")
    file["extra/speaker"] = np.array([0, 0, 4, 4, 7, 7], dtype="<u2")
    file["extra/keys"] = np.array([key.encode() for key in KEYS])
    file["extra/meta_info/gender"] = np.array([b"female", b"male"])
    file["extra/meta_info/age"] = np.array([27, 39], dtype="<u2")

# Other types, packed, and without what is not needed.
with h5py.File(path("doubles-packed.h5"), "w") as file:
    spikes(file, "<f8", "<i8", maxshape=(None,), chunks=(4,), compression="gzip")
    file.create_dataset("labels", data=labels(), chunks=(4,), compression="gzip")

# The newest format that h5py writes, in big-endian numbers.
with h5py.File(path("latest.h5"), "w", libver="latest") as file:
    spikes(file, ">f4", ">u4")
    file["labels"] = labels().astype(">i2")
    file["extra/speaker"] = np.zeros(WORDS, dtype="i1")


def refused(name, change):
    with h5py.File(path(name), "w") as file:
        spikes(file, "<f2", "<u2")
        file["labels"] = labels()
        change(file)


def replace(name, values):
    def change(file):
        del file[name]
        file[name] = values
    return change


def set_row(name, row, values):
    def change(file):
        file[name][row] = np.array(values)
    return change


refused("channel-700.h5", set_row("spikes/units", 2, [0, 1, 2, 3, 700]))
refused("negative-time.h5", set_row("spikes/times", 1, [0, 0.5, -0.5, 1]))
refused("fewer-times.h5", set_row("spikes/times", 3, [0.25]))
refused("fewer-labels.h5", replace("labels", np.array([1, 2])))
refused("negative-label.h5", replace("labels", np.array([0, 1, 2, -3, 4, 5])))
refused("labels-of-text.h5", replace("labels", np.array([b"one"] * WORDS)))
refused("times-in-rows.h5", replace("spikes/times", np.zeros((WORDS, 4))))
refused("no-units.h5", lambda file: file.pop("spikes/units"))
refused("few-keys.h5", lambda file: file.create_dataset("extra/keys", data=np.array([b"zero"])))
