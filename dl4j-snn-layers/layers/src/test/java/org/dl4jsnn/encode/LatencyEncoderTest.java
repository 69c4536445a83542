package org.dl4jsnn.encode;

import static org.dl4jsnn.Messages.assertBegins;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.dl4jsnn.contract.SpikeEncoderContract;
import org.dl4jsnn.contract.Spikes;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.SpikeTrain;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class LatencyEncoderTest {

  private static final NoiseKey NOISE = NoiseKey.inference(0);

  @Test
  void shouldFireSoonerForLargerFeatures() {
    assertArrayEquals(
        new int[] {0, 3, 5, 10, -1, 0}, steps(LatencyEncoder.linear(11), 1, 0.7, 0.46, 1e-9, 0, 7));
  }

  @Test
  void shouldFireWhenAChargedMembraneReachesTheThreshold() {
    double threshold = 0.2;
    LatencyEncoder encoder =
        LatencyEncoder.logarithmic(101).withThreshold(threshold).withTimeConstants(4);
    for (double x : new double[] {1, 0.8, 0.5, 0.3, 0.21, 0.2003, 0.2, 0.1}) {
      assertEquals(whenCharged(x, threshold, 25), steps(encoder, x)[0], "x = " + x);
    }
  }

  /** By the membrane's equation, in small steps of time; -1 where the window is too short. */
  private static int whenCharged(double current, double threshold, double timeConstant) {
    double step = 1e-4;
    double begin = timeConstant * Math.log(1 / (1 - threshold));
    for (double t = 0; t - begin <= 100.5; t += step) {
      if (current * (1 - Math.exp(-t / timeConstant)) >= threshold) {
        return Math.rint(t - begin) > 100 ? -1 : (int) Math.rint(t - begin);
      }
    }
    return -1;
  }

  @Test
  void shouldFireNothingAtOrBelowTheThreshold() {
    assertArrayEquals(
        new int[] {5, -1, -1},
        steps(LatencyEncoder.linear(11).withThreshold(0.5), 0.50001, 0.5, 0.3));
  }

  @Test
  void shouldGiveSpikesTheSignOfTheFeature() {
    SpikeTrain train =
        LatencyEncoder.linear(3).encode(Nd4j.createFromArray(new float[][] {{-1, 0.5f}}), NOISE);
    assertFalse(train.unitSpikes());
    assertArrayEquals(new float[][] {{-1, 0}, {0, 1}, {0, 0}}, Spikes.of(train)[0]);
    assertArrayEquals(new float[] {-1, 1}, train.totals());
  }

  @Test
  void shouldKeepItsPaceInAnotherWindow() {
    LatencyEncoder encoder = LatencyEncoder.linear(11);
    assertArrayEquals(new int[] {3, 9}, steps(encoder.withSteps(20), 0.7, 0.1));
    assertArrayEquals(new int[] {3, -1}, steps(encoder.withSteps(9), 0.7, 0.1));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldGiveTheSameSpikesInPieces(boolean logarithmic) {
    LatencyEncoder encoder =
        logarithmic ? LatencyEncoder.logarithmic(23) : LatencyEncoder.linear(23);
    Random random = new Random(3);
    INDArray features = Nd4j.create(4, 2, 3, 2);
    for (int i = 0; i < features.length(); i++) {
      features.putScalar(i, random.nextGaussian());
    }
    SpikeTrain whole = encoder.encode(features, NOISE);
    for (int cut : new int[] {1, 7, 22}) {
      SpikeTrain[] pieces = {
        encoder.withSteps(cut).encode(features, NOISE, 0),
        encoder.withSteps(23 - cut).encode(features, NOISE, cut)
      };
      assertArrayEquals(Spikes.of(whole), Pieces.joined(pieces));
      assertArrayEquals(whole.totals(), Pieces.sum(pieces));
    }
    assertEquals(
        0,
        Spikes.activity(Spikes.of(encoder.withSteps(9).encode(features, NOISE, 23))),
        "after its end");
  }

  @Test
  void shouldPassNoGradient() {
    LatencyEncoder encoder = LatencyEncoder.linear(3);
    INDArray gradient = Nd4j.ones(1, 2);
    encoder.backprop(Nd4j.ones(1, 2), Nd4j.ones(1, 2), gradient);
    assertEquals(Nd4j.zeros(1, 2), gradient);
    assertFalse(encoder.passesGradient());
  }

  @Test
  void shouldWarnOfUnscaledPixels() {
    INDArray pixels = Nd4j.createFromArray(new float[][] {{0, 200, 255}});
    String doubt = LatencyEncoder.linear(3).doubt(pixels).orElseThrow();
    assertTrue(doubt.contains("they all fire at the first step"), doubt);
    assertTrue(LatencyEncoder.linear(3).doubt(pixels.div(255)).isEmpty());
  }

  @Test
  void shouldRefuseInvalidSettings() {
    assertBegins(
        "threshold must be at least 0 and below 1 in latency coding, got 1.0",
        () -> LatencyEncoder.linear(3).withThreshold(1));
    assertBegins(
        "threshold must be above 0 and below 1 in latency coding, got 0.0",
        () -> LatencyEncoder.logarithmic(3).withThreshold(0));
    assertBegins(
        "threshold must be at least 0 and below 1 in latency coding, got NaN",
        () -> LatencyEncoder.linear(3).withThreshold(Double.NaN));
    assertBegins(
        "gain must be positive and finite, got 0.0", () -> LatencyEncoder.linear(3).withGain(0));
    assertBegins(
        "timeConstants must be positive and finite, got -1.0",
        () -> LatencyEncoder.logarithmic(3).withTimeConstants(-1));
    assertBegins(
        "steps must be a whole number of at least 1, got 0", () -> LatencyEncoder.linear(0));
    assertBegins(
        "features must not have a time axis",
        () -> LatencyEncoder.linear(3).shapeFor(InputType.recurrent(3)));
    assertThrows(IllegalStateException.class, () -> LatencyEncoder.linear(3).withTimeConstants(2));
  }

  /** The steps at which features fire; -1 for never. */
  private static int[] steps(LatencyEncoder encoder, double... features) {
    float[][][] spikes = Spikes.of(encoder.encode(Nd4j.create(new double[][] {features}), NOISE));
    int[] steps = new int[features.length];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = -1;
      for (int step = 0; step < spikes[0].length; step++) {
        if (spikes[0][step][i] != 0) {
          assertEquals(-1, steps[i], "fires once");
          steps[i] = step;
        }
      }
    }
    return steps;
  }

  /** The span does not change, so a longer window begins with the spikes of a shorter one. */
  @Nested
  class Linear extends SpikeEncoderContract {
    @Override
    protected SpikeEncoder encoder(int steps) {
      return LatencyEncoder.linear(40).withGain(0.5).withSteps(steps);
    }

    @Override
    protected Stream<SpikeEncoder> extremes() {
      return Stream.of(
          LatencyEncoder.linear(1).withGain(Double.MIN_VALUE),
          LatencyEncoder.linear(1 << 20).withSteps(33).withGain(Double.MAX_VALUE),
          LatencyEncoder.linear(2).withThreshold(Math.nextDown(1.0)),
          LatencyEncoder.linear(50).withGain(1.0 / 3).withThreshold(Double.MIN_VALUE));
    }
  }

  /** The same with logarithmic times. */
  @Nested
  class Logarithmic extends SpikeEncoderContract {
    @Override
    protected SpikeEncoder encoder(int steps) {
      return LatencyEncoder.logarithmic(40).withGain(0.5).withSteps(steps);
    }

    @Override
    protected Stream<SpikeEncoder> extremes() {
      return Stream.of(
          LatencyEncoder.logarithmic(1).withGain(Double.MIN_VALUE),
          LatencyEncoder.logarithmic(1 << 20).withSteps(33).withTimeConstants(Double.MAX_VALUE),
          LatencyEncoder.logarithmic(2).withThreshold(Math.nextDown(1.0)),
          LatencyEncoder.logarithmic(33).withThreshold(Double.MIN_VALUE),
          LatencyEncoder.logarithmic(50).withTimeConstants(Double.MIN_VALUE));
    }
  }
}
