package org.dl4jsnn.examples.spoken;

import java.util.Locale;

/** The networks that are compared, of one hidden layer each. */
public enum SpokenNetwork {
  /** Adaptive neurons that reach one another, trained through time. */
  RECURRENT,
  /** The same without recurrent synapses. */
  FEEDFORWARD,
  /** Neurons without leak, trained by accumulated spiking flow: it knows rates alone. */
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
