package org.dl4jsnn.internal.simulate;

import static org.dl4jsnn.Messages.assertBegins;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.dl4jsnn.contract.Spikes;
import org.dl4jsnn.internal.host.DelayLine;
import org.dl4jsnn.internal.host.InterpolatedDelays;
import org.dl4jsnn.internal.host.SpikeDelays;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.spike.TrainPieces;
import org.junit.jupiter.api.Test;

/** Values and gradients against the formula, computed neuron by neuron and step by step. */
class InterpolatedDelaysTest {

  private static final FeatureShape SHAPE = FeatureShape.image(3, 2, 2);
  private static final int NEURONS = 12;
  private static final int MINIBATCH = 2;
  private static final int STEPS = 14;
  private static final int LONGEST = 6;
  private static final double[] DELAYS = {0, 2.3, 6};
  private static final double[] WIDTHS = {4, 1, 0.3, 0.05};

  /** k(τ) of a delay d. */
  private static double weight(int step, double delay, double width) {
    double sum = 0;
    for (int other = 0; other <= LONGEST; other++) {
      sum += gauss(other - delay, width);
    }
    return gauss(step - delay, width) / sum;
  }

  private static double gauss(double distance, double width) {
    return Math.exp(-distance * distance / (2 * width * width));
  }

  /** What leaves at a step, from the first spikes on. */
  private static double left(float[] spikes, int step, double delay, double width) {
    double sum = 0;
    for (int tau = 0; tau <= Math.min(LONGEST, step); tau++) {
      sum += weight(tau, delay, width) * spikes[step - tau];
    }
    return sum;
  }

  private static SpikeTrain spikes(boolean graded) {
    return graded
        ? RandomTrains.graded(SHAPE, MINIBATCH, STEPS, 3)
        : RandomTrains.binary(SHAPE, MINIBATCH, STEPS, 3);
  }

  @Test
  void shouldSpreadSpikesOverTheStepsAroundTheirDelay() {
    for (boolean graded : new boolean[] {false, true}) {
      float[][][] arrived = Spikes.of(spikes(graded));
      for (double width : WIDTHS) {
        float[][][] actual =
            Spikes.of(
                new InterpolatedDelays(SHAPE, DELAYS, LONGEST, width)
                    .delayed(DelayLine.empty(), spikes(graded)));
        for (int sample = 0; sample < MINIBATCH; sample++) {
          for (int i = 0; i < NEURONS; i++) {
            for (int step = 0; step < STEPS; step++) {
              double delay = DELAYS[i / 4];
              double expected = left(over(arrived[sample], i), step, delay, width);
              assertEquals(expected, at(actual[sample], i, step), 1e-5);
            }
          }
        }
      }
    }
  }

  /** Of whole steps, in a window cut in two as well. */
  @Test
  void shouldBecomeTheRingBufferAsTheWidthVanishes() {
    SpikeTrain train = spikes(true);
    SpikeDelays whole = SpikeDelays.of(new int[] {0, 2, 6}, LONGEST, SHAPE);
    InterpolatedDelays delays =
        new InterpolatedDelays(SHAPE, new double[] {0, 2, 6}, LONGEST, 1e-3);
    DelayLine line = DelayLine.empty();
    for (int first : new int[] {0, 5}) {
      SpikeTrain piece = TrainPieces.of(train, first, first == 0 ? 5 : STEPS);
      float[][][] expected = Spikes.of(whole.delayed(line, piece));
      assertArrayEquals(expected, Spikes.of(delays.delayed(line, piece)));
      line = whole.after(line, piece);
    }
  }

  @Test
  void shouldGoBackToSpikesAndDelays() {
    SpikeTrain train = spikes(true);
    float[][][] arrived = Spikes.of(train);
    Random random = new Random(5);
    double[][] direction = new double[STEPS][NEURONS];
    for (double[] step : direction) {
      for (int i = 0; i < NEURONS; i++) {
        step[i] = random.nextGaussian();
      }
    }
    for (double width : new double[] {4, 1, 0.3}) {
      double[][] ofSpikes = new double[STEPS][NEURONS];
      double[] ofDelays = new double[DELAYS.length];
      new InterpolatedDelays(SHAPE, DELAYS, LONGEST, width)
          .backprop(DelayLine.empty(), train, 1, direction, ofSpikes, ofDelays);
      for (int k = 0; k < DELAYS.length; k++) {
        double above = loss(arrived[1], direction, k, DELAYS[k] + 1e-5, width);
        double below = loss(arrived[1], direction, k, DELAYS[k] - 1e-5, width);
        assertEquals((above - below) / 2e-5, ofDelays[k], 1e-4);
      }
      for (int i = 0; i < NEURONS; i++) {
        for (int step = 0; step < STEPS; step++) {
          double expected = 0;
          for (int tau = 0; tau <= LONGEST && step + tau < STEPS; tau++) {
            expected += weight(tau, DELAYS[i / 4], width) * direction[step + tau][i];
          }
          assertEquals(expected, ofSpikes[step][i], 1e-5);
        }
      }
    }
  }

  private static double loss(
      float[][] arrived, double[][] direction, int delayed, double delay, double width) {
    double sum = 0;
    for (int i = 0; i < NEURONS; i++) {
      double own = i / 4 == delayed ? delay : DELAYS[i / 4];
      for (int step = 0; step < STEPS; step++) {
        sum += direction[step][i] * left(over(arrived, i), step, own, width);
      }
    }
    return sum;
  }

  /** The amplitudes of a neuron, by its place in arrays, at every step. */
  private static float[] over(float[][] sample, int arrayIndex) {
    float[] amplitudes = new float[STEPS];
    for (int step = 0; step < STEPS; step++) {
      amplitudes[step] = at(sample, arrayIndex, step);
    }
    return amplitudes;
  }

  private static float at(float[][] sample, int arrayIndex, int step) {
    return sample[step][arrayIndex];
  }

  @Test
  void shouldRefuseAWidthOfNothing() {
    assertBegins(
        "width of the interpolation must be positive and finite, got 0.0",
        () -> new InterpolatedDelays(SHAPE, DELAYS, LONGEST, 0));
  }
}
