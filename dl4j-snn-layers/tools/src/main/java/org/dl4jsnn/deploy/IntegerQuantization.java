package org.dl4jsnn.deploy;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.conf.SpikingDepthwiseConvolution2D;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.layer.LayerSettings;
import org.dl4jsnn.internal.walk.NetworkPart;
import org.dl4jsnn.internal.walk.NetworkWalk;
import org.dl4jsnn.synapse.Recurrence;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Turns a trained network into an integer network, including weights, thresholds, leaks and resets
 * (equations 75 and 76 of docs/mathematics.md), as digital neuromorphic chips store them. {@link
 * WeightQuantization} keeps the neurons and uses a power of two per channel; this class fits each
 * channel's unit so that the threshold is a whole number of units and the largest weight uses all
 * bits.
 *
 * <pre>{@code
 * IntegerNetwork<MultiLayerNetwork> chip = IntegerQuantization.toBits(8).quantize(trained);
 * QuantizationReport report = QuantizationReport.of(trained, chip, test);
 * chip.writeArrays(folder);
 * }</pre>
 *
 * <p>Normalised currents are folded into weights and biases first. Average pooling becomes a
 * depthwise convolution with equal weights, as on a chip. The read-out is not rounded: it is a
 * stock layer that sees firing rates, and stays on the host. After {@code SpikeEncoding.direct} the
 * first layer's currents are integer weights times the features; a chip receives these as integers
 * too (for 8-bit pixels, thresholds and biases are 255 times larger) or leaves this layer to the
 * host.
 *
 * <p>Layers whose currents meet, as in MS-ResNet, have the same units: those of the largest weight
 * among them.
 *
 * <p>Supports the built-in neurons, with what they learned, and linear neurons, as imported, that
 * are equivalent except for rounding (equation 83); layers of other neurons are refused by name.
 * Immutable.
 */
public final class IntegerQuantization {

  private static final int FEWEST_BITS = 2;
  private static final int MOST_BITS = 16;
  private static final int DEFAULT_THRESHOLD_BITS = 16;
  private static final int MOST_THRESHOLD_BITS = 24;

  private final int bits;
  private final int thresholdBits;
  private final boolean perChannel;

  /** Null for none. */
  private final MembraneLimit limit;

  private IntegerQuantization(
      int bits, int thresholdBits, boolean perChannel, MembraneLimit limit) {
    this.bits = bits;
    this.thresholdBits = thresholdBits;
    this.perChannel = perChannel;
    this.limit = limit;
  }

  /**
   * Quantisation with one unit per output channel and thresholds of up to 16 bits.
   *
   * @param bits bits of a weight, including its sign, from 2 to 16
   * @return the quantisation
   * @throws IllegalArgumentException if the number is out of range
   */
  public static IntegerQuantization toBits(int bits) {
    return new IntegerQuantization(
        Require.within("bits of a weight", bits, FEWEST_BITS, MOST_BITS),
        DEFAULT_THRESHOLD_BITS,
        true,
        null);
  }

  /** {@return the same with one unit per layer, for chips with one threshold per layer} */
  public IntegerQuantization perLayer() {
    return new IntegerQuantization(bits, thresholdBits, false, limit);
  }

  /**
   * {@return the same with another limit on thresholds} With few bits, small weights of a channel
   * that seldom fires are rounded more coarsely.
   *
   * @param most bits of an unsigned threshold, from 2 to 24
   * @throws IllegalArgumentException if the number is out of range
   */
  public IntegerQuantization thresholdBits(int most) {
    return new IntegerQuantization(
        bits,
        Require.within("bits of a threshold", most, FEWEST_BITS, MOST_THRESHOLD_BITS),
        perChannel,
        limit);
  }

  /**
   * {@return the same with membranes of convolutions and pooling that fit into so many bits} These
   * layers have more membranes than weights, so it saves a device's memory; their weights become
   * coarser if they must. The bound holds for any input, behind an encoder of spikes one per step
   * (equation 93 of docs/mathematics.md); membranes of other layers are few.
   *
   * @param most bits of a membrane: 8, 16 or 32
   * @param steps the longest window
   * @param features what the first layer reads behind {@code SpikeEncoding.direct}
   * @throws IllegalArgumentException if a number is out of range
   */
  public IntegerQuantization membraneBits(int most, int steps, FeatureRange features) {
    Require.not(
        most != Byte.SIZE && most != Short.SIZE && most != Integer.SIZE,
        "bits of a membrane must be 8, 16 or 32, got %s",
        most);
    Require.atLeast("steps", steps, 1);
    return new IntegerQuantization(
        bits,
        thresholdBits,
        perChannel,
        most == Integer.SIZE
            ? null
            : new MembraneLimit(most, steps, Require.given("features", features)));
  }

  /**
   * Quantises a network.
   *
   * @param trained a network; not changed
   * @return the network, for inference
   * @throws IllegalArgumentException if there is no spiking layer, a layer has other neurons, a
   *     weight is not finite, a channel needs more bits, spiking neurons read averages of spikes
   *     (global average pooling), weights read currents that a layer passes on, or parameters are
   *     of half precision
   */
  public IntegerNetwork<MultiLayerNetwork> quantize(MultiLayerNetwork trained) {
    WholeNumberForm.require(trained, trained.params());
    MultiLayerNetwork folded = NormalizationFolding.fold(trained);
    Map<String, IntegerNetwork.Layer> layers = integers(folded);
    return new IntegerNetwork<>(NetworkRewriting.rewrite(folded, new Rewrite(layers)), layers);
  }

  /**
   * Quantises a graph; otherwise like {@link #quantize(MultiLayerNetwork)}.
   *
   * @param trained a graph; not changed
   * @return the graph, for inference
   * @throws IllegalArgumentException as for a network
   */
  public IntegerNetwork<ComputationGraph> quantize(ComputationGraph trained) {
    WholeNumberForm.require(trained, trained.params());
    ComputationGraph folded = NormalizationFolding.fold(trained);
    Map<String, IntegerNetwork.Layer> layers = integers(folded);
    return new IntegerNetwork<>(NetworkRewriting.rewrite(folded, new Rewrite(layers)), layers);
  }

  /** The layers with neurons or currents by index or name of their vertex, in order. */
  private Map<String, IntegerNetwork.Layer> integers(NeuralNetwork folded) {
    IntegerLayerMaker maker = new IntegerLayerMaker(bits, thresholdBits, perChannel, limit);
    Map<String, IntegerNetwork.Layer> layers = new LinkedHashMap<>();
    NetworkWalk walk = NetworkWalk.of(folded);
    List<NetworkPart> parts = walk.parts();
    PassedSpikes passed = limit == null ? null : new PassedSpikes(limit, parts);
    Map<Integer, IntegerNetwork.Layer> shared = new HashMap<>();
    CurrentGroup.of(walk).forEach(group -> shared.putAll(group.integers(maker, limit, passed)));
    for (NetworkPart part : parts) {
      if (shared.containsKey(part.place())) {
        layers.put(part.key(), shared.get(part.place()));
      } else if (part.configuration() instanceof BaseSpikingLayer spiking && spiking.hasNeurons()) {
        MembraneLimit.Input input =
            passed == null ? MembraneLimit.Input.SPIKES : passed.readBy(part);
        layers.put(part.key(), maker.make(spiking, part.layer().paramTable(), input));
      }
    }
    Require.not(
        layers.isEmpty(),
        "network must hold at least one spiking layer with neurons to quantise, got none. Possible"
            + " cause: all layers are stock layers");
    return layers;
  }

  private record Rewrite(Map<String, IntegerNetwork.Layer> layers)
      implements NetworkRewriting.LayerRewrite {

    @Override
    public FeedForwardLayer replace(String key, BaseSpikingLayer layer, LayerSettings settings) {
      IntegerNetwork.Layer integers = layers.get(key);
      if (integers == null) {
        return layer;
      }
      return layer instanceof SpikingPooling2D pooling
          ? depthwise(pooling, integers)
          : settings.withNeuron(integers.dynamics());
    }

    private static BaseSpikingLayer depthwise(
        SpikingPooling2D pooling, IntegerNetwork.Layer integers) {
      Window2D window = pooling.getWindow();
      SpikingDepthwiseConvolution2D layer =
          new SpikingDepthwiseConvolution2D.Builder(
                  window.rows().kernel(), window.columns().kernel())
              .name(pooling.getLayerName())
              .stride(window.rows().stride(), window.columns().stride())
              .padding(0, 0)
              .neuron(integers.dynamics())
              .backprop(pooling.getBackprop())
              .build();
      layer.setNIn(pooling.getNIn());
      // Settings that layers inherit from a network and need for saving and training.
      layer.setIUpdater(pooling.getIUpdater());
      layer.setBiasUpdater(pooling.getBiasUpdater());
      layer.setGradientNormalization(pooling.getGradientNormalization());
      layer.setGradientNormalizationThreshold(pooling.getGradientNormalizationThreshold());
      return layer;
    }

    @Override
    public void fill(
        String key,
        BaseSpikingLayer trained,
        Map<String, INDArray> parameters,
        Map<String, INDArray> target) {
      IntegerNetwork.Layer integers = layers.get(key);
      if (integers != null) {
        set(target.get(Synapse.WEIGHT), integers.weights());
        set(target.get(Recurrence.WEIGHT), integers.recurrentWeights());
        set(target.get(Synapse.BIAS), integers.bias());
      }
    }

    private static void set(INDArray target, int[] values) {
      for (int i = 0; i < values.length; i++) {
        target.putScalar(i, values[i]);
      }
    }
  }
}
