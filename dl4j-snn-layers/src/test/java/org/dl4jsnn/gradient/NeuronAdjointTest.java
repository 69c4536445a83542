package org.dl4jsnn.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.dl4jsnn.gradient.surrogate.SigmoidSurrogate;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.neuron.SynapticNeuron;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The way back through neurons of a user's own, with two variables and a threshold of every
 * channel's: with the smooth step in place of the spike it equals differences of the loss.
 */
class NeuronAdjointTest {

  private static final int STEPS = 7;
  private static final int CHANNELS = 5;

  /** More than are differentiated at a time. */
  private static final int NEURONS = 120 * CHANNELS;

  private static final double ALPHA = 0.6;
  private static final double BETA = 0.8;
  private static final double H = 1e-6;
  private static final Surrogate SURROGATE = new SigmoidSurrogate(0.4);

  private final SynapticNeuron neuron = SynapticNeuron.ofChannels(CHANNELS, ALPHA, BETA);
  private final double[][] currents = random(1, 1.5);
  private final double[][] directions = random(2, 1);

  private static double[][] random(long seed, double size) {
    Random random = new Random(seed);
    double[][] values = new double[STEPS][NEURONS];
    for (double[] step : values) {
      for (int i = 0; i < NEURONS; i++) {
        step[i] = size * random.nextGaussian();
      }
    }
    return values;
  }

  /** One neuron over the window, with the smooth step, written out once more. */
  private final class Course {

    private final double[][] charged = new double[STEPS][2];
    private final double[] spikes = new double[STEPS];

    Course(int index, double[][] input, Course frozen) {
      double theta = neuron.thresholds()[index % CHANNELS];
      double current = 0;
      double membrane = 0.125;
      for (int step = 0; step < STEPS; step++) {
        current += input[step][index];
        charged[step] = new double[] {current, membrane};
        spikes[step] = SURROGATE.smoothStep(membrane + current - theta);
        double reset = frozen == null ? spikes[step] : frozen.spikes[step];
        membrane = BETA * (membrane + current - theta * reset);
        current *= ALPHA;
      }
    }

    double loss(int index) {
      double loss = 0;
      for (int step = 0; step < STEPS; step++) {
        loss += directions[step][index] * spikes[step];
      }
      return loss;
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldEqualDifferencesOfTheLoss(boolean detached) {
    Course[] courses = new Course[NEURONS];
    for (int i = 0; i < NEURONS; i++) {
      courses[i] = new Course(i, currents, null);
    }
    NeuronAdjoint adjoint = new NeuronAdjoint(neuron, CHANNELS, detached);
    double[][] carried = new double[2][NEURONS];
    for (int step = STEPS - 1; step >= 0; step--) {
      back(adjoint, courses, step, carried);
      for (int i = 0; i < NEURONS; i += 37) {
        Course frozen = detached ? courses[i] : null;
        double value = currents[step][i];
        currents[step][i] = value + H;
        double above = new Course(i, currents, frozen).loss(i);
        currents[step][i] = value - H;
        double below = new Course(i, currents, frozen).loss(i);
        currents[step][i] = value;
        String where = "current of neuron " + i + " at step " + step;
        assertEquals((above - below) / (2 * H), carried[0][i], 1e-8, where);
      }
    }
  }

  private void back(NeuronAdjoint adjoint, Course[] courses, int step, double[][] carried) {
    double[][] charged = new double[2][NEURONS];
    double[] spikes = new double[NEURONS];
    double[] derivatives = new double[NEURONS];
    for (int i = 0; i < NEURONS; i++) {
      charged[0][i] = courses[i].charged[step][0];
      charged[1][i] = courses[i].charged[step][1];
      spikes[i] = courses[i].spikes[step];
      double theta = neuron.thresholds()[i % CHANNELS];
      derivatives[i] = SURROGATE.derivative(charged[0][i] + charged[1][i] - theta);
    }
    int some;
    for (int first = 0; first < NEURONS; first += some) {
      some = adjoint.move(charged, spikes, first);
      double[] surrogate = Arrays.copyOfRange(derivatives, first, first + some);
      double[] gradient = Arrays.copyOfRange(directions[step], first, first + some);
      adjoint.back(surrogate, gradient, carried, first);
    }
  }
}
