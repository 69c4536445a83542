package org.dl4jsnn.nir.network;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.conf.LeakyReadOut;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.walk.NetworkPart;
import org.dl4jsnn.internal.walk.NetworkWalk;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.linear.LinearNeuron;
import org.dl4jsnn.nir.NirDialect;
import org.dl4jsnn.synapse.Recurrence;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Properties of the exported network that a graph does not hold. */
final class Metadata {

  private static final String OURS = "dl4j-snn.";

  /** MultiLayerNetwork or ComputationGraph. */
  static final String NETWORK = OURS + "network";

  /** The network's configuration, JSON. */
  static final String CONFIGURATION = OURS + "configuration";

  /** dt, s. */
  static final String TIME_STEP = OURS + "time_step";

  /** How features become the graph's input. */
  private static final String ENCODING = OURS + "encoding";

  /** zero, subtract, or both. */
  private static final String RESET = OURS + "reset";

  /** The dialects with which neurons were imported, to be read by the same programs. */
  private static final String DIALECT = OURS + "dialect";

  /** The version of the library. */
  private static final String VERSION = OURS + "version";

  /** The prefix of a parameter that no node has. */
  static final String PARAMETER = OURS + "parameter.";

  /** Parameters that nodes have. */
  private static final Set<String> IN_NODES =
      Set.of(Synapse.WEIGHT, Synapse.BIAS, Recurrence.WEIGHT);

  private Metadata() {}

  static Map<String, String> of(NeuralNetwork network, double timeStep) {
    String json =
        network instanceof MultiLayerNetwork sequence
            ? sequence.getLayerWiseConfigurations().toJson()
            : ((ComputationGraph) network).getConfiguration().toJson();
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(NETWORK, network.getClass().getSimpleName());
    metadata.put(CONFIGURATION, json);
    metadata.put(TIME_STEP, String.valueOf(timeStep));
    String version = Metadata.class.getPackage().getImplementationVersion();
    if (version != null) {
      metadata.put(VERSION, version);
    }
    Set<String> resets = new TreeSet<>();
    Set<String> encodings = new TreeSet<>();
    Set<String> dialects = new TreeSet<>();
    for (NetworkPart part : NetworkWalk.of(network).parts()) {
      if (part.configuration() instanceof SpikeEncoding encoding) {
        encodings.add(String.valueOf(encoding.getEncoder()));
      }
      if (part.hasNeurons()) {
        resets.add(reset((BaseSpikingLayer) part.configuration()));
      }
      origin(part).ifPresent(node -> dialects.add(NirDialect.ofOrigin(node).toString()));
      parametersOutsideNodes(part)
          .forEach((name, values) -> metadata.put(PARAMETER + name, text(values)));
    }
    metadata.put(ENCODING, String.join("; ", encodings));
    metadata.put(RESET, String.join("; ", resets));
    if (!dialects.isEmpty()) {
      metadata.put(DIALECT, String.join("; ", dialects));
    }
    return metadata;
  }

  private static String reset(BaseSpikingLayer layer) {
    NeuronDynamics neurons = layer.getNeuron();
    return NodeForm.of(neurons).subtracts(neurons) ? "subtract" : "zero";
  }

  /** The dialect's node of a part's neurons or integrators, as a text. */
  static Optional<String> origin(NetworkPart part) {
    if (part.configuration() instanceof LeakyReadOut readOut) {
      return readOut.getOrigin();
    }
    return part.hasNeurons()
            && ((BaseSpikingLayer) part.configuration()).getNeuron() instanceof LinearNeuron neuron
        ? Optional.ofNullable(neuron.origin())
        : Optional.empty();
  }

  /** Parameters of neurons and rules, by the network's names. */
  static Map<String, INDArray> parametersOutsideNodes(NetworkPart part) {
    Map<String, INDArray> outside = new LinkedHashMap<>();
    if (part.configuration() instanceof BaseSpikingLayer) {
      part.layer()
          .paramTable()
          .forEach(
              (name, values) -> {
                if (!IN_NODES.contains(name)) {
                  outside.put(withoutSlash(part.key()) + "_" + name, values);
                }
              });
    }
    return outside;
  }

  /** A vertex may have any name; in a file, a slash separates those of groups. */
  private static String withoutSlash(String key) {
    return key.replace("%", "%25").replace("/", "%2F");
  }

  /** Writes numbers exactly. */
  private static String text(INDArray values) {
    StringBuilder text = new StringBuilder();
    for (float value : values.dup('c').data().asFloat()) {
      text.append(text.length() == 0 ? "" : " ").append(Float.toHexString(value));
    }
    return text.toString();
  }

  /** Reads dt. */
  static double timeStep(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "metadata " + TIME_STEP + " must be a number of seconds, got " + text, e);
    }
  }

  /** Reads numbers. */
  static float[] numbers(String name, String text, long count) {
    String[] words = text.isEmpty() ? new String[0] : text.split(" ");
    Require.not(
        words.length != count, "metadata %s must be %s numbers, got %s", name, count, words.length);
    float[] numbers = new float[words.length];
    for (int i = 0; i < numbers.length; i++) {
      try {
        numbers[i] = Float.parseFloat(words[i]);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "metadata " + name + " must be numbers, got " + Arrays.toString(words), e);
      }
    }
    return numbers;
  }
}
