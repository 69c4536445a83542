#!/usr/bin/python3
"""Baseline for side-by-side timing: training through time with a surrogate gradient in PyTorch.

    python3 bptt_torch.py --neurons plain --network mlp --steps 25 --batch 50 \
        --images train-images-idx3-ubyte.gz --labels train-labels-idx1-ubyte.gz
    python3 bptt_torch.py --neurons snntorch --network lenet5 --steps 100 ...
    python3 bptt_torch.py --neurons spikingjelly --network vgg7 --steps 6 --batch 32

The networks and data of asf_torch.py, step by step, with autograd through all steps: integrate and
fire, detached reset to zero, arctan surrogate as wide as the threshold, Adam. The neurons are those
of snnTorch (Leaky) or SpikingJelly (IFNode), if these are installed, or a few plain lines. Prints
one JSON line.
"""
import json, math, statistics, time
import torch
import torch.nn.functional as F
import asf_torch as asf

asf.ARGS.add_argument("--neurons", choices=["plain", "snntorch", "spikingjelly"], default="plain")
next(a for a in asf.ARGS._actions if a.dest == "network").choices.append("mlp")


class Spike(torch.autograd.Function):
    """A step whose gradient is that of an arctan of width 1."""

    @staticmethod
    def forward(ctx, distance):
        ctx.save_for_backward(distance)
        return (distance > 0).float()

    @staticmethod
    def backward(ctx, gradient):
        distance, = ctx.saved_tensors
        return gradient / (1 + (math.pi * distance) ** 2)


class Plain:
    def __init__(self, threshold):
        self.threshold, self.membrane = threshold, 0

    def __call__(self, current):
        charged = self.membrane + current
        spikes = Spike.apply((charged - self.threshold) / self.threshold)
        self.membrane = charged * (1 - spikes.detach())
        return spikes


def snntorch(threshold):
    import snntorch as snn
    leaky = snn.Leaky(beta=1.0, threshold=threshold, reset_mechanism="zero",
                      spike_grad=snn.surrogate.atan(alpha=2.0), init_hidden=False)
    state = [None]

    def step(current):
        if state[0] is None:
            state[0] = leaky.init_leaky()
        spikes, state[0] = leaky(current, state[0])
        return spikes

    return step


def spikingjelly(threshold):
    from spikingjelly.activation_based import neuron, surrogate
    return neuron.IFNode(v_threshold=threshold, v_reset=0.0, detach_reset=True,
                         surrogate_function=surrogate.ATan(alpha=2.0))


KINDS = {"plain": Plain, "snntorch": snntorch, "spikingjelly": spikingjelly}


def forward(net, images, steps, kind):
    """The read-out of the firing rates, through all steps."""
    neurons = [kind(l.threshold) if isinstance(l, asf.SpikingLayer) else None for l in net.layers]
    probability, sign, total = net.gain * images.abs(), images.sign(), 0
    for _ in range(steps):
        spikes = sign * (probability > torch.rand_like(images))
        for layer, fire in zip(net.layers, neurons):
            spikes = fire(layer.transform(spikes)) if fire else F.max_pool2d(spikes, 2)
        total = total + spikes
    return F.linear(total, net.readout) / steps


def mlp():
    net = asf.Network(gain=0.5)
    net.dense(784, 1000)
    return net


def main():
    a = asf.ARGS.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(1)
    net = {"vgg7": asf.vgg7, "lenet5": asf.lenet5, "mlp": mlp}[a.network]()
    data = asf.colours(a) if a.network == "vgg7" else asf.digits(a)
    optimizer = torch.optim.Adam(net.w, lr=8.5e-4)
    train, losses = [], []
    for images, labels in data:
        x = torch.tensor(images).contiguous(memory_format=torch.channels_last)
        y = F.one_hot(torch.tensor(labels), 10).float()
        t = time.perf_counter()
        optimizer.zero_grad()
        loss = ((forward(net, x, a.steps, KINDS[a.neurons]) - y) ** 2).sum()
        loss.backward()
        optimizer.step()
        train.append(time.perf_counter() - t)
        losses.append(round(float(loss), 2))
    print(json.dumps({
        "neurons": a.neurons, "network": a.network, "steps": a.steps, "batch": a.batch,
        "threads": a.threads,
        "train_samples_per_s": round(a.batch / statistics.median(train[1:] or train), 2),
        "peak_mb": asf.peak_mb(),
        "losses": losses, "matmul_gflops": round(asf.matmul_gflops(), 1)}))


if __name__ == "__main__":
    main()
