package org.dl4jsnn.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.internal.simulate.Engines;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.synapse.Synapse;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What every synapse keeps:
 *
 * <ul>
 *   <li>its current is linear in the flow and in its parameters, the bias as many times as asked;
 *   <li>its gradients are the adjoint (equation 9 of docs/mathematics.md): for random flow x,
 *       parameters p and gradient g, ⟨g, current⟩ is ⟨∂p, p⟩ and without bias ⟨∂x, x⟩, for every
 *       direction;
 *   <li>the gradients of the parameters alone are the same;
 *   <li>both engines fire the same spikes, where sums are exact.
 * </ul>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class SynapseContract {

  private static final int SAMPLES = 2;
  private static final int STEPS = 9;

  /**
   * A synapse over any parameters.
   *
   * @param name for messages
   * @param input shape of one sample
   * @param parameters shapes by key, {@link Synapse#WEIGHT} and {@link Synapse#BIAS} if there
   *     are such
   * @param synapse makes the synapse of arrays of these shapes, in their data type
   */
  public record Definition(
      String name,
      FeatureShape input,
      Map<String, long[]> parameters,
      Function<Map<String, INDArray>, Synapse> synapse) {

    /**
     * Random parameters.
     *
     * @param random draws them
     * @return arrays by key, in double precision
     */
    Map<String, INDArray> draw(Random random) {
      Map<String, INDArray> drawn = new LinkedHashMap<>();
      parameters.forEach((key, shape) -> drawn.put(key, normal(random, shape)));
      return drawn;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * The synapses to try.
   *
   * @return definitions that differ in size and settings
   */
  protected abstract Stream<Definition> definitions();

  private static INDArray normal(Random random, long... shape) {
    INDArray array = Nd4j.create(DataType.DOUBLE, shape);
    for (long i = 0; i < array.length(); i++) {
      array.putScalar(i, random.nextGaussian());
    }
    return array;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("definitions")
  void shouldBeTheAdjointInEveryDirection(Definition definition) {
    Random random = new Random(1);
    Map<String, INDArray> parameters = definition.draw(random);
    INDArray flow = normal(random, definition.input.arrayShape(SAMPLES));
    Synapse synapse = definition.synapse.apply(parameters);
    INDArray gradient = normal(random, synapse.outputShape().arrayShape(SAMPLES));
    Map<String, INDArray> gradients = like(parameters);
    INDArray inputGradient =
        synapse.backprop(flow, gradient, gradients, LayerWorkspaceMgr.noWorkspaces());
    for (int direction = 0; direction < 3; direction++) {
      if (synapse.isWeighted()) {
        Map<String, INDArray> others = definition.draw(random);
        ToDoubleFunction<String> product = key -> dot(gradients.get(key), others.get(key));
        assertClose(
            dot(gradient, current(definition.synapse.apply(others), flow, 1)),
            others.keySet().stream().mapToDouble(product).sum());
      }
      INDArray otherFlow = normal(random, flow.shape());
      assertClose(dot(gradient, current(synapse, otherFlow, 0)), dot(inputGradient, otherFlow));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("definitions")
  void shouldGiveTheSameGradientsOfItsParametersAlone(Definition definition) {
    Random random = new Random(2);
    Map<String, INDArray> parameters = definition.draw(random);
    INDArray flow = normal(random, definition.input.arrayShape(SAMPLES));
    Synapse synapse = definition.synapse.apply(parameters);
    INDArray gradient = normal(random, synapse.outputShape().arrayShape(SAMPLES));
    Map<String, INDArray> together = like(parameters);
    synapse.backprop(flow, gradient, together, LayerWorkspaceMgr.noWorkspaces());
    Map<String, INDArray> alone = like(parameters);
    synapse.backpropParameters(flow, gradient, alone);
    together.forEach((key, array) -> assertClose(key, array, alone.get(key)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("definitions")
  void shouldAddItsBiasAsOftenAsAsked(Definition definition) {
    Random random = new Random(3);
    Synapse synapse = definition.synapse.apply(definition.draw(random));
    INDArray flow = normal(random, definition.input.arrayShape(SAMPLES));
    INDArray bias = current(synapse, flow.mul(0), 1);
    INDArray expected = current(synapse, flow, 0).muli(2).addi(bias.mul(5));
    assertClose("current", expected, current(synapse, flow.mul(2), 5));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("definitions")
  void shouldFireTheSameInBothEngines(Definition definition) {
    Map<String, INDArray> parameters = definition.draw(new Random(4));
    // Multiples of 1/64, so that sums are exact in any order.
    parameters.replaceAll(
        (key, array) -> Nd4j.math().round(array.mul(64)).div(64).castTo(DataType.FLOAT));
    Synapse synapse = definition.synapse.apply(parameters);
    INDArray frames = Frames.ORDINARY.random(definition.input, SAMPLES, STEPS, 5);
    float[][][] spikes = fire("event", synapse, frames);
    assertTrue(Spikes.activity(spikes) > 0, "a silent layer shows nothing");
    assertArrayEquals(spikes, fire("dense", synapse, frames));
  }

  private static float[][][] fire(String engine, Synapse synapse, INDArray frames) {
    return Spikes.of(
        Engines.named(engine, DataType.FLOAT)
            .simulate(
                synapse,
                SpikingNeuron.integrateAndFire(0.5),
                SpikeEncoder.frames().encode(frames, NoiseKey.inference(0))));
  }

  private static Map<String, INDArray> like(Map<String, INDArray> parameters) {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    parameters.forEach(
        (key, array) -> arrays.put(key, Nd4j.create(DataType.DOUBLE, array.shape())));
    return arrays;
  }

  private static INDArray current(Synapse synapse, INDArray flow, double biasTimes) {
    INDArray current = Nd4j.create(DataType.DOUBLE, synapse.outputShape().arrayShape(SAMPLES));
    synapse.current(flow, biasTimes, current);
    return current;
  }

  private static double dot(INDArray a, INDArray b) {
    assertEquals(a.length(), b.length());
    return a.reshape(a.length()).mul(b.reshape(b.length())).sumNumber().doubleValue();
  }

  private static void assertClose(double expected, double actual) {
    assertEquals(expected, actual, 1e-7 * (1 + Math.abs(expected)));
  }

  private static void assertClose(String what, INDArray expected, INDArray actual) {
    double difference = expected.sub(actual).amaxNumber().doubleValue();
    assertEquals(0, difference, 1e-9 * (1 + expected.amaxNumber().doubleValue()), what);
  }
}
