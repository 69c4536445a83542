package org.dl4jsnn.neuron;

import java.util.List;

class ResetBySubtractionContractTest extends SpikingNeuronContract {

  @Override
  List<Reset> resets(double threshold) {
    return List.of(Reset.bySubtraction());
  }
}
