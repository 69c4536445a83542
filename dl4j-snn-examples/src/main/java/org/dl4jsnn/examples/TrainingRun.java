package org.dl4jsnn.examples;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.data.PrefetchingIterator;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * A training, minibatch by minibatch, that can stop after each of them and go on later as if it had
 * not stopped. It does what {@code network.fit(iterator)} does, bit for bit; that one would count
 * the epoch up wherever it is left.
 *
 * <p>Early stopping follows from the log's rows. Deeplearning4j's EarlyStoppingTrainer has a loop
 * of its own, which begins with a whole epoch and counts afresh whenever it is started.
 */
final class TrainingRun {

  private static final double NANOS_A_SECOND = 1e9;

  private final TrainingOptions options;

  /** Where the UI's pages get the health of layers from, if there are any. */
  private final Supplier<Optional<StatsStorageRouter>> pages;

  private final TrainingData data;
  private final MultiLayerNetwork network;
  private final Checkpoint from;
  private final BestModel best;
  private final StopRequest stop;
  private final Output output;
  private final ISchedule learningRates;
  private final int perEpoch;
  private final EpochRates rates;
  private final EpochLog log;
  private final TrainingSaves saves;
  private final TrainingProgress progress;

  private int minibatches;
  private double seconds;
  private long lastSave = System.nanoTime();
  private Evaluation evaluation;

  TrainingRun(
      TrainingOptions options,
      TrainingData data,
      Checkpoint from,
      StopRequest stop,
      Supplier<Optional<StatsStorageRouter>> pages,
      Output output) {
    this.options = options;
    this.pages = pages;
    this.data = data;
    this.from = from;
    this.network = from.network();
    best = options.holdOut == 0 ? null : new BestModel(options.model);
    this.stop = stop;
    this.output = output;
    learningRates = options.learningRates(data.trainingSize());
    perEpoch = options.minibatches(data.trainingSize());
    TrainingState state = from.stateOr(options.batch, data.trainingSize());
    minibatches = state.minibatches();
    seconds = state.seconds();
    rates = new EpochRates(network, state.rates());
    log = new EpochLog(options.model, rates.names(), state.rows());
    saves = new TrainingSaves(options.model, best, log, output);
    long all = (long) Math.max(options.epochs, network.getEpochCount()) * data.trainingSize();
    long done =
        (long) network.getEpochCount() * data.trainingSize()
            + Math.min((long) minibatches * options.batch, data.trainingSize());
    progress = new TrainingProgress(all, done, state.loss());
  }

  /**
   * Trains until the last epoch is done, no better model has come for long, or a stop is requested.
   * What was reached is then saved.
   *
   * @throws UserError if it cannot be saved
   */
  void run() {
    if (best != null && options.resume != null) {
      offerResumed();
    }
    saves.writeLog();
    network.addListeners(
        progress, rates, options.health.listener(options.resume != null, pages, output));
    try (progress) {
      boolean going = true;
      while (going && network.getEpochCount() < options.epochs && !isOutOfPatience()) {
        going = train() && evaluate();
      }
    }
    if (stop.isRequested() || evaluation == null) {
      save();
    }
    saves.finish(network, state());
  }

  /** Offers what the training that is resumed has reached: the best model, and the last one. */
  private void offerResumed() {
    // A file beside a checkpoint of the first epoch is of another training.
    if (from.state().isEmpty() || from.state().get().hasHeldOut()) {
      saves.attempt(() -> best.offerBeside(options.resume, this::accuracyHeldOut));
    }
    if (minibatches == 0) {
      saves.attempt(() -> best.offer(network, accuracyHeldOut(network)));
    }
  }

  private double accuracyHeldOut(MultiLayerNetwork model) {
    return model.evaluate(data.heldOut()).accuracy();
  }

  /** Trains to the end of the epoch; returns false if it was to stop. */
  private boolean train() {
    int epoch = network.getEpochCount();
    long seed = network.getDefaultConfiguration().getSeed();
    network.getListeners().forEach(listener -> listener.onEpochStart(network));
    try (PrefetchingIterator pictures =
        new PrefetchingIterator(data.training(seed, epoch, minibatches), 1)) {
      while (minibatches < perEpoch) {
        long start = System.nanoTime();
        DataSet minibatch = next(pictures);
        rates.watch(minibatches == perEpoch - 1);
        network.fit(minibatch);
        minibatches++;
        seconds += (System.nanoTime() - start) / NANOS_A_SECOND;
        if (stop.isRequested()) {
          return false;
        }
        if ((System.nanoTime() - lastSave) / NANOS_A_SECOND >= options.checkpointSeconds()) {
          save();
        }
      }
    }
    network.getListeners().forEach(listener -> listener.onEpochEnd(network));
    return true;
  }

  /** Ends the epoch; returns false if it was to stop before. */
  private boolean evaluate() {
    double heldOut = Double.NaN;
    if (best != null) {
      Evaluation chosenOn = evaluation(data.heldOut());
      heldOut = chosenOn == null ? Double.NaN : chosenOn.accuracy();
    }
    Evaluation test = evaluation(data.test());
    if (stop.isRequested()) {
      return false;
    }
    double rate = learningRates.valueAt(network.getIterationCount() - 1, network.getEpochCount());
    network.incrementEpochCount();
    evaluation = test;
    log.add(
        new EpochRow(
            network.getEpochCount(),
            network.getIterationCount(),
            rate,
            progress.loss(),
            heldOut,
            test.accuracy(),
            seconds,
            data.trainingSize() / seconds,
            rates.rates()));
    minibatches = 0;
    seconds = 0;
    saves.save(network, state(), heldOut);
    lastSave = System.nanoTime();
    saves.writeLog();
    output.print(
        "%nEpoch %d of %d: loss %.4f, %stest accuracy %.2f %%",
        network.getEpochCount(),
        options.epochs,
        progress.loss(),
        best == null
            ? ""
            : String.format(Locale.ROOT, "held-out accuracy %.2f %%, ", 100 * heldOut),
        100 * test.accuracy());
    return true;
  }

  /** As {@code network.evaluate} does, but null if it was to stop meanwhile. */
  private Evaluation evaluation(DataSetIterator pictures) {
    Evaluation measured = new Evaluation();
    while (pictures.hasNext()) {
      if (stop.isRequested()) {
        return null;
      }
      DataSet minibatch = next(pictures);
      measured.eval(minibatch.getLabels(), network.output(minibatch.getFeatures()));
    }
    return measured;
  }

  /** The next minibatch; if there is none to be had, what was learned is saved first. */
  private DataSet next(DataSetIterator pictures) {
    try {
      return pictures.next();
    } catch (UncheckedIOException e) {
      String failure = "Cannot read the next minibatch: " + e.getMessage();
      output.print("%n%s", failure);
      save();
      saves.finish(network, state());
      throw new UserError(
          String.format(
              "%s. The training so far is saved to %s; to go on, add --resume %s",
              failure, options.model.toAbsolutePath(), options.model),
          e);
    }
  }

  private void save() {
    saves.save(network, state());
    lastSave = System.nanoTime();
  }

  private TrainingState state() {
    return new TrainingState(
        minibatches,
        options.batch,
        data.trainingSize(),
        progress.loss(),
        seconds,
        rates.rates(),
        log.rows(),
        data.input());
  }

  /** Whether it is over because no better model has come for long. */
  boolean isOutOfPatience() {
    return options.patience > 0 && epochsWithoutBetter() >= options.patience;
  }

  /** Epochs since the accuracy on the pictures held out was better than ever before. */
  int epochsWithoutBetter() {
    return log.epochsWithoutBetter();
  }

  /** The model chosen on the pictures held out; null where there are none. */
  BestModel best() {
    return best;
  }

  /** Minibatches done of the epoch begun. */
  int minibatches() {
    return minibatches;
  }

  /** The evaluation after the last epoch; null where this run ended none. */
  Evaluation evaluation() {
    return evaluation;
  }

  /** The epochs so far. */
  List<EpochRow> rows() {
    return log.rows();
  }
}
