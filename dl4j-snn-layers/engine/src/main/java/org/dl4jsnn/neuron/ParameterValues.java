package org.dl4jsnn.neuron;

import java.util.List;

/** A neuron's parameters in a layer with a given number of channels. Thread-safe. */
final class ParameterValues {

  private final List<NeuronParameter> parameters;
  private final float[][] singles;

  ParameterValues(NeuronDynamics dynamics, int neurons, int channels) {
    this.parameters = dynamics.parameters();
    this.singles = new float[parameters.size()][neurons];
    for (int p = 0; p < singles.length; p++) {
      double[] values = parameters.get(p).ofChannels(channels);
      for (int i = 0; i < neurons; i++) {
        singles[p][i] = (float) values[i % channels];
      }
    }
  }

  float[] singles(int parameter) {
    return singles[parameter];
  }

  boolean isEverywhere(int parameter, double value) {
    return parameters.get(parameter).isEverywhere(value);
  }
}
