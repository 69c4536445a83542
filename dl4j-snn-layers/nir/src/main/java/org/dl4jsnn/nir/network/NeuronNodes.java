package org.dl4jsnn.nir.network;

import java.util.Arrays;
import java.util.Map;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.conf.SpikingGlobalPooling;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.internal.Precision;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronParameter;
import org.dl4jsnn.neuron.linear.LinearNeuron;
import org.dl4jsnn.nir.NirDialect;
import org.dl4jsnn.nir.NirNeurons;
import org.dl4jsnn.nir.NirTensor;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Layer neurons as nodes (equations 67 and 68 of docs/mathematics.md). */
record NeuronNodes(double timeStep) {

  /** The parameter of a reset to a value. */
  private static final String RESET_VALUE = "reset value";

  /** The neurons of a layer with their learned parameters. */
  NirNeurons of(BaseSpikingLayer layer, Map<String, INDArray> parameters, int[] shape) {
    NeuronDynamics neuron = layer.getNeuron();
    return NodeForm.of(neuron).node(this, neuron, layer.learnedNeuron(parameters), shape);
  }

  /**
   * Neurons with a synaptic current.
   *
   * @param one the number that stands for a share of 1
   */
  NirNeurons synaptic(NeuronDynamics neurons, double one, int[] shape) {
    Times synapse = times(shares(neurons, NeuronParameter.SYNAPTIC_DECAY, one, shape), shape);
    Times times = times(shares(neurons, NeuronParameter.LEAK, one, shape), shape);
    return new NirNeurons.CubaLIF(
        synapse.tau,
        times.tau,
        times.gain,
        NirTensor.full(shape, 0),
        full(neurons, NeuronParameter.THRESHOLD, shape),
        full(neurons, RESET_VALUE, shape),
        synapse.gain);
  }

  /**
   * Neurons with a membrane alone.
   *
   * @param one the number that stands for a share of 1
   */
  NirNeurons leaky(NeuronDynamics neurons, double one, int[] shape) {
    NirTensor threshold = full(neurons, NeuronParameter.THRESHOLD, shape);
    NirTensor reset = full(neurons, RESET_VALUE, shape);
    double[] leak = shares(neurons, NeuronParameter.LEAK, one, shape);
    // Simulated in single precision, as a graph holds it.
    if (Arrays.stream(leak).allMatch(share -> (float) share == 1)) {
      return new NirNeurons.IF(perStep(shape), threshold, reset);
    }
    Times times = times(leak, shape);
    return new NirNeurons.LIF(times.tau, times.gain, NirTensor.full(shape, 0), threshold, reset);
  }

  /** The node of a dialect's neurons, as read; {@code learned} are those of the trained layer. */
  NirNeurons original(LinearNeuron neuron, NeuronDynamics learned, int[] shape) {
    Require.not(
        neuron.origin() == null,
        "neurons of a dialect must keep their original node, got none. Possible cause: NirImport"
            + " did not make them, or an earlier version imported them");
    requireTimeStepOf(neuron.origin());
    Require.not(
        !neuron.equals(learned),
        "neurons of a dialect must not learn parameters, since their node has other values, got %s",
        learned.parameters().stream().filter(p -> p.isLearned()).toList());
    return NirNeurons.of(neuron, shape);
  }

  /** The node of a dialect's integrators, as read. */
  NirNeurons original(String origin, int[] shape) {
    requireTimeStepOf(origin);
    return NirNeurons.ofOrigin(origin, shape);
  }

  private void requireTimeStepOf(String origin) {
    NirDialect dialect = NirDialect.ofOrigin(origin);
    Require.not(
        dialect.timeStep() != timeStep,
        "time step must equal that of the import of the neurons, %s s (%s), got %s",
        dialect.timeStep(),
        dialect,
        timeStep);
  }

  /** Refuses layers whose neurons or pooling no graph can hold. */
  static void require(Layer layer, boolean dropsInitial) {
    boolean isMaximum =
        layer instanceof SpikingPooling2D pooling && pooling.getPoolingType() == PoolingType.MAX
            || layer instanceof SpikingGlobalPooling all && all.getPoolingType() == PoolingType.MAX;
    Require.not(
        isMaximum, "pooling must use sums or averages, since graphs have no maximum, got MAX");
    if (layer instanceof BaseSpikingLayer spiking && spiking.hasNeurons()) {
      double initial = NodeForm.of(spiking.getNeuron()).initial(spiking.getNeuron());
      Require.not(
          initial != 0 && !dropsInitial,
          "membranes must start at 0, as in a graph, got an initial membrane of %s. Use"
              + " droppingInitialMembranes() to start them at 0 in other programs",
          initial);
    }
  }

  /** λ or β of every neuron; for integer neurons, the share kept before rounding. */
  private static double[] shares(NeuronDynamics neurons, String name, double one, int[] shape) {
    return Arrays.stream(all(neurons, name, shape)).map(share -> share / one).toArray();
  }

  /** Integrators without firing. */
  NirNeurons integrators(double[] leaks, int[] shape) {
    if (isEverywhere(leaks, 1)) {
      return new NirNeurons.I(perStep(shape));
    }
    Times times = times(each(leaks, shape), shape);
    return new NirNeurons.LI(times.tau, times.gain, NirTensor.full(shape, 0));
  }

  /** Integrators without firing, with a synaptic current. */
  NirNeurons synapticIntegrators(double[] leaks, double[] synapticDecay, int[] shape) {
    Times synapse = times(each(synapticDecay, shape), shape);
    Times times = times(each(leaks, shape), shape);
    return new NirNeurons.CubaLI(
        synapse.tau, times.tau, times.gain, NirTensor.full(shape, 0), synapse.gain);
  }

  private static double[] each(double[] values, int[] shape) {
    double[] each = new double[Term.feature(shape).neurons()];
    for (int i = 0; i < each.length; i++) {
      each[i] = values[values.length == 1 ? 0 : i];
    }
    return each;
  }

  /** The resistance with which a spike charges an integrator by its weight. */
  private NirTensor perStep(int[] shape) {
    return NirTensor.full(shape, (float) (1 / timeStep));
  }

  private Times times(double[] kept, int[] shape) {
    float[] tau = new float[kept.length];
    float[] gain = new float[kept.length];
    for (int i = 0; i < kept.length; i++) {
      Require.not(
          (float) kept[i] == 1,
          "leaks and decays must be below 1 in single precision, or all leaks 1 without a synaptic"
              + " current, since a time constant is finite, got %s",
          kept[i] == 1 ? "1" : kept[i]);
      TimeConstant found = TimeConstant.of(kept[i], timeStep);
      tau[i] = found.tau();
      gain[i] = found.gain();
    }
    return new Times(NirTensor.of(shape, tau), NirTensor.of(shape, gain));
  }

  private record Times(NirTensor tau, NirTensor gain) {}

  private static boolean isEverywhere(double[] values, double value) {
    return Arrays.stream(values).allMatch(each -> each == value);
  }

  private static NirTensor full(NeuronDynamics neurons, String name, int[] shape) {
    return NirTensor.of(shape, Precision.singles(all(neurons, name, shape)));
  }

  /** A parameter of every neuron. */
  private static double[] all(NeuronDynamics neurons, String name, int[] shape) {
    FeatureShape layer = Term.feature(shape);
    double[] channels =
        neurons.parameters().stream()
            .filter(parameter -> parameter.name().equals(name))
            .findFirst()
            .orElseThrow()
            .ofChannels(layer.channels());
    double[] all = new double[layer.neurons()];
    for (int i = 0; i < all.length; i++) {
      all[i] = channels[i / layer.positions()];
    }
    return all;
  }
}
