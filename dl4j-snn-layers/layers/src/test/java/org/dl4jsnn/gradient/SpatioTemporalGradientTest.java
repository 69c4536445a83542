package org.dl4jsnn.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.internal.contract.Cases;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.synapse.AverageSynapse;
import org.dl4jsnn.synapse.ConvolutionSynapse;
import org.dl4jsnn.synapse.DenseSynapse;
import org.dl4jsnn.synapse.Synapse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * With the smooth step in place of the threshold, the surrogate gradient is the exact one: it
 * equals differences of the loss, in double precision, for convolution, pooling and dense layers,
 * with leak and both resets. A detached reset equals the differences where the reset's spikes are
 * frozen.
 */
class SpatioTemporalGradientTest {

  private static final FeatureShape IMAGE = FeatureShape.image(2, 6, 6);
  private static final int MINIBATCH = 2;
  private static final int STEPS = 5;
  private static final double H = 1e-5;

  static Stream<Arguments> cases() {
    List<SpikingNeuron> neurons =
        List.of(
            SpikingNeuron.integrateAndFire(1),
            new SpikingNeuron(0.7, 0.8, Reset.toZero(), 0),
            new SpikingNeuron(0.9, 0.8, Reset.to(-0.3), 0.2),
            new SpikingNeuron(1, 1, Reset.bySubtraction(), 0),
            new SpikingNeuron(0.6, 0.5, Reset.bySubtraction(), -0.2));
    List<Surrogate> surrogates =
        List.of(Surrogate.sigmoid(0.4), Surrogate.arctan(1), Surrogate.fastSigmoid(0.5));
    return Cases.crossed(2, neurons, surrogates, List.of(false, true));
  }

  @ParameterizedTest(name = "{0}, {1}, detached {2}")
  @MethodSource("cases")
  void shouldEqualDifferencesOfTheLoss(
      SpikingNeuron neuron, Surrogate surrogate, boolean detached) {
    List<UnrolledReference.Layer> layers = layers(neuron, detached ? 2 : 1);
    UnrolledReference network = new UnrolledReference(layers, surrogate, true, detached);
    List<INDArray> frames = frames(3);
    INDArray rates = network.forward(frames);
    INDArray direction = Nd4j.rand(DataType.DOUBLE, rates.shape()).subi(0.5);
    List<Map<String, INDArray>> gradients = network.backward(direction);
    if (detached) {
      network.freezeResets();
    }
    Random random = new Random(4);
    for (int l = 0; l < layers.size(); l++) {
      for (Map.Entry<String, INDArray> parameter : layers.get(l).parameters().entrySet()) {
        INDArray values = parameter.getValue();
        for (int i = 0; i < 6; i++) {
          long index = (long) (random.nextDouble() * values.length());
          double value = values.getDouble(index);
          values.putScalar(index, value + H);
          double above = loss(network, frames, direction);
          values.putScalar(index, value - H);
          double below = loss(network, frames, direction);
          values.putScalar(index, value);
          double gradient = gradients.get(l).get(parameter.getKey()).getDouble(index);
          assertEquals((above - below) / (2 * H), gradient, 1e-8, parameter.getKey() + " of " + l);
        }
      }
    }
    checkInput(network, frames, direction, gradients.get(layers.size()).get("input"));
  }

  /** The input's rates move all steps at once. */
  private static void checkInput(
      UnrolledReference network, List<INDArray> frames, INDArray direction, INDArray gradient) {
    for (long index : new long[] {0, 17, 40, 71}) {
      frames.forEach(frame -> frame.putScalar(index, frame.getDouble(index) + H));
      double above = loss(network, frames, direction);
      frames.forEach(frame -> frame.putScalar(index, frame.getDouble(index) - 2 * H));
      double below = loss(network, frames, direction);
      frames.forEach(frame -> frame.putScalar(index, frame.getDouble(index) + H));
      assertEquals((above - below) / (2 * H), gradient.getDouble(index), 1e-8, "input " + index);
    }
  }

  private static double loss(UnrolledReference network, List<INDArray> frames, INDArray direction) {
    return network.forward(frames).mul(direction).sumNumber().doubleValue();
  }

  private static List<INDArray> frames(long seed) {
    Nd4j.getRandom().setSeed(seed);
    List<INDArray> frames = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      frames.add(Nd4j.rand(DataType.DOUBLE, IMAGE.arrayShape(MINIBATCH)).muli(3).subi(1));
    }
    return frames;
  }

  private static List<UnrolledReference.Layer> layers(SpikingNeuron neuron, long seed) {
    Nd4j.getRandom().setSeed(seed);
    Window2D.Axis three = new Window2D.Axis(3, 1, 0, 1, true);
    Window2D.Axis two = new Window2D.Axis(2, 2, 0, 1, false);
    FeatureShape maps = FeatureShape.image(3, 6, 6);
    INDArray kernel = Nd4j.randn(DataType.DOUBLE, 3, 2, 3, 3).muli(0.4);
    INDArray kernelBias = Nd4j.randn(DataType.DOUBLE, 3).muli(0.1);
    INDArray weights = Nd4j.randn(DataType.DOUBLE, 27, 4).muli(0.5);
    INDArray bias = Nd4j.randn(DataType.DOUBLE, 4).muli(0.1);
    return List.of(
        layer(
            new ConvolutionSynapse(new Window2D(three, three), IMAGE, kernel, kernelBias),
            neuron,
            Map.of(Synapse.WEIGHT, kernel, Synapse.BIAS, kernelBias)),
        layer(
            new AverageSynapse(new PoolingWindows(new Window2D(two, two), maps)), neuron, Map.of()),
        layer(
            new DenseSynapse(FeatureShape.image(3, 3, 3), weights, bias),
            neuron,
            Map.of(Synapse.WEIGHT, weights, Synapse.BIAS, bias)));
  }

  private static UnrolledReference.Layer layer(
      Synapse synapse, SpikingNeuron neuron, Map<String, INDArray> parameters) {
    return new UnrolledReference.Layer(synapse, neuron, parameters);
  }
}
