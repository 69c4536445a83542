package org.dl4jsnn.deploy;

import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.array.WrappedLayers;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Trains a network for weights of few bits: every pass sees the weights as {@link
 * WeightQuantization} rounds them, and the updater moves the unrounded ones, by the gradient of the
 * rounded (the straight-through estimator, equation 94 of docs/mathematics.md). After every
 * minibatch the network has rounded weights, so it evaluates and saves as it will be deployed.
 *
 * <pre>{@code
 * MultiLayerNetwork network = NormalizationFolding.fold(trained);
 * network.setLearningRate(1e-4);
 * network.addListeners(QuantizationAwareTraining.of(network, WeightQuantization.toBits(4)));
 * network.fit(training, 3);
 * }</pre>
 *
 * <p>The unrounded weights live in this listener alone: a saved network goes on from its rounded
 * ones. One network and one thread; not for workers that train copies.
 *
 * <p>Source: Hubara et al., "Quantized neural networks: training neural networks with low precision
 * weights and activations", JMLR 18, 2018.
 */
public final class QuantizationAwareTraining extends BaseTrainingListener {

  private final Model network;
  private final WeightQuantization quantization;
  private final INDArray unrounded;

  private QuantizationAwareTraining(
      Model network, Layer[] layers, WeightQuantization quantization) {
    Require.given("quantization", quantization);
    Stream.of(layers)
        .map(layer -> WrappedLayers.inner(layer.conf().getLayer()))
        .filter(BaseSpikingLayer.class::isInstance)
        .map(BaseSpikingLayer.class::cast)
        .forEach(QuantizationAwareTraining::requireFolded);
    this.network = network;
    this.quantization = quantization;
    this.unrounded = network.params().dup();
    round();
  }

  private static void requireFolded(BaseSpikingLayer layer) {
    Require.not(
        layer.getNormalization() != null,
        "%s: normalisation must be folded into the weights that are rounded, got %s."
            + " NormalizationFolding.fold does so",
        layer.name(),
        layer.getNormalization());
  }

  /**
   * Rounds the weights of a network, and keeps the unrounded ones.
   *
   * @param network the network to train, without normalisation; add the result to its listeners
   * @param quantization the rounding
   * @return a listener
   * @throws IllegalArgumentException if a layer normalises its currents, there is no spiking layer
   *     with weights, or a weight is not finite
   */
  public static QuantizationAwareTraining of(
      MultiLayerNetwork network, WeightQuantization quantization) {
    return new QuantizationAwareTraining(network, network.getLayers(), quantization);
  }

  /**
   * The same for a graph.
   *
   * @param network the graph to train
   * @param quantization the rounding
   * @return a listener
   * @throws IllegalArgumentException as for a MultiLayerNetwork
   */
  public static QuantizationAwareTraining of(
      ComputationGraph network, WeightQuantization quantization) {
    return new QuantizationAwareTraining(network, network.getLayers(), quantization);
  }

  /** Before the update, which also reads the parameters. */
  @Override
  public void onGradientCalculation(Model model) {
    requireOwn(model);
    network.params().assign(unrounded);
  }

  /** After the update. */
  @Override
  public void iterationDone(Model model, int iteration, int epoch) {
    requireOwn(model);
    unrounded.assign(network.params());
    round();
  }

  private void round() {
    quantization.round(
        network instanceof ComputationGraph graph
            ? graph.getLayers()
            : ((MultiLayerNetwork) network).getLayers());
  }

  private void requireOwn(Model model) {
    if (model != network) {
      throw new IllegalStateException(
          "QuantizationAwareTraining must listen to the network that it was made for, got another."
              + " Possible cause: workers train copies");
    }
  }
}
