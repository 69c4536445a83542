package org.dl4jsnn.synapse;

import org.dl4jsnn.neuron.Neurons;

/** For a layer without recurrent connections. */
class NoRecurrentCharge implements RecurrentCharge {

  @Override
  public final boolean isNone() {
    return true;
  }

  @Override
  public final void charge(Neurons neurons, float[] charged) {
    // No current.
  }

  @Override
  public final double currentBound() {
    return 0;
  }
}
