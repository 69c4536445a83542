package org.dl4jsnn.zoo;

import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.conf.DecoupledWeightDecay;
import org.dl4jsnn.conf.SpikeAccumulation;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingDropout;
import org.dl4jsnn.conf.SpikingGlobalPooling;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.conf.WeightedLayerBuilder;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.neuron.GradedNeuron;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.regularize.SynapticOperationsRegularization;
import org.dl4jsnn.zoo.NetworkNotation.Block;
import org.dl4jsnn.zoo.NetworkNotation.Convolution;
import org.dl4jsnn.zoo.NetworkNotation.Dense;
import org.dl4jsnn.zoo.NetworkNotation.GlobalPooling;
import org.dl4jsnn.zoo.NetworkNotation.Pooling;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * The common settings of {@link SpikingNetworks}. Defaults: threshold 1, for average pooling 0.75;
 * no leak; reset to zero; membranes that start at zero; no normalisation; {@link AsfBackprop};
 * squared error; L2 regularisation of 5e-4, no weight decay and no dropout; seed 1.
 *
 * <p>Layers are named {@code encoding}, {@code conv1}, {@code pool1}, …, {@code dense}, {@code
 * dense2}, …, {@code readout}; dropout, where there is any, is {@code dense-dropout}, …, {@code
 * readout-dropout}. The loss is a sum over the minibatch, as published, so the gradient grows with
 * the minibatch size; with Adam that has little effect.
 *
 * @param <B> the network's own builder
 */
@SuppressWarnings("unchecked")
public abstract class SpikingNetworkBuilder<B extends SpikingNetworkBuilder<B>> {

  final ImageInput input;
  private NetworkNotation layers;
  int steps = 100;
  private int classes = 10;
  private double threshold = 1;
  private boolean accumulates;
  private double poolingThreshold = 0.75;
  private double leak = 1;
  private Reset reset = Reset.toZero();
  private Reset poolingReset = Reset.toZero();
  private double initialMembrane;
  private CurrentNormalization normalization;
  private SynapticOperationsRegularization synapticOperations;
  private BackpropRule backprop = new AsfBackprop();
  private ReadOutLoss loss = ReadOutLoss.SQUARED_ERROR;
  private IUpdater updater;
  private double l2 = 5e-4;
  private double weightDecay;
  private double retain = 1;
  private long seed = 1;

  /** Whether strided convolutions of blocks are padded on one side, as Deeplearning4j's. */
  boolean samePadding;

  SpikingNetworkBuilder(String layers, ImageInput input, double learningRate) {
    this.input = input;
    this.layers = NetworkNotation.parse(layers);
    this.updater = new Adam(learningRate);
  }

  /**
   * The layers between the encoding and the read-out.
   *
   * @param notation such as {@code 20C5-AP2-50C5-AP2-200}; see {@link NetworkNotation}
   * @return this builder
   * @throws IllegalArgumentException if it cannot be parsed, or has residual blocks and the network
   *     is no {@link ResidualNetwork}
   */
  public B layers(String notation) {
    NetworkNotation parsed = NetworkNotation.parse(notation);
    Require.not(
        parsed.hasBlocks() && !takesBlocks(),
        "network must have no residual blocks, got %s. Use SpikingNetworks.sewResNet()",
        notation);
    layers = parsed;
    return (B) this;
  }

  /** {@return the layers between the encoding and the read-out} */
  public NetworkNotation layers() {
    return layers;
  }

  /**
   * T.
   *
   * @param value at least 1; 100 by default
   * @return this builder
   */
  public B steps(int value) {
    steps = Require.atLeast("steps", value, 1);
    return (B) this;
  }

  /**
   * The number of classes, which is the number of outputs.
   *
   * @param value at least 1
   * @return this builder
   */
  public B classes(int value) {
    classes = Require.atLeast("classes", value, 1);
    return (B) this;
  }

  /**
   * θ of the weighted layers.
   *
   * @param value positive and finite
   * @return this builder
   */
  public B threshold(double value) {
    threshold = Require.positiveFinite("threshold", value);
    return (B) this;
  }

  /**
   * θ of average pooling layers.
   *
   * @param value positive and finite; 0.75 by default
   * @return this builder
   */
  public B poolingThreshold(double value) {
    poolingThreshold = Require.positiveFinite("poolingThreshold", value);
    return (B) this;
  }

  /**
   * λ of the weighted layers: the share of the membrane potential kept from step to step.
   *
   * @param value in (0, 1]; 1, the default, for no leak
   * @return this builder
   */
  public B leak(double value) {
    leak = Require.fraction("leak", value);
    return (B) this;
  }

  /**
   * What a spike does to the membrane potential in weighted layers.
   *
   * @param value the reset; to zero by default
   * @return this builder
   */
  public B reset(Reset value) {
    reset = Require.given("reset", value);
    return (B) this;
  }

  /**
   * What a spike does to the membrane potential in average pooling layers.
   *
   * @param value the reset; to zero by default
   * @return this builder
   */
  public B poolingReset(Reset value) {
    poolingReset = Require.given("poolingReset", value);
    return (B) this;
  }

  /**
   * The membrane potential before the first step, in weighted and average pooling layers, as a
   * share of the threshold. With resets by subtraction, half a threshold rounds a neuron's input to
   * the nearest number of spikes; 0 rounds it down.
   *
   * @param share finite; 0 by default
   * @return this builder
   */
  public B initialMembraneShare(double share) {
    initialMembrane = Require.finite("initialMembraneShare", share);
    return (B) this;
  }

  /**
   * Batch normalisation of the input currents of weighted layers.
   *
   * @param value the normalisation; null, the default, for none
   * @return this builder
   */
  public B normalization(CurrentNormalization value) {
    normalization = value;
    return (B) this;
  }

  /**
   * The price of additions in all weighted layers.
   *
   * @param value the term of the loss; null, the default, for none
   * @return this builder
   */
  public B synapticOperationsRegularization(SynapticOperationsRegularization value) {
    synapticOperations = value;
    return (B) this;
  }

  /**
   * How the weights of spiking layers learn.
   *
   * @param rule {@link AsfBackprop} by default
   * @return this builder
   */
  public B backprop(BackpropRule rule) {
    backprop = Require.given("gradient rule", rule);
    return (B) this;
  }

  /**
   * The loss that the read-out is trained with.
   *
   * @param value squared error by default
   * @return this builder
   */
  public B loss(ReadOutLoss value) {
    loss = Require.given("loss", value);
    return (B) this;
  }

  /**
   * The updater, and with it the learning rate or its schedule.
   *
   * @param value Adam with the published initial learning rate by default
   * @return this builder
   */
  public B updater(IUpdater value) {
    updater = Require.given("updater", value);
    return (B) this;
  }

  /**
   * L2 regularisation of the weights, added to the gradient before the updater.
   *
   * @param value finite and not negative; 5e-4 by default
   * @return this builder
   */
  public B l2(double value) {
    l2 = notNegative("l2", value);
    return (B) this;
  }

  /**
   * {@linkplain DecoupledWeightDecay Decoupled weight decay}, instead of {@link #l2}.
   *
   * @param value finite and not negative; 0, the default, for none
   * @return this builder
   */
  public B weightDecay(double value) {
    weightDecay = notNegative("weightDecay", value);
    return (B) this;
  }

  private static double notNegative(String name, double value) {
    Require.not(value < 0, "%s must be 0 or more, got %s", name, value);
    return Require.finite(name, value);
  }

  /**
   * {@linkplain SpikingDropout Dropout} in front of every fully connected layer and of the
   * read-out.
   *
   * @param retained the probability of keeping a neuron, above 0 and at most 1; 1, the default, for
   *     no dropout
   * @return this builder
   */
  public B dropout(double retained) {
    retain = Require.fraction("retain", retained);
    return (B) this;
  }

  /**
   * The seed of weights, and of spikes if the encoding draws them.
   *
   * @param value any but 0, for which ND4J draws one; 1 by default
   * @return this builder
   */
  public B seed(long value) {
    seed = value;
    return (B) this;
  }

  /** Whether its configuration can have branches. */
  boolean takesBlocks() {
    return false;
  }

  /**
   * Puts a {@link SpikeAccumulation} in front of every layer with weights but the first and the
   * read-out: the layer waits for the window below, and then has the same current at every step. So
   * the order of the spikes below does not matter, except to average pooling, whose neurons read
   * them step by step. Currents are T times as large: normalise them. A reset by subtraction and an
   * initial membrane of half the threshold round them to the nearest number of spikes. Not for
   * streams.
   *
   * @return this builder
   */
  public B accumulating() {
    accumulates = true;
    return (B) this;
  }

  /** What a layer with weights reads in place of spikes. */
  String accumulated(Assembly to, String below) {
    return accumulates
        ? to.add(new SpikeAccumulation.Builder().name(below + "-window").build(), below)
        : below;
  }

  /** The settings that all layers share. */
  NeuralNetConfiguration.Builder common() {
    return new NeuralNetConfiguration.Builder()
        .seed(seed)
        .updater(updater)
        .l2(l2)
        .miniBatch(false); // the published loss is a sum over the minibatch
  }

  /** Puts the layers, from the encoding to the read-out, on the features. */
  void assemble(Assembly to) {
    String last = to.add(input.encoding(steps), Assembly.FEATURES);
    List<String> names = layers.names();
    int channels = 0;
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      NetworkNotation.Stage stage = layers.stages().get(i);
      NetworkNotation.Stage next = i + 1 < names.size() ? layers.stages().get(i + 1) : null;
      if (i > 0 && (stage instanceof Convolution || stage instanceof Dense)) {
        last = accumulated(to, last);
      }
      if (stage instanceof Block block) {
        boolean isAfterPooling = layers.stages().get(i - 1) instanceof Pooling;
        last = block(to, name, block, channels, last, isAfterPooling);
        channels = block.channels();
        last = next instanceof Block ? last : endOfBlocks(to, last);
      } else if (stage instanceof Convolution convolution) {
        channels = convolution.channels();
        int kernel = convolution.kernel();
        boolean isStem = next instanceof Block;
        last =
            to.add(
                isStem ? stem(name, channels, kernel) : convolution(name, channels, kernel), last);
      } else {
        last = put(to, name, stage, last);
      }
    }
    last = addDropout(to, "readout", last);
    to.add(loss.readOut(classes, threshold), last);
  }

  private String put(Assembly to, String name, NetworkNotation.Stage stage, String below) {
    if (stage instanceof Pooling pooling) {
      return to.add(layer(name, pooling), below);
    }
    if (stage instanceof GlobalPooling) {
      return to.add(new SpikingGlobalPooling.Builder(PoolingType.AVG).name(name).build(), below);
    }
    return to.add(
        weighted(new SpikingDense.Builder(), name).nOut(((Dense) stage).size()).build(),
        addDropout(to, name, below));
  }

  /** The convolution that the first of several blocks reads, with padding that keeps the size. */
  Layer stem(String name, int channels, int kernel) {
    return convolution(name, channels, kernel);
  }

  /** Puts what blocks end with on the last of them. */
  String endOfBlocks(Assembly to, String below) {
    return below;
  }

  /**
   * Puts a residual block on a layer of so many channels; returns the name of its output.
   *
   * @param isAfterPooling whether the layer is a pooling; otherwise it is the stem or a block
   */
  String block(
      Assembly to, String name, Block block, int channels, String below, boolean isAfterPooling) {
    throw new IllegalStateException("only ResidualNetwork has blocks");
  }

  /** What a configuration as a whole is told. */
  BackpropRule rule() {
    return backprop;
  }

  double decay() {
    return weightDecay;
  }

  private String addDropout(Assembly to, String name, String below) {
    return retain < 1
        ? to.add(new SpikingDropout.Builder().retain(retain).name(name + "-dropout").build(), below)
        : below;
  }

  /** A convolution with padding that keeps the size. */
  private Layer convolution(String name, int channels, int kernel) {
    return weighted(new SpikingConvolution2D.Builder(kernel, kernel), name).nOut(channels).build();
  }

  /** A convolution of a block. */
  Layer convolution(String name, int channels, int kernel, int stride) {
    return inBlock(weighted(new SpikingConvolution2D.Builder(kernel, kernel), name), kernel, stride)
        .nOut(channels)
        .build();
  }

  /** With an odd kernel and as many zeros on all sides as keep the size at stride 1. */
  private SpikingConvolution2D.Builder inBlock(
      SpikingConvolution2D.Builder builder, int kernel, int stride) {
    builder.stride(stride, stride);
    return samePadding ? builder : builder.padding(kernel / 2, kernel / 2);
  }

  /** A convolution that passes on its currents; a stem is padded like other convolutions. */
  Layer currents(String name, int channels, int kernel, int stride, boolean isStem) {
    SpikingConvolution2D.Builder builder =
        unfired(new SpikingConvolution2D.Builder(kernel, kernel), name)
            .nOut(channels)
            .neuron(new GradedNeuron());
    return isStem ? builder.build() : inBlock(builder, kernel, stride).build();
  }

  /** Neurons that are charged by the currents of another layer, one each. */
  Layer neurons(String name) {
    return new SpikingPooling2D.Builder(PoolingType.AVG, 1, 1)
        .name(name)
        .threshold(threshold)
        .leak(leak)
        .reset(reset)
        .initialMembrane(initialMembrane * threshold)
        .build();
  }

  private <T extends WeightedLayerBuilder<T>> T weighted(T builder, String name) {
    return unfired(builder, name)
        .threshold(threshold)
        .leak(leak)
        .reset(reset)
        .initialMembrane(initialMembrane * threshold);
  }

  private <T extends WeightedLayerBuilder<T>> T unfired(T builder, String name) {
    return builder
        .name(name)
        .normalization(normalization)
        .synapticOperationsRegularization(synapticOperations);
  }

  private Layer layer(String name, Pooling pooling) {
    SpikingPooling2D.Builder builder =
        new SpikingPooling2D.Builder(pooling.type(), pooling.size(), pooling.size()).name(name);
    if (pooling.type() == PoolingType.AVG) {
      builder
          .threshold(poolingThreshold)
          .reset(poolingReset)
          .initialMembrane(initialMembrane * poolingThreshold);
    }
    return builder.build();
  }
}
