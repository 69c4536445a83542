package org.dl4jsnn.charge;

import org.dl4jsnn.neuron.Neurons;

/** For a layer without recurrent connections. */
final class NoRecurrentCharge implements RecurrentCharge {

  @Override
  public boolean isNone() {
    return true;
  }

  @Override
  public void charge(Neurons neurons, float[] charged) {
    // No current.
  }

  @Override
  public double currentBound() {
    return 0;
  }
}
