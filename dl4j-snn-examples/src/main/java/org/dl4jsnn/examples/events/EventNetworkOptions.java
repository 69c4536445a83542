package org.dl4jsnn.examples.events;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.data.LabelSmoothing;
import org.dl4jsnn.event.frame.FrameShape;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.zoo.NetworkNotation;
import org.dl4jsnn.zoo.ReadOutLoss;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.ISchedule;
import picocli.CommandLine.Option;

/**
 * Options of a network for frames of events. By default the layers are as published, and the other
 * options keep them from falling silent over few steps; with {@code --no-normalize --no-soft-reset
 * --loss squared-error} the rest is also as published.
 */
public final class EventNetworkOptions {

  @Option(
      names = "--network",
      description =
          "Layers between frames and classes, such as 64C3-AP2-128C3-MP2-1024; default: as"
              + " published for CIFAR10-DVS.")
  public String network = SpikingNetworks.vgg7Dvs().layers().text();

  @Option(names = "--threshold", description = "Threshold of the weighted layers.")
  public double threshold = 1;

  @Option(
      names = "--normalize",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Normalise the input currents of all weighted layers over the minibatch; published:"
              + " --no-normalize.")
  boolean normalized;

  @Option(
      names = "--soft-reset",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "A spike subtracts the threshold from the membrane instead of resetting it to zero; "
              + "published:"
              + " --no-soft-reset.")
  boolean subtractive;

  @Option(names = "--leak", description = "Share of the membrane kept per step; 1: IF.")
  double leak = 1;

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

  @Option(
      names = "--weight-decay",
      description = "Weight decay separate from the gradient (AdamW).")
  double weightDecay = 0;

  @Option(names = "--label-smoothing", description = "Share of each label spread over all classes.")
  double labelSmoothing = 0;

  @Option(names = "--loss", description = "${COMPLETION-CANDIDATES}; published: squared-error.")
  public ReadOutLoss loss = ReadOutLoss.CROSS_ENTROPY;

  /** Checks what can be checked without the data. */
  public void check() {
    notation();
    OptionRules.positive("--threshold", threshold);
    OptionRules.notNegative("--weight-decay", weightDecay);
    if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
      throw new UserError(
          "--label-smoothing must be at least 0 and below 1, got " + labelSmoothing);
    }
  }

  public NetworkNotation notation() {
    try {
      return NetworkNotation.parse(network);
    } catch (IllegalArgumentException e) {
      throw new UserError("--" + e.getMessage(), e);
    }
  }

  /** Minibatches for training. */
  public DataSetIterator smoothed(DataSetIterator minibatches) {
    if (labelSmoothing > 0) {
      minibatches.setPreProcessor(new LabelSmoothing(labelSmoothing));
    }
    return minibatches;
  }

  /** The spiking network. */
  public MultiLayerNetwork spiking(
      FrameShape frames, int classes, ISchedule learningRates, long seed) {
    try {
      return network(frames, classes, learningRates, seed);
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  private MultiLayerNetwork network(
      FrameShape frames, int classes, ISchedule learningRates, long seed) {
    return SpikingNetworks.vgg7Dvs()
        .layers(notation())
        .frames(FeatureShape.image(frames.channels(), frames.height(), frames.width()))
        .steps(frames.steps())
        .classes(classes)
        .threshold(threshold)
        .leak(leak)
        .reset(subtractive ? Reset.bySubtraction() : Reset.toZero())
        .poolingReset(initialMembrane == 0 ? Reset.toZero() : Reset.bySubtraction())
        .initialMembraneShare(initialMembrane)
        .backprop(saturationGate ? new AsfBackprop().withSaturationGate() : new AsfBackprop())
        .weightDecay(weightDecay)
        .normalization(normalized ? new CurrentNormalization() : null)
        .loss(loss)
        .updater(new Adam(learningRates))
        .seed(seed)
        .init();
  }
}
