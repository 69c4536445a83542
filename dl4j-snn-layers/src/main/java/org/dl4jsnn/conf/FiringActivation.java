package org.dl4jsnn.conf;

import java.io.Serializable;
import org.nd4j.linalg.activations.impl.ActivationIdentity;

/**
 * What a spiking layer answers where Deeplearning4j asks for its activation function: nothing is
 * applied to its rates, and its text tells the neurons that fired them. Deeplearning4j's training
 * pages show it.
 */
final class FiringActivation extends ActivationIdentity {

  private static final long serialVersionUID = 1L;

  private final Serializable neurons;

  FiringActivation(Serializable neurons) {
    this.neurons = neurons;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FiringActivation that && neurons.equals(that.neurons);
  }

  @Override
  public int hashCode() {
    return neurons.hashCode();
  }

  @Override
  public String toString() {
    return "firing rate (" + neurons + ")";
  }
}
