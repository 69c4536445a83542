package org.dl4jsnn.property;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.dl4jsnn.Networks;
import org.dl4jsnn.asf.SmallNetworks;
import org.dl4jsnn.internal.layer.SpikingLayer;
import org.dl4jsnn.model.SafeModels;
import org.dl4jsnn.monitor.ActivePairs;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network of a plan with its data; the same calls for both kinds of Deeplearning4j's networks.
 */
final class DrawnNetwork {

  private static final int CLASSES = Configurations.CLASSES;
  private static final double LEAN = 0.3;
  private static final double BIAS = 0.1;

  private final RandomNetworkPlan plan;
  private final Model model;

  private DrawnNetwork(RandomNetworkPlan plan, Model model) {
    this.plan = plan;
    this.model = model;
  }

  /** The same plan always gives the same network. */
  static DrawnNetwork of(RandomNetworkPlan plan) {
    Model model =
        plan.topology() == RandomNetworkPlan.Topology.CHAIN
            ? new MultiLayerNetwork(Configurations.chain(plan))
            : new ComputationGraph(Configurations.graph(plan));
    model.init();
    drawWeights(plan, model);
    return new DrawnNetwork(plan, model);
  }

  /** Slightly positive on average, so that neurons fire. */
  private static void drawWeights(RandomNetworkPlan plan, Model model) {
    Random random = new Random(plan.seed() + 1);
    Layer[] layers =
        model instanceof MultiLayerNetwork chain
            ? chain.getLayers()
            : ((ComputationGraph) model).getLayers();
    for (Layer layer : layers) {
      if (layer instanceof SpikingLayer) {
        drawWeights(plan, layer.getParam(Synapse.WEIGHT), 0, random);
        drawWeights(plan, layer.getParam(Synapse.BIAS), BIAS, random);
      }
    }
  }

  private static void drawWeights(
      RandomNetworkPlan plan, INDArray parameter, double size, Random random) {
    if (parameter == null) {
      return;
    }
    long outputs = parameter.rank() == 2 ? parameter.size(1) : parameter.size(0);
    double deviation = size > 0 ? size : Math.sqrt(2.0 * outputs / parameter.length());
    float[] values = new float[(int) parameter.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) plan.arithmetic().of(deviation * (random.nextGaussian() + LEAN));
    }
    parameter.assign(Nd4j.create(values, parameter.shape(), 'c'));
  }

  /** The network of a chain of layers. */
  MultiLayerNetwork chain() {
    return (MultiLayerNetwork) model;
  }

  DrawnNetwork withoutWorkspaces() {
    if (model instanceof MultiLayerNetwork chain) {
      chain.getLayerWiseConfigurations().setTrainingWorkspaceMode(WorkspaceMode.NONE);
      chain.getLayerWiseConfigurations().setInferenceWorkspaceMode(WorkspaceMode.NONE);
    } else {
      ComputationGraph graph = (ComputationGraph) model;
      graph.getConfiguration().setTrainingWorkspaceMode(WorkspaceMode.NONE);
      graph.getConfiguration().setInferenceWorkspaceMode(WorkspaceMode.NONE);
    }
    return this;
  }

  INDArray features() {
    return plan.encoding()
        .features(plan.shape(), plan.samples(), new Random(plan.seed()), plan.arithmetic())
        .castTo(plan.precision().type);
  }

  INDArray labels() {
    Random random = new Random(~plan.seed());
    INDArray labels = Nd4j.zeros(plan.precision().type, plan.samples(), CLASSES);
    for (int sample = 0; sample < plan.samples(); sample++) {
      labels.putScalar(sample, random.nextInt(CLASSES), 1);
    }
    return labels;
  }

  INDArray output(INDArray features) {
    return SmallNetworks.output(model, features);
  }

  /** The rates of all spiking layers and vertices. */
  List<INDArray> rates(INDArray features) {
    if (model instanceof MultiLayerNetwork chain) {
      List<INDArray> activations = chain.feedForward(features, false);
      return activations.subList(1, activations.size() - 1);
    }
    var activations = ((ComputationGraph) model).feedForward(features, false);
    activations.remove(Configurations.INPUT);
    activations.remove(Configurations.READ_OUT);
    return new ArrayList<>(new TreeMap<>(activations).values());
  }

  /** The gradient of the loss with respect to all parameters. */
  INDArray gradient(INDArray features, INDArray labels) {
    if (model instanceof MultiLayerNetwork chain) {
      Networks.backprop(chain, features, labels);
    } else {
      ComputationGraph graph = (ComputationGraph) model;
      graph.setInputs(features);
      graph.setLabels(labels);
      graph.computeGradientAndScore();
    }
    return model.gradient().gradient().dup();
  }

  /** Whether the gradient of any layer goes by events. */
  boolean goesByEvents() {
    return ActivePairs.of((NeuralNetwork) model, features()).stream()
        .anyMatch(ActivePairs::byEvents);
  }

  void fit(INDArray features, INDArray labels) {
    ((NeuralNetwork) model).fit(new DataSet(features, labels));
  }

  INDArray parameters() {
    return model.params();
  }

  DrawnNetwork restored() {
    return new DrawnNetwork(plan, SmallNetworks.restored(model));
  }

  DrawnNetwork safelyRestored() {
    SafeModels models = SafeModels.defaults().allowing(CustomNeuron.class);
    try {
      Path file = Files.createTempFile("drawn", ".zip");
      try {
        ModelSerializer.writeModel(model, file.toFile(), true);
        Model restored =
            model instanceof MultiLayerNetwork
                ? models.multiLayerNetwork(file)
                : models.computationGraph(file);
        return new DrawnNetwork(plan, restored);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A copy by Deeplearning4j, whose copies of graphs begin at iteration 0. */
  DrawnNetwork copy() {
    if (model instanceof MultiLayerNetwork chain) {
      return new DrawnNetwork(plan, chain.clone());
    }
    ComputationGraph graph = (ComputationGraph) model;
    ComputationGraph copy = graph.clone();
    copy.getConfiguration().setIterationCount(graph.getIterationCount());
    return new DrawnNetwork(plan, copy);
  }
}
