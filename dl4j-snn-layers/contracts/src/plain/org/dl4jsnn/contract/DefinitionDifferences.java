package org.dl4jsnn.contract;

import org.dl4jsnn.neuron.Neurons;
import org.dl4jsnn.neuron.NeuronParameter;
import org.dl4jsnn.neuron.LocalDerivatives;
import org.dl4jsnn.neuron.DifferentiableDynamics;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.dl4jsnn.internal.host.LearnedNeuron;

/**
 * Compares a neuron's local derivatives with differences of its definition, at states of a run. All
 * built-in steps are of first or second order in each number, so that central differences are off
 * by the rounding of single precision alone.
 */
final class DefinitionDifferences {

  private static final float H = 1f / 64;
  private static final double TOLERANCE = 2e-4;
  private static final int STEPS = 30;

  private final DifferentiableDynamics neuron;
  private final int count;
  private final int order;

  DefinitionDifferences(DifferentiableDynamics neuron, int count) {
    // As learned, so that derivatives by parameters are asked for.
    List<NeuronParameter> parameters =
        neuron.parameters().stream().map(DefinitionDifferences::learned).toList();
    this.neuron = new LearnedNeuron(neuron, parameters);
    this.count = count;
    this.order = neuron.variables().size();
  }

  private static NeuronParameter learned(NeuronParameter parameter) {
    boolean begins = parameter.isLearnable() && !parameter.isLearned() && parameter.mean() != 1;
    return begins ? parameter.learned(parameter.free()) : parameter;
  }

  void check() {
    Random random = new Random(7);
    Neurons neurons = Neurons.of(neuron, count, count);
    float[] excess = new float[count];
    for (int step = 0; step < STEPS; step++) {
      for (int i = 0; i < count; i++) {
        neurons.variable(0)[i] += 1.2f * random.nextFloat();
      }
      neuron.excess(neurons, excess);
      neurons.clearFired();
      for (int i = 0; i < count; i++) {
        if (excess[i] > 0) {
          neurons.fire(i);
        }
      }
      check(neurons);
      neuron.reset(neurons);
    }
  }

  private void check(Neurons charged) {
    LocalDerivatives local = new LocalDerivatives(neuron, count, true);
    float[] fired = new float[count];
    for (int k = 0; k < charged.firedCount(); k++) {
      fired[charged.fired(k)] = 1;
    }
    local.move(charged, fired, 0);
    for (int i = 0; i < count; i++) {
      ofState(charged, local, i);
      ofSpike(charged, local, i);
      for (int p : local.learned()) {
        ofParameter(charged, local, p, i);
      }
    }
  }

  private void ofState(Neurons charged, LocalDerivatives local, int i) {
    for (int j = 0; j < order; j++) {
      if (isCount(j)) {
        continue; // counts steps, and is taken for a constant
      }
      int variable = j;
      Neurons above = moved(charged, variable, i, H);
      Neurons below = moved(charged, variable, i, -H);
      // Only what fails is spelled out: these neurons have numbers for every channel.
      Supplier<String> by = () -> "by " + neuron.variables().get(variable).name() + " of " + neuron;
      compare(excess(i), above, below, local.excess(j)[i], () -> "excess " + by.get());
      for (int k = 0; k < order; k++) {
        int of = k;
        double expected = local.leak(k)[i] * local.reset(k, j)[i];
        compare(left(k, i), above, below, expected, () -> "variable " + of + " " + by.get());
      }
    }
  }

  private boolean isCount(int variable) {
    return neuron.variables().get(variable).name().startsWith("refractory steps");
  }

  private static Neurons moved(Neurons charged, int variable, int i, float by) {
    Neurons moved = charged.copy();
    moved.set(charged);
    moved.variable(variable)[i] += by;
    return moved;
  }

  private void ofSpike(Neurons charged, LocalDerivatives local, int i) {
    if (local.excess(0)[i] == 0) {
      return; // cannot fire
    }
    Neurons fires = withSpike(charged, i, true);
    Neurons rests = withSpike(charged, i, false);
    for (int k = 0; k < order; k++) {
      if (!isCount(k)) {
        double difference = left(k, i).applyAsDouble(fires) - left(k, i).applyAsDouble(rests);
        double expected = local.leak(k)[i] * local.resetBySpike(k)[i];
        int of = k;
        assertEquals(
            difference, expected, TOLERANCE, () -> "variable " + of + " by spike of " + neuron);
      }
    }
  }

  private static Neurons withSpike(Neurons charged, int i, boolean fires) {
    Neurons other = charged.copy();
    for (int k = 0; k < charged.count(); k++) {
      if (k == i ? fires : contains(charged, k)) {
        other.fire(k);
      }
    }
    return other;
  }

  private static boolean contains(Neurons charged, int neuron) {
    for (int k = 0; k < charged.firedCount(); k++) {
      if (charged.fired(k) == neuron) {
        return true;
      }
    }
    return false;
  }

  private void ofParameter(Neurons charged, LocalDerivatives local, int p, int i) {
    Supplier<String> by = () -> "by " + neuron.parameters().get(p).name() + " of " + neuron;
    DifferentiableDynamics above = moved(p, H);
    DifferentiableDynamics below = moved(p, -H);
    double excess = excess(above, i, charged) - excess(below, i, charged);
    assertEquals(
        excess / (2 * H), local.excessByParameter(p)[i], TOLERANCE, () -> "excess " + by.get());
    for (int k = 0; k < order; k++) {
      int of = k;
      double left = left(above, k, i, charged) - left(below, k, i, charged);
      assertEquals(
          left / (2 * H), local.leftByParameter(k, p)[i], TOLERANCE, () -> of + " " + by.get());
    }
  }

  /** A neuron whose parameter has moved, beyond its bounds if need be. */
  private DifferentiableDynamics moved(int p, double by) {
    List<NeuronParameter> parameters = new ArrayList<>(neuron.parameters());
    double[] values = parameters.get(p).ofChannels(count);
    for (int i = 0; i < count; i++) {
      values[i] += by;
    }
    parameters.set(p, NeuronParameter.ofChannels(parameters.get(p).name(), values));
    return new LearnedNeuron(neuron, parameters);
  }

  private ToDoubleFunction<Neurons> excess(int i) {
    return state -> excess(neuron, i, state);
  }

  private double excess(DifferentiableDynamics of, int i, Neurons state) {
    float[] excess = new float[count];
    of.excess(with(of, state), excess);
    return excess[i];
  }

  private ToDoubleFunction<Neurons> left(int k, int i) {
    return state -> left(neuron, k, i, state);
  }

  private double left(DifferentiableDynamics of, int k, int i, Neurons state) {
    Neurons left = with(of, state);
    of.reset(left);
    return left.variable(k)[i];
  }

  /** Neurons with the parameters of one definition and the state of others. */
  private Neurons with(DifferentiableDynamics of, Neurons state) {
    Neurons neurons = Neurons.of(of, count, count);
    neurons.set(state);
    return neurons;
  }

  private static void compare(
      ToDoubleFunction<Neurons> function,
      Neurons above,
      Neurons below,
      double expected,
      Supplier<String> what) {
    double difference = function.applyAsDouble(above) - function.applyAsDouble(below);
    assertEquals(difference / (2 * H), expected, TOLERANCE, what);
  }
}
