"""Makes the graphs in graphs/, those that programs export in exports/, and vectors.npz with cases.csv: what programs
answer to random input.

    PYTHONPATH=... python3 make_vectors.py

needs nir 1.0, nirtorch 2.6, norse 1.1, snntorch 0.9.4, sinabs 3.1, spikingjelly 0.0.0.1 and torch. Only public functions
of them are called, except in as_read. Weights are multiples of 1/8, so that single precision holds every sum of them exactly,
in whatever order a program adds; those of the files in paper/ are not.
"""
import csv
import os
import warnings

os.environ.setdefault("OMP_NUM_THREADS", "1")
warnings.filterwarnings("ignore")

import nir
import norse.torch
import norse.torch.functional.reset as reset
import numpy as np
import sinabs.layers
import sinabs.nir
import snntorch
import snntorch.import_nir as snntorch_reader
import snntorch.utils
import torch
from snntorch.export_nir import export_to_nir as snntorch_to_nir
from snntorch.import_nir import import_from_nir as snntorch_from_nir
from spikingjelly.activation_based.functional import reset_net
from spikingjelly.activation_based import layer as spikingjelly_layer
from spikingjelly.activation_based import neuron as spikingjelly_neuron
from spikingjelly.activation_based.nir_exchange import export_to_nir as spikingjelly_to_nir
from spikingjelly.activation_based.nir_exchange import import_from_nir as spikingjelly_from_nir

HERE = os.path.dirname(os.path.abspath(__file__))
random = np.random.default_rng(21)
vectors, cases = {}, []


def weights(*shape, scale=8, most=8):
    return (random.integers(-most // 2, most + 1, shape) / scale).astype(np.float32)


def full(shape, value, dtype=np.float32):
    return np.full(shape, value, dtype)


def graph(name, nodes, edges, metadata=None):
    made = nir.NIRGraph(nodes, edges, type_check=False)
    if metadata:
        made.metadata = metadata
    path = os.path.join("graphs", name + ".nir")
    # Packing takes more room than small arrays.
    nir.write(os.path.join(HERE, path), made, compression="gzip" if name in ("all_nodes", "convolution") else None)
    return path


def chain(name, *nodes, **options):
    named = {str(i): node for i, node in enumerate(nodes)}
    names = list(named)
    return graph(name, named, list(zip(names, names[1:])), **options)


def load(path):
    return nir.read(os.path.join(HERE, path), type_check=False)


def run(net, x):
    """Step by step, with a minibatch of one, and state handed on."""
    state, out = None, []
    for step in torch.from_numpy(x.astype(np.float32)):
        answer, state = net(step[None], state)
        out.append(answer.detach().numpy().reshape(-1))
    return np.stack(out)


def add(name, path, dialect, x, y, dt="", kind="", late=""):
    vectors[name + ".in"] = x.astype(np.uint8) if np.all(x == x.astype(np.uint8)) else x.astype(np.float32)
    spikes = np.all(y == np.abs(y).astype(np.uint8))
    vectors[name + ".out"] = y.astype(np.uint8) if spikes else y.astype(np.float32)
    cases.append([name, path, dialect, dt, kind, late, int(np.sum(y)) if spikes else "membranes"])


def norse_case(name, path, x, dt=1e-3, subtract=False):
    method = reset.reset_subtract if subtract else reset.reset_value
    net = norse.torch.from_nir(load(path), ignore_warnings=True, reset_method=method, dt=dt)
    add(name, path, "norse", x, run(net, x), dt, "subtract" if subtract else "")


def snntorch_case(name, path, x):
    add(name, path, "snntorch", x, run(snntorch_from_nir(load(path)), x))


def spikingjelly_case(name, path, x, dt=1e-4):
    net = spikingjelly_from_nir(load(path), dt=dt)
    net.eval()
    add(name, path, "spikingjelly", x, run(net, x), dt)


def sinabs_case(name, path, x):
    net = sinabs.nir.from_nir(load(path), batch_size=1)
    y, _ = net(torch.from_numpy(x.astype(np.float32)))
    add(name, path, "sinabs", x, y.detach().numpy().reshape(len(x), -1))


def snntorch_layers(name, path, x, neurons, subtract, late):
    """snnTorch's own neurons between the linear nodes, with the settings that its reader computes from a file."""
    nodes = load(path).nodes
    linear = lambda key: (torch.from_numpy(nodes[key].weight.astype(np.float32)),
                          torch.from_numpy(getattr(nodes[key], "bias", np.zeros(len(nodes[key].weight))).astype(np.float32)))
    states, out = {}, []
    for step in torch.from_numpy(x.astype(np.float32)):
        z = step[None]
        for key, neuron in neurons:
            if neuron is None:
                z = torch.nn.functional.linear(z, *linear(key))
            else:
                states[key] = neuron(z, *states.get(key, neuron.reset_mem() if isinstance(neuron.reset_mem(), tuple) else (neuron.reset_mem(),)))
                z = states[key][0]
                states[key] = states[key] if isinstance(neuron, (snntorch.RSynaptic, snntorch.RLeaky)) else states[key][1:]
        out.append(z.detach().numpy()[0])
    add(name, path, "snntorch", x, np.stack(out), "", "subtract" if subtract else "zero", "late" if late else "")


def as_read(path, x, subtract):
    """The modules that snnTorch's reader makes of a recurrent file. It cannot start them: at the first step it gives
    RSynaptic no spikes, with which it divides. So they begin with zeros here. The reader resets to zero only."""
    graph = snntorch_reader._replace_rnn_subgraph_with_nirgraph(load(path))
    after = dict(graph.edges)
    modules, key = [], after["input"]
    while key != "output":
        module = snntorch_reader._nir_to_snntorch_module(graph.nodes[key])
        if subtract and hasattr(module, "reset_mechanism"):
            module.reset_mechanism = "subtract"
            module.state_function = module._base_sub
        modules.append(module)
        key = after[key]
    states, out = [None] * len(modules), []
    for step in torch.from_numpy(x.astype(np.float32)):
        z = step[None]
        for i, module in enumerate(modules):
            if isinstance(module, torch.nn.Linear):
                z = module(z)
                continue
            recurrent = isinstance(module, snntorch.RSynaptic)
            state = states[i] if states[i] else [torch.zeros_like(z)] * (3 if recurrent else 2)
            answer = module(z, *state)
            z, states[i] = answer[0], answer if recurrent else answer[1:]
        out.append(z.detach().numpy()[0])
    return np.stack(out)


def synaptic(node, subtract, late, dt=1e-4):
    return snntorch.Synaptic(alpha=float(1 - dt / node.tau_syn[0]), beta=float(1 - dt / node.tau_mem[0]),
                             threshold=float(node.v_threshold[0]), reset_delay=late,
                             reset_mechanism="subtract" if subtract else "zero")


def recurrent_synaptic(node, linear, subtract, dt=1e-4):
    n = len(node.r)
    made = snntorch.RSynaptic(alpha=float(1 - dt / node.tau_syn[0]), beta=float(1 - dt / node.tau_mem[0]),
                              threshold=float(node.v_threshold[0]), all_to_all=True, linear_features=n,
                              reset_mechanism="subtract" if subtract else "zero")
    made.recurrent.weight.data = torch.from_numpy(linear.weight.astype(np.float32))
    made.recurrent.bias.data = torch.from_numpy(getattr(linear, "bias", np.zeros(n)).astype(np.float32))
    return made


def leaky(node, subtract, late, dt=1e-4):
    return snntorch.Leaky(beta=float(1 - dt / node.tau[0]), threshold=float(node.v_threshold[0]), reset_delay=late,
                          reset_mechanism="subtract" if subtract else "zero")


def bits(steps, *shape, rate=0.4):
    return random.random((steps, *shape)) < rate


def lif(n, tau, r, leak, threshold, dtype=np.float32):
    tau = np.resize(np.array(tau, dtype), n)
    return nir.LIF(tau=tau, r=full(n, r, dtype), v_leak=full(n, leak, dtype), v_threshold=full(n, threshold, dtype))


def cuba(n, tau_syn, tau_mem, r, leak, threshold, w_in, dtype=np.float64):
    f = lambda value: full(n, value, dtype)
    return nir.CubaLIF(tau_syn=f(tau_syn), tau_mem=f(tau_mem), r=f(r), v_leak=f(leak), v_threshold=f(threshold),
                       w_in=f(w_in))


def vector_graphs():
    x = bits(200, 5)
    one = lambda n: nir.Input(np.array([n]))
    end = lambda n: nir.Output(np.array([n]))
    affine = lambda o, i: nir.Affine(weights(o, i), weights(o))
    # snnTorch, Norse and SpikingJelly can read it.
    path = chain("lif", one(5), affine(8, 5), lif(8, 5e-4, 1, 0, 0.25), affine(4, 8), lif(4, 2e-4, 1, 0, 0.25), end(4))
    norse_case("lif-norse", path, x, dt=1e-4)
    snntorch_case("lif-snntorch", path, x)
    spikingjelly_case("lif-spikingjelly", path, x)
    nodes = load(path).nodes
    doubled = chain("lif_double", one(5), affine(8, 5), lif(8, 5e-4, 5, 0, 0.75, np.float64), end(8))
    snntorch_case("lif-double-snntorch", doubled, x)
    scaled = chain("lif_scaled", one(5), affine(8, 5), lif(8, 4e-4, 4, 0, 0.75), affine(4, 8), lif(4, 2e-4, 2, 0, 0.5), end(4))
    nodes = load(scaled).nodes
    for subtract in (False, True):
        for late in (False, True):
            layers = [("1", None), ("2", leaky(nodes["2"], subtract, late)), ("3", None), ("4", leaky(nodes["4"], subtract, late))]
            snntorch_layers(f"leaky-{'subtract' if subtract else 'zero'}{'-late' if late else ''}", scaled, x, layers, subtract, late)
    # A resting potential, a time constant each, and an r that Norse ignores.
    path = chain("lif_rest", one(5), affine(8, 5), lif(8, [2e-3, 3e-3, 5e-3], 2, 0.125, 0.5), affine(4, 8),
                 nir.LI(tau=full(4, 4e-3), r=full(4, 1), v_leak=full(4, 0.25)), end(4))
    norse_case("lif-rest-norse", path, x)
    # SpikingJelly: an input that does not decay, and a reset above zero.
    node = nir.LIF(tau=full(8, 4e-4, np.float64), r=full(8, 4, np.float64), v_leak=full(8, 0.125, np.float64),
                   v_threshold=full(8, 1, np.float64), v_reset=full(8, 0.125, np.float64))
    path = chain("lif_undecayed", one(5), affine(8, 5), node, end(8))
    spikingjelly_case("lif-undecayed-spikingjelly", path, x)
    # sinabs: time constants in steps.
    path = chain("lif_steps", one(5), affine(8, 5), lif(8, 5, 1, 0, 0.5), affine(4, 8), lif(4, 3, 1, 0, 0.5), end(4))
    sinabs_case("lif-sinabs", path, x)
    path = chain("li_steps", one(5), affine(8, 5), nir.LI(tau=full(8, 5), r=full(8, 1), v_leak=full(8, 0)), end(8))
    sinabs_case("li-sinabs", path, x)


def current_based():
    x = bits(200, 5)
    dt = 1e-4
    path = chain("cuba", nir.Input(np.array([5])), nir.Affine(weights(8, 5), weights(8)),
                 cuba(8, 2 * dt, 4 * dt, 4, 0, 1, 2), nir.Linear(weights(4, 8)), cuba(4, 4 * dt, 2 * dt, 2, 0, 1, 4),
                 nir.Output(np.array([4])))
    nodes = load(path).nodes
    snntorch_case("cuba-snntorch", path, x)
    for subtract in (False, True):
        norse_case(f"cuba-norse-{'subtract' if subtract else 'zero'}", path, x, dt, subtract)
        for late in (False, True):
            layers = [("1", None), ("2", synaptic(nodes["2"], subtract, late)), ("3", None), ("4", synaptic(nodes["4"], subtract, late))]
            snntorch_layers(f"synaptic-{'subtract' if subtract else 'zero'}{'-late' if late else ''}", path, x, layers, subtract, late)
    path = chain("cuba_rest", nir.Input(np.array([5])), nir.Affine(weights(8, 5), weights(8)),
                 cuba(8, 2e-3, 4e-3, 3, 0.125, 0.5, 1.5, np.float32), nir.Output(np.array([8])))
    norse_case("cuba-rest-norse", path, x)


def recurrent(path, first, lif1, second, lif2, inputs, steps=200):
    x = bits(steps, inputs, rate=0.3)
    stem = os.path.basename(path)[:-4]
    for subtract in (False, True):
        kind = "subtract" if subtract else "zero"
        norse_case(f"{stem}-norse-{kind}", path, x, 1e-4, subtract)
        nodes = load(path).nodes
        layers = [(first, None), (lif1, recurrent_synaptic(nodes[lif1], nodes[lif1.replace("lif", "w_rec") if "." not in lif1 else lif1.split(".")[0] + ".w_rec"], subtract)),
                  (second, None), (lif2, synaptic(nodes[lif2], subtract, True))]
        snntorch_layers(f"{stem}-snntorch-{kind}", path, x, layers, subtract, True)
        add(f"{stem}-snntorch-read-{kind}", path, "snntorch", x, as_read(path, x, subtract), "", "subtract" if subtract else "")


def recurrent_graphs():
    dt = 1e-4
    nodes = {
        "input": nir.Input(np.array([5])), "fc1": nir.Affine(weights(8, 5), weights(8)),
        "lif1.lif": cuba(8, 2 * dt, 4 * dt, 4, 0, 1, 2), "lif1.w_rec": nir.Affine(weights(8, 8), weights(8)),
        "fc2": nir.Affine(weights(4, 8), weights(4)), "lif2": cuba(4, 4 * dt, 2 * dt, 2, 0, 1, 4),
        "output": nir.Output(np.array([4])),
    }
    edges = [("input", "fc1"), ("fc1", "lif1.lif"), ("lif1.lif", "lif1.w_rec"), ("lif1.w_rec", "lif1.lif"),
             ("lif1.lif", "fc2"), ("fc2", "lif2"), ("lif2", "output")]
    recurrent(graph("recurrent", nodes, edges), "fc1", "lif1.lif", "fc2", "lif2", 5)
    for name in ("braille_noDelay_bias_zero", "braille_noDelay_noBias_subtract"):
        recurrent(os.path.join("paper", name + ".nir"), "fc1", "lif1.lif", "fc2", "lif2", 12)
    # The same cycle in a graph of its own.
    inner = nir.NIRGraph(
        {"input": nir.Input(np.array([8])), "lif": nodes["lif1.lif"], "w_rec": nodes["lif1.w_rec"], "output": nir.Output(np.array([8]))},
        [("input", "lif"), ("lif", "w_rec"), ("w_rec", "lif"), ("lif", "output")], type_check=False)
    # In this order of names NIRTorch wires a nested graph once; a second time it fails.
    path = chain("nested", nodes["input"], nodes["fc1"], inner, nodes["fc2"], nodes["lif2"], nodes["output"])
    norse_case("nested-norse", path, bits(200, 5), dt)


def spatial_graphs():
    shape = (2, 9, 8)
    x = bits(40, *shape, rate=0.3)
    signed = lambda *shape: (random.integers(-4, 5, shape) / 8).astype(np.float32)
    conv = lambda o, i, size, k, **options: nir.Conv2d(input_shape=size, weight=signed(o, i, *k), bias=signed(o), **{"stride": (1, 1), "padding": (0, 0), "dilation": (1, 1), "groups": 1, **options})
    fires = lambda shape, r: nir.IF(r=full(shape, r), v_threshold=full(shape, 1), v_reset=full(shape, 0))
    pool = lambda kind, k, s, p: kind(kernel_size=np.array(k), stride=np.array(s), padding=np.array(p))
    flat = lambda *shape: nir.Flatten(input_type={"input": np.array(shape)}, start_dim=0, end_dim=-1)

    def network(name, r, groups, pooling):
        return chain(name, nir.Input(np.array(shape)),
                     conv(4, 2, (9, 8), (3, 2), stride=(2, 1), padding=(1, 2), dilation=(1, 2)), fires((4, 5, 10), r),
                     pooling((2, 2), (2, 2), (0, 0)), conv(6, 4 // groups, (2, 5), (2, 3), padding=(1, 0), groups=groups), fires((6, 3, 3), r),
                     flat(6, 3, 3), nir.Affine(signed(5, 54), signed(5)), fires((5,), r), nir.Output(np.array([5])))

    summed = lambda *window: pool(nir.SumPool2d, *window)
    averaged = lambda *window: pool(nir.AvgPool2d, *window)
    sinabs_case("convolution-sinabs", network("convolution", 1, 1, summed), x)
    norse_case("convolution-norse", os.path.join("graphs", "convolution.nir"), x)
    spikingjelly_case("convolution-spikingjelly", network("convolution_groups", 1e4, 2, averaged), x)
    x = bits(30, 2, 34, 34, rate=0.05)
    sinabs_case("cnn_sinabs-sinabs", os.path.join("paper", "cnn_sinabs.nir"), x)
    norse_case("cnn_sinabs-norse", os.path.join("paper", "cnn_sinabs.nir"), x)


def paper():
    x = bits(1000, 1, rate=0.3)
    path = os.path.join("paper", "lif_norse.nir")
    norse_case("lif_norse-norse", path, x, 1e-4)
    snntorch_case("lif_norse-snntorch", path, x)
    spikingjelly_case("lif_norse-spikingjelly", path, x)
    norse_case("two_lif_neurons-norse", os.path.join("paper", "two_lif_neurons.nir"), 40 * x, 1e-3)


def all_nodes():
    """A file with every node, in ways of writing that programs differ in; nothing runs it."""
    inner = nir.NIRGraph({"input": nir.Input(np.array([4])), "scale": nir.Scale(full(4, 0.5)), "output": nir.Output(np.array([4]))},
                         [("input", "scale"), ("scale", "output")], type_check=False)
    nodes = {
        "input": nir.Input(np.array([2, 6])),
        "conv1d": nir.Conv1d(input_shape=6, weight=weights(2, 1, 3), stride=1, padding="same", dilation=1, groups=2, bias=weights(2)),
        "flat": nir.Flatten(input_type={"input": np.array([2, 6])}, start_dim=0, end_dim=-1),
        "linear": nir.Linear(weights(4, 12).astype(np.float64)), "i": nir.I(full(4, 2)),
        "li": nir.LI(tau=full(4, 0.01), r=full(4, 1), v_leak=full(4, 0)),
        "cubali": nir.CubaLI(tau_syn=full(4, 0.01), tau_mem=full(4, 0.02), r=full(4, 1), v_leak=full(4, 0), w_in=full(4, 2)),
        "threshold": nir.Threshold(full(4, 0.5)), "delay": nir.Delay(full(4, 0.002)), "inner": inner,
        "cubalif": cuba(4, 0.01, 0.02, 1, 0, 1, 1), "lif": lif(4, 0.01, 1, 0, 1), "if": nir.IF(full(4, 1), full(4, 1), full(4, 0.25)),
        "affine": nir.Affine(weights(4, 4), weights(4)), "output": nir.Output(np.array([4])),
    }
    names = list(nodes)
    graph("all_nodes", nodes, list(zip(names, names[1:])), {"author": "make_vectors.py", "über": "τ"})


def exact(net):
    """Multiples of 1/8 for the weights of PyTorch's modules."""
    with torch.no_grad():
        for module in net.modules():
            if isinstance(module, (torch.nn.Linear, torch.nn.Conv2d)):
                for values in (module.weight, module.bias):
                    values.copy_(torch.from_numpy(weights(*values.shape)))
    return net


def exported(name, made):
    path = os.path.join("exports", name + ".nir")
    nir.write(os.path.join(HERE, path), made, compression=None)
    return path


def exported_by_snntorch(name, net, x):
    """The network that is exported answers, not one that is read back."""
    path = exported(name, snntorch_to_nir(exact(net), torch.zeros(1, 5), ignore_dims=[0]))
    snntorch.utils.reset(net)
    with torch.no_grad():
        y = np.stack([net(step[None])[0].numpy()[0] for step in torch.from_numpy(x.astype(np.float32))])
    add(name, path, "snntorch", x, y, "", "subtract", "late")


def exported_by_sinabs(name, net, x):
    given = torch.from_numpy(x.astype(np.float32))
    path = exported(name, sinabs.nir.to_nir(exact(net), given[:1]))
    sinabs.reset_states(net)
    with torch.no_grad():
        add(name, path, "sinabs", x, net(given).numpy())


def exported_by_spikingjelly(name, net, x):
    path = exported(name, spikingjelly_to_nir(exact(net), torch.zeros(1, *x.shape[1:])))
    reset_net(net)
    net.eval()
    with torch.no_grad():
        y = np.stack([net(step[None]).numpy()[0] for step in torch.from_numpy(x.astype(np.float32))])
    add(name, path, "spikingjelly", x, y, 1e-4)


def exporters():
    sequence, linear = torch.nn.Sequential, torch.nn.Linear
    x = bits(200, 5)
    each = lambda n, value: torch.full((n,), value)
    exported_by_snntorch("snntorch-leaky", sequence(
        linear(5, 8), snntorch.Leaky(beta=each(8, 0.75), threshold=each(8, 1.0), init_hidden=True),
        linear(8, 4), snntorch.Leaky(beta=each(4, 0.5), threshold=each(4, 1.0), init_hidden=True, output=True)), x)
    exported_by_snntorch("snntorch-rsynaptic", sequence(
        linear(5, 8), snntorch.RSynaptic(alpha=0.5, beta=0.75, threshold=8.0, linear_features=8, init_hidden=True),
        linear(8, 4), snntorch.Synaptic(alpha=each(4, 0.5), beta=each(4, 0.75), threshold=each(4, 6.0),
                                        init_hidden=True, output=True)), x)
    # The files do not hold min_v_mem and norm_input, so networks get what sinabs gives to those that it reads.
    exported_by_sinabs("sinabs-iaf", sequence(
        linear(5, 8), sinabs.layers.IAFSqueeze(min_v_mem=-1.0, batch_size=1),
        linear(8, 4), sinabs.layers.IAFSqueeze(min_v_mem=-1.0, batch_size=1)), x)
    # Its parameters are single numbers, without axes.
    exported_by_sinabs("sinabs-lif", sequence(
        linear(5, 8), sinabs.layers.LIFSqueeze(tau_mem=4.0, norm_input=False, batch_size=1),
        linear(8, 4), sinabs.layers.ExpLeakSqueeze(tau_mem=4.0, norm_input=False, batch_size=1)), x)
    exported_by_spikingjelly("spikingjelly-convolution", sequence(
        spikingjelly_layer.Conv2d(1, 2, 3), spikingjelly_neuron.LIFNode(tau=2.0),
        spikingjelly_layer.AvgPool2d(2, 2), spikingjelly_layer.Flatten(),
        spikingjelly_layer.Linear(8, 4), spikingjelly_neuron.IFNode()), bits(40, 1, 6, 6))


vector_graphs()
current_based()
recurrent_graphs()
spatial_graphs()
paper()
all_nodes()
exporters()
np.savez_compressed(os.path.join(HERE, "vectors.npz"), **vectors)
with open(os.path.join(HERE, "cases.csv"), "w", newline="") as table:
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(["case", "file", "dialect", "dt", "reset", "late", "spikes"])
    writer.writerows(cases)
