package org.dl4jsnn.examples.train;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.deploy.NormalizationFolding;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** A spiking network that starts with the weights of a trained one. */
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
   * Copies the weights of a trained network. If its normalisation is folded in, it is unfolded.
   *
   * @param file where the trained network came from, for messages
   * @param fresh the network to train
   * @param samples training images as they are tested
   * @return {@code fresh}
   * @throws UserError if the networks' layers differ
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
      throw new UserError(
          String.format(
              "--from must name a network with a layer '%s' of weights %s, got %s, whose weighted"
                  + " layers are %s. Possible cause: it is for other data",
              name, Arrays.toString(shape), file, weightedLayers(trained)));
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
      throw new UserError(
          String.format(
              "--from must name a network whose layer '%s' has the parameters %s, got %s of %s."
                  + " Possible cause: --normalize or --loss is another",
              name, shapes(target), shapes(trained), file));
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
}
