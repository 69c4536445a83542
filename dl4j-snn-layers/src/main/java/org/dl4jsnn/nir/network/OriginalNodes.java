package org.dl4jsnn.nir.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.nir.NirDialect;
import org.dl4jsnn.nir.NirNeurons;
import org.dl4jsnn.nir.NirTensor;
import org.dl4jsnn.nir.dialect.DialectNeuron;
import org.dl4jsnn.nir.dialect.DialectNode;
import org.dl4jsnn.spike.FeatureShape;

/** Nodes that a dialect made neurons or integrators of, as they were read. */
final class OriginalNodes {

  private OriginalNodes() {}

  /**
   * The node of neurons of a dialect.
   *
   * @param initial the neurons as they were imported
   * @param learned the neurons with what their layer has learned
   * @param timeStep dt of the export, s
   * @param shape of the node
   * @throws IllegalArgumentException if the neurons are no longer those of a node
   */
  static NirNeurons of(
      DialectNeuron initial, NeuronDynamics learned, double timeStep, int[] shape) {
    DialectNode origin = initial.node();
    if (origin == null) {
      throw new IllegalArgumentException(
          "neurons of a dialect must keep the node that they were made of, got none. Possible"
              + " cause: neurons that NirImport did not make, or an earlier version imported them");
    }
    if (!initial.equals(learned)) {
      throw new IllegalArgumentException(
          "neurons of a dialect must not learn parameters of their own, since their node has"
              + " others, got "
              + learned.parameters().stream().filter(p -> p.isLearned()).toList());
    }
    NirNeurons channels = neurons(origin, new int[] {numbers(origin)});
    if (!NirDialect.of(origin).makes("neurons", channels, initial)) {
      throw new IllegalArgumentException(
          "neurons of a dialect must be those of their node, got others than "
              + origin.parameters()
              + " make in the dialect "
              + origin.dialect());
    }
    return of(origin, timeStep, shape);
  }

  /**
   * A node in full shape.
   *
   * @throws IllegalArgumentException if a step of the export stands for another time
   */
  static NirNeurons of(DialectNode origin, double timeStep, int[] shape) {
    if (origin.timeStep() != timeStep) {
      throw new IllegalArgumentException(
          "time step must be that by which the neurons were imported, "
              + origin.timeStep()
              + " s ("
              + NirDialect.of(origin)
              + "), got "
              + timeStep);
    }
    return neurons(origin, shape);
  }

  /** How many different channels a node has: 1 where all are the same. */
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
