package org.dl4jsnn.examples.train;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.deploy.QuantizationAwareTraining;
import org.dl4jsnn.deploy.WeightQuantization;
import org.dl4jsnn.examples.support.AnyNetwork;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.Progress;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.examples.ui.TrainingUi;
import org.dl4jsnn.internal.layer.SpikeEncodingLayer;
import org.dl4jsnn.internal.walk.NetworkPart;
import org.dl4jsnn.internal.walk.NetworkWalk;
import org.dl4jsnn.train.EpochRow;
import org.dl4jsnn.train.TrainingFiles;
import org.dl4jsnn.train.TrainingObserver;

/**
 * Shows a training on the terminal and in the UI: events, and a bar with the share done, images per
 * second, time left, and loss.
 */
class PrintedTraining implements TrainingObserver {

  private final TrainingOptions options;
  private final int minibatchesPerEpoch;
  private final Output output;
  private TrainingUi ui;
  private ProgressBar bar;

  PrintedTraining(TrainingOptions options, int minibatchesPerEpoch, Output output) {
    this.options = options;
    this.minibatchesPerEpoch = minibatchesPerEpoch;
    this.output = output;
  }

  /** Also shows it in the UI. */
  void showIn(TrainingUi pages) {
    ui = pages;
  }

  @Override
  public void moved(Path file, Path to) {
    output.progress("Moved %s of an earlier training to %s", file, to.getFileName());
  }

  @Override
  public void resumed(Path file, Model model, int epochs, int minibatches) {
    NetworkWalk walk = NetworkWalk.of((NeuralNetwork) model);
    List<NetworkPart> parts = walk.parts();
    if (parts.stream().noneMatch(NetworkPart::isReadOut)) {
      throw new UserError(
          "--resume must name a model that ends in a read-out with a loss, got one without: "
              + file.toAbsolutePath());
    }
    Optional<SpikeEncodingLayer> encoding =
        Optional.of(parts.get(0).layer())
            .filter(SpikeEncodingLayer.class::isInstance)
            .map(SpikeEncodingLayer.class::cast);
    boolean isSpiking = encoding.isPresent();
    if (isSpiking != options.isSpiking) {
      throw UserError.of(
          "--resume must name a model of this example and of its other options, got one that %s"
              + " with a SpikeEncoding: %s",
          isSpiking ? "begins" : "does not begin", file.toAbsolutePath());
    }
    requireCount(walk.iteration(), (long) epochs * minibatchesPerEpoch + minibatches);
    output.progress(
        "Resumed %s after epoch %d of %d%s (%sseed %d; options for these are ignored)",
        file,
        epochs,
        options.epochs,
        minibatches == 0 ? "" : " and " + minibatches + " minibatches of the next",
        encoding.map(layer -> layer.encoder() + ", ").orElse("without spikes, "),
        AnyNetwork.common(model).getSeed());
    if (epochs >= options.epochs) {
      output.progress("Nothing left to train; raise --epochs to continue");
    }
  }

  /** Schedules by minibatches would be at another place than the training. */
  private void requireCount(int done, long asNow) {
    if (done != asNow && options.schedule.countsMinibatches()) {
      throw UserError.of(
          "--schedule must be step or constant, which count epochs, got %s: the training has done"
              + " %,d minibatches, which would be %,d now. Possible cause: another --batch or"
              + " --train than before",
          options.schedule, done, asNow);
    }
  }

  @Override
  public void inputChanged(Path file, String before, String now) {
    output.warning("%s was trained on other input: %s. It continues with %s", file, before, now);
  }

  @Override
  public void ready(Model model) {
    if (options.resume == null) {
      ui.watch(model, name(options.model));
    } else {
      ui.watchOn(model, name(options.resume), name(options.model));
    }
    if (options.bits != null) {
      WeightQuantization rounding = WeightQuantization.toBits(options.bits);
      model.addListeners(
          UserError.explained(
              "--bits must be given with --from, or with --resume of a training that began so: ",
              () ->
                  model instanceof ComputationGraph graph
                      ? QuantizationAwareTraining.of(graph, rounding)
                      : QuantizationAwareTraining.of((MultiLayerNetwork) model, rounding)));
    }
    model.addListeners(options.health.listener(options.resume != null, ui, output));
  }

  /** A training's name in the UI: the name of its model. */
  private static String name(Path model) {
    return TrainingFiles.beside(model, "").getFileName().toString();
  }

  @Override
  public void begun(long samples, long done, double loss) {
    // Speed and time left refer to this run.
    bar =
        Progress.builder("training", samples, "samples", output)
            .startsFrom(done, Duration.ZERO)
            .build();
  }

  @Override
  public void minibatchDone(int epoch, int samples, double loss) {
    bar.setExtraMessage(String.format(Locale.ROOT, " epoch %d loss %.4f", epoch, loss));
    bar.stepBy(samples);
  }

  @Override
  public void epochDone(EpochRow row, int epochs) {
    output.progress(
        "%nEpoch %d of %d: loss %.4f, %stest accuracy %.2f %%",
        row.epoch(),
        epochs,
        row.loss(),
        Double.isNaN(row.heldOut())
            ? ""
            : String.format(Locale.ROOT, "held-out accuracy %.2f %%, ", 100 * row.heldOut()),
        100 * row.test());
  }

  @Override
  public void ended() {
    bar.close();
  }

  @Override
  public void cannotRead(RuntimeException cause) {
    output.warning("%nCannot read the next minibatch: %s", cause.getMessage());
  }

  @Override
  public void cannotSave(Path model, IOException cause) {
    output.warning(
        "%nCannot save to %s: %s. The training continues, and every checkpoint tries again",
        model.toAbsolutePath(), cause);
  }

  @Override
  public void savedAgain(Path model) {
    output.warning("%nSaved to %s again", model.toAbsolutePath());
  }

  @Override
  public void cannotLog(Path log, IOException cause) {
    output.warning(
        "%nCannot write the log to %s: %s. Every epoch tries again", log.toAbsolutePath(), cause);
  }

  @Override
  public void cannotLock(Path lock, IOException cause) {
    output.warning("Cannot lock %s: a second training would not be noticed (%s)", lock, cause);
  }
}
