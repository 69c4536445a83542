package org.dl4jsnn.internal.simulate;

import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.synapse.AverageSynapse;
import org.dl4jsnn.synapse.ConvolutionSynapse;
import org.dl4jsnn.synapse.DenseSynapse;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Synapses of parameterised tests. */
record NamedSynapse(String name, Synapse synapse) {

  @FunctionalInterface
  interface Weights {
    INDArray of(long... shape);
  }

  FeatureShape input() {
    return synapse.inputShape();
  }

  static NamedSynapse dense(
      String name, FeatureShape input, int outputs, boolean bias, Weights weights) {
    INDArray matrix = weights.of(input.neurons(), outputs);
    return new NamedSynapse(
        name, new DenseSynapse(input, matrix, bias ? weights.of(outputs) : null));
  }

  static NamedSynapse convolution(
      String name,
      FeatureShape input,
      Window2D window,
      int outputs,
      boolean bias,
      Weights weights) {
    INDArray kernel =
        weights.of(outputs, input.channels(), window.rows().kernel(), window.columns().kernel());
    return new NamedSynapse(
        name, new ConvolutionSynapse(window, input, kernel, bias ? weights.of(outputs) : null));
  }

  static NamedSynapse average(String name, FeatureShape input, Window2D window) {
    return new NamedSynapse(name, new AverageSynapse(new PoolingWindows(window, input)));
  }

  /** A square one, padded at its ends or not at all. */
  static Window2D window(int kernel, int stride, boolean same) {
    Window2D.Axis axis = new Window2D.Axis(kernel, stride, 0, 1, same);
    return new Window2D(axis, axis);
  }

  @Override
  public String toString() {
    return name;
  }
}
