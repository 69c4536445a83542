package org.dl4jsnn.examples;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.dl4jsnn.layer.SpikingLayer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Mean firing rates of the spiking layers in the minibatches that it is told to watch. */
final class EpochRates extends BaseTrainingListener {

  private final MultiLayerNetwork network;
  private final int[] layers;
  private boolean watching;
  private List<Double> rates;

  EpochRates(MultiLayerNetwork network, List<Double> rates) {
    this.network = network;
    this.rates = rates;
    layers =
        IntStream.range(0, network.getnLayers())
            .filter(layer -> network.getLayer(layer) instanceof SpikingLayer)
            .toArray();
  }

  /** The layers' names. */
  List<String> names() {
    return Arrays.stream(layers)
        .mapToObj(
            layer -> {
              String name = network.getLayer(layer).conf().getLayer().getLayerName();
              return name == null ? "layer" + layer : name;
            })
        .toList();
  }

  /** Whether to measure in the next minibatch. */
  void watch(boolean watch) {
    watching = watch;
  }

  @Override
  public void onForwardPass(Model model, List<INDArray> activations) {
    if (watching) {
      List<Double> measured = new ArrayList<>();
      for (int layer : layers) {
        // The features come first.
        measured.add(activations.get(layer + 1).meanNumber().doubleValue());
      }
      rates = measured;
    }
  }

  List<Double> rates() {
    return rates;
  }
}
