package org.dl4jsnn.nir.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingAdd;
import org.dl4jsnn.conf.SpikingConcatenate;
import org.dl4jsnn.encode.FeatureShapes;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.BackpropRules;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.spike.FeatureShape;

/** Makes networks from plans. */
record NetworkMaker(Planner.Plan plan, NetworkSettings settings) {

  MultiLayerNetwork sequence() {
    Require.not(
        !plan.isChain(),
        "nodes must form a chain to become a MultiLayerNetwork, got branches, or several inputs or"
            + " outputs. Import them as a ComputationGraph");
    NeuralNetConfiguration.ListBuilder list = settings.builder().list();
    plan.parts().forEach(part -> list.layer(PartLayers.of(part, settings)));
    settings.readOut().forEach(list::layer);
    list.setInputType(inputType((Part.Encoding) plan.parts().get(0)));
    MultiLayerConfiguration configuration = list.build();
    if (settings.rule() != null) {
      BackpropRules.apply(configuration, settings.rule());
    }
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    for (int i = 0; i < plan.parts().size(); i++) {
      PartLayers.setWeights(plan.parts().get(i), network.getLayer(i).paramTable());
    }
    return network;
  }

  ComputationGraph graph() {
    ComputationGraphConfiguration.GraphBuilder builder = settings.builder().graphBuilder();
    Set<String> names = plan.parts().stream().map(Part::name).collect(Collectors.toSet());
    List<InputType> types = new ArrayList<>();
    for (Part part : plan.parts()) {
      String[] inputs = part.inputs().toArray(String[]::new);
      if (part instanceof Part.Encoding encoding) {
        String features = unused(part.name() + "_features", names);
        builder.addInputs(features);
        types.add(inputType(encoding));
        inputs = new String[] {features};
      }
      if (part instanceof Part.Meeting meeting) {
        builder.addVertex(
            part.name(), meeting.isSum() ? new SpikingAdd() : new SpikingConcatenate(), inputs);
      } else {
        builder.addLayer(part.name(), PartLayers.of(part, settings), inputs);
      }
    }
    builder.setOutputs(readOut(builder, names).toArray(String[]::new));
    builder.setInputTypes(types.toArray(InputType[]::new));
    ComputationGraphConfiguration configuration = builder.build();
    if (settings.rule() != null) {
      BackpropRules.apply(configuration, settings.rule());
    }
    ComputationGraph network = new ComputationGraph(configuration);
    network.init();
    for (Part part : plan.parts()) {
      if (!(part instanceof Part.Meeting)) {
        PartLayers.setWeights(part, network.getLayer(part.name()).paramTable());
      }
    }
    return network;
  }

  private List<String> readOut(
      ComputationGraphConfiguration.GraphBuilder builder, Set<String> names) {
    List<String> outputs = plan.outputs();
    if (!settings.readOut().isEmpty() && outputs.size() != 1) {
      throw new IllegalArgumentException(
          "a read-out must come after the only output, got outputs " + outputs);
    }
    for (Layer layer : settings.readOut()) {
      String name = unused(layer.getLayerName() == null ? "readout" : layer.getLayerName(), names);
      names.add(name);
      builder.addLayer(name, layer, outputs.get(0));
      outputs = List.of(name);
    }
    return outputs;
  }

  private static String unused(String wanted, Set<String> names) {
    String name = wanted;
    while (names.contains(name)) {
      name += "_";
    }
    return name;
  }

  private InputType inputType(Part.Encoding encoding) {
    return settings.inputType(encoding.shape());
  }

  /**
   * Properties of an imported network that a graph does not hold. Immutable.
   *
   * @param steps T of constant features; 0 for features with a time axis
   * @param general seed, updater and so on; null for Deeplearning4j's defaults
   * @param rule how weights learn; null for the default
   * @param readOut layers after the graph's output
   */
  record NetworkSettings(
      int steps, NeuralNetConfiguration.Builder general, BackpropRule rule, List<Layer> readOut) {

    NetworkSettings {
      Require.atLeast("steps", steps, 0);
      readOut = List.copyOf(readOut);
    }

    NeuralNetConfiguration.Builder builder() {
      return general == null ? new NeuralNetConfiguration.Builder() : general.clone();
    }

    /** Copies of the layers, since Deeplearning4j modifies them. */
    @Override
    public List<Layer> readOut() {
      return readOut.stream().map(Layer::clone).toList();
    }

    SpikeEncoding encoding() {
      return (steps == 0 ? SpikeEncoding.frames() : SpikeEncoding.direct(steps)).build();
    }

    /** The input type for a shape; images over time may have any length. */
    InputType inputType(FeatureShape shape) {
      if (steps > 0) {
        return FeatureShapes.inputType(shape);
      }
      return shape.spatial()
          ? InputType.convolutional3D(
              Convolution3D.DataFormat.NCDHW, 1, shape.height(), shape.width(), shape.channels())
          : InputType.recurrent(shape.channels());
    }
  }
}
