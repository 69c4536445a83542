package org.dl4jsnn.neuron;

import java.util.List;

class ResetToZeroContractTest extends SpikingNeuronContract {

  @Override
  List<Reset> resets(double threshold) {
    return List.of(Reset.toZero());
  }
}
