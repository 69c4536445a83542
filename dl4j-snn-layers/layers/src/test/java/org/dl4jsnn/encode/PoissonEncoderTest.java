package org.dl4jsnn.encode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.dl4jsnn.contract.SpikeEncoderContract;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PoissonEncoderTest extends SpikeEncoderContract {

  private static final NoiseKey NOISE = NoiseKey.training(42, 7);

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.3, 0.5, 0.97})
  void shouldFireAtTheRateOfTheFeature(double probability) {
    int steps = 400;
    int neurons = 500;
    INDArray features = Nd4j.ones(2, neurons).mul(2 * probability);
    SpikeTrain train = new PoissonEncoder(steps, 0.5).encode(features, NOISE);
    double mean = sum(train.totals()) / (2.0 * neurons * steps);
    double deviation = Math.sqrt(probability * (1 - probability) / (2.0 * neurons * steps));
    assertEquals(probability, mean, 5 * deviation);
  }

  @Test
  void shouldDrawStepsIndependently() {
    int steps = 2000;
    SpikeTrain train = new PoissonEncoder(steps, 1).encode(Nd4j.ones(1, 64).mul(0.5), NOISE);
    SpikeEvents before = new SpikeEvents(FeatureShape.vector(64));
    SpikeEvents now = new SpikeEvents(FeatureShape.vector(64));
    int both = 0;
    train.read(0, 0, before);
    for (int step = 1; step < steps; step++) {
      train.read(0, step, now);
      both += common(before, now);
      train.read(0, step, before);
    }
    double pairs = 64.0 * (steps - 1);
    assertEquals(0.25, both / pairs, 5 * Math.sqrt(0.25 * 0.75 / pairs));
  }

  private static int common(SpikeEvents a, SpikeEvents b) {
    int common = 0;
    for (int i = 0, j = 0; i < a.size() && j < b.size(); ) {
      if (a.neuron(i) == b.neuron(j)) {
        common++;
        i++;
        j++;
      } else if (a.neuron(i) < b.neuron(j)) {
        i++;
      } else {
        j++;
      }
    }
    return common;
  }

  @Test
  void shouldGiveSpikesTheSignOfTheFeature() {
    INDArray features = Nd4j.createFromArray(new float[][] {{1, -1, 0, -2}});
    SpikeTrain train = new PoissonEncoder(3, 1).encode(features, NOISE);
    assertFalse(train.unitSpikes());
    assertArrayEquals(new float[] {3, -3, 0, -3}, train.totals());
    SpikeEvents events = new SpikeEvents(FeatureShape.vector(4));
    train.read(0, 1, events);
    assertEquals(3, events.size());
    assertEquals(-1, events.amplitude(1));
  }

  @Test
  void shouldFireOrdinarySpikesForUnsignedFeatures() {
    assertTrue(new PoissonEncoder(3, 1).encode(Nd4j.ones(1, 4), NOISE).unitSpikes());
  }

  @Test
  void shouldDrawFreshNoiseForEverySampleAndPass() {
    INDArray features = Nd4j.ones(2, 200).mul(0.5);
    PoissonEncoder encoder = new PoissonEncoder(50, 1);
    List<LongFunction<NoiseKey>> kinds =
        List.of(pass -> NoiseKey.training(1, (int) pass), pass -> NoiseKey.freshInference(1, pass));
    for (LongFunction<NoiseKey> noise : kinds) {
      float[] first = encoder.encode(features, noise.apply(0)).totals();
      assertFalse(Arrays.equals(first, encoder.encode(features, noise.apply(1)).totals()));
      assertFalse(Arrays.equals(Arrays.copyOf(first, 200), Arrays.copyOfRange(first, 200, 400)));
      assertArrayEquals(first, encoder.encode(features, noise.apply(0)).totals());
    }
  }

  @Test
  void shouldRefuseOtherAxes() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new PoissonEncoder(3, 1).encode(Nd4j.zeros(2, 3, 4), NOISE));
    assertThrows(
        IllegalArgumentException.class,
        () -> new PoissonEncoder(3, 1).shapeFor(InputType.recurrent(3)));
  }

  @Test
  void shouldKnowItsShape() {
    PoissonEncoder encoder = new PoissonEncoder(3, 1);
    assertEquals(FeatureShape.vector(5), encoder.shapeFor(InputType.feedForward(5)));
    assertEquals(FeatureShape.image(2, 3, 4), encoder.shapeFor(InputType.convolutional(3, 4, 2)));
    assertEquals(
        FeatureShape.image(2, 3, 4), encoder.shapeFor(InputType.convolutionalFlat(3, 4, 2)));
  }

  @ParameterizedTest
  @EnumSource(names = {"BOOL", "UBYTE", "INT", "DOUBLE"})
  void shouldPassTheGradientToFeaturesOfAnyDataType(DataType type) {
    INDArray features = Nd4j.createFromArray(new float[][] {{0, 1}}).castTo(type);
    INDArray gradient = Nd4j.create(DataType.FLOAT, 1, 2);
    new PoissonEncoder(3, 0.5).backprop(features, Nd4j.ones(DataType.FLOAT, 1, 2), gradient);
    assertArrayEquals(new float[] {0.5f, 0.5f}, gradient.toFloatVector());
    new PoissonEncoder(3, 1.5).backprop(features, Nd4j.ones(DataType.FLOAT, 1, 2), gradient);
    assertArrayEquals(new float[] {1.5f, 0}, gradient.toFloatVector());
  }

  @Test
  void shouldPassTheGradientOfTheExpectedRate() {
    INDArray features = Nd4j.createFromArray(new float[][] {{0.5f, -0.5f, 3, -3}});
    INDArray gradient = Nd4j.create(1, 4);
    new PoissonEncoder(3, 0.5).backprop(features, Nd4j.ones(1, 4), gradient);
    assertEquals(Nd4j.createFromArray(new float[][] {{0.5f, 0.5f, 0, 0}}), gradient);
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  @Override
  protected SpikeEncoder encoder(int steps) {
    return new PoissonEncoder(steps, 0.6);
  }

  @Override
  protected Stream<SpikeEncoder> extremes() {
    Random random = new Random(1);
    return Stream.of(
        new PoissonEncoder(1, Double.MIN_VALUE),
        new PoissonEncoder(2, 1e-30),
        new PoissonEncoder(33, Double.MAX_VALUE),
        new PoissonEncoder(1 + random.nextInt(100), 3 * random.nextDouble()));
  }

  /** Only inference gives all samples the same noise. */
  @Override
  protected List<NoiseKey> placeless() {
    return List.of(NoiseKey.inference(3));
  }
}
