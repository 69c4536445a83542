"""Makes the files in hostile/: HDF5 that a reader of graphs must refuse, with little memory."""
import os
import zlib

import h5py
import numpy as np

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "hostile")
os.makedirs(HERE, exist_ok=True)
TEXT = h5py.string_dtype()


def made(name, fill, edges=(("in", "a"),)):
    with h5py.File(os.path.join(HERE, name + ".h5"), "w") as file:
        file.create_dataset("version", data="1.0", dtype=TEXT)
        graph = file.create_group("node")
        graph.create_dataset("type", data="NIRGraph", dtype=TEXT)
        graph.create_dataset("edges", data=np.array(edges, dtype=object), dtype=TEXT)
        nodes = graph.create_group("nodes")
        node = nodes.create_group("in")
        node.create_dataset("type", data="Input", dtype=TEXT)
        node.create_dataset("shape", data=np.array([2]))
        fill(file, graph, nodes)


def node(nodes, kind, name="a"):
    group = nodes.create_group(name)
    group.create_dataset("type", data=kind, dtype=TEXT)
    return group


def cycle(file, graph, nodes):
    nodes["a"] = graph


def soft(file, graph, nodes):
    node(nodes, "Linear")["weight"] = h5py.SoftLink("/node/nodes/in/shape")


def external(file, graph, nodes):
    node(nodes, "Linear")["weight"] = h5py.ExternalLink("/etc/passwd", "/weight")


def huge(file, graph, nodes):
    node(nodes, "Linear").create_dataset("weight", shape=(1 << 20, 1 << 20), dtype="f4", chunks=None)


def huge_gzip(file, graph, nodes):
    node(nodes, "Linear").create_dataset("weight", shape=(1 << 20, 1 << 20), dtype="f4", chunks=(1 << 14, 1 << 14),
                                         compression="gzip")


def deep(file, graph, nodes):
    for _ in range(40):
        inner = node(nodes, "NIRGraph")
        inner.create_dataset("edges", data=np.array([("a", "a")], dtype=object), dtype=TEXT)
        nodes = inner.create_group("nodes")
    node(nodes, "Linear").create_dataset("weight", data=np.ones((2, 2)))


def bomb(file, graph, nodes):
    """16 MiB of zeros in 17 KiB, in twenty places."""
    shared = node(nodes, "Linear").create_dataset("weight", data=np.zeros((1024, 4096), np.float32),
                                                  chunks=(1024, 4096), compression="gzip", compression_opts=9)
    for i in range(20):
        node(nodes, "Linear", f"b{i}")["weight"] = shared


def compound(file, graph, nodes):
    node(nodes, "Linear").create_dataset("weight", data=np.zeros((2, 2), [("x", "f4"), ("y", "i4")]))


def spread(shape, chunks):
    """A single number beside a parameter whose shape is only a claim: no chunk of it is written."""
    def fill(file, graph, nodes):
        neurons = node(nodes, "IF")
        neurons.create_dataset("r", data=np.float32(1))
        neurons.create_dataset("v_threshold", shape=shape, dtype="f4", chunks=chunks)
    return fill


def letters(file, graph, nodes):
    """Texts of one byte, which are objects."""
    del graph["edges"]
    graph.create_dataset("edges", data=np.full((1 << 22, 2), b"a"), chunks=(1 << 22, 2), compression="gzip",
                         compression_opts=9)


def unwritten(file, graph, nodes):
    """Texts of which nothing was written."""
    del graph["edges"]
    graph.create_dataset("edges", shape=(2, 2), dtype="S8")


def column(file, graph, nodes):
    """Whole numbers of a byte in rows of one, which are objects."""
    node(nodes, "Linear").create_dataset("weight", data=np.zeros((1 << 23, 1), np.int8), chunks=(1 << 23, 1),
                                         compression="gzip", compression_opts=9)


def references(rows, compression=None):
    """Many edges whose names are all the same long text of the file."""
    def fill(file, graph, nodes):
        del graph["edges"]
        names = np.full((rows, 2), "", dtype=object)
        names[0] = "a" * (1 << 15)
        graph.create_dataset("edges", data=names, dtype=TEXT, chunks=compression and (rows, 2),
                             compression=compression)
    return fill


def repeat_first_reference(name):
    """Lets all texts of a row of edges be the first one."""
    path = os.path.join(HERE, name + ".h5")
    with h5py.File(path, "r+") as file:
        edges = file["node/edges"]
        count, offset = edges.size, edges.id.get_offset()
        if offset is None:
            chunk = zlib.decompress(edges.id.read_direct_chunk((0, 0))[1])
            edges.id.write_direct_chunk((0, 0), zlib.compress(chunk[:16] * count, 9))
            return
    with open(path, "r+b") as file:
        file.seek(offset)
        first = file.read(16)
        file.seek(offset)
        file.write(first * count)


made("cycle", cycle)
made("soft", soft)
made("external", external)
made("huge", huge)
made("huge-gzip", huge_gzip)
made("deep", deep)
made("bomb", bomb)
made("compound", compound)
made("spread", spread((1 << 28,), (1 << 10,)))
made("spread-overflow", spread((1 << 16, 1 << 16), (8, 8)))
made("letters", letters)
made("unwritten", unwritten)
made("column", column)
made("references", references(4096))
repeat_first_reference("references")
made("references-gzip", references(4096, "gzip"))
repeat_first_reference("references-gzip")


def another_writer():
    """Not hostile: names of edges in gzipped chunks, and unsigned whole numbers of 64 bits."""
    with h5py.File(os.path.join(HERE, "..", "graphs", "another_writer.nir"), "w") as file:
        file.create_dataset("version", data="1.0", dtype=TEXT)
        graph = file.create_group("node")
        graph.create_dataset("type", data="NIRGraph", dtype=TEXT)
        edges = np.array([("in", "conv"), ("conv", "out")], dtype=object)
        graph.create_dataset("edges", data=edges, dtype=TEXT, chunks=(2, 2), compression="gzip")
        nodes = graph.create_group("nodes")
        node(nodes, "Input", "in")["shape"] = np.array([2, 5], np.uint64)
        conv = node(nodes, "Conv1d", "conv")
        conv["input_shape"] = np.uint64(5)
        conv["weight"] = np.ones((3, 2, 3), np.float32)
        conv["bias"] = np.zeros(3, np.float32)
        for name, number in (("stride", 1), ("padding", 1), ("dilation", 1), ("groups", 1)):
            conv[name] = np.uint64(number)
        node(nodes, "Output", "out")["shape"] = np.array([3, 5], np.uint64)


another_writer()
