package org.dl4jsnn.examples.train;

import java.util.Locale;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.DecoupledWeightDecay;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.zoo.ImageNetwork;
import org.dl4jsnn.zoo.NetworkNotation;
import org.dl4jsnn.zoo.ReadOutLoss;
import org.dl4jsnn.zoo.ResidualJoin;
import org.dl4jsnn.zoo.ResidualNetwork;
import org.dl4jsnn.zoo.SpikingNetworkBuilder;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.ISchedule;
import picocli.CommandLine.Option;

/** Options of a network for images; the defaults are as published. */
final class NetworkOptions extends SpikingOptions {

  /**
   * The share that running averages keep per minibatch: more than the default with hundreds of
   * minibatches per epoch, so that the last ones average out.
   */
  private static final double KEPT = 0.97;

  private static final int CLASSES = 10;

  private static final int RESIDUAL_STEPS = 4;

  /** T where none is given. */
  private final int published;

  private enum Encoding {
    POISSON,
    DIRECT;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--steps",
      description = "Time steps T. Default: 20 of digits, 100 of CIFAR-10, 4 of residual networks.")
  Integer steps;

  @Option(
      names = "--encoding",
      description =
          "${COMPLETION-CANDIDATES}. Default: poisson, as published; of residual networks direct.")
  private Encoding encoding;

  @Option(
      names = "--normalize",
      description =
          "Normalise the input currents of all weighted layers over the minibatch; residual networks "
              + "always do.")
  boolean normalized;

  @Option(
      names = "--accumulate",
      description =
          "Layers with weights, but the first, wait for the window of the layer below and then have "
              + "the same current at every step: the order of spikes does not matter.")
  boolean accumulates;

  @Option(
      names = "--soft-reset",
      description =
          "A spike subtracts the threshold from the membrane instead of resetting it to " + "zero.")
  boolean subtractive;

  @Option(names = "--l2", description = "L2 regularisation, added to the gradient.")
  double l2 = 5e-4;

  @Option(
      names = "--dropout",
      description =
          "Probability of dropping a neuron in training, in front of fully connected layers.")
  double dropout = 0;

  /** Whether the network that a training starts with is padded so. */
  boolean samePadding;

  NetworkOptions(int steps, double threshold) {
    super(threshold, ReadOutLoss.SQUARED_ERROR);
    this.published = steps;
  }

  /** Sets what was not given, for a network with residual blocks or without. */
  void complete(boolean isResidual) {
    normalized |= isResidual;
    steps = steps == null ? isResidual ? RESIDUAL_STEPS : published : steps;
    encoding = encoding == null ? isResidual ? Encoding.DIRECT : Encoding.POISSON : encoding;
  }

  @Override
  public void check() {
    OptionRules.notNegative("--l2", l2);
    OptionRules.belowOne("--dropout", dropout);
    super.check();
  }

  /** A non-spiking network with the same layers; those of blocks, as their join says. */
  Model conventional(
      NetworkNotation layers,
      ResidualJoin join,
      InputType input,
      ISchedule learningRates,
      long seed) {
    NeuralNetConfiguration.Builder common =
        new NeuralNetConfiguration.Builder().seed(seed).updater(new Adam(learningRates)).l2(l2);
    if (layers.hasBlocks()) {
      ComputationGraphConfiguration configuration =
          ConventionalNetwork.residual(
              common, layers, input, CLASSES, 1 - dropout, join == ResidualJoin.CURRENTS);
      if (weightDecay > 0) {
        DecoupledWeightDecay.applyTo(configuration, weightDecay);
      }
      ComputationGraph network = new ComputationGraph(configuration);
      network.init();
      return network;
    }
    MultiLayerConfiguration configuration =
        ConventionalNetwork.of(common, layers, input, CLASSES, 1 - dropout);
    if (weightDecay > 0) {
      DecoupledWeightDecay.applyTo(configuration, weightDecay);
    }
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }

  MultiLayerNetwork spiking(ImageNetwork network, ISchedule learningRates, long seed) {
    boolean isDirect = encoding == Encoding.DIRECT;
    return common(isDirect ? network.direct() : network, learningRates, seed).init();
  }

  ComputationGraph spiking(ResidualNetwork network, ISchedule learningRates, long seed) {
    boolean isDirect = encoding == Encoding.DIRECT;
    ResidualNetwork padded = samePadding ? network.samePadding() : network;
    return common(isDirect ? padded : padded.poisson(), learningRates, seed).init();
  }

  private <B extends SpikingNetworkBuilder<B>> B common(
      SpikingNetworkBuilder<B> network, ISchedule learningRates, long seed) {
    SpikingNetworkBuilder<B> chosen = accumulates ? network.accumulating() : network;
    return applyTo(chosen, subtractive, learningRates, seed)
        .steps(steps)
        .normalization(normalized ? new CurrentNormalization().withDecay(KEPT) : null)
        .l2(l2)
        .dropout(1 - dropout);
  }
}
