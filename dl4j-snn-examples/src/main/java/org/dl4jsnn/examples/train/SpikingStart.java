package org.dl4jsnn.examples.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.conf.DecoupledWeightDecay;
import org.dl4jsnn.convert.Scales;
import org.dl4jsnn.convert.SpikingConversion;
import org.dl4jsnn.deploy.NormalizationFolding;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.gradient.BackpropRules;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.schedule.ISchedule;

/** A spiking network that starts with the weights of a trained one, or as its conversion. */
final class SpikingStart {

  private SpikingStart() {}

  static boolean isSpiking(MultiLayerNetwork network) {
    return spikingLayers(network).findAny().isPresent();
  }

  private static Stream<BaseSpikingLayer> spikingLayers(MultiLayerNetwork network) {
    return Arrays.stream(network.getLayers())
        .map(layer -> layer.conf().getLayer())
        .filter(BaseSpikingLayer.class::isInstance)
        .map(BaseSpikingLayer.class::cast);
  }

  /**
   * Copies the weights of a network from a file; a folded normalisation is unfolded with samples of
   * the training.
   */
  static MultiLayerNetwork of(
      Path file, MultiLayerNetwork trained, MultiLayerNetwork fresh, DataSetIterator samples) {
    for (Layer layer : fresh.getLayers()) {
      if (layer.paramTable() != null && layer.paramTable().containsKey(Synapse.WEIGHT)) {
        requireWeights(file, trained, layer);
      }
    }
    boolean isFolded =
        spikingLayers(trained)
            .anyMatch(layer -> layer.hasBias() && layer.getNormalization() == null);
    MultiLayerNetwork from =
        isFolded
            ? NormalizationFolding.unfold(trained, new CurrentNormalization(), samples)
            : trained;
    for (Layer layer : fresh.getLayers()) {
      if (layer.numParams() > 0) {
        copy(file, from, layer);
      }
    }
    return fresh;
  }

  /** Other weights would not even run with the samples. */
  private static void requireWeights(Path file, MultiLayerNetwork trained, Layer layer) {
    String name = layer.conf().getLayer().getLayerName();
    long[] shape = layer.getParam(Synapse.WEIGHT).shape();
    boolean fits =
        trained.getLayerNames().contains(name)
            && trained.getLayer(name).paramTable().containsKey(Synapse.WEIGHT)
            && Arrays.equals(trained.getLayer(name).getParam(Synapse.WEIGHT).shape(), shape);
    if (!fits) {
      throw UserError.of(
          "--from must name a network with a layer '%s' of weights %s, got %s, whose weighted"
              + " layers are %s. Possible cause: it is for other data",
          name, Arrays.toString(shape), file, weightedLayers(trained));
    }
  }

  private static String weightedLayers(MultiLayerNetwork network) {
    return Arrays.stream(network.getLayers())
        .filter(layer -> layer.paramTable() != null)
        .filter(layer -> layer.paramTable().containsKey(Synapse.WEIGHT))
        .map(
            layer ->
                layer.conf().getLayer().getLayerName()
                    + " "
                    + Arrays.toString(layer.getParam(Synapse.WEIGHT).shape()))
        .collect(Collectors.joining(", "));
  }

  private static void copy(Path file, MultiLayerNetwork from, Layer to) {
    String name = to.conf().getLayer().getLayerName();
    Map<String, INDArray> trained =
        from.getLayerNames().contains(name) ? from.getLayer(name).paramTable() : Map.of();
    Map<String, INDArray> target = to.paramTable();
    boolean fits =
        trained.keySet().equals(target.keySet())
            && trained.entrySet().stream()
                .allMatch(entry -> entry.getValue().equalShapes(target.get(entry.getKey())));
    if (!fits) {
      throw UserError.of(
          "--from must name a network whose layer '%s' has the parameters %s, got %s of %s."
              + " Possible cause: --normalize or --loss is another",
          name, shapes(target), shapes(trained), file);
    }
    target.forEach((key, parameter) -> parameter.assign(trained.get(key)));
  }

  private static String shapes(Map<String, INDArray> parameters) {
    if (parameters.isEmpty()) {
      return "none";
    }
    return String.join(
        ", ",
        parameters.entrySet().stream()
            .map(entry -> entry.getKey() + " " + Arrays.toString(entry.getValue().shape()))
            .toList());
  }

  /**
   * The conversion of a trained network without spikes, with scales by the least squared error at
   * T, ready to learn by the options.
   */
  static MultiLayerNetwork converted(
      MultiLayerNetwork trained,
      DataSetIterator calibration,
      NetworkOptions options,
      ISchedule learningRates) {
    MultiLayerNetwork converted =
        SpikingConversion.of(trained)
            .calibrate(calibration)
            .scales(Scales.meanSquare())
            .steps(options.steps)
            .convert()
            .network();
    MultiLayerConfiguration configuration = converted.getLayerWiseConfigurations().clone();
    DecoupledWeightDecay.applyTo(configuration, options.weightDecay);
    if (options.weightDecay == 0 && options.l2 > 0) {
      for (NeuralNetConfiguration layer : configuration.getConfs()) {
        if (layer.getLayer() instanceof BaseLayer weighted) {
          weighted.setRegularization(new ArrayList<>(List.of(new L2Regularization(options.l2))));
        }
      }
    }
    MultiLayerNetwork decaying = new MultiLayerNetwork(configuration);
    decaying.init();
    decaying.setParams(converted.params());
    MultiLayerNetwork learning = BackpropRules.swap(decaying, options.rule());
    learning.setLearningRate(learningRates);
    return learning;
  }
}
