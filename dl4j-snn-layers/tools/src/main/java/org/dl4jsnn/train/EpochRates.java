package org.dl4jsnn.train;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.monitor.FiringRates;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Mean firing rates of the spiking layers in selected minibatches. */
final class EpochRates extends BaseTrainingListener {

  private final TrainableNetwork<?> network;
  private boolean watching;
  private List<Double> rates;

  EpochRates(TrainableNetwork<?> network, List<Double> rates) {
    this.network = network;
    this.rates = rates;
  }

  /** The layers' names. */
  List<String> names() {
    return network.layers().stream()
        // For a frozen layer, this is the configuration of the layer inside.
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
      rates = means(FiringRates.of((MultiLayerNetwork) model, activations));
    }
  }

  @Override
  public void onForwardPass(Model model, Map<String, INDArray> activations) {
    if (watching) {
      rates = means(FiringRates.of((ComputationGraph) model, activations));
    }
  }

  private static List<Double> means(List<FiringRates> rates) {
    return rates.stream().map(FiringRates::mean).toList();
  }

  List<Double> rates() {
    return rates;
  }
}
