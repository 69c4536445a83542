package org.dl4jsnn.monitor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDropout;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Watches chosen layers of a network during one pass of inference: their spikes, accumulated flows
 * and, of chosen neurons, membrane potentials.
 *
 * <pre>
 * SpikeRecording seen =
 *     SpikeProbe.of(network).layer("conv1").membranes("dense", 3, 17).record(features);
 * float[] u = seen.membrane("dense", 17);
 * </pre>
 *
 * <p>Layers that are not watched run as in {@code network.output}. Of a watched layer one dense
 * operation gives the accumulated input, and membranes come from a replay of the layer over its
 * spikes ({@link org.dl4jsnn.internal.simulate.MembraneReplay}), whichever engine fired them.
 *
 * <p>Memory: of a watched layer, T/8 bytes a neuron and sample for its spikes and two numbers a
 * neuron and sample for its flows; 4·T bytes a neuron whose membrane is followed, and sample. The
 * spikes of other layers are released as soon as the next layer has taken them. Immutable.
 */
public final class SpikeProbe {

  /** All neurons of a layer. */
  private static final int[] ALL = {};

  private final MultiLayerNetwork network;

  /** The watched layers, and the neurons of those whose membranes are followed. */
  private final Map<String, int[]> membranes;

  private final List<String> watched;

  private SpikeProbe(
      MultiLayerNetwork network, List<String> watched, Map<String, int[]> membranes) {
    this.network = network;
    this.watched = watched;
    this.membranes = membranes;
  }

  /**
   * A probe that watches nothing yet.
   *
   * @param network an initialised network
   * @return the probe
   */
  public static SpikeProbe of(MultiLayerNetwork network) {
    return new SpikeProbe(Require.given("network", network), List.of(), Map.of());
  }

  /**
   * The same probe, watching one layer more.
   *
   * @param name the layer's name
   * @return the probe
   * @throws IllegalArgumentException if no layer that passes spikes on has this name; the message
   *     lists those that there are
   */
  public SpikeProbe layer(String name) {
    if (!names().contains(name)) {
      throw new IllegalArgumentException(
          "layer must be one of " + String.join(", ", names()) + ", got " + name);
    }
    List<String> more = new ArrayList<>(watched);
    if (!more.contains(name)) {
      more.add(name);
    }
    return new SpikeProbe(network, more, membranes);
  }

  /**
   * The same probe, watching all layers that pass spikes on.
   *
   * @return the probe
   */
  public SpikeProbe allLayers() {
    return new SpikeProbe(network, names(), membranes);
  }

  /**
   * The same probe, watching a layer and the membrane potentials of some of its neurons.
   *
   * @param name the name of a layer of neurons: no encoding, dropout or maximum pooling, and none
   *     with dynamics of its own
   * @param neurons indices in the order of arrays, (channel · height + y) · width + x; none for all
   *     neurons
   * @return the probe
   * @throws IllegalArgumentException if there is no such layer, or an index is negative
   */
  public SpikeProbe membranes(String name, int... neurons) {
    SpikeProbe probe = layer(name);
    if (!(configuration(name) instanceof BaseSpikingLayer spiking) || !spiking.hasNeurons()) {
      throw new IllegalArgumentException(
          "layer must have neurons for their membranes to be watched, got '"
              + name
              + "' ("
              + configuration(name).getClass().getSimpleName()
              + ")");
    }
    if (spiking.getDynamics() != null) {
      throw new IllegalArgumentException(
          "layer must have neurons of threshold, leak and reset for their membranes to be watched,"
              + " got '"
              + name
              + "' with dynamics of its own, "
              + spiking.getDynamics());
    }
    for (int neuron : neurons) {
      Require.atLeast("neuron", neuron, 0);
    }
    Map<String, int[]> more = new LinkedHashMap<>(membranes);
    more.put(name, neurons.length == 0 ? ALL : neurons.clone());
    return new SpikeProbe(network, probe.watched, more);
  }

  /**
   * Runs the network, in inference.
   *
   * @param features a minibatch
   * @return what was seen
   * @throws IllegalArgumentException if no layer is watched, or a neuron is not in its layer
   */
  public SpikeRecording record(INDArray features) {
    Require.given("features", features);
    if (watched.isEmpty()) {
      throw new IllegalArgumentException(
          "layers to watch must be named, got none. Possible cause: layer() makes a new probe, and"
              + " leaves the old one as it is");
    }
    Map<String, ProbedLayer> seen = new LinkedHashMap<>();
    SpikeTrain[] input = new SpikeTrain[1];
    InferencePass.run(
        network,
        features,
        (index, layer, train) -> {
          String name = layer.conf().getLayer().getLayerName();
          if (watched.contains(name)) {
            seen.put(name, ProbedLayer.look(layer, input[0], train, membranes.get(name)));
          }
          input[0] = train;
        });
    return new SpikeRecording(seen);
  }

  /** The layers that pass spikes on. */
  private List<String> names() {
    List<String> names = new ArrayList<>();
    for (org.deeplearning4j.nn.api.Layer layer : network.getLayers()) {
      Layer configuration = layer.conf().getLayer();
      if (configuration instanceof BaseSpikingLayer
          || configuration instanceof SpikeEncoding
          || configuration instanceof SpikingDropout) {
        names.add(configuration.getLayerName());
      }
    }
    return names;
  }

  private Layer configuration(String name) {
    return network.getLayer(name).conf().getLayer();
  }
}
