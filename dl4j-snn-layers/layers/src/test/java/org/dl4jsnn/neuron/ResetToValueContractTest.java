package org.dl4jsnn.neuron;

import java.util.List;

class ResetToValueContractTest extends SpikingNeuronContract {

  @Override
  List<Reset> resets(double threshold) {
    return List.of(
        Reset.to(threshold), Reset.to(-0.5), Reset.to(-1e-30), Reset.to(-Float.MAX_VALUE));
  }
}
