#!/usr/bin/python3
"""Makes the golden set dvs_if: the network of CIFAR10-DVS, reduced, on invented event frames.

    python3 make_dvs_set.py OUTPUT_FOLDER

Written from docs/mathematics.md in plain PyTorch, whole arrays step by step, with autograd for the
gradients: independent of the Java code. Weights are multiples of 1/1024, so that all currents are exact
in single precision. Needs numpy and torch.
"""
import json
import pathlib
import sys

import numpy as np
import torch
import torch.nn.functional as F

STEPS, SAMPLES, THRESHOLD, POOL_THRESHOLD, LEAK = 5, 2, 1.0, 0.75, 1.0
# name, kind, output channels
LAYERS = [("11", "conv", 8), ("12", "conv", 8), ("p1", "avg", 0), ("21", "conv", 12),
          ("22", "conv", 12), ("23", "conv", 16), ("p2", "max", 0), ("f0", "dense", 24)]


def exact(*shape, scale):
    return torch.round(torch.randn(*shape) * scale * 1024) / 1024


def transform(kind, x, w):
    if kind == "conv":
        return F.conv2d(x, w, padding=1)
    if kind == "avg":
        return F.avg_pool2d(x, 2)
    if kind == "max":
        return F.max_pool2d(x, 2)
    return F.linear(x.flatten(1), w)


def simulate(inputs, weights):
    """Accumulated input and output of every layer over the window."""
    total_in, total_out, membrane = {}, {}, {}
    for x in inputs:
        for name, kind, _ in LAYERS:
            current = transform(kind, x, weights.get(name))
            if kind == "max":
                x = current
                continue
            if name not in membrane:
                membrane[name] = torch.zeros_like(current)
                total_in[name] = torch.zeros_like(current)
                total_out[name] = torch.zeros_like(current)
            u = membrane[name] + current
            fired = u > (POOL_THRESHOLD if kind == "avg" else THRESHOLD)
            u[fired] = 0
            membrane[name] = u * LEAK
            total_in[name] += current
            x = fired.float()
            total_out[name] += x
    total_out["p2"] = F.max_pool2d(total_out["23"], 2)
    return total_in, total_out


def main():
    out = pathlib.Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(11)
    rng = np.random.default_rng(11)
    weights, channels, size = {}, 2, 42
    for name, kind, n in LAYERS:
        if kind == "conv":
            # Larger further up, or five steps are too few for spikes to get there.
            gain = 1 if name < "2" else 2.5
            weights[name] = exact(n, channels, 3, 3, scale=gain * (2 / (9 * channels)) ** 0.5)
            channels = n
        elif kind == "dense":
            weights[name] = exact(n, channels * size * size, scale=2.5 * (2 / (channels * size ** 2)) ** 0.5)
        else:
            size //= 2
    readout = exact(10, 24, scale=0.3)
    slopes = {("scale" + n): 1.0 for n, k, _ in LAYERS if k != "max"}
    meta = {"net": "dvs", "T": STEPS, "minibatch": SAMPLES, "leak": LEAK, "threshold": THRESHOLD,
            "poolThreshold": POOL_THRESHOLD, "batches": []}

    def save(name, array):
        np.save(out / (name + ".npy"), np.ascontiguousarray(array))

    for name, kind, _ in LAYERS:
        if kind in ("conv", "dense"):
            save("w_" + ("fc0" if kind == "dense" else "cnn" + name), weights[name].numpy())
    save("w_fc1", readout.numpy())

    for batch, refresh in enumerate((True, False)):
        frames = (rng.random((SAMPLES, 2, 128, 128, STEPS)) < 0.05) * rng.integers(1, 4, (SAMPLES, 2, 128, 128, STEPS))
        frames = frames.astype(np.int8)
        steps = [torch.round(9 * F.avg_pool2d(torch.tensor(frames[..., t].astype(np.float32)), 3))
                 for t in range(STEPS)]
        total_in, total_out = simulate(steps, weights)
        before = dict(slopes)
        if refresh:
            for name, kind, _ in LAYERS:
                if kind == "max":
                    continue
                i, o = total_in[name].double(), total_out[name].double()
                gate = torch.ones_like(i, dtype=torch.bool) if kind == "avg" else i >= o
                flow = float(i[gate].sum())
                k = float(o[gate].sum()) / flow if flow >= 1e-3 else 1.0
                slopes["scale" + name] = 0.6 * k + 0.4 * slopes["scale" + name]
        leaves = {n: w.clone().requires_grad_() for n, w in weights.items()}
        top = readout.clone().requires_grad_()
        flow = sum(steps)
        for name, kind, _ in LAYERS:
            if kind == "max":
                flow = F.max_pool2d(flow, 2)
                continue
            gate = slopes["scale" + name] * (total_in[name] > 0).float()
            linear = transform(kind, flow, leaves.get(name)) * gate
            flow = linear - linear.detach() + total_out[name]
        y = F.linear(flow, top) / (THRESHOLD * STEPS)
        label = rng.integers(0, 10, SAMPLES).astype(np.int32)
        loss = ((y - F.one_hot(torch.tensor(label.astype(np.int64)), 10).float()) ** 2).sum()
        loss.backward()

        prefix = "b%d_" % batch
        save(prefix + "frames", frames)
        save(prefix + "label", label)
        save(prefix + "Total_input", sum(steps).numpy())
        for name, kind, _ in LAYERS:
            save(prefix + "Total_%s_output" % name, total_out[name].numpy())
            if kind != "max":
                save(prefix + "IF_%s_in" % name, total_in[name].numpy())
            if kind in ("conv", "dense"):
                save(prefix + "grad_" + ("fc0" if kind == "dense" else "cnn" + name), leaves[name].grad.numpy())
        save(prefix + "grad_fc1", top.grad.numpy())
        save(prefix + "out", y.detach().numpy())
        save(prefix + "out_inference", y.detach().numpy())
        meta["batches"].append({"loss": float(loss.detach()), "updateScale": refresh, "scaleBefore": before,
                                "scaleAfter": dict(slopes),
                                "meanRate": {n: float(t.mean()) / STEPS for n, t in total_out.items()}})
    (out / "meta.json").write_text(json.dumps(meta, indent=1))
    print(json.dumps(meta["batches"][0]["meanRate"]))


if __name__ == "__main__":
    main()
