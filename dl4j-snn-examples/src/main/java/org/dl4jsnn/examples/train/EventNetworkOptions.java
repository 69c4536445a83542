package org.dl4jsnn.examples.train;

import org.deeplearning4j.nn.api.Model;
import org.dl4jsnn.event.frame.FrameShape;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.zoo.NetworkNotation;
import org.dl4jsnn.zoo.ReadOutLoss;
import org.dl4jsnn.zoo.SpikingNetworkBuilder;
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
          "Layers between frames and classes, such as 64C3-AP2-128C3-MP2-1024 or, with residual"
              + " blocks, 16C3-32B3/2-GAP; default: as published for CIFAR10-DVS.")
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

  public Model spiking(FrameShape frames, int classes, ISchedule rates, long seed) {
    NetworkNotation notation = notation();
    FeatureShape frame = FeatureShape.image(frames.channels(), frames.height(), frames.width());
    return UserError.explained(
        "",
        () ->
            notation.hasBlocks()
                ? settings(SpikingNetworks.msResNet().frames(frame), frames, classes, rates, seed)
                    .init()
                : settings(SpikingNetworks.vgg7Dvs().frames(frame), frames, classes, rates, seed)
                    .init());
  }

  private <B extends SpikingNetworkBuilder<B>> B settings(
      B network, FrameShape frames, int classes, ISchedule rates, long seed) {
    return applyTo(network, subtractive, rates, seed)
        .layers(notation().text())
        .steps(frames.steps())
        .classes(classes)
        .normalization(normalized ? new CurrentNormalization() : null);
  }
}
