package org.dl4jsnn.examples.spoken;

import java.util.Locale;

/** The compared networks, each with one hidden layer. */
public enum SpokenNetwork {
  /** Recurrent adaptive neurons, trained through time. */
  RECURRENT,
  /** The same without recurrent synapses. */
  FEEDFORWARD,
  /** Neurons without leak, trained by accumulated spiking flow, which sees only rates. */
  RATES,
  /** Deeplearning4j's LSTM on the counts. */
  LSTM;

  /** Whether it has spikes. */
  public boolean isSpiking() {
    return this != LSTM;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
