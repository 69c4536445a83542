package org.dl4jsnn.nir;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import io.jhdf.exceptions.HdfWritingException;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.dl4jsnn.internal.io.AtomicFile;

/** Writes a graph as the format's reference package does: 64-bit whole numbers, UTF-8 texts. */
record GraphWriter(NirGraph graph) {

  /** The version of the package with this layout. */
  private static final String VERSION = "1.0";

  /** jhdf damages files with longer names. */
  private static final int LONGEST_NAME = 254;

  void write(Path file) throws IOException {
    // jhdf writes to paths only.
    Path whole = temporary();
    try {
      make(whole);
      AtomicFile.replace(file, out -> Files.copy(whole, out));
    } finally {
      Files.deleteIfExists(whole);
    }
  }

  private static Path temporary() throws IOException {
    try {
      return Files.createTempFile("graph", ".nir");
    } catch (IOException e) {
      throw cannotMake(e, e);
    }
  }

  private void make(Path whole) throws IOException {
    try (WritableHdfFile hdf = HdfFile.write(whole)) {
      hdf.putDataset("version", VERSION);
      write("the graph", graph, hdf.putGroup("node"));
    } catch (HdfWritingException e) {
      if (e.getCause() instanceof IOException disk) {
        throw cannotMake(disk, e);
      }
      throw e;
    }
  }

  /** A failure of the temporary file, whose name nobody has chosen. */
  static IOException cannotMake(IOException disk, Exception cause) {
    String reason = disk.getMessage();
    if (disk instanceof NoSuchFileException) {
      reason = "there is no such folder";
    } else if (disk instanceof AccessDeniedException) {
      reason = "no permission";
    }
    return new IOException(
        "cannot make the graph in the temporary folder "
            + System.getProperty("java.io.tmpdir")
            + ": "
            + reason
            + ". Make room there, or name another folder with -Djava.io.tmpdir",
        cause);
  }

  private static void write(String name, NirNode node, WritableGroup group) {
    group.putDataset("type", node.type());
    if (node instanceof NirGraph inner) {
      writeGraph(name, inner, group);
    } else if (node instanceof NirNeurons neurons) {
      NeuronShapes.require(name, neurons);
      neurons.parameters().forEach((key, tensor) -> put(group, key, tensor));
    } else if (node instanceof NirWeights weights) {
      write(name, weights, group);
    } else {
      write(name, (NirPlumbing) node, group);
    }
  }

  private static void writeGraph(String name, NirGraph graph, WritableGroup group) {
    if (graph.edges().isEmpty()) {
      throw new NirRefusedException(
          name, graph, "a graph must have at least one edge to be written");
    }
    String[][] edges =
        graph.edges().stream()
            .map(edge -> new String[] {edge.from(), edge.to()})
            .toArray(String[][]::new);
    group.putDataset("edges", edges);
    WritableGroup nodes = group.putGroup("nodes");
    graph.nodes().forEach((key, node) -> write(key, node, nodes.putGroup(writable(key, node))));
    if (!graph.metadata().isEmpty()) {
      WritableGroup metadata = group.putGroup("metadata");
      graph.metadata().forEach((key, text) -> metadata.putDataset(writable(key, graph), text));
    }
  }

  /** In HDF5 a slash separates the names of a path. */
  private static String writable(String name, NirNode node) {
    if (name.isEmpty() || name.contains("/") || name.equals(".")) {
      throw new NirRefusedException(
          name, node, "a name must not be empty, a dot, or contain a slash to be written");
    }
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > LONGEST_NAME) {
      throw new NirRefusedException(
          name,
          node,
          "a name must have at most "
              + LONGEST_NAME
              + " bytes in UTF-8 to be written, got "
              + bytes);
    }
    return name;
  }

  private static void write(String name, NirWeights node, WritableGroup group) {
    if (node instanceof NirWeights.Affine affine) {
      put(group, "weight", affine.weight());
      put(group, "bias", affine.bias());
    } else if (node instanceof NirWeights.Linear linear) {
      put(group, "weight", linear.weight());
    } else if (node instanceof NirWeights.Scale scale) {
      put(group, "scale", scale.scale());
    } else if (node instanceof NirWeights.Conv1d convolution) {
      put(group, "weight", convolution.weight());
      put(group, "bias", convolution.bias());
      if (convolution.inputLength() > 0) {
        group.putDataset("input_shape", (long) convolution.inputLength());
      }
      NirWeights.Axis axis = convolution.axis();
      group.putDataset("stride", (long) axis.stride());
      if (axis.padding() == NirWeights.Axis.SAME) {
        group.putDataset("padding", "same");
      } else {
        group.putDataset("padding", (long) axis.padding());
      }
      group.putDataset("dilation", (long) axis.dilation());
      group.putDataset("groups", (long) convolution.groups());
    } else if (node instanceof NirWeights.Conv2d convolution) {
      write(name, convolution, group);
    }
  }

  private static void write(String name, NirWeights.Conv2d convolution, WritableGroup group) {
    boolean same = convolution.rows().padding() == NirWeights.Axis.SAME;
    if (same != (convolution.columns().padding() == NirWeights.Axis.SAME)) {
      throw new NirRefusedException(
          name,
          convolution,
          "padding must be \"same\" on both axes or on neither to be written, got it on the "
              + (same ? "rows" : "columns")
              + " alone");
    }
    put(group, "weight", convolution.weight());
    put(group, "bias", convolution.bias());
    if (convolution.inputHeight() > 0) {
      put(group, "input_shape", convolution.inputHeight(), convolution.inputWidth());
    }
    NirWeights.Axis rows = convolution.rows();
    NirWeights.Axis columns = convolution.columns();
    put(group, "stride", rows.stride(), columns.stride());
    if (same) {
      group.putDataset("padding", "same");
    } else {
      put(group, "padding", rows.padding(), columns.padding());
    }
    put(group, "dilation", rows.dilation(), columns.dilation());
    group.putDataset("groups", (long) convolution.groups());
  }

  private static void write(String name, NirPlumbing node, WritableGroup group) {
    if (node instanceof NirPlumbing.Input input) {
      put(group, "shape", known(name, node, input.shape()));
    } else if (node instanceof NirPlumbing.Output output) {
      put(group, "shape", known(name, node, output.shape()));
    } else if (node instanceof NirPlumbing.Delay delay) {
      put(group, "delay", delay.delay());
    } else if (node instanceof NirPlumbing.SumPool2d pool) {
      write(pool.rows(), pool.columns(), group);
    } else if (node instanceof NirPlumbing.AvgPool2d pool) {
      write(pool.rows(), pool.columns(), group);
    } else if (node instanceof NirPlumbing.Flatten flatten) {
      if (flatten.inputShape().length > 0) {
        put(group, "input_type", flatten.inputShape());
      }
      group.putDataset("start_dim", (long) flatten.startDim());
      group.putDataset("end_dim", (long) flatten.endDim());
    }
  }

  private static int[] known(String name, NirNode node, int[] shape) {
    if (shape.length == 0) {
      throw new NirRefusedException(name, node, "the shape must be known to be written, got none");
    }
    return shape;
  }

  private static void write(
      NirPlumbing.Window rows, NirPlumbing.Window columns, WritableGroup group) {
    put(group, "kernel_size", rows.kernel(), columns.kernel());
    put(group, "stride", rows.stride(), columns.stride());
    put(group, "padding", rows.padding(), columns.padding());
  }

  private static void put(WritableGroup group, String name, int... numbers) {
    group.putDataset(name, Arrays.stream(numbers).asLongStream().toArray());
  }

  private static void put(WritableGroup group, String name, NirTensor tensor) {
    Object flat = tensor.isSingle() ? tensor.values() : tensor.doubles();
    group.putDataset(name, nested(flat, tensor.shape(), 0, new int[1]));
  }

  /** Nested arrays, which jhdf writes as axes. */
  private static Object nested(Object flat, int[] shape, int axis, int[] next) {
    Class<?> type = flat.getClass().getComponentType();
    if (shape.length == 0) {
      return Array.get(flat, 0);
    }
    if (axis == shape.length - 1) {
      Object row = Array.newInstance(type, shape[axis]);
      System.arraycopy(flat, next[0], row, 0, shape[axis]);
      next[0] += shape[axis];
      return row;
    }
    int[] rest = Arrays.copyOfRange(shape, axis, shape.length);
    Object rows = Array.newInstance(type, rest);
    for (int i = 0; i < shape[axis]; i++) {
      Array.set(rows, i, nested(flat, shape, axis + 1, next));
    }
    return rows;
  }
}
