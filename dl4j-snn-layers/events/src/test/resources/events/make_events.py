"""Writes the HDF5, NumPy and AEDAT 4 files of this folder, with programs that are not Java's.

python3 make_events.py, with NumPy, h5py and the command zstd. Event i of all files but for those of
other layouts: t = 1000 + 37 i microseconds, x = 7 i mod 34, y = 11 i mod 30, ON where i mod 3 is 0.
"""

import subprocess

import h5py
import numpy as np

N = 1200
i = np.arange(N)
t, x, y, p = 1000 + 37 * i, 7 * i % 34, 11 * i % 30, (i % 3 == 0).astype(np.int8)
PACKED = dict(compression="gzip", shuffle=True, chunks=(512,))

with h5py.File("like-dsec.h5", "w") as f:  # columns, times of 32 bits from an offset on
    f["events/t"] = (t - 1000).astype(np.uint32)
    f["events/x"], f["events/y"], f["events/p"] = x.astype(np.uint16), y.astype(np.uint16), p.astype(np.uint8)
    f["t_offset"] = np.int64(1000)
    f["ms_to_idx"] = np.searchsorted(t - 1000, 1000 * np.arange(111)).astype(np.uint64)

with h5py.File("like-m3ed.h5", "w", libver="latest") as f:  # packed columns, and a size
    for name, column, kind in (("t", t, "i8"), ("x", x, "u2"), ("y", y, "u2"), ("p", p, "i1")):
        f.create_dataset("prophesee/left/" + name, data=column.astype(kind), fletcher32=True, **PACKED)
    f["prophesee/left/calib/resolution"] = np.array([34, 30])

with h5py.File("like-e2vid.h5", "w") as f:  # seconds, truth values
    f.create_dataset("events/ts", data=t / 1e6, **PACKED)
    f["events/xs"], f["events/ys"] = x.astype(np.int16), y.astype(np.int16)
    f["events/ps"] = p.astype(bool)
    f.attrs["sensor_resolution"] = np.array([30, 34])

with h5py.File("like-metavision.h5", "w") as f:  # a compound table
    table = np.zeros(N, [("x", "<u2"), ("y", "<u2"), ("p", "<i2"), ("t", "<i8")])
    table["x"], table["y"], table["p"], table["t"] = x, y, p, t
    f.create_dataset("CD/events", data=table, **PACKED)
    f.attrs["geometry"] = "34x30"

with h5py.File("like-v2e.h5", "w") as f:  # four columns of one data set, OFF is 0
    f.create_dataset("events", data=np.stack([t, x, y, p], 1).astype(np.uint32),
                     compression="gzip", chunks=(600, 4))

with h5py.File("minus-one.h5", "w") as f:  # big-endian, OFF is -1
    f["events/t"], f["events/x"] = t.astype(">i8"), x.astype(">u2")
    f["events/y"], f["events/p"] = y.astype(">u4"), (2 * p - 1).astype(">i2")

with h5py.File("many-resolutions.h5", "w") as f:  # claims 2^30 numbers in a few KB, and has a chunk of them
    for name, column in (("t", t), ("x", x), ("y", y), ("p", p)):
        f["prophesee/left/" + name] = column.astype(np.int32)
    f.create_dataset("prophesee/left/calib/resolution", shape=(1 << 30,), dtype="i4", chunks=(64,))[:64] = 1

with h5py.File("two-gigabytes.h5", "w") as f:  # one piece each, and nothing written of it
    for name, kind in (("t", "i8"), ("x", "i2"), ("y", "i2"), ("p", "i1")):
        f.create_dataset("events/" + name, shape=(280_000_000,), dtype=kind)

for name, rows, chunk in (("many-rows.h5", 3_000_000_000, 65536), ("many-chunks.h5", 1 << 30, 1)):
    with h5py.File(name, "w") as f:  # nothing written of it
        for column in "txyp":
            f.create_dataset("events/" + column, shape=(rows,), dtype="i4", chunks=(chunk,))

with h5py.File("ecf.h5", "w") as f:  # names a filter that nothing here has; the numbers are not packed
    f.create_dataset("CD/events", data=table, chunks=(512,), compression=36559, allow_unknown_filter=True)

with h5py.File("no-events.h5", "w") as f:
    for name in "txyp":
        f["events/" + name] = np.zeros(0, np.int32)

with h5py.File("unequal.h5", "w") as f:
    for name, rows in (("t", 5), ("x", 4), ("y", 5), ("p", 5)):
        f["events/" + name] = np.zeros(rows, np.int32)

with h5py.File("other.h5", "w") as f:
    f["pictures/t"] = t

events = np.zeros(N, [("t", "<i8"), ("x", "<i2"), ("y", "<i2"), ("p", "?")])
events["t"], events["x"], events["y"], events["p"] = t, x, y, p
np.save("structured.npy", events)
aligned = np.zeros(N, np.dtype([("timestamp", ">f8"), ("x", ">u2"), ("y", ">u2"), ("polarity", "i1")], align=True))
aligned["timestamp"], aligned["x"], aligned["y"], aligned["polarity"] = t / 1e6, x, y, 2 * p - 1
np.save("seconds.npy", aligned)

step = 1 + i % 8  # ES-ImageNet: row, column, step, ON and OFF apart; events of a step come in any order
for name, save in (("steps.npz", np.savez), ("steps-packed.npz", np.savez_compressed)):
    save(name, pos=np.stack([y, x, step], 1)[p == 1].astype(np.int64), neg=np.stack([y, x, step], 1)[p == 0].astype(np.uint8 if "packed" in name else np.int64))
np.savez("other.npz", a=t)


def little(value, size):
    return int(value).to_bytes(size, "little", signed=True)


def flat(identifier, count, elements):  # a FlatBuffer with one vector, behind its size
    table = (little(16, 4) + identifier + little(0, 2) + little(6, 2) + little(8, 2) + little(4, 2)
             + little(6, 4) + little(4, 4) + little(count, 4) + elements)
    return little(len(table), 4) + table


def zstd(data):
    return subprocess.run(["zstd", "-q", "-3", "-c", "--no-check"], input=data, capture_output=True, check=True).stdout


text = (b'<dv version="2.0"><node name="outInfo"><node name="0"><attr key="typeIdentifier" type="string">EVTS</attr>'
        b'<node name="info"><attr key="sizeX" type="int">34</attr><attr key="sizeY" type="int">30</attr></node>'
        b"</node></node></dv>")
header = (little(24, 4) + b"IOHE" + little(0, 4) + b"".join(little(v, 2) for v in (0, 10, 20, 4, 12, 8))
          + little(10, 4) + little(3, 4) + little(12, 4) + little(-1, 8) + little(len(text), 4) + text + b"\0")
with open("zstandard.aedat4", "wb") as f:
    f.write(b"#!AER-DAT4.0\r\n" + little(len(header), 4) + header)
    for start in range(0, N, 400):
        elements = b"".join(little(t[k], 8) + little(x[k], 2) + little(y[k], 2) + little(p[k], 4)
                            for k in range(start, start + 400))
        packet = zstd(flat(b"EVTS", 400, elements))
        f.write(little(0, 4) + little(len(packet), 4) + packet)
