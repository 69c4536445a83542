package org.dl4jsnn.internal.contract;

import org.dl4jsnn.neuron.Neurons;
import org.dl4jsnn.neuron.NeuronParameter;
import org.dl4jsnn.neuron.DifferentiableDynamics;
import java.util.List;
import java.util.Random;
import org.dl4jsnn.internal.host.LearnedNeuron;

/** Neurons with their own learned values in every channel. */
public final class Heterogeneous {

  private Heterogeneous() {}

  /** All learnable parameters of every channel, somewhere around what the neuron began with. */
  public static DifferentiableDynamics channels(
      DifferentiableDynamics neuron, int channels, long seed) {
    Random random = new Random(seed);
    List<NeuronParameter> parameters =
        neuron.parameters().stream()
            .map(
                parameter ->
                    parameter.isLearnable()
                        ? parameter.learned(
                            random
                                .doubles(channels, -0.7, 0.7)
                                .map(more -> start(parameter) + more)
                                .toArray())
                        : parameter)
            .toList();
    return new LearnedNeuron(neuron, parameters);
  }

  /** No free number stands for a leak of 1. */
  private static double start(NeuronParameter parameter) {
    double value = parameter.mean();
    return value == 1 && parameter.name().equals(NeuronParameter.LEAK) ? 3 : parameter.free()[0];
  }
}
