#!/usr/bin/python3
"""Baseline for side-by-side timing: LeNet5 trained with ASF-BP, written plainly in PyTorch.

    python3 asf_lenet_torch.py --steps 100 --batch 64 --batches 6 \
        --images train-images-idx3-ubyte.gz --labels train-labels-idx1-ubyte.gz

Dense, clock-driven simulation: every layer runs once a time step over the whole batch, as PyTorch
users write it. Prints training samples/s (median batch), inference samples/s, peak memory and the
mean firing rate of each spiking layer, as one JSON line. Needs numpy and torch.
"""
import argparse, gzip, json, resource, statistics, time
import numpy as np
import torch
import torch.nn.functional as F

ARGS = argparse.ArgumentParser()
ARGS.add_argument("--steps", type=int, default=100)
ARGS.add_argument("--batch", type=int, default=64)
ARGS.add_argument("--batches", type=int, default=6)
ARGS.add_argument("--threads", type=int, default=2)
ARGS.add_argument("--images", required=True)
ARGS.add_argument("--labels", required=True)


def idx(path, header):
    with gzip.open(path) as f:
        return np.frombuffer(f.read(), np.uint8, offset=header)


class SpikingLayer:
    """One layer: linear map, membrane, accumulated input and output; hard reset; pool or weighted."""

    def __init__(self, transform, threshold):
        self.transform, self.threshold, self.scale = transform, threshold, 1.0

    def begin(self):
        self.membrane = self.total_in = self.total_out = None

    def step(self, spikes, leak):
        current = self.transform(spikes)
        if self.membrane is None:
            self.membrane = torch.zeros_like(current)
            self.total_in = torch.zeros_like(current)
            self.total_out = torch.zeros_like(current)
        self.membrane += current
        fired = self.membrane > self.threshold
        self.membrane[fired] = 0.0
        self.membrane *= leak
        out = fired.float()
        self.total_in += current
        self.total_out += out
        return out

    def estimate(self):
        gate = self.total_in >= self.total_out
        flow_in = self.total_in[gate].sum()
        ratio = float(self.total_out[gate].sum() / flow_in) if flow_in > 1e-3 else 1.0
        self.scale = 0.6 * ratio + 0.4 * self.scale

    def accumulated(self, flow):
        """Value: the spike counts. Gradient: scale where the accumulated input is positive."""
        linear = self.transform(flow) * (self.scale * (self.total_in > 0).float())
        return linear - linear.detach() + self.total_out


class LeNet:
    def __init__(self):
        def weight(*shape):
            w = torch.randn(*shape) * (2.0 / int(np.prod(shape[1:]))) ** 0.5
            return w.requires_grad_()
        self.w = [weight(20, 1, 5, 5), weight(50, 20, 5, 5), weight(200, 2450), weight(10, 200)]
        w = self.w
        self.layers = [
            SpikingLayer(lambda s: F.conv2d(s, w[0], padding=2), 1.0),
            SpikingLayer(lambda s: F.avg_pool2d(s, 2), 0.75),
            SpikingLayer(lambda s: F.conv2d(s, w[1], padding=2), 1.0),
            SpikingLayer(lambda s: F.avg_pool2d(s, 2), 0.75),
            SpikingLayer(lambda s: F.linear(s.flatten(1), w[2]), 1.0),
        ]

    def forward(self, images, steps, leak=1.0, train=True):
        total_input = torch.zeros_like(images)
        for layer in self.layers:
            layer.begin()
        with torch.no_grad():
            for _ in range(steps):
                spikes = (images / 2 > torch.rand_like(images)).float()
                total_input += spikes
                for layer in self.layers:
                    spikes = layer.step(spikes, leak)
            if not train:
                return F.linear(self.layers[-1].total_out, self.w[3]) / steps
            for layer in self.layers:
                layer.estimate()
        flow = total_input
        for layer in self.layers:
            flow = layer.accumulated(flow)
        return F.linear(flow, self.w[3]) / steps


def main():
    a = ARGS.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(1)
    images = idx(a.images, 16).reshape(-1, 1, 28, 28)
    labels = idx(a.labels, 8)
    net = LeNet()
    optimizer = torch.optim.Adam(net.w, lr=8.5e-4, weight_decay=5e-4)
    train, infer = [], []
    for i in range(a.batches):
        rows = slice(i * a.batch, (i + 1) * a.batch)
        x = torch.tensor(images[rows].astype(np.float32) / 255)
        y = F.one_hot(torch.tensor(labels[rows].astype(np.int64)), 10).float()
        t = time.perf_counter()
        optimizer.zero_grad()
        loss = ((net.forward(x, a.steps) - y) ** 2).sum()
        loss.backward()
        optimizer.step()
        train.append(time.perf_counter() - t)
        t = time.perf_counter()
        net.forward(x, a.steps, train=False)
        infer.append(time.perf_counter() - t)
    rates = [round(float(l.total_out.mean()) / a.steps, 4) for l in net.layers]
    print(json.dumps({
        "steps": a.steps, "batch": a.batch, "threads": a.threads,
        "train_samples_per_s": round(a.batch / statistics.median(train[1:] or train), 2),
        "inference_samples_per_s": round(a.batch / statistics.median(infer[1:] or infer), 2),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "mean_rates": rates}))


if __name__ == "__main__":
    main()
