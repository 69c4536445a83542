package org.dl4jsnn.examples.guide;

import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.balance.FiringRateBalance;
import org.dl4jsnn.monitor.FiringRates;
import org.dl4jsnn.monitor.health.SpikeHealthListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Layers that hardly fire: found and cured, as shown in docs/troubleshooting.md. */
final class SilentLayers {

  private SilentLayers() {}

  static void watch(MultiLayerNetwork network) {
    // begin watch
    network.setListeners(new SpikeHealthListener()); // a table per epoch in the log, and warnings
    // end watch
  }

  static List<FiringRates> measure(MultiLayerNetwork network, INDArray features) {
    // begin measure
    List<FiringRates> rates = FiringRates.measure(network, features);
    // FiringRates[layer=layer1, mean=0.031, silent=0.12, saturated=0.0], ...
    // end measure
    return rates;
  }

  static List<FiringRateBalance.LayerRow> balance(MultiLayerNetwork network, DataSet minibatch) {
    // begin balance
    network.init();
    List<FiringRateBalance.LayerRow> done =
        new FiringRateBalance(0.1).weights(network, minibatch.getFeatures());
    // end balance
    return done;
  }
}
