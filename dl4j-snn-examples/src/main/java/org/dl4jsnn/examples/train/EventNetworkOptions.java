package org.dl4jsnn.examples.train;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.event.frame.FrameShape;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.zoo.NetworkNotation;
import org.dl4jsnn.zoo.ReadOutLoss;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.nd4j.linalg.schedule.ISchedule;
import picocli.CommandLine.Option;

/**
 * Options of a network for frames of events. By default the layers are as published, and the other
 * options keep them from falling silent over few steps; with {@code --no-normalize --no-soft-reset
 * --loss squared-error} the rest is also as published.
 */
public final class EventNetworkOptions extends SpikingOptions {

  @Option(
      names = "--network",
      description =
          "Layers between frames and classes, such as 64C3-AP2-128C3-MP2-1024; default: as"
              + " published for CIFAR10-DVS.")
  public String network = SpikingNetworks.vgg7Dvs().layers().text();

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

  public EventNetworkOptions() {
    super(1, ReadOutLoss.CROSS_ENTROPY);
  }

  @Override
  public void check() {
    notation();
    OptionRules.positive("--threshold", threshold);
    super.check();
  }

  NetworkNotation notation() {
    return UserError.explained("--", () -> NetworkNotation.parse(network));
  }

  public MultiLayerNetwork spiking(
      FrameShape frames, int classes, ISchedule learningRates, long seed) {
    return UserError.explained(
        "",
        () ->
            applyTo(SpikingNetworks.vgg7Dvs(), subtractive, learningRates, seed)
                .layers(notation().text())
                .frames(FeatureShape.image(frames.channels(), frames.height(), frames.width()))
                .steps(frames.steps())
                .classes(classes)
                .normalization(normalized ? new CurrentNormalization() : null)
                .init());
  }
}
