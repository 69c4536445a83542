#!/usr/bin/python3
"""A second rival: the layers of LeNet5 or VGG7 with ReLU and without spikes, in plain PyTorch.

    python3 rival_torch.py --network vgg7 --batch 100 --threads 2

Weights and pixels are random, in single precision: the time does not depend on them. Batch
normalisation counts as folded. Prints images/s in minibatches (median), and the median and 99th
percentile of the milliseconds for one image, as one JSON line, like `snn bench rival`, which runs
it in turn with `--compare "python3 rival_torch.py --network {network} --batch {batch} --threads
{threads}"`. Needs numpy and torch, and torch needs an optimised BLAS, as for asf_torch.py.
"""
import argparse, json, statistics, time
import torch
from torch import nn

ARGS = argparse.ArgumentParser()
ARGS.add_argument("--network", choices=["lenet5", "vgg7"], default="vgg7")
ARGS.add_argument("--batch", type=int, default=100)
ARGS.add_argument("--batches", type=int, default=20)
ARGS.add_argument("--single", type=int, default=200)
ARGS.add_argument("--threads", type=int, default=2)


def convolution(channels_in, channels, size):
    return nn.Conv2d(channels_in, channels, size, padding=size // 2), nn.ReLU()


def lenet5():
    return (1, 28, 28), nn.Sequential(
        *convolution(1, 20, 5), nn.AvgPool2d(2), *convolution(20, 50, 5), nn.AvgPool2d(2),
        nn.Flatten(), nn.Linear(2450, 200), nn.ReLU(), nn.Linear(200, 10), nn.Softmax(1))


def vgg7():
    return (3, 32, 32), nn.Sequential(
        *convolution(3, 64, 3), *convolution(64, 64, 3), nn.AvgPool2d(2),
        *convolution(64, 128, 3), *convolution(128, 128, 3), *convolution(128, 128, 3),
        nn.MaxPool2d(2), nn.Flatten(), nn.Linear(8192, 1024), nn.ReLU(), nn.Linear(1024, 10),
        nn.Softmax(1))


def seconds(network, images, times):
    """Of each of some calls, after a tenth of them untimed."""
    measured = []
    for _ in range(times + times // 10 + 1):
        start = time.perf_counter()
        network(images)
        measured.append(time.perf_counter() - start)
    return measured[-times:]


def main():
    a = ARGS.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(1)
    shape, network = lenet5() if a.network == "lenet5" else vgg7()
    network = network.eval().to(memory_format=torch.channels_last)
    with torch.inference_mode():
        images = torch.randn(a.batch, *shape).to(memory_format=torch.channels_last)
        minibatches = seconds(network, images, a.batches)
        alone = sorted(seconds(network, images[:1], a.single))
    print(json.dumps({
        "engine": f"PyTorch {torch.__version__}", "batch": a.batch,
        "images_per_s": round(a.batch / statistics.median(minibatches), 1),
        "latency_ms_median": round(1e3 * statistics.median(alone), 3),
        "latency_ms_p99": round(1e3 * alone[-(-99 * len(alone) // 100) - 1], 3),
        "accuracy": None, "mean_steps": None, "network": a.network, "threads": a.threads}))


if __name__ == "__main__":
    main()
