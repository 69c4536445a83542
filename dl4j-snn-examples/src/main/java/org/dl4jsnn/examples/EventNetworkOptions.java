package org.dl4jsnn.examples;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.event.frame.FrameShape;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.nd4j.linalg.schedule.ISchedule;
import picocli.CommandLine.Option;

/**
 * What can be chosen of a network over frames of events. The layers are by default those published,
 * and the rest what keeps them from falling silent over few steps; {@code --no-normalize
 * --no-soft-reset --loss squared-error} is as published, too.
 */
final class EventNetworkOptions {

  @Option(
      names = "--network",
      description = "Layers between frames and classes; default: as published for CIFAR10-DVS.")
  String network = Vgg7.EVENTS;

  @Option(names = "--threshold", description = "Threshold of the weighted layers.")
  double threshold = 1;

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
          "A spike takes the threshold from the membrane, instead of emptying it; published:"
              + " --no-soft-reset.")
  boolean subtractive;

  @Option(names = "--loss", description = "${COMPLETION-CANDIDATES}; published: squared-error.")
  NetworkSettings.Loss loss = NetworkSettings.Loss.CROSS_ENTROPY;

  /** Checks what can be checked before the data are there. */
  void check() {
    notation();
    OptionRules.positive("--threshold", threshold);
  }

  NetworkNotation notation() {
    return NetworkNotation.parse(network);
  }

  /** The spiking network. */
  MultiLayerNetwork spiking(FrameShape frames, int classes, ISchedule learningRates, long seed) {
    NetworkSettings settings =
        new NetworkSettings(
            threshold,
            learningRates,
            seed,
            subtractive ? Reset.bySubtraction() : Reset.toZero(),
            normalized ? new CurrentNormalization() : null,
            loss);
    return initialised(EventNetworks.spiking(notation(), frames, classes, settings));
  }

  /** The same layers of Deeplearning4j's own, without spikes. */
  MultiLayerNetwork conventional(
      FrameShape frames, int classes, ISchedule learningRates, long seed) {
    return initialised(
        ConventionalNetwork.of(notation(), frames, classes, normalized, learningRates, seed));
  }

  private static MultiLayerNetwork initialised(MultiLayerConfiguration configuration) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }
}
