package org.dl4jsnn.asf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.internal.simulate.EventDrivenEngine;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.neuron.Unrecognised;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.DenseSynapse;
import org.dl4jsnn.synapse.SimulatedWindow;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The slopes of rate-based backpropagation equal those of a plain loop over the steps, written from
 * the published recursions, neuron by neuron.
 */
class RateBackpropTest {

  private static final int INPUTS = 6;
  private static final int NEURONS = 5;
  private static final int STEPS = 15;
  private static final int MINIBATCH = 4;
  private static final Surrogate SURROGATE = Surrogate.sigmoid(0.25);

  static Stream<Arguments> cases() {
    List<Arguments> cases = new ArrayList<>();
    for (double leak : new double[] {1, 0.875, 0.25}) {
      for (boolean detached : new boolean[] {false, true}) {
        for (double threshold : new double[] {1, 0.75}) {
          for (Reset reset : List.of(Reset.toZero(), Reset.bySubtraction(), Reset.to(-0.25))) {
            cases.add(Arguments.of(threshold, leak, reset, detached));
          }
        }
      }
    }
    return cases.stream();
  }

  @ParameterizedTest(name = "threshold {0}, leak {1}, reset {2}, detached {3}")
  @MethodSource("cases")
  void shouldGatherTheSlopesOfThePublishedRecursions(
      double threshold, double leak, Reset reset, boolean detached) {
    Random random = new Random(1);
    float[][] weights = new float[INPUTS][NEURONS];
    for (float[] row : weights) {
      for (int i = 0; i < NEURONS; i++) {
        row[i] = (random.nextInt(64) - 24) / 64f;
      }
    }
    INDArray frames = Nd4j.create(MINIBATCH, INPUTS, STEPS);
    for (long i = 0; i < frames.length(); i++) {
      frames.putScalar(i, random.nextInt(3));
    }
    SpikeTrain input = SpikeEncoder.frames().encode(frames, NoiseKey.inference(0));
    SpikingNeuron neuron = new SpikingNeuron(threshold, leak, reset, 0);
    DenseSynapse synapse =
        new DenseSynapse(FeatureShape.vector(INPUTS), Nd4j.createFromArray(weights), null);
    SpikeTrain output = new EventDrivenEngine().simulate(synapse, neuron, input);

    float[] slopes =
        EligibilitySlopes.of(
                new SimulatedWindow(synapse, neuron, input, output), SURROGATE, detached)
            .currents();
    float[] expected = new float[MINIBATCH * NEURONS];
    for (int sample = 0; sample < MINIBATCH; sample++) {
      for (int n = 0; n < NEURONS; n++) {
        double u = 0;
        double kappa = 1;
        double sum = 0;
        for (int step = 0; step < STEPS; step++) {
          for (int i = 0; i < INPUTS; i++) {
            u += weights[i][n] * frames.getDouble(sample, i, step);
          }
          double g = SURROGATE.derivative(u - threshold);
          int s = u > threshold ? 1 : 0;
          sum += g * kappa;
          kappa = kappa(kappa, threshold, leak, reset, detached, g, s, u);
          u = leak * (reset.isSubtractive() ? u - threshold * s : s == 1 ? reset.value() : u);
        }
        expected[sample * NEURONS + n] = (float) (sum / STEPS);
      }
    }
    assertArrayEquals(expected, slopes, 1e-5f);
    SimulatedWindow unrecognised =
        new SimulatedWindow(synapse, new Unrecognised(neuron), input, output);
    assertArrayEquals(
        EligibilitySlopes.of(unrecognised, SURROGATE, detached).currents(),
        slopes,
        "the same bits");
    assertTrue(Nd4j.create(output.totals()).sumNumber().doubleValue() > 20, "hardly a spike");
  }

  /** The published recursions, with θ and the value of a hard reset where they have 1 and 0. */
  private static double kappa(
      double kappa,
      double threshold,
      double leak,
      Reset reset,
      boolean detached,
      double g,
      int s,
      double u) {
    if (reset.isSubtractive()) {
      return detached ? 1 + leak * kappa : 1 + kappa * leak * (1 - threshold * g);
    }
    return detached
        ? 1 + kappa * leak * (1 - s)
        : 1 + kappa * leak * (1 - s - (u - reset.value()) * g);
  }
}
