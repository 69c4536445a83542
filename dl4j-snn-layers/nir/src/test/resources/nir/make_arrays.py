"""Makes the files in arrays/."""
import os

import numpy as np

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "arrays")
os.makedirs(HERE, exist_ok=True)
save = lambda name, array: np.save(os.path.join(HERE, name + ".npy"), array)
counted = np.arange(6).reshape(2, 3)
for kind in ("f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"):
    save(kind, counted.astype(kind))
save("f4-big", counted.astype(">f4"))
save("i4-big", counted.astype(">i4"))
save("f4-fortran", np.asfortranarray(counted.astype("f4")))
save("bool", counted > 2)
save("number", np.float32(-1.5))
save("row", np.array([-0.1, 65504], "f2"))
save("u8-large", np.array([2**64 - 1, 2**63, 2**63 + 2**39 + 1], "u8"))
save("complex", counted.astype("c8"))
save("text", np.array(["a"]))
save("record", np.zeros(2, [("x", "f4"), ("y", "i4")]))
with open(os.path.join(HERE, "version2.npy"), "wb") as file:
    np.lib.format.write_array(file, counted.astype("f4"), version=(2, 0))
