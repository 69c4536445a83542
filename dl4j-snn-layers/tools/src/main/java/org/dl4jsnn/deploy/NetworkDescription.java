package org.dl4jsnn.deploy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution1D;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDelay;
import org.dl4jsnn.conf.SpikingDepthwiseConvolution2D;
import org.dl4jsnn.conf.SpikingGlobalPooling;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.internal.layer.LearnedDelayLayer;
import org.dl4jsnn.internal.walk.NetworkPart;
import org.dl4jsnn.internal.walk.NetworkWalk;
import org.dl4jsnn.neuron.IntegerAdLifNeuron;
import org.dl4jsnn.neuron.IntegerNeuron;
import org.dl4jsnn.neuron.IntegerRefractoryNeuron;
import org.dl4jsnn.neuron.IntegerSynapticNeuron;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * Says what the arrays of an integer network do not: the order of its layers, what each of them
 * reads, and how its neurons compute. docs/chip.md has the fields.
 *
 * @param inputs the keys of the network's inputs
 */
record NetworkDescription(
    List<NetworkPart> parts, List<String> inputs, Map<String, IntegerNetwork.Layer> layers) {

  private static final int FIRST_VERSION = 1;

  /** Says that channels without leak are not rounded where others of the layer leak. */
  private static final int SECOND_VERSION = 2;

  /** Names neurons that have more than a membrane and a synaptic current. */
  private static final int THIRD_VERSION = 3;

  /** The key of a network's only input. */
  private static final String FEATURES = "features";

  static byte[] of(IntegerNetwork<?> chip) throws JsonProcessingException {
    List<NetworkPart> parts = NetworkWalk.of(chip.network()).parts();
    Map<String, Object> json =
        new NetworkDescription(parts, inputs(chip.network()), chip.layersByKey()).json();
    return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
  }

  /** A graph names its inputs; one alone needs no name. */
  private static List<String> inputs(NeuralNetwork network) {
    List<String> names =
        network instanceof ComputationGraph graph
            ? graph.getConfiguration().getNetworkInputs()
            : List.of();
    return names.size() > 1 ? names : List.of(FEATURES);
  }

  private Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("format", "dl4j-snn integer network");
    json.put(
        "version",
        layers.values().stream().mapToInt(NetworkDescription::version).max().orElse(FIRST_VERSION));
    json.put("noLeak", IntegerNeuron.NO_LEAK);
    json.put("layers", parts.stream().map(this::layer).toList());
    return json;
  }

  private static int version(IntegerNetwork.Layer layer) {
    return hasMore(layer)
        ? THIRD_VERSION
        : layer.neuron().isExactWithoutLeak() ? SECOND_VERSION : FIRST_VERSION;
  }

  private static boolean hasMore(IntegerNetwork.Layer layer) {
    return !(layer.dynamics() instanceof IntegerNeuron
        || layer.dynamics() instanceof IntegerSynapticNeuron);
  }

  private Map<String, Object> layer(NetworkPart part) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("key", part.key());
    json.put("name", part.name());
    json.put("kind", part.kind());
    json.put("inputs", part.inputs().stream().map(this::key).toList());
    settings(part, json);
    IntegerNetwork.Layer integers = layers.get(part.key());
    if (integers != null) {
      neurons(integers, json);
      json.put("arrays", IntegerArrays.files(part.key(), integers));
    }
    return json;
  }

  private String key(int place) {
    return place < 0 ? inputs.get(-1 - place) : parts.get(place).key();
  }

  private static void settings(NetworkPart part, Map<String, Object> json) {
    Object layer = part.configuration();
    if (layer instanceof SpikeEncoding encoding) {
      json.put("encoder", encoding.getEncoder().toString());
      encoding.sampleShape().ifPresent(shape -> json.put("shape", sizes(shape)));
    } else if (layer instanceof SpikingConvolution1D convolution) {
      json.put("window", window(convolution.getWindow()));
    } else if (layer instanceof SpikingConvolution2D convolution) {
      json.put("window", window(convolution.getWindow()));
    } else if (layer instanceof SpikingDepthwiseConvolution2D convolution) {
      json.put("window", window(convolution.getWindow()));
    } else if (layer instanceof SpikingPooling2D pooling) {
      json.put("pooling", pooling.getPoolingType().name());
      json.put("gated", pooling.isGated());
      json.put("window", window(pooling.getWindow()));
    } else if (layer instanceof SpikingGlobalPooling pooling) {
      json.put("pooling", pooling.getPoolingType().name());
      json.put("gated", pooling.isGated());
    } else if (layer instanceof SpikingDelay delay) {
      json.put("steps", delay.getSteps());
    } else if (part.layer() instanceof LearnedDelayLayer delay) {
      json.put("steps", delay.rounded());
    }
  }

  private static int[] sizes(FeatureShape shape) {
    return shape.spatial()
        ? new int[] {shape.channels(), shape.height(), shape.width()}
        : new int[] {shape.channels()};
  }

  private static Map<String, Object> window(Window2D window) {
    Window2D.Axis rows = window.rows();
    Window2D.Axis columns = window.columns();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kernel", new int[] {rows.kernel(), columns.kernel()});
    json.put("stride", new int[] {rows.stride(), columns.stride()});
    json.put("padding", new int[] {rows.padding(), columns.padding()});
    json.put("dilation", new int[] {rows.dilation(), columns.dilation()});
    json.put("same", window.isSame());
    return json;
  }

  private static void neurons(IntegerNetwork.Layer integers, Map<String, Object> json) {
    IntegerNeuron neuron = integers.neuron();
    if (neuron != null) {
      json.put("reset", neuron.isSubtractive() ? "subtract" : "value");
      json.put("floor", neuron.isFloored());
    }
    if (hasMore(integers)) {
      json.put("neuron", integers.dynamics().getClass().getSimpleName());
      if (integers.dynamics() instanceof IntegerRefractoryNeuron refractory) {
        json.put("refractorySteps", refractory.refractorySteps());
      } else if (integers.dynamics() instanceof IntegerAdLifNeuron adaptive) {
        json.put("form", adaptive.form());
      }
    }
    double[] units = integers.units();
    boolean same = Arrays.stream(units).distinct().count() == 1;
    json.put("units", same ? new double[] {units[0]} : units);
  }
}
