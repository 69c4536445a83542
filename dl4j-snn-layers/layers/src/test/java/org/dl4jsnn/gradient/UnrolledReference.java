package org.dl4jsnn.gradient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network of spiking layers in double precision, step by step on whole arrays; the spike is a
 * hard threshold or the surrogate's smooth step. Its backward pass goes through the class under
 * test, {@link SegmentGradient}, and {@link Synapse#backprop}.
 */
final class UnrolledReference {

  record Layer(Synapse synapse, SpikingNeuron neuron, Map<String, INDArray> parameters) {}

  private final List<Layer> layers;
  private final Surrogate surrogate;
  private final boolean smooth;
  private final boolean detachReset;

  /** For every layer and step: input, membrane after charging, spikes. */
  private List<List<double[]>> membranes;

  private List<List<INDArray>> inputs;
  private List<List<double[]>> spikes;
  private List<INDArray> lastOutputs;

  /** Membranes at the end of the last run, and those to begin with; null for the initial ones. */
  private List<double[]> left;

  private List<double[]> carried;

  /** Spikes of an earlier run that resets take for constants; null to use those of this run. */
  private List<List<double[]>> frozen;

  UnrolledReference(List<Layer> layers, Surrogate surrogate, boolean smooth, boolean detachReset) {
    this.layers = layers;
    this.surrogate = surrogate;
    this.smooth = smooth;
    this.detachReset = detachReset;
  }

  /** Begins the next run with the membranes at the end of the last one. */
  void carryMembranes() {
    carried = left;
  }

  /** Takes the spikes of the last run for constants, as far as resets go. */
  void freezeResets() {
    frozen = spikes;
  }

  /** The rates of the last layer, [minibatch, …], of features with a time axis. */
  INDArray forward(INDArray features) {
    return forward(
        IntStream.range(0, (int) features.size(2))
            .mapToObj(step -> features.slice(step, 2).castTo(DataType.DOUBLE).dup('c'))
            .toList());
  }

  /** The rates of the last layer, [minibatch, …]. */
  INDArray forward(List<INDArray> frames) {
    membranes = new ArrayList<>();
    inputs = new ArrayList<>();
    spikes = new ArrayList<>();
    left = new ArrayList<>();
    List<INDArray> in = frames;
    for (Layer layer : layers) {
      List<double[]> u = new ArrayList<>();
      List<double[]> s = new ArrayList<>();
      List<INDArray> out = new ArrayList<>();
      long[] shape = layer.synapse.outputShape().arrayShape((int) frames.get(0).size(0));
      double[] membrane = new double[(int) Nd4j.create(DataType.DOUBLE, shape).length()];
      Arrays.fill(membrane, layer.neuron.initialMembrane());
      if (carried != null) {
        membrane = carried.get(left.size()).clone();
      }
      for (int step = 0; step < in.size(); step++) {
        INDArray current = Nd4j.create(DataType.DOUBLE, shape);
        layer.synapse.current(in.get(step), 1, current);
        double[] c = current.data().asDouble();
        double[] fired = new double[c.length];
        for (int i = 0; i < c.length; i++) {
          membrane[i] += c[i];
          double distance = membrane[i] - layer.neuron.threshold();
          fired[i] = smooth ? surrogate.smoothStep(distance) : distance > 0 ? 1 : 0;
        }
        u.add(membrane.clone());
        s.add(fired);
        double[] resets = frozen == null ? fired : frozen.get(spikes.size()).get(step);
        for (int i = 0; i < c.length; i++) {
          double after =
              layer.neuron.reset().isSubtractive()
                  ? membrane[i] - layer.neuron.threshold() * resets[i]
                  : membrane[i] * (1 - resets[i]) + layer.neuron.reset().value() * resets[i];
          membrane[i] = layer.neuron.leak() * after;
        }
        out.add(Nd4j.create(fired, shape, 'c'));
      }
      left.add(membrane);
      membranes.add(u);
      inputs.add(in);
      spikes.add(s);
      in = out;
    }
    lastOutputs = in;
    INDArray rates = in.get(0).dup();
    in.subList(1, in.size()).forEach(rates::addi);
    return rates.divi(in.size());
  }

  /** The spikes of the last layer, step by step. */
  List<INDArray> outputs() {
    return lastOutputs;
  }

  /** The gradients of the parameters of every layer, and at the end that of the input's rates. */
  List<Map<String, INDArray>> backward(INDArray rateGradient) {
    int steps = inputs.get(0).size();
    return backward(Collections.nCopies(steps, rateGradient.div(steps)));
  }

  /** The same from the gradient of the last layer's spikes at every step. */
  List<Map<String, INDArray>> backward(List<INDArray> spikeGradients) {
    List<Map<String, INDArray>> all = new ArrayList<>();
    int steps = inputs.get(0).size();
    List<INDArray> gradients = new ArrayList<>(spikeGradients);
    for (int l = layers.size() - 1; l >= 0; l--) {
      Layer layer = layers.get(l);
      Map<String, INDArray> sums = zeros(layer.parameters);
      int count = membranes.get(l).get(0).length;
      NeuronAdjoint neurons = new NeuronAdjoint(layer.neuron, 1, detachReset);
      double[] carried = new double[count];
      for (int step = steps - 1; step >= 0; step--) {
        INDArray gradient = gradients.get(step);
        double[] membrane = membranes.get(l).get(step);
        double[] derivatives = derivatives(membrane, layer.neuron.threshold());
        double[] ofSpikes = gradient.dup('c').data().asDouble();
        int some;
        for (int first = 0; first < count; first += some) {
          some = neurons.move(new double[][] {membrane}, spikes.get(l).get(step), first);
          neurons.back(
              Arrays.copyOfRange(derivatives, first, first + some),
              Arrays.copyOfRange(ofSpikes, first, first + some),
              new double[][] {carried},
              new double[0][],
              first);
        }
        Map<String, INDArray> parts = zeros(layer.parameters);
        INDArray current = Nd4j.create(carried, gradient.shape(), 'c');
        gradients.set(
            step,
            layer.synapse.backprop(
                inputs.get(l).get(step), current, parts, LayerWorkspaceMgr.noWorkspaces()));
        parts.forEach((name, part) -> sums.get(name).addi(part));
      }
      all.add(0, sums);
    }
    INDArray input = gradients.get(0).dup();
    gradients.subList(1, steps).forEach(input::addi);
    all.add(Map.of("input", input));
    return all;
  }

  private double[] derivatives(double[] membrane, double threshold) {
    return Arrays.stream(membrane).map(u -> surrogate.derivative(u - threshold)).toArray();
  }

  private static Map<String, INDArray> zeros(Map<String, INDArray> parameters) {
    Map<String, INDArray> zeros = new LinkedHashMap<>();
    parameters.forEach((name, p) -> zeros.put(name, Nd4j.create(p.dataType(), p.shape())));
    return zeros;
  }
}
