package org.dl4jsnn.zoo;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.dl4jsnn.conf.DecoupledWeightDecay;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.gradient.BackpropRules;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.zoo.NetworkNotation.Block;

/**
 * A network for images with residual blocks (Fang et al., "Deep Residual Learning in Spiking Neural
 * Networks", NeurIPS 2021). A block is two convolutions of neurons; its shortcut joins their spikes
 * by a {@link ResidualJoin}. Where a block changes the number of channels or has a stride, the
 * shortcut is a convolution of neurons with 1 × 1 kernels.
 *
 * <pre>{@code
 * ComputationGraph network =
 *     SpikingNetworks.sewResNet().layers("32C3-32B3-64B3/2-128B3/2-GAP").steps(4).init();
 * }</pre>
 *
 * <p>Layers and vertices of block 1 are named {@code block1-conv1}, {@code block1-conv2}, {@code
 * block1-shortcut} and {@code block1}; the input is {@code features}, the output {@code readout}.
 * Currents are normalised, and features become the same currents at every step, unless set
 * otherwise.
 */
public final class ResidualNetwork extends SpikingNetworkBuilder<ResidualNetwork> {

  private final ImageInput input;
  private ResidualJoin join = ResidualJoin.ADD;

  ResidualNetwork(String layers, InputType inputType, double gain, double learningRate) {
    super(layers, learningRate);
    input = new ImageInput(inputType, gain);
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
   * @param value {@link ResidualJoin#ADD} by default
   * @return this builder
   */
  public ResidualNetwork join(ResidualJoin value) {
    join = Require.given("join", value);
    return this;
  }

  /** {@return a new configuration, to be changed further or built into a network} */
  public ComputationGraphConfiguration configuration() {
    ComputationGraphConfiguration.GraphBuilder graph =
        common().graphBuilder().addInputs(Assembly.FEATURES).setInputTypes(inputType());
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
  String block(Assembly to, String name, Block block, int channels, String below) {
    int stride = block.stride();
    boolean isSame = stride == 1 && channels == block.channels();
    String shortcut =
        isSame
            ? below
            : to.add(convolution(name + "-shortcut", block.channels(), 1, stride), below);
    String first =
        to.add(convolution(name + "-conv1", block.channels(), block.kernel(), stride), below);
    String second =
        to.add(convolution(name + "-conv2", block.channels(), block.kernel(), 1), first);
    return to.join(name, join.vertex(), shortcut, second);
  }

  @Override
  SpikeEncoding encoding() {
    return input.encoding(steps);
  }

  @Override
  InputType inputType() {
    return input.type();
  }
}
