package org.dl4jsnn.examples;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.monitor.FiringRates;
import org.dl4jsnn.monitor.LayerRates;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Mean firing rates of the spiking layers in the minibatches that it is told to watch. */
final class EpochRates extends BaseTrainingListener {

  private final MultiLayerNetwork network;
  private boolean watching;
  private List<Double> rates;

  EpochRates(MultiLayerNetwork network, List<Double> rates) {
    this.network = network;
    this.rates = rates;
  }

  /** The layers' names. */
  List<String> names() {
    return Arrays.stream(network.getLayers())
        // Of a frozen layer, this is the configuration of the layer inside.
        .map(layer -> layer.conf().getLayer())
        .filter(BaseSpikingLayer.class::isInstance)
        .map(Layer::getLayerName)
        .toList();
  }

  /** Whether to measure in the next minibatch. */
  void watch(boolean watch) {
    watching = watch;
  }

  @Override
  public void onForwardPass(Model model, List<INDArray> activations) {
    if (watching) {
      rates = FiringRates.of(network, activations).stream().map(LayerRates::mean).toList();
    }
  }

  List<Double> rates() {
    return rates;
  }
}
