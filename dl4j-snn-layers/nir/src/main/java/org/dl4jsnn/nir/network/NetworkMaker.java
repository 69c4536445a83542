package org.dl4jsnn.nir.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.SpikingAdd;
import org.dl4jsnn.conf.SpikingConcatenate;
import org.dl4jsnn.gradient.BackpropRules;

/** Makes networks from plans. */
final class NetworkMaker {

  private final Planner.Plan plan;
  private final NetworkSettings settings;

  NetworkMaker(Planner.Plan plan, NetworkSettings settings) {
    this.plan = plan;
    this.settings = settings;
  }

  MultiLayerNetwork sequence() {
    if (!plan.isChain()) {
      throw new IllegalArgumentException(
          "nodes must form a chain to become a MultiLayerNetwork, got branches, or several inputs "
              + "or outputs. Import them as a ComputationGraph");
    }
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
}
