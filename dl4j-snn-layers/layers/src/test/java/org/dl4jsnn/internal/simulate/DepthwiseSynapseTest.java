package org.dl4jsnn.internal.simulate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.contract.Spikes;
import org.dl4jsnn.internal.host.Retention;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.PackedTrains;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.ConvolutionSynapse;
import org.dl4jsnn.synapse.DepthwiseSynapse;
import org.dl4jsnn.synapse.Recurrence;
import org.dl4jsnn.synapse.Synapse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** A depthwise convolution is the convolution whose weights between other channels are 0. */
class DepthwiseSynapseTest {

  private static final FeatureShape IMAGE = FeatureShape.image(3, 7, 6);

  static Stream<Arguments> cases() {
    Random random = new Random(2);
    List<Arguments> cases = new ArrayList<>();
    for (int multiplier : new int[] {1, 2, 11}) {
      for (int i = 0; i < 3; i++) {
        boolean same = i % 2 == 0;
        cases.add(Arguments.of(new Window2D(axis(random, same), axis(random, same)), multiplier));
      }
    }
    return cases.stream();
  }

  private static Window2D.Axis axis(Random random, boolean same) {
    return new Window2D.Axis(
        1 + random.nextInt(3),
        1 + random.nextInt(3),
        same ? 0 : random.nextInt(3),
        1 + random.nextInt(2),
        same);
  }

  @ParameterizedTest(name = "{0}, multiplier {1}")
  @MethodSource("cases")
  void shouldFireTheSpikesOfTheConvolutionThatItIs(Window2D window, int multiplier) {
    int outputs = multiplier * IMAGE.channels();
    INDArray weights =
        RandomTrains.weights(4, outputs, 1, window.rows().kernel(), window.columns().kernel());
    INDArray bias = RandomTrains.weights(5, outputs);
    Synapse depthwise = new DepthwiseSynapse(window, IMAGE, weights, bias);
    Synapse full = new ConvolutionSynapse(window, IMAGE, spelledOut(weights), bias);
    assertEquals(full.outputShape(), depthwise.outputShape());
    double activity = 0;
    for (SpikingNeuron neuron :
        List.of(
            SpikingNeuron.integrateAndFire(0.75),
            new SpikingNeuron(0.5, 0.75, Reset.bySubtraction(), 0.25))) {
      for (SpikeTrain input :
          List.of(
              PackedTrains.of(RandomTrains.binary(IMAGE, 2, 11, 1)),
              RandomTrains.graded(IMAGE, 2, 11, 2),
              RandomTrains.constant(IMAGE, 2, 11, 3))) {
        float[][][] expected = spikes(new EventDrivenEngine(), full, neuron, input);
        activity += Spikes.activity(expected);
        assertArrayEquals(expected, spikes(new EventDrivenEngine(), depthwise, neuron, input));
        assertArrayEquals(
            expected, spikes(new DenseEngine(DataType.FLOAT), depthwise, neuron, input));
        assertArrayEquals(
            expected,
            spikes(
                Engines.choose(depthwise, Recurrence.NONE, input, DataType.FLOAT, HostLayers.FRESH),
                depthwise,
                neuron,
                input));
      }
    }
    assertTrue(activity > 0, "a silent layer shows nothing");
  }

  private static float[][][] spikes(
      SimulationEngine engine, Synapse synapse, SpikingNeuron neuron, SpikeTrain input) {
    return Spikes.of(
        engine.simulate(synapse, neuron, NeuronState.atRest(), input, Retention.NOTHING).spikes());
  }

  private static INDArray spelledOut(INDArray weights) {
    int outputs = (int) weights.size(0);
    int multiplier = outputs / IMAGE.channels();
    INDArray all = Nd4j.zeros(outputs, IMAGE.channels(), weights.size(2), weights.size(3));
    for (int output = 0; output < outputs; output++) {
      all.get(NDArrayIndex.point(output), NDArrayIndex.point(output / multiplier))
          .assign(weights.get(NDArrayIndex.point(output), NDArrayIndex.point(0)));
    }
    return all;
  }

  /** Where ND4J's operation for channels fails, which oneDNN's hides in single precision. */
  @ParameterizedTest
  @CsvSource({"1, 3, 1", "1, 3, 3", "1, 1, 1", "5, 5, 1", "5, 5, 2", "5, 10, 1"})
  void shouldServeOnePosition(int channels, int outputs, int samples) {
    Window2D.Axis one = new Window2D.Axis(1, 3, 0, 1, false);
    INDArray weights = Nd4j.arange(1, outputs + 1).castTo(DataType.DOUBLE);
    Synapse synapse =
        new DepthwiseSynapse(
            new Window2D(one, one),
            FeatureShape.image(channels, 3, 1),
            weights.reshape(outputs, 1, 1, 1),
            weights);
    INDArray flow = Nd4j.ones(DataType.DOUBLE, samples, channels, 3, 1);
    INDArray current = Nd4j.create(DataType.DOUBLE, samples, outputs, 1, 1);
    synapse.current(flow, 1, current);
    assertEquals(weights.mul(2), current.slice(samples - 1).ravel());
    INDArray gradient = Nd4j.zeros(DataType.DOUBLE, outputs, 1, 1, 1);
    Map<String, INDArray> gradients =
        Map.of(Synapse.WEIGHT, gradient, Synapse.BIAS, weights.like());
    INDArray below = synapse.backprop(flow, current, gradients, LayerWorkspaceMgr.noWorkspaces());
    assertEquals(weights.mul(2 * samples), gradient.ravel());
    assertEquals(gradient.ravel(), gradients.get(Synapse.BIAS));
    double sum = weights.mul(weights).sumNumber().doubleValue();
    assertEquals(2 * samples * sum, below.sumNumber().doubleValue(), 1e-3);
  }
}
