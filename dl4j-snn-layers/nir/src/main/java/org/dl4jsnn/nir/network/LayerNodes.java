package org.dl4jsnn.nir.network;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.conf.LeakyReadOut;
import org.dl4jsnn.conf.SpikingConvolution1D;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingDepthwiseConvolution2D;
import org.dl4jsnn.conf.SpikingGlobalPooling;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.conf.SpikingRecurrent;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.layer.SpikingDelayLayer;
import org.dl4jsnn.internal.walk.NetworkPart;
import org.dl4jsnn.nir.NirNeurons;
import org.dl4jsnn.nir.NirNode;
import org.dl4jsnn.nir.NirPlumbing;
import org.dl4jsnn.nir.NirTensor;
import org.dl4jsnn.nir.NirWeights;
import org.dl4jsnn.nir.network.ExportedNodes.Branch;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.synapse.Recurrence;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Layers as nodes. Neurons get the layer's name; nodes before them get that name plus their kind.
 */
record LayerNodes(ExportedNodes writer, WeightNodes weights, NeuronNodes neurons) {

  /** A layer's nodes. */
  Branch of(NetworkPart part, Layer layer, List<Branch> branches) {
    INDArray w = ExportRun.param(part, Synapse.WEIGHT);
    INDArray b = ExportRun.param(part, Synapse.BIAS);
    String name = part.name() + "_weight";
    if (layer instanceof SpikingDense dense) {
      return fire(part, dense, weights.dense(name, branches, w, b), vector(w.size(1)));
    }
    if (layer instanceof SpikingRecurrent recurrent) {
      return recur(part, recurrent, weights.dense(name, branches, w, b), vector(w.size(1)));
    }
    if (layer instanceof LeakyReadOut readOut) {
      List<String> nodes = weights.dense(name, branches, w, b);
      return integrate(part, readOut, nodes, vector(w.size(1)));
    }
    if (layer instanceof SpikingConvolution2D convolution) {
      return convolve(part, convolution, convolution.getWindow(), false, branches);
    }
    if (layer instanceof SpikingConvolution1D convolution) {
      return convolve(part, convolution, convolution.getWindow(), false, branches);
    }
    if (layer instanceof SpikingDepthwiseConvolution2D convolution) {
      return convolve(part, convolution, convolution.getWindow(), true, branches);
    }
    if (layer instanceof SpikingPooling2D pooling) {
      return pool(part, pooling, ExportRun.only(branches));
    }
    if (layer instanceof SpikingGlobalPooling pooling) {
      return poolAll(part, pooling.getPoolingType(), ExportRun.only(branches));
    }
    if (part.layer() instanceof SpikingDelayLayer delay) {
      return delay(part, delay, ExportRun.only(branches));
    }
    throw new IllegalArgumentException(
        "a layer must have an equivalent node, got a layer of another kind");
  }

  private static int[] vector(long length) {
    return new int[] {(int) length};
  }

  /** Several nodes whose sum is passed on. */
  Branch sum(List<String> nodes, int length) {
    return new Branch(nodes, vector(length));
  }

  private Branch fire(NetworkPart part, BaseSpikingLayer layer, List<String> from, int[] shape) {
    if (!layer.hasNeurons()) {
      return new Branch(from, shape); // currents, which the nodes of other layers add
    }
    NirNeurons node = neurons.of(layer, part.layer().paramTable(), shape);
    return Branch.of(writer.add(part.name(), node, from), shape);
  }

  /** Without leaks and synaptic currents the input is passed on unchanged. */
  private Branch integrate(NetworkPart part, LeakyReadOut layer, List<String> from, int[] shape) {
    Optional<String> origin = Metadata.origin(part);
    if (origin.isPresent()) {
      NirNode node = neurons.original(origin.get(), shape);
      return Branch.of(writer.add(part.name(), node, from), shape);
    }
    double[] leaks = layer.getLeaks();
    Optional<double[]> synapticDecay = layer.getSynapticDecay();
    if (synapticDecay.isEmpty() && Arrays.stream(leaks).allMatch(leak -> leak == 0)) {
      return sum(from, shape[0]);
    }
    NirNode node =
        synapticDecay.isPresent()
            ? neurons.synapticIntegrators(leaks, synapticDecay.get(), shape)
            : neurons.integrators(leaks, shape);
    return Branch.of(writer.add(part.name(), node, from), shape);
  }

  /**
   * Neurons and their recurrent weights as a cycle in the graph itself, since Norse and snnTorch
   * fail on a graph in a graph.
   */
  private Branch recur(NetworkPart part, SpikingRecurrent layer, List<String> from, int[] shape) {
    NirNeurons node = neurons.of(layer, part.layer().paramTable(), shape);
    INDArray recurrent = ExportRun.param(part, Recurrence.WEIGHT);
    String name = writer.add(part.name(), node, from);
    boolean oneToOne = layer.isOneToOne();
    NirTensor rows =
        NirTensor.of(
            new int[] {shape[0], shape[0]}, rows(HostArrays.floats(recurrent), oneToOne, shape[0]));
    String back = writer.add(part.name() + "_w_rec", new NirWeights.Linear(rows), List.of(name));
    writer.addEdge(back, name);
    writer.reads(
        back,
        read ->
            HostArrays.copy(
                weights(WeightNodes.weight(read).values(), oneToOne, shape[0]), recurrent));
    return Branch.of(name, shape);
  }

  /** A node's weights [to, from] of recurrent weights [from, to], or of their diagonal. */
  private static float[] rows(float[] weights, boolean oneToOne, int size) {
    if (!oneToOne) {
      return LinearMap.transposed(weights, size, size);
    }
    float[] rows = new float[size * size];
    for (int i = 0; i < size; i++) {
      rows[i * size + i] = weights[i];
    }
    return rows;
  }

  /** Recurrent weights of those of a node. */
  private static float[] weights(float[] rows, boolean oneToOne, int size) {
    if (!oneToOne) {
      return LinearMap.transposed(rows, size, size);
    }
    float[] diagonal = new float[size];
    for (int i = 0; i < size; i++) {
      diagonal[i] = rows[i * size + i];
    }
    return diagonal;
  }

  private Branch convolve(
      NetworkPart part,
      BaseSpikingLayer layer,
      Window2D window,
      boolean depthwise,
      List<Branch> branches) {
    INDArray w = ExportRun.param(part, Synapse.WEIGHT);
    INDArray b = ExportRun.param(part, Synapse.BIAS);
    Branch first = branches.get(0);
    FeatureShape output = window.outputShape(Term.feature(first.shape()), (int) w.size(0));
    int[] shape =
        first.shape().length == 2 ? new int[] {output.channels(), output.width()} : image(output);
    List<String> nodes =
        weights.convolution(part.name() + "_weight", branches, window, depthwise, w, b);
    return fire(part, layer, nodes, shape);
  }

  private static int[] image(FeatureShape shape) {
    return new int[] {shape.channels(), shape.height(), shape.width()};
  }

  private Branch pool(NetworkPart part, SpikingPooling2D layer, Branch branch) {
    FeatureShape input = Term.feature(branch.shape());
    int[] shape = image(layer.getWindow().outputShape(input, input.channels()));
    NirPlumbing.Window rows = window(layer.getWindow().rows());
    NirPlumbing.Window columns = window(layer.getWindow().columns());
    if (layer.hasNeurons()
        && rows.kernel() * columns.kernel() == 1
        && rows.stride() == 1
        && columns.stride() == 1) {
      return fire(part, layer, branch.sources(), shape);
    }
    if (layer.hasNeurons()) {
      NirNode node = new NirPlumbing.AvgPool2d(rows, columns);
      String pool = writer.add(part.name() + "_pool", node, branch.sources());
      return fire(part, layer, List.of(pool), shape);
    }
    NirNode node = new NirPlumbing.SumPool2d(rows, columns);
    return Branch.of(writer.add(part.name(), node, branch.sources()), shape);
  }

  private static NirPlumbing.Window window(Window2D.Axis axis) {
    return new NirPlumbing.Window(axis.kernel(), axis.stride(), axis.padding());
  }

  private Branch delay(NetworkPart part, SpikingDelayLayer layer, Branch branch) {
    int[] steps = layer.steps(Term.feature(branch.shape()));
    float[] seconds = new float[steps.length];
    for (int i = 0; i < steps.length; i++) {
      Require.not(
          steps[i] > NirPlumbing.Delay.MOST_STEPS,
          "delays must be at most %s steps, the limit of a graph, got %s",
          NirPlumbing.Delay.MOST_STEPS,
          steps[i]);
      seconds[i] = (float) (steps[i] * neurons.timeStep());
    }
    NirNode node = new NirPlumbing.Delay(NirTensor.of(branch.shape(), seconds));
    return Branch.of(writer.add(part.name(), node, branch.sources()), branch.shape());
  }

  private Branch poolAll(NetworkPart part, PoolingType type, Branch branch) {
    FeatureShape input = Term.feature(branch.shape());
    NirPlumbing.Window rows = new NirPlumbing.Window(input.height(), input.height(), 0);
    NirPlumbing.Window columns = new NirPlumbing.Window(input.width(), input.width(), 0);
    NirNode node =
        type == PoolingType.AVG
            ? new NirPlumbing.AvgPool2d(rows, columns)
            : new NirPlumbing.SumPool2d(rows, columns);
    String pool = writer.add(part.name() + "_pool", node, branch.sources());
    NirNode flatten = new NirPlumbing.Flatten(new int[] {input.channels(), 1, 1}, 0, -1);
    int[] shape = {input.channels()};
    return Branch.of(writer.add(part.name(), flatten, List.of(pool)), shape);
  }
}
