package org.dl4jsnn.encode;

import static org.dl4jsnn.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.dl4jsnn.contract.SpikeEncoderContract;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class DirectEncoderTest extends SpikeEncoderContract {

  private static final NoiseKey NOISE = NoiseKey.training(42, 7);

  private static SpikeTrain encode(int steps, double gain, INDArray features) {
    return new DirectEncoder(steps, gain).encode(features, NOISE);
  }

  @Test
  void shouldGiveTheSameCurrentAtEveryStep() {
    INDArray features = Nd4j.zeros(2, 3, 2, 2);
    features.putScalar(new int[] {1, 2, 0, 1}, -2.5);
    features.putScalar(new int[] {1, 0, 1, 0}, 4);
    SpikeTrain train = encode(6, 0.5, features);
    assertTrue(train.isConstant());
    assertFalse(train.unitSpikes());
    assertEquals(6, train.steps());
    assertEquals(2, train.minibatch());
    assertEquals(2.0 / 24, train.density());
    FeatureShape shape = FeatureShape.image(3, 2, 2);
    assertEquals(shape, train.shape());
    SpikeEvents events = new SpikeEvents(shape);
    for (int step = 0; step < 6; step++) {
      train.read(1, step, events);
      assertEquals(2, events.size());
      assertEquals(1 * 3 + 2, events.neuron(0));
      assertEquals(-1.25f, events.amplitude(0));
      assertEquals(2 * 3, events.neuron(1));
      assertEquals(2, events.amplitude(1));
      train.read(0, step, events);
      assertEquals(0, events.size());
    }
    float[] totals = new float[24];
    totals[12 + 2 * 4 + 1] = 6 * -1.25f;
    totals[12 + 2] = 12;
    assertArrayEquals(totals, train.totals());
  }

  @Test
  void shouldKnowOrdinarySpikes() {
    assertTrue(encode(3, 2, Nd4j.createFromArray(new float[][] {{0.5f, 0}})).unitSpikes());
    assertFalse(encode(3, 1, Nd4j.createFromArray(new float[][] {{0.5f, 1}})).unitSpikes());
    assertFalse(encode(3, 1, Nd4j.createFromArray(new float[][] {{-1, 1}})).unitSpikes());
  }

  @Test
  void shouldNotNeedMemoryForTheSteps() {
    assertArrayEquals(
        new float[] {1 << 24, 0}, encode(1 << 24, 1, Nd4j.eye(2).getRows(0)).totals());
  }

  @Test
  void shouldPassTheGradientTimesTheGain() {
    INDArray features = Nd4j.createFromArray(new float[][] {{0.5f, -0.5f, 3, 0}});
    INDArray gradient = Nd4j.create(1, 4);
    INDArray rateGradient = Nd4j.createFromArray(new float[][] {{1, 2, -3, 4}});
    new DirectEncoder(3, 0.25).backprop(features, rateGradient, gradient);
    assertEquals(Nd4j.createFromArray(new float[][] {{0.25f, 0.5f, -0.75f, 1}}), gradient);
  }

  @Test
  void shouldRefuseFlowsBeyondSinglePrecision() {
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> encode(10, 2, Nd4j.ones(1, 2).mul(2e37f)))
            .getMessage();
    assertTrue(message.startsWith("steps · gain · feature must be finite"), message);
    assertTrue(message.contains("got 10 · 2.0 · 2.0E37"), message);
  }

  @Test
  void shouldRefuseOtherAxes() {
    assertThrows(IllegalArgumentException.class, () -> encode(3, 1, Nd4j.zeros(2, 3, 4)));
    assertRefused(
        IllegalArgumentException.class,
        () -> new DirectEncoder(3, 1).shapeFor(InputType.recurrent(3)),
        "SpikeEncoding.frames()");
  }

  @Test
  void shouldRefuseInvalidParameters() {
    assertThrows(IllegalArgumentException.class, () -> new DirectEncoder(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new DirectEncoder(3, 0));
  }

  @Test
  void shouldDistinguishEncoders() {
    assertNotEquals(new DirectEncoder(3, 1), new DirectEncoder(4, 1));
    assertNotEquals(new DirectEncoder(3, 1), new DirectEncoder(3, 2));
    assertNotEquals(new DirectEncoder(3, 1), new PoissonEncoder(3, 1));
    assertEquals("direct, T 3, gain 2.0", new DirectEncoder(3, 2).toString());
  }

  @Override
  protected SpikeEncoder encoder(int steps) {
    return new DirectEncoder(steps, 0.5);
  }

  @Override
  protected Stream<SpikeEncoder> extremes() {
    return Stream.of(
        new DirectEncoder(1, Double.MIN_VALUE),
        new DirectEncoder(33, Double.MAX_VALUE),
        new DirectEncoder(50, 1.0 / 3));
  }
}
