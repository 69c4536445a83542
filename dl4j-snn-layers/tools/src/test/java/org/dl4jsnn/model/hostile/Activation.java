package org.dl4jsnn.model.hostile;

import org.nd4j.linalg.activations.impl.ActivationIdentity;

/** What a network could have. */
public final class Activation extends ActivationIdentity {

  private static final long serialVersionUID = 1L;

  public Activation() {
    SideEffects.record("constructor");
  }
}
