package org.dl4jsnn.examples.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.conf.DecoupledWeightDecay;
import org.dl4jsnn.convert.Scales;
import org.dl4jsnn.convert.SpikingConversion;
import org.dl4jsnn.deploy.NormalizationFolding;
import org.dl4jsnn.examples.support.AnyNetwork;
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

  static boolean isSpiking(NeuralNetwork network) {
    return spikingLayers(network).findAny().isPresent();
  }

  private static Stream<BaseSpikingLayer> spikingLayers(NeuralNetwork network) {
    return AnyNetwork.layers(network).values().stream()
        .map(layer -> layer.conf().getLayer())
        .filter(BaseSpikingLayer.class::isInstance)
        .map(BaseSpikingLayer.class::cast);
  }

  private static Map<String, INDArray> parameters(Layer layer) {
    return layer == null || layer.paramTable() == null ? Map.of() : layer.paramTable();
  }

  /**
   * Copies the weights of a network from a file; a folded normalisation is unfolded with samples of
   * the training.
   */
  static Model of(Path file, NeuralNetwork trained, Model fresh, DataSetIterator samples) {
    Map<String, Layer> targets = AnyNetwork.layers((NeuralNetwork) fresh);
    targets.forEach(
        (name, target) -> requireWeights(file, AnyNetwork.layers(trained), name, target));
    boolean isFolded =
        spikingLayers(trained)
            .anyMatch(layer -> layer.hasBias() && layer.getNormalization() == null);
    Map<String, Layer> from = AnyNetwork.layers(isFolded ? unfolded(trained, samples) : trained);
    targets.forEach(
        (name, target) -> copy(file, name, parameters(from.get(name)), parameters(target)));
    return fresh;
  }

  private static NeuralNetwork unfolded(NeuralNetwork trained, DataSetIterator samples) {
    return trained instanceof ComputationGraph graph
        ? NormalizationFolding.unfold(graph, new CurrentNormalization(), samples)
        : NormalizationFolding.unfold(
            (MultiLayerNetwork) trained, new CurrentNormalization(), samples);
  }

  /** Other weights would not even run with the samples. */
  private static void requireWeights(
      Path file, Map<String, Layer> trained, String name, Layer target) {
    if (!hasWeights(target, trained.get(name))) {
      throw UserError.of(
          "--from must name a network with a layer '%s' of weights %s, got %s, whose weighted"
              + " layers are %s. Possible cause: it is for other data",
          name,
          Arrays.toString(parameters(target).get(Synapse.WEIGHT).shape()),
          file,
          weightedLayers(trained));
    }
  }

  private static String weightedLayers(Map<String, Layer> network) {
    return network.entrySet().stream()
        .filter(layer -> parameters(layer.getValue()).containsKey(Synapse.WEIGHT))
        .map(
            layer ->
                layer.getKey()
                    + " "
                    + Arrays.toString(parameters(layer.getValue()).get(Synapse.WEIGHT).shape()))
        .collect(Collectors.joining(", "));
  }

  private static void copy(
      Path file, String name, Map<String, INDArray> trained, Map<String, INDArray> target) {
    boolean fits =
        trained.keySet().equals(target.keySet())
            && trained.entrySet().stream()
                .allMatch(entry -> entry.getValue().equalShapes(target.get(entry.getKey())));
    if (!fits) {
      throw UserError.of(
          "--from must name a network whose layer '%s' has the parameters %s, got %s of %s."
              + " Possible cause: --normalize, --join or --loss is another",
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
   * A new network with the weights and the normalisation of MS-ResNet's counterpart without spikes;
   * training measures means and variances anew. A rate is an activation divided by the threshold,
   * so the read-out's weights grow. Empty if the trained network is no such counterpart.
   */
  static Optional<Model> ofCounterpart(
      NeuralNetwork trained, Supplier<Model> fresh, NetworkOptions options) {
    if (!(trained instanceof ComputationGraph graph)
        || !ConventionalNetwork.hasSumsOfCurrents(graph)) {
      return Optional.empty();
    }
    options.samePadding = ConventionalNetwork.hasSamePadding(graph);
    Model network = fresh.get();
    if (network instanceof ComputationGraph spiking
        && spikingLayers(spiking).noneMatch(BaseSpikingLayer::passesCurrents)) {
      throw new UserError(
          "--join must be currents with --from and a network without spikes whose blocks join"
              + " currents, got another");
    }
    Map<String, Layer> from = AnyNetwork.layers(trained);
    Map<String, Layer> to = AnyNetwork.layers((NeuralNetwork) network);
    if (!to.keySet().stream().allMatch(name -> hasWeights(to.get(name), from.get(name)))) {
      return Optional.empty();
    }
    to.forEach(
        (name, layer) -> {
          Map<String, INDArray> parameters = parameters(layer);
          Map<String, INDArray> normalization =
              parameters(from.get(name + ConventionalNetwork.NORMALIZATION));
          assign(normalization, CurrentNormalization.GAIN, parameters);
          assign(normalization, CurrentNormalization.SHIFT, parameters);
          assign(parameters(from.get(name)), Synapse.WEIGHT, parameters);
          assign(parameters(from.get(name)), Synapse.BIAS, parameters);
          boolean isReadOut = !(layer.conf().getLayer() instanceof BaseSpikingLayer);
          if (isReadOut && parameters.containsKey(Synapse.WEIGHT)) {
            parameters.get(Synapse.WEIGHT).muli(options.threshold);
          }
        });
    return Optional.of(network);
  }

  /** Whether a layer has weights of the shape that another one wants, if it wants any. */
  private static boolean hasWeights(Layer target, Layer trained) {
    INDArray wanted = parameters(target).get(Synapse.WEIGHT);
    INDArray weights = parameters(trained).get(Synapse.WEIGHT);
    return wanted == null || weights != null && wanted.equalShapes(weights);
  }

  private static void assign(
      Map<String, INDArray> from, String parameter, Map<String, INDArray> to) {
    if (from.containsKey(parameter) && to.containsKey(parameter)) {
      to.get(parameter).assign(from.get(parameter));
    }
  }

  /**
   * The conversion of a trained network without spikes, with scales by the least squared error at
   * T, ready to learn by the options.
   */
  static Model converted(
      NeuralNetwork trained,
      DataSetIterator calibration,
      NetworkOptions options,
      ISchedule learningRates) {
    SpikingConversion<? extends NeuralNetwork> conversion =
        trained instanceof ComputationGraph graph
            ? SpikingConversion.of(graph)
            : SpikingConversion.of((MultiLayerNetwork) trained);
    NeuralNetwork converted =
        conversion
            .calibrate(calibration)
            .scales(Scales.meanSquare())
            .steps(options.steps)
            .convert()
            .network();
    return learning(converted, options, learningRates);
  }

  /** With the decay of the options, the rule of ASF-BP and the learning rates. */
  private static Model learning(
      NeuralNetwork converted, NetworkOptions options, ISchedule learningRates) {
    if (converted instanceof ComputationGraph graph) {
      ComputationGraphConfiguration configuration = graph.getConfiguration().clone();
      DecoupledWeightDecay.applyTo(configuration, options.weightDecay);
      configuration.getVertices().values().stream()
          .filter(LayerVertex.class::isInstance)
          .forEach(vertex -> decay(((LayerVertex) vertex).getLayerConf().getLayer(), options));
      ComputationGraph decaying = new ComputationGraph(configuration);
      decaying.init();
      decaying.setParams(graph.params());
      ComputationGraph learning = BackpropRules.swap(decaying, options.rule());
      learning.setLearningRate(learningRates);
      return learning;
    }
    MultiLayerNetwork sequence = (MultiLayerNetwork) converted;
    MultiLayerConfiguration configuration = sequence.getLayerWiseConfigurations().clone();
    DecoupledWeightDecay.applyTo(configuration, options.weightDecay);
    configuration.getConfs().forEach(layer -> decay(layer.getLayer(), options));
    MultiLayerNetwork decaying = new MultiLayerNetwork(configuration);
    decaying.init();
    decaying.setParams(sequence.params());
    MultiLayerNetwork learning = BackpropRules.swap(decaying, options.rule());
    learning.setLearningRate(learningRates);
    return learning;
  }

  private static void decay(org.deeplearning4j.nn.conf.layers.Layer layer, NetworkOptions options) {
    if (options.weightDecay == 0 && options.l2 > 0 && layer instanceof BaseLayer weighted) {
      weighted.setRegularization(new ArrayList<>(List.of(new L2Regularization(options.l2))));
    }
  }
}
