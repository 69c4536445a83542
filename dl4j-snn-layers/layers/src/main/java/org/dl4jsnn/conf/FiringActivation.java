package org.dl4jsnn.conf;

import java.io.Serializable;
import org.nd4j.linalg.activations.impl.ActivationIdentity;

/**
 * The activation function that a spiking layer reports to Deeplearning4j: the identity, whose text
 * describes the layer's neurons on Deeplearning4j's training pages.
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
