package org.dl4jsnn.internal.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.conf.SpikingDropout;
import org.dl4jsnn.contract.Frames;
import org.dl4jsnn.contract.SeparatePool;
import org.dl4jsnn.contract.Spikes;
import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.internal.handover.AttachedSpikeTrains;
import org.dl4jsnn.internal.handover.GradientInbox;
import org.dl4jsnn.internal.handover.GradientMemory;
import org.dl4jsnn.internal.handover.SpikeGradient;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The dropout layer alone, between a train and its readers. */
class SpikingDropoutLayerTest {

  private static final double RETAIN = 0.625;
  private static final float AMPLITUDE = (float) (1 / RETAIN);
  private static final FeatureShape IMAGE = FeatureShape.image(3, 4, 5);
  private static final FeatureShape VECTOR = FeatureShape.vector(40);
  private static final int MINIBATCH = 4;
  private static final int STEPS = 8;
  private static final LayerWorkspaceMgr NONE = LayerWorkspaceMgr.noWorkspaces();

  private final GradientInbox inboxBelow = GradientInbox.of(true, new GradientMemory());

  static List<SpikeTrain> trains() {
    Nd4j.getRandom().setSeed(7);
    NoiseKey noise = NoiseKey.training(1, 2);
    SpikeEncoder frames = SpikeEncoder.frames();
    return List.of(
        SpikeEncoder.poisson(STEPS, 1).encode(Nd4j.rand(MINIBATCH, 40), noise),
        frames.encode(Frames.ORDINARY.random(IMAGE, MINIBATCH, STEPS, 3), noise),
        frames.encode(Frames.SIGNED.random(IMAGE, MINIBATCH, STEPS, 4), noise),
        frames.encode(Frames.GRADED.random(VECTOR, MINIBATCH, STEPS, 5), noise),
        SpikeEncoder.direct(STEPS, 1).encode(Nd4j.rand(MINIBATCH, 3, 4, 5), noise));
  }

  private static SpikingDropoutLayer layer(double retain, int index) {
    NeuralNetConfiguration conf =
        new NeuralNetConfiguration.Builder()
            .seed(6)
            .layer(new SpikingDropout.Builder().retain(retain).build())
            .build();
    return (SpikingDropoutLayer)
        conf.getLayer().instantiate(conf, null, index, null, false, DataType.FLOAT);
  }

  private INDArray activate(SpikingDropoutLayer layer, SpikeTrain train, boolean training) {
    INDArray rates = Rates.of(train, DataType.FLOAT, NONE);
    AttachedSpikeTrains.attach(
        rates, new AttachedSpikeTrains.Beside(train, inboxBelow), "the test");
    layer.setInput(rates, NONE);
    return layer.activate(training, NONE);
  }

  private static SpikeTrain beside(INDArray activation) {
    return AttachedSpikeTrains.beside(activation).orElseThrow().train();
  }

  /** What a layer multiplied each neuron with: it does the same to a gradient of ones. */
  private static float[] mask(SpikingDropoutLayer layer, INDArray activation) {
    INDArray ones = Nd4j.onesLike(activation);
    return layer.backpropGradient(ones, NONE).getSecond().ravel().toFloatVector();
  }

  private float[] mask(double retain, int index, int iteration, SpikeTrain train) {
    SpikingDropoutLayer layer = layer(retain, index);
    layer.setIterationCount(iteration);
    return mask(layer, activate(layer, train, true));
  }

  @ParameterizedTest
  @MethodSource("trains")
  void shouldKeepOrDropANeuronForTheWholeWindow(SpikeTrain train) {
    SpikingDropoutLayer layer = layer(RETAIN, 1);
    INDArray activation = activate(layer, train, true);
    SpikeTrain dropped = beside(activation);
    float[] mask = mask(layer, activation);
    float[][][] expected = Spikes.of(train);
    int neurons = train.shape().neurons();
    for (int sample = 0; sample < MINIBATCH; sample++) {
      for (int step = 0; step < STEPS; step++) {
        for (int i = 0; i < neurons; i++) {
          float factor = mask[sample * neurons + i];
          assertTrue(factor == 0 || factor == AMPLITUDE, "factor " + factor);
          // Plus zero, since a dropped spike of -1 is silence, not -0.
          expected[sample][step][i] = expected[sample][step][i] * factor + 0f;
        }
      }
    }
    assertTrue(Spikes.activity(expected) > 0, "silent");
    assertNotEquals(train.density(), dropped.density());
    assertArrayEquals(expected, Spikes.of(dropped));
    assertEquals(train.isConstant(), dropped.isConstant());
    INDArray rates = Rates.of(train, DataType.FLOAT, NONE);
    assertEquals(rates.mul(Nd4j.create(mask, rates.shape(), 'c')), activation);
    assertArrayEquals(
        Rates.of(dropped, DataType.FLOAT, NONE).ravel().toFloatVector(),
        activation.ravel().toFloatVector(),
        1e-6f);
  }

  @ParameterizedTest
  @MethodSource("trains")
  void shouldPassEverythingInInferenceAndWhereAllAreRetained(SpikeTrain train) {
    INDArray rates = Rates.of(train, DataType.FLOAT, NONE);
    for (boolean training : new boolean[] {true, false}) {
      SpikingDropoutLayer layer = layer(training ? 1 : RETAIN, 1);
      INDArray activation = activate(layer, train, training);
      assertEquals(rates, activation);
      assertSame(train, beside(activation));
      INDArray epsilon = Nd4j.rand(rates.shape());
      assertEquals(epsilon, layer.backpropGradient(epsilon, NONE).getSecond());
      SpikeGradient inTime = gradient(train);
      INDArray values = inTime.values().dup();
      AttachedSpikeTrains.beside(activation).orElseThrow().inbox().add(inTime);
      assertEquals(values, inboxBelow.take().orElseThrow().values());
    }
  }

  private static SpikeGradient gradient(SpikeTrain train) {
    SpikeGradient gradient =
        new SpikeGradient(new GradientMemory(), train.shape(), MINIBATCH, STEPS, DataType.FLOAT);
    gradient.values().assign(Nd4j.rand(gradient.values().shape()));
    return gradient;
  }

  @ParameterizedTest
  @MethodSource("trains")
  void shouldMaskGradientsOfRatesAndInTime(SpikeTrain train) {
    SpikingDropoutLayer layer = layer(RETAIN, 1);
    INDArray activation = activate(layer, train, true);
    INDArray mask = Nd4j.create(mask(layer, activation), activation.shape(), 'c');
    SpikeGradient inTime = gradient(train);
    INDArray values = inTime.values().dup();
    INDArray epsilon = inTime.sum().addi(Nd4j.rand(activation.shape()));
    AttachedSpikeTrains.beside(activation).orElseThrow().inbox().add(inTime);
    assertEquals(
        epsilon.mul(mask), layer.backpropGradient(epsilon.dup(), NONE).getSecond(), "rates");
    INDArray passed = inboxBelow.take().orElseThrow().values();
    for (int row = 0; row < values.size(0); row++) {
      assertEquals(values.slice(row).mul(mask.slice(row / STEPS)), passed.slice(row));
    }
  }

  @Test
  void shouldKeepTheShareAskedAndTheExpectedRates() {
    SpikeTrain ones =
        SpikeEncoder.direct(STEPS, 1).encode(Nd4j.ones(20, 50), NoiseKey.inference(0));
    for (double retain : new double[] {0.2, 0.5, 0.9}) {
      int iterations = 100;
      double[] means = new double[1000];
      for (int iteration = 0; iteration < iterations; iteration++) {
        SpikingDropoutLayer layer = layer(retain, 1);
        layer.setIterationCount(iteration);
        float[] rates = activate(layer, ones, true).ravel().toFloatVector();
        for (int i = 0; i < means.length; i++) {
          means[i] += rates[i] / iterations;
        }
      }
      double deviation = Math.sqrt((1 - retain) / retain / iterations);
      double mean = Arrays.stream(means).average().orElseThrow();
      assertEquals(1, mean, 4 * deviation / Math.sqrt(means.length), "retain " + retain);
      for (double neuron : means) {
        assertEquals(1, neuron, 5 * deviation, "retain " + retain);
      }
    }
  }

  @Test
  void shouldDrawAMaskForEveryIterationSampleAndLayer() {
    SpikeTrain train = trains().get(0);
    float[] mask = mask(RETAIN, 1, 5, train);
    assertArrayEquals(mask, mask(RETAIN, 1, 5, train));
    assertFalse(Arrays.equals(mask, mask(RETAIN, 1, 6, train)));
    assertFalse(Arrays.equals(mask, mask(RETAIN, 2, 5, train)));
    assertFalse(Arrays.equals(Arrays.copyOfRange(mask, 0, 40), Arrays.copyOfRange(mask, 40, 80)));
  }

  @Test
  void shouldDrawTheSameWithAnyNumberOfThreads() throws Exception {
    SpikeTrain train = trains().get(1);
    float[] alone = SeparatePool.run(1, () -> mask(RETAIN, 1, 5, train));
    assertArrayEquals(alone, SeparatePool.run(3, () -> mask(RETAIN, 1, 5, train)));
  }

  @Test
  void shouldLeaveNoGradientInTimeIfNotNeeded() {
    SpikeTrain train = trains().get(0);
    INDArray rates = Rates.of(train, DataType.FLOAT, NONE);
    AttachedSpikeTrains.attach(
        rates,
        new AttachedSpikeTrains.Beside(train, GradientInbox.of(false, new GradientMemory())),
        "the test");
    SpikingDropoutLayer layer = layer(RETAIN, 1);
    layer.setInput(rates, NONE);
    INDArray activation = layer.activate(true, NONE);
    assertFalse(AttachedSpikeTrains.beside(activation).orElseThrow().inbox().isOpen());
  }
}
