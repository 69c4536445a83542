package org.dl4jsnn.examples.train;

import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.train.ModelFile;
import org.dl4jsnn.train.TrainingFiles;
import org.dl4jsnn.zoo.ImageNetwork;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.schedule.ISchedule;
import picocli.CommandLine.Option;

/** A trained network that a training starts with, as an option. */
final class StartOptions {

  @Option(
      names = "--from",
      description =
          "A trained network whose weights training starts with. One with spikes must have the "
              + "layers of the new network, whose neurons are those of the other options; folded "
              + "normalisation is unfolded. One trained without spikes, such as by cifar10 "
              + "--conventional, is converted: it keeps its loss and its seed, and its layers get "
              + "neurons with threshold 1, without leak; --steps and --saturation-gate apply, "
              + "other options of neurons do not.")
  Path from;

  void check(TrainingOptions options) {
    options.from = from;
    if (from != null) {
      OptionRules.model(from);
      boolean isResumed = options.resume != null;
      OptionRules.apart("--from", from, isResumed, "with --resume, " + TrainingOptions.TRAINED);
      OptionRules.apart(
          "--balance", options.balance, true, "with --from, " + TrainingOptions.TRAINED);
      requireApartFrom(options.model);
    }
  }

  /** The training sets such files aside, and overwrites those set aside before. */
  private void requireApartFrom(Path model) {
    Path start = from.toAbsolutePath().normalize();
    for (Path own : List.of(model, TrainingFiles.average(model), TrainingFiles.best(model))) {
      Path written = own.toAbsolutePath().normalize();
      if (start.equals(written) || start.equals(Path.of(written + ".old"))) {
        throw new UserError(
            "--from must name a file that the training does not replace, got "
                + from
                + ". Copy it first, or choose another --model");
      }
    }
  }

  /** The network to train, with the weights of the trained one if there is any. */
  MultiLayerNetwork network(
      ImageNetwork published,
      NetworkOptions options,
      ISchedule learningRates,
      long seed,
      DataSetIterator calibration) {
    MultiLayerNetwork trained = from == null ? null : ModelFile.load(from);
    if (trained != null && !SpikingStart.isSpiking(trained)) {
      requireNone("--dropout", options.dropout);
      requireNone("--price", options.price);
      return SpikingStart.converted(trained, calibration, options, learningRates);
    }
    MultiLayerNetwork fresh = options.applyTo(published, learningRates, seed).init();
    return trained == null ? fresh : SpikingStart.of(from, trained, fresh, calibration);
  }

  private static void requireNone(String name, double value) {
    if (value > 0) {
      throw UserError.of(
          "%s must be 0 with --from and a network without spikes, whose layers are kept, got %s",
          name, value);
    }
  }
}
