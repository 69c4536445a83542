package org.dl4jsnn.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.io.WriteLock;
import org.dl4jsnn.model.ModelRefusedException;

/**
 * Trains a network for hours and survives interruptions. Run the same program again after a kill,
 * and it resumes from the last checkpoint, with bit-identical results:
 *
 * <pre>{@code
 * TrainingSettings settings = TrainingSettings.savingTo(Path.of("target/digits.zip")).epochs(26);
 * try (StopRequest stop = StopRequest.onSignal();
 *     Training training = Training.open(settings, data)) {
 *   training.beginOrResume(network, stop);
 * }
 * }</pre>
 *
 * <p>An open training locks its files: a second training into the same files is refused, even from
 * another process. It trains in the caller's thread, several networks one after another if wanted.
 * A separate thread reads minibatches ahead. The network learns exactly what it would learn with
 * {@code fit(iterator)}.
 *
 * <p>ND4J's global random generator, which Deeplearning4j's dropout uses, is not saved.
 */
public final class Training implements AutoCloseable {

  private final TrainingSettings settings;
  private final TrainingData data;
  private final TrainingObserver observer;
  private final List<WriteLock> locks;
  private boolean closed;

  private Training(
      TrainingSettings settings,
      TrainingData data,
      TrainingObserver observer,
      List<WriteLock> locks) {
    this.settings = settings;
    this.data = data;
    this.observer = observer;
    this.locks = locks;
  }

  /**
   * Opens a training that logs its epochs.
   *
   * @param settings its length, and where it is saved
   * @param data its training, held-out and test samples
   * @return the training, to be closed
   * @throws TrainingException if its files would overwrite something other than an earlier
   *     training, another training writes them, or they cannot be written
   * @throws IllegalArgumentException if a patience is set but no samples are held out
   */
  public static Training open(TrainingSettings settings, TrainingData data) {
    return open(settings, data, TrainingObserver.logging());
  }

  /**
   * Opens a training.
   *
   * @param settings its length, and where it is saved
   * @param data its training, held-out and test samples
   * @param observer notified of its progress
   * @return the training, to be closed
   * @throws TrainingException if its files would overwrite something other than an earlier
   *     training, another training writes them, or they cannot be written
   * @throws IllegalArgumentException if a patience is set but no samples are held out
   */
  public static Training open(
      TrainingSettings settings, TrainingData data, TrainingObserver observer) {
    Require.given("data", data);
    Require.given("observer", observer);
    Require.not(
        Require.given("settings", settings).patience() > 0 && data.heldOutSize() == 0,
        "patience must be 0 if no samples are held out, got %s. Possible cause: accuracy on the"
            + " test samples must not decide when to stop",
        settings.patience());
    TrainingFiles files = settings.files().check();
    List<WriteLock> locks = files.lock(observer);
    try {
      files.cleanUp();
      return new Training(settings, data, observer, locks);
    } catch (RuntimeException e) {
      locks.forEach(WriteLock::close);
      throw e;
    }
  }

  /**
   * Resumes the training in the model's file, or begins one if the file does not exist.
   *
   * @param network the untrained network, a MultiLayerNetwork or a ComputationGraph with one input
   *     and one output; not changed if an earlier training is resumed
   * @param stop ends the training early; not closed
   * @param <M> the type of network
   * @return the result, with the trained network
   * @throws TrainingException if the file holds another network, its training cannot be resumed
   *     with these data, a minibatch cannot be read, or the models cannot be saved
   * @throws IllegalArgumentException if a new network has classes that {@link
   *     TrainingSettings#models} does not allow, so that the training could not be resumed
   */
  public <M extends Model> TrainingResult<M> beginOrResume(M network, StopRequest stop) {
    requireReady(stop);
    Path model = settings.files().model();
    if (!Files.exists(model)) {
      return begin(network, stop);
    }
    TrainableNetwork<M> given = TrainableNetwork.of(network);
    TrainableNetwork<M> saved = given.load(model, settings.models());
    given.requireSameShape(saved, model);
    return resume(saved, model, stop);
  }

  /**
   * Begins a training. Files of an earlier training are kept as {@code ….old}.
   *
   * @param network a MultiLayerNetwork or a ComputationGraph with one input and one output
   * @param stop ends the training early; not closed
   * @param <M> the type of network
   * @return the result
   * @throws TrainingException if an earlier training's files cannot be moved, a minibatch cannot be
   *     read, or the models cannot be saved
   * @throws IllegalArgumentException if the network has classes that {@link
   *     TrainingSettings#models} does not allow, so that the training could not be resumed
   */
  public <M extends Model> TrainingResult<M> begin(M network, StopRequest stop) {
    requireReady(stop);
    Checkpoint<M> from = Checkpoint.fresh(network);
    settings.learningRates().ifPresent(from.network()::setLearningRates);
    requireLoadable(from.network());
    settings.files().setAside(null, observer);
    return run(from, Optional.empty(), stop);
  }

  /**
   * Resumes a training, or trains a saved model further.
   *
   * @param file its model; may be the file that this training is saved to
   * @param stop ends the training early; not closed
   * @return the result, with the network that was loaded and trained
   * @throws TrainingException if there is no such model, it cannot be resumed with these data, an
   *     earlier training's files cannot be moved, a minibatch cannot be read, or the models cannot
   *     be saved
   */
  public TrainingResult<MultiLayerNetwork> resume(Path file, StopRequest stop) {
    requireReady(stop);
    return resume(TrainableNetwork.of(ModelFile.load(file, settings.models())), file, stop);
  }

  /**
   * Resumes a training of a graph, or trains a saved graph further.
   *
   * @param file its model; may be the file that this training is saved to
   * @param stop ends the training early; not closed
   * @return the result, with the graph that was loaded and trained
   * @throws TrainingException if there is no such model, it cannot be resumed with these data, an
   *     earlier training's files cannot be moved, a minibatch cannot be read, or the models cannot
   *     be saved
   */
  public TrainingResult<ComputationGraph> resumeGraph(Path file, StopRequest stop) {
    requireReady(stop);
    return resume(TrainableNetwork.of(ModelFile.loadGraph(file, settings.models())), file, stop);
  }

  private <M extends Model> TrainingResult<M> resume(
      TrainableNetwork<M> network, Path file, StopRequest stop) {
    Checkpoint<M> from = Checkpoint.of(network, file, settings.models());
    from.requireFits(data, file, observer);
    observer.resumed(file, network.model(), network.epochs(), from.stateOr(data).minibatches());
    settings.learningRates().ifPresent(network::setLearningRates);
    if (!settings.files().isModel(file)) {
      settings.files().setAside(file, observer);
    } else if (from.state().isEmpty()) {
      settings.files().setLogAside(observer);
    }
    return run(from, Optional.of(file), stop);
  }

  private void requireReady(StopRequest stop) {
    Require.given("stop", stop);
    if (closed) {
      throw new IllegalStateException(
          "a training must not be closed before it runs, since its files are no longer locked, got"
              + " one for "
              + settings.files().model()
              + " that is");
    }
  }

  /** A training that could not be resumed should not begin. */
  private void requireLoadable(TrainableNetwork<?> network) {
    try {
      network.requireLoadable(settings.models());
    } catch (ModelRefusedException e) {
      throw new IllegalArgumentException(
          "network must be one whose checkpoints TrainingSettings.models can load, got: "
              + e.getMessage(),
          e);
    }
  }

  private <M extends Model> TrainingResult<M> run(
      Checkpoint<M> from, Optional<Path> resumed, StopRequest stop) {
    observer.ready(from.network().model());
    stop.listen();
    return new TrainingRun<>(settings, data, from, stop, observer).run(resumed);
  }

  /** Releases the lock on the files. */
  @Override
  public void close() {
    closed = true;
    locks.forEach(WriteLock::close);
  }
}
