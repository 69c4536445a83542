#!/usr/bin/python3
"""Baseline for side-by-side timing: LeNet5 or VGG7 trained with ASF-BP, written plainly in PyTorch.

    python3 asf_torch.py --steps 100 --batch 64 --batches 6 \
        --images train-images-idx3-ubyte.gz --labels train-labels-idx1-ubyte.gz
    python3 asf_torch.py --network vgg7 --steps 100 --batch 100 --batches 2

Dense, clock-driven simulation: every layer runs once a time step over the whole batch, as PyTorch
users write it. Prints training samples/s (median batch), inference samples/s, peak memory, the
mean firing rate of each layer and the loss of each batch, as one JSON line. Needs numpy and torch,
and torch needs an optimised BLAS: matmul_gflops, of a product of two matrices, tells if it has one.
"""
import argparse, gzip, json, pathlib, re, statistics, time
import numpy as np
import torch
import torch.nn.functional as F

ARGS = argparse.ArgumentParser()
ARGS.add_argument("--network", choices=["lenet5", "vgg7"], default="lenet5")
ARGS.add_argument("--steps", type=int, default=100)
ARGS.add_argument("--batch", type=int, default=64)
ARGS.add_argument("--batches", type=int, default=6)
ARGS.add_argument("--threads", type=int, default=2)
ARGS.add_argument("--images", help="for lenet5")
ARGS.add_argument("--labels", help="for lenet5")


class LinearEstimate(torch.autograd.Function):
    """Value: the spike counts. Gradient: the scale, where the accumulated input is positive."""

    @staticmethod
    def forward(ctx, linear, total_in, total_out, scale):
        ctx.save_for_backward(total_in)
        ctx.scale = scale
        return total_out

    @staticmethod
    def backward(ctx, gradient):
        total_in, = ctx.saved_tensors
        return gradient * ctx.scale * (total_in > 0), None, None, None


class SpikingLayer:
    """One layer: linear map, membrane, accumulated input and output; hard reset; pool or weighted."""

    def __init__(self, transform, threshold=1.0, weighted=True):
        self.transform, self.threshold, self.weighted = transform, threshold, weighted
        self.scale = 1.0

    def begin(self):
        self.membrane = None

    def step(self, spikes, train):
        current = self.transform(spikes)
        if self.membrane is None:
            self.membrane, self.total_in, self.total_out, self.fired = (
                torch.zeros_like(current) for _ in range(4))
        self.membrane += current
        torch.gt(self.membrane, self.threshold, out=self.fired)
        self.membrane.addcmul_(self.membrane, self.fired, value=-1)  # to zero where it fired
        if train:
            self.total_in += current
        self.total_out += self.fired
        return self.fired

    def estimate(self):
        total_in, total_out = self.total_in, self.total_out
        if self.weighted:
            gate = total_in >= total_out
            total_in, total_out = total_in * gate, total_out * gate
        flow_in = float(total_in.sum())
        ratio = float(total_out.sum()) / flow_in if flow_in >= 1e-3 else 1.0
        self.scale = 0.6 * ratio + 0.4 * self.scale

    def accumulated(self, flow):
        return LinearEstimate.apply(
            self.transform(flow), self.total_in, self.total_out, self.scale)


class MaxPool:
    """No neurons: the maximum of the spikes of every step; for the gradient, of their counts."""

    def __init__(self, below):
        self.below = below

    def begin(self):
        pass

    def step(self, spikes, train):
        return F.max_pool2d(spikes, 2)

    def estimate(self):
        pass

    def accumulated(self, flow):
        return F.max_pool2d(flow, 2)

    @property
    def total_out(self):
        return F.max_pool2d(self.below.total_out, 2)


class Network:
    """Layers in a row, after signed Poisson spikes and before a read-out of the counts."""

    def __init__(self, gain):
        self.gain, self.layers, self.w = gain, [], []

    def weight(self, *shape):
        w = torch.randn(*shape) * (2.0 / int(np.prod(shape[1:]))) ** 0.5
        if w.dim() == 4:
            w = w.contiguous(memory_format=torch.channels_last)
        self.w.append(w.requires_grad_())
        return w

    def convolution(self, channels_in, channels, size):
        w = self.weight(channels, channels_in, size, size)
        self.layers.append(SpikingLayer(lambda s: F.conv2d(s, w, padding=size // 2)))

    def average_pool(self):
        self.layers.append(SpikingLayer(lambda s: F.avg_pool2d(s, 2), 0.75, weighted=False))

    def max_pool(self):
        self.layers.append(MaxPool(self.layers[-1]))

    def dense(self, n_in, n_out):
        w = self.weight(n_out, n_in)
        self.layers.append(SpikingLayer(lambda s: F.linear(s.flatten(1), w)))
        self.readout = self.weight(10, n_out)

    def forward(self, images, steps, train=True):
        probability, sign = self.gain * images.abs(), images.sign()
        total_input = torch.zeros_like(images)
        for layer in self.layers:
            layer.begin()
        with torch.no_grad():
            for _ in range(steps):
                spikes = sign * (probability > torch.rand_like(images))
                total_input += spikes
                for layer in self.layers:
                    spikes = layer.step(spikes, train)
            if not train:
                return F.linear(self.layers[-1].total_out, self.readout) / steps
            for layer in self.layers:
                layer.estimate()
        flow = total_input
        for layer in self.layers:
            flow = layer.accumulated(flow)
        return F.linear(flow, self.readout) / steps


def lenet5():
    net = Network(gain=0.5)
    net.convolution(1, 20, 5)
    net.average_pool()
    net.convolution(20, 50, 5)
    net.average_pool()
    net.dense(2450, 200)
    return net


def vgg7():
    net = Network(gain=1.0)
    net.convolution(3, 64, 3)
    net.convolution(64, 64, 3)
    net.average_pool()
    net.convolution(64, 128, 3)
    net.convolution(128, 128, 3)
    net.convolution(128, 128, 3)
    net.max_pool()
    net.dense(8192, 1024)
    return net


def idx(path, header):
    with gzip.open(path) as f:
        return np.frombuffer(f.read(), np.uint8, offset=header)


def digits(a):
    """Minibatches of MNIST, in order."""
    images = idx(a.images, 16).reshape(-1, 1, 28, 28)
    labels = idx(a.labels, 8)
    for i in range(a.batches):
        rows = slice(i * a.batch, (i + 1) * a.batch)
        yield images[rows].astype(np.float32) / 255, labels[rows].astype(np.int64)


def colours(a):
    """One generated minibatch, over and over: pixels as of normalised CIFAR-10."""
    shape = a.batch, 3, 32, 32
    pixels = np.random.default_rng(1).normal(0, 0.45, shape).astype(np.float32)
    for _ in range(a.batches):
        yield pixels, np.arange(a.batch) % 10


def matmul_gflops(n=512):
    x, seconds = torch.rand(n, n), []
    for _ in range(4):
        t = time.perf_counter()
        x @ x
        seconds.append(time.perf_counter() - t)
    return 2e-9 * n ** 3 / min(seconds)


def peak_mb():
    """None where there is no /proc. ru_maxrss will not do: it counts the program that started this one."""
    status = pathlib.Path("/proc/self/status")
    return int(re.search(r"VmHWM:\s*(\d+)", status.read_text())[1]) // 1024 if status.exists() else None


def main():
    a = ARGS.parse_args()
    if a.network == "lenet5" and not (a.images and a.labels):
        ARGS.error("lenet5 needs --images and --labels")
    torch.set_num_threads(a.threads)
    torch.manual_seed(1)
    net, data = (vgg7(), colours(a)) if a.network == "vgg7" else (lenet5(), digits(a))
    optimizer = torch.optim.Adam(net.w, lr=8.5e-4, weight_decay=5e-4)
    train, infer, losses = [], [], []
    for images, labels in data:
        x = torch.tensor(images).contiguous(memory_format=torch.channels_last)
        y = F.one_hot(torch.tensor(labels), 10).float()
        t = time.perf_counter()
        optimizer.zero_grad()
        loss = ((net.forward(x, a.steps) - y) ** 2).sum()
        loss.backward()
        optimizer.step()
        train.append(time.perf_counter() - t)
        losses.append(round(float(loss), 2))
        t = time.perf_counter()
        net.forward(x, a.steps, train=False)
        infer.append(time.perf_counter() - t)
    rates = [round(float(l.total_out.mean()) / a.steps, 4) for l in net.layers]
    print(json.dumps({
        "network": a.network, "steps": a.steps, "batch": a.batch, "threads": a.threads,
        "train_samples_per_s": round(a.batch / statistics.median(train[1:] or train), 2),
        "inference_samples_per_s": round(a.batch / statistics.median(infer[1:] or infer), 2),
        "peak_mb": peak_mb(),
        "mean_rates": rates, "losses": losses, "matmul_gflops": round(matmul_gflops(), 1)}))


if __name__ == "__main__":
    main()
