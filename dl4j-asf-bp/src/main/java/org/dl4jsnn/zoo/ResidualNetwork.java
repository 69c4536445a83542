package org.dl4jsnn.zoo;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.dl4jsnn.conf.DecoupledWeightDecay;
import org.dl4jsnn.gradient.BackpropRules;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.zoo.NetworkNotation.Block;

/**
 * A network for images, or frames of an event camera, with residual blocks of two convolutions, as
 * {@link ResidualJoin} says.
 *
 * <p>SEW-ResNet: both convolutions have neurons, whose spikes join those of the shortcut. Where a
 * block changes the number of channels or has a stride, the shortcut is a convolution of neurons
 * with 1 × 1 kernels.
 *
 * <p>MS-ResNet: a block begins with neurons, which the currents of the block before charge; its
 * second convolution passes on its currents, which are added to those before. The shortcut of a
 * block that changes their shape, or follows a pooling, is a convolution with 1 × 1 kernels that
 * reads spikes, so that all weights are added spike by spike. After the last block neurons follow.
 *
 * <pre>{@code
 * ComputationGraph network =
 *     SpikingNetworks.msResNet().layers("32C3-32B3-64B3/2-128B3/2-GAP").steps(4).init();
 * }</pre>
 *
 * <p>Layers and vertices of block 1 are named {@code block1-neurons} (MS-ResNet), {@code
 * block1-conv1}, {@code block1-conv2}, {@code block1-shortcut}, {@code block1} and, after the last
 * one, {@code block1-spikes} (MS-ResNet); the input is {@code features}, the output {@code
 * readout}. Currents are normalised, and features become the same currents at every step, unless
 * set otherwise.
 */
public final class ResidualNetwork extends SpikingNetworkBuilder<ResidualNetwork> {

  private ResidualJoin join;

  ResidualNetwork(String layers, InputType inputType, double learningRate, ResidualJoin join) {
    super(layers, new ImageInput(inputType, 1), learningRate);
    this.join = join;
    input.direct(true);
    normalization(new CurrentNormalization());
  }

  /**
   * The shape of the features.
   *
   * @param value such as {@code InputType.convolutional(32, 32, 3)}
   * @return this builder
   */
  public ResidualNetwork input(InputType value) {
    input.type(value);
    return this;
  }

  /**
   * Frames of an event camera instead of images: features [minibatch, channels, T, height, width],
   * whose values are the currents of their step, whatever {@link #gain} and {@link #poisson} say.
   *
   * @param shape channels, height and width of one time step: {@code FeatureShape.image(2, 34, 34)}
   * @return this builder
   */
  public ResidualNetwork frames(FeatureShape shape) {
    input.frames(shape);
    return this;
  }

  /** {@return this builder, whose features become signed Poisson spikes instead of currents} */
  public ResidualNetwork poisson() {
    input.direct(false);
    return this;
  }

  /**
   * g: for a feature x the current is g·x, and the firing probability per step of Poisson coding is
   * min(1, g·|x|).
   *
   * @param value positive and finite; 1 by default
   * @return this builder
   */
  public ResidualNetwork gain(double value) {
    input.gain(value);
    return this;
  }

  /**
   * How blocks and shortcuts meet.
   *
   * @param value by default {@link ResidualJoin#ADD} in {@link SpikingNetworks#sewResNet} and
   *     {@link ResidualJoin#CURRENTS} in {@link SpikingNetworks#msResNet}
   * @return this builder
   */
  public ResidualNetwork join(ResidualJoin value) {
    join = Require.given("join", value);
    return this;
  }

  /**
   * Pads the convolutions of blocks as Deeplearning4j's {@code ConvolutionMode.Same}, for weights
   * that were trained so: with stride 2 over an even size, zeros come after the last value only. By
   * default both sides get as many, as in other frameworks and in NIR.
   *
   * @return this builder
   */
  public ResidualNetwork samePadding() {
    samePadding = true;
    return this;
  }

  /** {@return a new configuration, to be changed further or built into a network} */
  public ComputationGraphConfiguration configuration() {
    ComputationGraphConfiguration.GraphBuilder graph =
        common().graphBuilder().addInputs(Assembly.FEATURES).setInputTypes(input.type(steps));
    assemble(new Assembly.Graph(graph));
    ComputationGraphConfiguration configuration = graph.setOutputs("readout").build();
    BackpropRules.apply(configuration, rule());
    if (decay() > 0) {
      DecoupledWeightDecay.applyTo(configuration, decay());
    }
    return configuration;
  }

  /** {@return a new network with fresh weights} */
  public ComputationGraph init() {
    ComputationGraph network = new ComputationGraph(configuration());
    network.init();
    return network;
  }

  @Override
  boolean takesBlocks() {
    return true;
  }

  @Override
  String block(
      Assembly to, String name, Block block, int channels, String below, boolean isAfterPooling) {
    boolean ofCurrents = join == ResidualJoin.CURRENTS;
    int outputs = block.channels();
    int stride = block.stride();
    // Pooling passes on spikes, which a shortcut of currents must weight first.
    boolean isSame = stride == 1 && channels == outputs && !(ofCurrents && isAfterPooling);
    String spikes =
        accumulated(
            to, ofCurrents && !isAfterPooling ? to.add(neurons(name + "-neurons"), below) : below);
    String shortcut =
        isSame ? below : to.add(joining(name + "-shortcut", outputs, 1, stride), spikes);
    String first = to.add(convolution(name + "-conv1", outputs, block.kernel(), stride), spikes);
    String second =
        to.add(joining(name + "-conv2", outputs, block.kernel(), 1), accumulated(to, first));
    return to.join(name, join.vertex(), shortcut, second);
  }

  private Layer joining(String name, int channels, int kernel, int stride) {
    return join == ResidualJoin.CURRENTS
        ? currents(name, channels, kernel, stride, false)
        : convolution(name, channels, kernel, stride);
  }

  @Override
  Layer stem(String name, int channels, int kernel) {
    return join == ResidualJoin.CURRENTS
        ? currents(name, channels, kernel, 1, true)
        : super.stem(name, channels, kernel);
  }

  @Override
  String endOfBlocks(Assembly to, String below) {
    return join == ResidualJoin.CURRENTS ? to.add(neurons(below + "-spikes"), below) : below;
  }
}
