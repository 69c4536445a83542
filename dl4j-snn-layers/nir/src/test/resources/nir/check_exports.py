"""Do programs read the files in ours/, which this library exported, and answer as it does?

    PYTHONPATH=... python3 check_exports.py

needs what make_vectors.py needs. WrittenForProgramsTest, with every build, holds the files to what the export writes and
ours/*.out.npy to what the exported network answers; this script, by hand, runs the programs on ours/*.in.npy. It ends with
an error if a program does not read a file, or answers otherwise.
"""
import os
import sys
import warnings

os.environ.setdefault("OMP_NUM_THREADS", "1")
warnings.filterwarnings("ignore")

import nir
import norse.torch
import numpy as np
import sinabs.nir
import torch
from snntorch.import_nir import import_from_nir as snntorch_from_nir
from spikingjelly.activation_based.nir_exchange import import_from_nir as spikingjelly_from_nir

HERE = os.path.dirname(os.path.abspath(__file__))
DT = 1e-4


def steps(net, x):
    state, out = None, []
    for step in torch.from_numpy(x):
        answer, state = net(step[None], state)
        out.append(answer.detach().numpy().reshape(-1))
    return np.stack(out)


def of_norse(graph, x):
    return steps(norse.torch.from_nir(graph, ignore_warnings=True, dt=DT), x)


def of_snntorch(graph, x):
    return steps(snntorch_from_nir(graph), x)


def of_spikingjelly(graph, x):
    net = spikingjelly_from_nir(graph, dt=DT)
    net.eval()
    return steps(net, x)


def of_sinabs(graph, x):
    answer = sinabs.nir.from_nir(graph, batch_size=1)(torch.from_numpy(x))
    answer = answer[0] if isinstance(answer, tuple) else answer
    return answer.detach().numpy().reshape(len(x), -1)


# Norse ignores r of LIF, so it reads none of ours; SpikingJelly and sinabs read no cycles.
PROGRAMS = {
    "dense": [of_snntorch, of_spikingjelly],
    "convolution": [of_norse, of_spikingjelly],
    "rows": [of_snntorch],
    "recurrent": [of_norse],
    "snntorch": [of_snntorch],
    "sinabs": [of_sinabs],  # membranes
    "spikingjelly": [of_spikingjelly],
}


def check(name):
    """Prints a line for each program; the number of programs that do not answer as the library."""
    array = lambda kind: np.load(os.path.join(HERE, "ours", f"{name}.{kind}.npy"))
    read = lambda: nir.read(os.path.join(HERE, "ours", name + ".nir"))
    shape = next(node for node in read().nodes.values() if isinstance(node, nir.Input)).input_type["input"]
    x, expected = array("in"), array("out")
    x = x.reshape(len(x), *shape)
    wrong = 0
    for program in PROGRAMS[name]:
        label = f"{name}, {program.__name__[3:]}"
        try:
            found = program(read(), x)
        except Exception as failure:  # whatever a program throws is its answer
            print(f"{label}: refused, {failure!r:.200}")
            wrong += 1
            continue
        # Spikes are equal; of membranes PyTorch may round the last bit otherwise.
        differ = int(np.sum(np.abs(found - expected) > 1e-6))
        print(f"{label}: {differ} of {expected.size} numbers differ, sum {expected.sum():g}")
        wrong += differ > 0
    return wrong


if __name__ == "__main__":
    files = sorted(file[:-4] for file in os.listdir(os.path.join(HERE, "ours")) if file.endswith(".nir"))
    assert set(files) == set(PROGRAMS), f"a program for each of {files}"
    sys.exit(1 if sum(check(name) for name in files) else 0)
