package org.dl4jsnn.examples.train;

import java.util.Locale;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.conf.DecoupledWeightDecay;
import org.dl4jsnn.data.LabelSmoothing;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.zoo.ImageNetwork;
import org.dl4jsnn.zoo.NetworkNotation;
import org.dl4jsnn.zoo.ReadOutLoss;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.ISchedule;
import picocli.CommandLine.Option;

/** Options of a network for images; the defaults are as published. */
final class NetworkOptions {

  /**
   * The share that running averages keep per minibatch: more than the default with hundreds of
   * minibatches per epoch, so that the last ones average out.
   */
  private static final double KEPT = 0.97;

  private static final int CLASSES = 10;

  private enum Encoding {
    POISSON,
    DIRECT;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(names = "--steps", description = "Time steps T.")
  int steps;

  @Option(names = "--threshold", description = "Threshold of the weighted layers.")
  double threshold;

  @Option(names = "--leak", description = "Share of the membrane kept per step; 1: IF.")
  double leak = 1;

  @Option(names = "--encoding", description = "${COMPLETION-CANDIDATES}; published: poisson.")
  private Encoding encoding = Encoding.POISSON;

  @Option(
      names = "--normalize",
      description = "Normalise the input currents of all weighted layers over the minibatch.")
  boolean normalized;

  @Option(
      names = "--soft-reset",
      description =
          "A spike subtracts the threshold from the membrane instead of resetting it to " + "zero.")
  boolean subtractive;

  @Option(
      names = "--initial-membrane",
      description =
          "The membrane before the first step, as a share of the threshold; average poolings are "
              + "then also reset by subtraction.")
  double initialMembrane = 0;

  @Option(
      names = "--saturation-gate",
      description = "No gradient for neurons that fired at every step.")
  boolean saturationGate;

  @Option(names = "--loss", description = "${COMPLETION-CANDIDATES}; published: squared-error.")
  ReadOutLoss loss = ReadOutLoss.SQUARED_ERROR;

  @Option(names = "--l2", description = "L2 regularisation, added to the gradient.")
  double l2 = 5e-4;

  @Option(
      names = "--weight-decay",
      description = "Weight decay separate from the gradient (AdamW), instead of --l2.")
  double weightDecay = 0;

  @Option(
      names = "--dropout",
      description =
          "Probability of dropping a neuron in training, in front of fully connected layers.")
  double dropout = 0;

  @Option(names = "--label-smoothing", description = "Share of each label spread over all classes.")
  double labelSmoothing = 0;

  /** Options whose defaults depend on the example. */
  NetworkOptions(int steps, double threshold) {
    this.steps = steps;
    this.threshold = threshold;
  }

  /** Checks what can be checked without the data. */
  void check() {
    OptionRules.notNegative("--l2", l2);
    OptionRules.notNegative("--weight-decay", weightDecay);
    if (!(dropout >= 0 && dropout < 1)) {
      throw new UserError("--dropout must be at least 0 and below 1, got " + dropout);
    }
    if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
      throw new UserError(
          "--label-smoothing must be at least 0 and below 1, got " + labelSmoothing);
    }
  }

  /** Minibatches for training. */
  DataSetIterator smoothed(DataSetIterator minibatches) {
    if (labelSmoothing > 0) {
      minibatches.setPreProcessor(new LabelSmoothing(labelSmoothing));
    }
    return minibatches;
  }

  /** A non-spiking network with the same layers. */
  MultiLayerNetwork conventional(
      NetworkNotation layers, InputType input, ISchedule learningRates, long seed) {
    NeuralNetConfiguration.Builder common =
        new NeuralNetConfiguration.Builder().seed(seed).updater(new Adam(learningRates)).l2(l2);
    MultiLayerConfiguration configuration =
        ConventionalNetwork.of(common, layers, input, CLASSES, 1 - dropout);
    if (weightDecay > 0) {
      DecoupledWeightDecay.applyTo(configuration, weightDecay);
    }
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }

  /** How spiking layers learn. */
  AsfBackprop rule() {
    return saturationGate ? new AsfBackprop().withSaturationGate() : new AsfBackprop();
  }

  /** Applies the options. */
  ImageNetwork applyTo(ImageNetwork network, ISchedule learningRates, long seed) {
    return (encoding == Encoding.DIRECT ? network.direct() : network)
        .steps(steps)
        .threshold(threshold)
        .leak(leak)
        .reset(subtractive ? Reset.bySubtraction() : Reset.toZero())
        .poolingReset(initialMembrane == 0 ? Reset.toZero() : Reset.bySubtraction())
        .initialMembraneShare(initialMembrane)
        .normalization(normalized ? new CurrentNormalization().withDecay(KEPT) : null)
        .backprop(rule())
        .loss(loss)
        .l2(l2)
        .weightDecay(weightDecay)
        .dropout(1 - dropout)
        .updater(new Adam(learningRates))
        .seed(seed);
  }
}
