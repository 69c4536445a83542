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

/**
 * Figures of a training that goes on: the loss per sample, averaged over the last minibatches, and
 * the mean firing rates of the spiking layers in selected minibatches.
 */
final class RunningFigures extends BaseTrainingListener {

  private static final double SMOOTHING = 0.98;

  private final TrainableNetwork<?> network;
  private boolean watching;
  private List<Double> rates;
  private double loss;

  /** Begins with the figures that an earlier run reached; a loss of NaN for none. */
  RunningFigures(TrainableNetwork<?> network, TrainingState state) {
    this.network = network;
    this.rates = state.rates();
    this.loss = state.loss();
  }

  @Override
  public void iterationDone(Model model, int iteration, int epoch) {
    int samples = model.batchSize();
    // Deeplearning4j divides by the minibatch size unless configured otherwise.
    double now = network.common().isMiniBatch() ? model.score() : model.score() / samples;
    loss = Double.isNaN(loss) ? now : SMOOTHING * loss + (1 - SMOOTHING) * now;
  }

  double loss() {
    return loss;
  }

  /** The names of the spiking layers that have rates. */
  List<String> names() {
    return network.layers().stream()
        // For a frozen layer, this is the configuration of the layer inside.
        .map(layer -> layer.conf().getLayer())
        .filter(BaseSpikingLayer.class::isInstance)
        .map(BaseSpikingLayer.class::cast)
        .filter(layer -> !layer.passesCurrents())
        .map(Layer::getLayerName)
        .toList();
  }

  /** Whether to measure rates in the next minibatch. */
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
