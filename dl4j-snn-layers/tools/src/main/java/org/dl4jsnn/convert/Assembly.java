package org.dl4jsnn.convert;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.ChannelsFirst;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.internal.array.WrappedLayers;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * Assembles networks of T steps from parts: an encoding first; a stock output layer last, which
 * reads {@code read} and turns rates into {@code last}.
 */
record Assembly(
    StageGraph graph,
    FeatureShape features,
    String read,
    List<SpikingParts.Part> parts,
    Form last,
    int steps) {

  /** The name of a graph's input. */
  static final String INPUT = "input";

  /**
   * A network of sequential layers, with the seed, updater and data type of the trained network.
   */
  MultiLayerNetwork sequence(MultiLayerNetwork trained) {
    NeuralNetConfiguration.ListBuilder list =
        settings(
                trained.getLayerWiseConfigurations().getConf(0).getSeed(),
                trained.getLayerWiseConfigurations().getDataType(),
                trained.getLayers())
            .list();
    list.layer(named(Lowering.ENCODING, SpikeEncoding.direct(steps).build()));
    parts.forEach(part -> list.layer(named(part.name(), part.layer())));
    list.layer(named(graph.readOut(), readOut()));
    list.setInputType(graph.inputType(features));
    list.validateOutputLayerConfig(false); // the trained network has passed, or was not to
    if (isChannelsLast()) {
      list.inputPreProcessor(0, new ChannelsFirst());
    }
    MultiLayerConfiguration configuration = list.build();
    // Of evaluations, too; building a configuration sets it.
    configuration.setValidateOutputLayerConfig(false);
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    for (int i = 0; i < parts.size(); i++) {
      set(network.getLayer(i + 1), parts.get(i).parameters());
    }
    set(network.getOutputLayer(), NeuronLayers.ofDense(NeuronLayers.full(last)));
    return network;
  }

  /** A graph, with the seed, updater and data type of the trained network. */
  ComputationGraph graph(ComputationGraph trained) {
    ComputationGraphConfiguration before = trained.getConfiguration();
    ComputationGraphConfiguration.GraphBuilder builder =
        settings(
                before.getDefaultConfiguration().getSeed(),
                before.getDataType(),
                trained.getLayers())
            .graphBuilder()
            .addInputs(INPUT)
            .setInputTypes(graph.inputType(features));
    SpikeEncoding encoding = named(Lowering.ENCODING, SpikeEncoding.direct(steps).build());
    if (isChannelsLast()) {
      builder.addLayer(Lowering.ENCODING, encoding, new ChannelsFirst(), INPUT);
    } else {
      builder.addLayer(Lowering.ENCODING, encoding, INPUT);
    }
    for (SpikingParts.Part part : parts) {
      String[] inputs = part.inputs().toArray(new String[0]);
      if (part.layer() == null) {
        builder.addVertex(part.name(), part.vertex(), inputs);
      } else {
        builder.addLayer(part.name(), named(part.name(), part.layer()), inputs);
      }
    }
    builder.addLayer(graph.readOut(), named(graph.readOut(), readOut()), read);
    builder.setOutputs(graph.readOut());
    builder.validateOutputLayerConfig(false);
    ComputationGraphConfiguration configuration = builder.build();
    configuration.setValidateOutputLayerConfig(false);
    ComputationGraph network = new ComputationGraph(configuration);
    network.init();
    for (SpikingParts.Part part : parts) {
      if (part.layer() != null) {
        set(network.getLayer(part.name()), part.parameters());
      }
    }
    set(network.getLayer(graph.readOut()), NeuronLayers.ofDense(NeuronLayers.full(last)));
    return network;
  }

  private boolean isChannelsLast() {
    return graph.channelsLast() && features.spatial();
  }

  private OutputLayer readOut() {
    return new OutputLayer.Builder(graph.loss())
        .nOut(last.outputs())
        .activation(graph.activation())
        .hasBias(NeuronLayers.full(last).hasBias())
        .build();
  }

  private static NeuralNetConfiguration.Builder settings(
      long seed, DataType dataType, Layer[] layers) {
    return new NeuralNetConfiguration.Builder()
        .seed(seed)
        .dataType(dataType)
        .updater(updater(layers));
  }

  /** The updater of the first layer that learns. */
  private static IUpdater updater(Layer[] layers) {
    for (Layer layer : layers) {
      if (WrappedLayers.inner(layer.conf().getLayer()) instanceof BaseLayer learning
          && learning.getIUpdater() != null) {
        return learning.getIUpdater().clone();
      }
    }
    return new Sgd();
  }

  private static <T extends org.deeplearning4j.nn.conf.layers.Layer> T named(String name, T layer) {
    layer.setLayerName(name);
    return layer;
  }

  private static void set(Layer layer, Map<String, INDArray> parameters) {
    parameters.forEach((name, values) -> layer.getParam(name).assign(values));
  }
}
