package org.dl4jsnn.nir.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.linear.LinearNeuron;
import org.dl4jsnn.nir.DialectNode;
import org.dl4jsnn.nir.NirDialect;
import org.dl4jsnn.nir.NirNeurons;
import org.dl4jsnn.nir.NirTensor;
import org.dl4jsnn.spike.FeatureShape;

/** The nodes of a dialect's neurons and integrators, as read. */
final class OriginalNodes {

  private OriginalNodes() {}

  /**
   * The node of a dialect's neurons.
   *
   * @param initial the neurons as imported
   * @param learned the neurons with their layer's learned parameters
   * @param timeStep dt of the export in s
   * @param shape the shape of the node
   * @throws IllegalArgumentException if the neurons no longer match a node
   */
  static NirNeurons of(LinearNeuron initial, NeuronDynamics learned, double timeStep, int[] shape) {
    if (initial.origin() == null) {
      throw new IllegalArgumentException(
          "neurons of a dialect must keep their original node, got none. Possible cause: NirImport "
              + "did not make them, or an earlier version imported them");
    }
    DialectNode origin = DialectNode.read(initial.origin());
    if (!initial.equals(learned)) {
      throw new IllegalArgumentException(
          "neurons of a dialect must not learn parameters, since their node has other values, got "
              + learned.parameters().stream().filter(p -> p.isLearned()).toList());
    }
    NirNeurons channels = neurons(origin, new int[] {numbers(origin)});
    if (!NirDialect.of(origin).makes("neurons", channels, initial)) {
      throw new IllegalArgumentException(
          "neurons of a dialect must match their node, got others than "
              + origin.parameters()
              + " make in the dialect "
              + origin.dialect());
    }
    return of(origin, timeStep, shape);
  }

  /**
   * A node with full shape.
   *
   * @throws IllegalArgumentException if the export has another time step
   */
  static NirNeurons of(DialectNode origin, double timeStep, int[] shape) {
    if (origin.timeStep() != timeStep) {
      throw new IllegalArgumentException(
          "time step must equal that of the import of the neurons, "
              + origin.timeStep()
              + " s ("
              + NirDialect.of(origin)
              + "), got "
              + timeStep);
    }
    return neurons(origin, shape);
  }

  /** The number of different channels of a node: 1 if all are equal. */
  private static int numbers(DialectNode origin) {
    return origin.parameters().values().stream().mapToInt(List::size).max().orElse(1);
  }

  private static NirNeurons neurons(DialectNode origin, int[] shape) {
    Map<String, NirTensor> tensors = new LinkedHashMap<>();
    origin
        .parameters()
        .forEach(
            (name, values) ->
                tensors.put(name, full(values, origin.doubles().contains(name), shape)));
    return NirNeurons.of(origin.type(), tensors);
  }

  private static NirTensor full(List<Double> values, boolean isDouble, int[] shape) {
    FeatureShape layer = Term.feature(shape);
    if (values.size() != 1 && values.size() != layer.channels()) {
      throw new IllegalArgumentException(
          "numbers of a node must be one for all neurons or one for each of "
              + layer.channels()
              + " channels, got "
              + values.size());
    }
    double[] all = new double[layer.neurons()];
    for (int i = 0; i < all.length; i++) {
      all[i] = values.get(values.size() == 1 ? 0 : i / layer.positions());
    }
    if (isDouble) {
      return NirTensor.ofDoubles(shape, all);
    }
    float[] singles = new float[all.length];
    for (int i = 0; i < all.length; i++) {
      singles[i] = (float) all[i];
    }
    return NirTensor.of(shape, singles);
  }
}
