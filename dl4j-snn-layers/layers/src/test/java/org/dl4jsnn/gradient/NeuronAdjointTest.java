package org.dl4jsnn.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.internal.contract.Heterogeneous;
import org.dl4jsnn.neuron.AdaptiveNeuron;
import org.dl4jsnn.neuron.DifferentiableDynamics;
import org.dl4jsnn.neuron.NeuronParameter;
import org.dl4jsnn.neuron.RefractoryNeuron;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.neuron.SynapticNeuron;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The way back through neurons of every kind, with separate parameters for every channel: with the
 * smooth step in place of the spike it equals differences of the loss, in double precision, by
 * currents and by learned parameters. A detached reset equals the differences where the reset's
 * spikes are frozen.
 */
class NeuronAdjointTest {

  private static final int STEPS = 9;
  private static final int CHANNELS = 5;

  /** More than are differentiated at once. */
  private static final int NEURONS = 120 * CHANNELS;

  private static final double H = 1e-6;
  private static final Surrogate SURROGATE = Surrogate.sigmoid(0.4);

  static Stream<Arguments> cases() {
    List<Arguments> cases = new ArrayList<>();
    for (Reset reset : List.of(Reset.toZero(), Reset.to(-0.3), Reset.bySubtraction())) {
      SpikingNeuron membrane = new SpikingNeuron(0.8, 0.8, reset, 0.125);
      for (boolean detached : new boolean[] {false, true}) {
        Map.of(
                SmoothNeuron.Kind.PLAIN, membrane,
                SmoothNeuron.Kind.SYNAPTIC, new SynapticNeuron(membrane, 0.6),
                SmoothNeuron.Kind.ADAPTIVE, new AdaptiveNeuron(membrane, 0.4, 0.7),
                SmoothNeuron.Kind.REFRACTORY, new RefractoryNeuron(membrane, 2))
            .forEach(
                (kind, neuron) ->
                    cases.add(
                        Arguments.of(neuron, new SmoothNeuron(kind, reset, 0.125, 2), detached)));
      }
    }
    return cases.stream();
  }

  @ParameterizedTest(name = "{0}, detached {2}")
  @MethodSource("cases")
  void shouldEqualDifferencesOfTheLoss(
      DifferentiableDynamics initial, SmoothNeuron smooth, boolean detached) {
    DifferentiableDynamics neuron = Heterogeneous.channels(initial, CHANNELS, 3);
    new Check(neuron, smooth, detached).run();
  }

  private static double[][] random(long seed, double mean, double size) {
    Random random = new Random(seed);
    double[][] values = new double[STEPS][NEURONS];
    for (double[] step : values) {
      for (int i = 0; i < NEURONS; i++) {
        step[i] = mean + size * random.nextGaussian();
      }
    }
    return values;
  }

  private static final class Check {

    private final DifferentiableDynamics neuron;
    private final SmoothNeuron smooth;
    private final boolean detached;
    private final int order;
    private final double[][] currents = random(1, 0.4, 0.8);
    private final double[][] directions = random(2, 0, 1);

    /** [parameter][channel]. */
    private final double[][] parameters;

    private final int[] learned;
    private final SmoothNeuron.Course[] courses = new SmoothNeuron.Course[NEURONS];

    Check(DifferentiableDynamics neuron, SmoothNeuron smooth, boolean detached) {
      this.neuron = neuron;
      this.smooth = smooth;
      this.detached = detached;
      this.order = neuron.variables().size();
      List<NeuronParameter> named = neuron.parameters();
      this.parameters =
          named.stream().map(one -> one.ofChannels(CHANNELS)).toArray(double[][]::new);
      this.learned =
          IntStream.range(0, named.size()).filter(p -> named.get(p).isLearned()).toArray();
    }

    void run() {
      for (int i = 0; i < NEURONS; i++) {
        courses[i] = course(i, null);
      }
      NeuronAdjoint adjoint = new NeuronAdjoint(neuron, CHANNELS, detached);
      double[][] carried = new double[order][NEURONS];
      double[][] ofLearned = new double[learned.length][CHANNELS];
      for (int step = STEPS - 1; step >= 0; step--) {
        back(adjoint, step, carried, ofLearned);
        for (int i = 0; i < NEURONS; i += 37) {
          checkCurrent(i, step, carried[0][i]);
        }
      }
      for (int l = 0; l < learned.length; l++) {
        for (int channel = 0; channel < CHANNELS; channel++) {
          checkParameter(learned[l], channel, ofLearned[l][channel]);
        }
      }
    }

    private SmoothNeuron.Course course(int i, SmoothNeuron.Course before) {
      double[] ofChannel = new double[parameters.length];
      Arrays.setAll(ofChannel, p -> parameters[p][i % CHANNELS]);
      double[] input = new double[STEPS];
      Arrays.setAll(input, step -> currents[step][i]);
      return smooth.run(ofChannel, input, SURROGATE, before, detached);
    }

    private double loss(int i) {
      SmoothNeuron.Course course = course(i, courses[i]);
      double loss = 0;
      for (int step = 0; step < STEPS; step++) {
        loss += directions[step][i] * course.spikes()[step];
      }
      return loss;
    }

    private void checkCurrent(int i, int step, double gradient) {
      double value = currents[step][i];
      currents[step][i] = value + H;
      double above = loss(i);
      currents[step][i] = value - H;
      double below = loss(i);
      currents[step][i] = value;
      String where = "current of neuron " + i + " at step " + step;
      assertEquals((above - below) / (2 * H), gradient, 1e-8, where);
    }

    private void checkParameter(int p, int channel, double gradient) {
      double value = parameters[p][channel];
      double difference = 0;
      for (int i = channel; i < NEURONS; i += CHANNELS) {
        parameters[p][channel] = value + H;
        double above = loss(i);
        parameters[p][channel] = value - H;
        difference += (above - loss(i)) / (2 * H);
        parameters[p][channel] = value;
      }
      String where = neuron.parameters().get(p).name() + " of channel " + channel;
      assertEquals(difference, gradient, 1e-6, where);
    }

    private void back(NeuronAdjoint adjoint, int step, double[][] carried, double[][] ofLearned) {
      double[][] charged = new double[order][NEURONS];
      double[] spikes = new double[NEURONS];
      double[] derivatives = new double[NEURONS];
      for (int i = 0; i < NEURONS; i++) {
        for (int k = 0; k < order; k++) {
          charged[k][i] = courses[i].charged()[step][k];
        }
        spikes[i] = courses[i].spikes()[step];
        derivatives[i] = SURROGATE.derivative(courses[i].excess()[step]);
      }
      int some;
      for (int first = 0; first < NEURONS; first += some) {
        some = adjoint.move(charged, spikes, first);
        double[] surrogate = Arrays.copyOfRange(derivatives, first, first + some);
        double[] gradient = Arrays.copyOfRange(directions[step], first, first + some);
        adjoint.back(surrogate, gradient, carried, ofLearned, first);
      }
    }
  }
}
