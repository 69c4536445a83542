#!/usr/bin/python3
"""A second rival: the layers of LeNet5 or VGG7 with ReLU and without spikes, in plain PyTorch.

    python3 rival_torch.py --network vgg7 --batch 100 --threads 2
    python3 rival_torch.py --train 12 --data FOLDER --to rival.npz

Weights and pixels are random, in single precision: the time does not depend on them. Batch
normalisation counts as folded. Prints images/s in minibatches (median), and the median and 99th
percentile of the milliseconds for one image, as one JSON line, like `snn bench rival`, which runs
it in turn with `--compare "python3 rival_torch.py --network {network} --batch {batch} --threads
{threads}"`.

With --train VGG7 learns the six files of CIFAR-10 (original layout) for some epochs, in bfloat16 where
the processor has it: random crops, mirrored or not, a grey square, AdamW along a cosine, smoothed
labels, the weights' running average. `snn bench rival --rival-model rival.npz` measures the result.
Needs numpy and torch, and torch needs an optimised BLAS, as for asf_torch.py.
"""
import argparse, copy, json, math, pathlib, statistics, time
import numpy
import torch
from torch import nn

ARGS = argparse.ArgumentParser()
ARGS.add_argument("--network", choices=["lenet5", "vgg7"], default="vgg7")
ARGS.add_argument("--batch", type=int, default=100)
ARGS.add_argument("--batches", type=int, default=20)
ARGS.add_argument("--single", type=int, default=200)
ARGS.add_argument("--threads", type=int, default=2)
ARGS.add_argument("--train", type=int, metavar="EPOCHS")
ARGS.add_argument("--data")
ARGS.add_argument("--to")
ARGS.add_argument("--seed", type=int, default=1)


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


def normalised(network):
    """The same layers with batch normalisation behind each layer that ReLU follows."""
    layers = []
    for layer in network:
        layers.append(layer)
        if isinstance(layer, nn.Conv2d):
            layers.append(nn.BatchNorm2d(layer.out_channels))
        elif isinstance(layer, nn.Linear) and layer.out_features != 10:
            layers.append(nn.BatchNorm1d(layer.out_features))
    return nn.Sequential(*layers[:-1])  # without the softmax


def samples(folder, *names):
    """Pixels with the means and deviations that the library uses, and labels."""
    all = numpy.concatenate([
        numpy.fromfile(pathlib.Path(folder, name + ".bin"), numpy.uint8).reshape(-1, 3073) for name in names])
    pixels = torch.from_numpy(all[:, 1:].reshape(-1, 3, 32, 32)).float() / 255
    mean = torch.tensor([0.4914, 0.4822, 0.4465]).view(1, 3, 1, 1)
    deviation = torch.tensor([0.557, 0.549, 0.5534]).view(1, 3, 1, 1)
    return (pixels - mean) / deviation, torch.from_numpy(all[:, 0].astype(numpy.int64))


def augmented(images):
    """Randomly moved, mirrored or not, with a grey square of 16 x 16."""
    padded = nn.functional.pad(images, (4, 4, 4, 4))
    result = torch.empty_like(images)
    for k, image in enumerate(padded):
        y, x, up, left = torch.randint(9, (4,)).tolist()[:2] + torch.randint(-8, 24, (2,)).tolist()
        moved = image[:, y:y + 32, x:x + 32]
        result[k] = moved.flip(2) if torch.rand(1) < 0.5 else moved
        result[k, :, max(up, 0):up + 16, max(left, 0):left + 16] = 0
    return result


def accuracy(network, images, labels):
    network.eval()
    with torch.inference_mode():
        right = sum((network(i.to(memory_format=torch.channels_last)).argmax(1) == l).sum().item()
                    for i, l in zip(images.split(500), labels.split(500)))
    return right / len(labels)


def train(a, network):
    images, labels = samples(a.data, *[f"data_batch_{k}" for k in range(1, 6)])
    network = normalised(network).to(memory_format=torch.channels_last)
    average = copy.deepcopy(network)
    optimizer = torch.optim.AdamW(network.parameters(), lr=2e-3, weight_decay=0.1)
    count = a.train * (len(labels) // a.batch)
    rate = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda i: min(
        1, (i + 1) / 500) * 0.5 * (1 + math.cos(math.pi * i / count)))
    for epoch in range(a.train):
        network.train()
        start, losses = time.perf_counter(), []
        for chosen in torch.randperm(len(labels)).split(a.batch):
            with torch.autocast("cpu", torch.bfloat16):
                logits = network(augmented(images[chosen]).to(memory_format=torch.channels_last))
            loss = nn.functional.cross_entropy(logits.float(), labels[chosen], label_smoothing=0.1)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            rate.step()
            losses.append(loss.item())
            with torch.no_grad():
                for kept, now in zip(average.state_dict().values(), network.state_dict().values()):
                    kept.lerp_(now, 1e-3) if kept.is_floating_point() else kept.copy_(now)
        print(json.dumps({"epoch": epoch + 1, "loss": round(statistics.mean(losses), 4),
                          "minutes": round((time.perf_counter() - start) / 60, 1)}), flush=True)
    print(json.dumps({"accuracy": accuracy(average, *samples(a.data, "test_batch"))}))
    numpy.savez(a.to, **arrays(average))


def arrays(network):
    """Under the keys of Deeplearning4j's layers. Those before a normalisation have no bias."""
    named, place, bias = {}, 0, None
    for layer in network:
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            named[f"{place}_W"] = layer.weight if isinstance(layer, nn.Conv2d) else layer.weight.T
            named[f"{place}_b"] = bias = layer.bias
        elif isinstance(layer, (nn.BatchNorm1d, nn.BatchNorm2d)):
            named[f"{place}_gamma"], named[f"{place}_beta"] = layer.weight, layer.bias
            named[f"{place}_mean"] = layer.running_mean - bias
            named[f"{place}_log10stdev"] = torch.log10(layer.running_var) / 2
        place += not isinstance(layer, nn.Flatten)
    return {key: numpy.ascontiguousarray(value.detach().numpy()) for key, value in named.items()}


def main():
    a = ARGS.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    shape, network = lenet5() if a.network == "lenet5" else vgg7()
    if a.train:
        return train(a, network)
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
