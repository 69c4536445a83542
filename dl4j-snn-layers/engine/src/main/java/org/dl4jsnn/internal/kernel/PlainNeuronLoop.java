package org.dl4jsnn.internal.kernel;

import org.dl4jsnn.spike.SpikeEvents;

/** The plain counterpart of the vectorised loop. */
record PlainNeuronLoop(KernelNeuron rule) implements NeuronLoop {

  @Override
  public boolean step(
      float[] potentials, int channels, long[] positions, long[] armed, SpikeEvents fired) {
    long any = 0;
    for (int word = 0; word < positions.length; word++) {
      long above = armed[word] & ~positions[word];
      for (long left = positions[word]; left != 0; left &= left - 1) {
        int bit = Long.numberOfTrailingZeros(left);
        if (step(potentials, channels, word * Long.SIZE + bit, fired)) {
          above |= 1L << bit;
        }
      }
      armed[word] = above;
      any |= above;
    }
    return any != 0;
  }

  /** Runs the neurons of a position; whether one is still above the threshold. */
  private boolean step(float[] u, int channels, int position, SpikeEvents fired) {
    int at = position * channels;
    float threshold = rule.threshold();
    boolean above = false;
    for (int channel = 0; channel < channels; channel++) {
      float charged = u[at + channel];
      if (charged > threshold) {
        fired.add(position, channel, 1);
        float left = (rule.subtractive() ? charged - threshold : rule.resetValue()) * rule.leak();
        u[at + channel] = left;
        above |= left > threshold;
      } else {
        u[at + channel] = charged * rule.leak();
      }
    }
    return above;
  }

  @Override
  public void leak(float[] potentials, int at, int count, long steps) {
    for (int neuron = at; neuron < at + count; neuron++) {
      float u = potentials[neuron];
      for (long step = 0; step < steps; step++) {
        float next = u * rule.leak();
        if (next == u) {
          break; // 0, or where rounding ends the decay
        }
        u = next;
      }
      potentials[neuron] = u;
    }
  }
}
