package org.dl4jsnn.monitor.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.walk.NetworkPart;
import org.dl4jsnn.internal.walk.NetworkWalk;
import org.dl4jsnn.monitor.OutputOverTime;
import org.dl4jsnn.monitor.RecordedTrains;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows what a network does with one sample, always the same, while it is trained: the spikes of
 * every layer, firing rates in space, and the decision over time.
 *
 * <pre>{@code
 * LiveSpikesListener live =
 *     new LiveSpikesListener.Builder(spikes -> queue.add(spikes)) // on the listener's thread
 *         .interval(10)
 *         .build();
 * network.addListeners(live);
 * }</pre>
 *
 * <p>After the first minibatch and every n-th after it, the sample runs through the network in an
 * inference pass on the training's own thread, since a network is not thread-safe. The listener
 * processes its spikes on a thread of its own; while that thread is busy, only the latest pass
 * waits for it. Nothing that training computes is changed. One listener serves one network.
 *
 * <p>The sample is the first of the first minibatch, unless one is given; masks of a minibatch are
 * ignored.
 */
public final class LiveSpikesListener extends BaseTrainingListener {

  private static final Logger LOG = LoggerFactory.getLogger(LiveSpikesListener.class);
  private static final int IDLE_SECONDS = 10;

  private final int interval;
  private final int rows;
  private final int channels;
  private final Consumer<LiveSpikes> sink;
  private final Executor executor;

  private INDArray[] features;
  private OptionalInt label;
  private int iterations;
  private volatile boolean broken;

  private LiveSpikesListener(Builder builder) {
    interval = builder.interval;
    rows = builder.rows;
    channels = builder.channels;
    sink = builder.sink;
    executor = builder.executor == null ? latestOnly() : builder.executor;
    features = builder.features;
    label = builder.label;
  }

  /** One thread, which ends when it has nothing to do; one waiting task, the newest. */
  private static Executor latestOnly() {
    return new ThreadPoolExecutor(
        0,
        1,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(1),
        task -> {
          Thread thread = new Thread(task, "live spikes");
          thread.setDaemon(true);
          return thread;
        },
        new ThreadPoolExecutor.DiscardOldestPolicy());
  }

  /** The only moment at which both kinds of networks know features and labels. */
  @Override
  public synchronized void onBackwardPass(Model model) {
    if (features == null) {
      NetworkWalk.find(model).ifPresent(this::chooseSample);
    }
  }

  @Override
  public synchronized void iterationDone(Model model, int iteration, int epoch) {
    boolean looks = iterations++ % interval == 0;
    if (looks && features != null && model instanceof NeuralNetwork network) {
      look(network, iteration + 1);
    }
  }

  /** Copies, since the next minibatch may be written where this one was. */
  @SuppressWarnings("try") // the scope is entered and left, not read
  private void chooseSample(NetworkWalk network) {
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      features =
          Stream.of(network.features())
              .map(each -> each.get(NDArrayIndex.interval(0, 1)).dup())
              .toArray(INDArray[]::new);
      List<INDArray> labels =
          network.parts().stream()
              .filter(NetworkPart::isReadOut)
              .map(part -> ((IOutputLayer) part.layer()).getLabels())
              .filter(Objects::nonNull)
              .toList();
      label = labels.size() == 1 ? label(labels.get(0)) : OptionalInt.empty();
    }
  }

  private static OptionalInt label(INDArray labels) {
    boolean isClass = labels.rank() == 2 && labels.size(1) > 1;
    return isClass ? OptionalInt.of(labels.getRow(0).argMax().getInt(0)) : OptionalInt.empty();
  }

  private void look(NeuralNetwork network, int iteration) {
    RecordedTrains trains = RecordedTrains.of(network, features);
    Require.not(
        trains.spikes().isEmpty(),
        "network must have a layer that passes spikes on to be shown, got none");
    Optional<OutputOverTime> outputs = outputs(network, trains);
    outputs.ifPresent(this::requireClass);
    OptionalInt known = label;
    executor.execute(() -> show(iteration, known, trains, outputs));
  }

  private void requireClass(OutputOverTime outputs) {
    long classes = outputs.after(1).size(1);
    if (label.isPresent() && label.getAsInt() >= classes) {
      throw new IllegalArgumentException(
          ("the class of the sample must be below %s, the network's number of outputs, got"
                  + " %s. Possible cause: it is the sample's index in a data set")
              .formatted(classes, label.getAsInt()));
    }
  }

  private static Optional<OutputOverTime> outputs(NeuralNetwork network, RecordedTrains trains) {
    return OutputOverTime.isOf(network)
        ? Optional.of(OutputOverTime.of(network, trains))
        : Optional.empty();
  }

  private void show(
      int iteration, OptionalInt known, RecordedTrains trains, Optional<OutputOverTime> outputs) {
    try {
      List<LiveSpikes.Layer> layers = new ArrayList<>();
      for (RecordedTrains.Recorded each : trains.spikes()) {
        layers.add(LiveSpikes.Layer.of(each.layer(), each.train(), rows, channels));
      }
      sink.accept(
          new LiveSpikes(
              iteration, known, List.copyOf(layers), outputs.map(LiveSpikes.Decision::of)));
    } catch (RuntimeException e) {
      // The training is not to end because nobody can watch it.
      if (!broken) {
        broken = true;
        LOG.warn(
            "Cannot show the spikes of iteration {}; reported once: {}",
            iteration,
            e.toString(),
            e);
      }
    }
  }

  /** Settings of a listener. */
  public static final class Builder {

    private static final int DEFAULT_INTERVAL = 20;
    private static final int DEFAULT_ROWS = 100;
    private static final int DEFAULT_CHANNELS = 32;

    private final Consumer<LiveSpikes> sink;
    private int interval = DEFAULT_INTERVAL;
    private int rows = DEFAULT_ROWS;
    private int channels = DEFAULT_CHANNELS;
    private INDArray[] features;
    private OptionalInt label = OptionalInt.empty();
    private Executor executor;

    /**
     * Defaults: every 20th minibatch, 100 neurons and 32 channels per layer.
     *
     * @param sink shows what is seen, in place of what it showed before. Called on the listener's
     *     own thread, one call after another; an exception that it throws is logged, once, and does
     *     not end the training
     */
    public Builder(Consumer<LiveSpikes> sink) {
      this.sink = Require.given("sink", sink);
    }

    /**
     * How often to look.
     *
     * @param minibatches minibatches between looks; at least 1
     * @return this
     * @throws IllegalArgumentException if it is smaller
     */
    public Builder interval(int minibatches) {
      interval = Require.atLeast("interval", minibatches, 1);
      return this;
    }

    /**
     * The largest number of neurons per layer whose spikes are shown.
     *
     * @param most at least 1
     * @return this
     * @throws IllegalArgumentException if it is smaller
     */
    public Builder rows(int most) {
      rows = Require.atLeast("rows", most, 1);
      return this;
    }

    /**
     * The largest number of channels per layer whose firing rates are shown; fewer for large maps.
     *
     * @param most at least 1
     * @return this
     * @throws IllegalArgumentException if it is smaller
     */
    public Builder channels(int most) {
      channels = Require.atLeast("channels", most, 1);
      return this;
    }

    /**
     * Shows a sample of your choice. Its class is unknown unless {@link #ofClass} says it.
     *
     * @param chosen one sample for each of the network's inputs, [1, …]; kept, not copied
     * @return this
     * @throws IllegalArgumentException if there is none, or there are several samples
     */
    public Builder sample(INDArray... chosen) {
      Require.atLeast("sample", chosen.length, 1);
      for (INDArray each : chosen) {
        Require.not(
            each.size(0) != 1, "sample must be a minibatch of 1, got one of %s", each.size(0));
      }
      features = chosen.clone();
      label = OptionalInt.empty();
      return this;
    }

    /**
     * The true class of the {@link #sample} of your choice, not its index in a data set. A class
     * that the network does not have is refused at the first look.
     *
     * @param trueClass from 0
     * @return this
     * @throws IllegalArgumentException if it is negative
     * @throws IllegalStateException if no sample is chosen yet
     */
    public Builder ofClass(int trueClass) {
      if (features == null) {
        throw new IllegalStateException("the class is that of a sample: call sample(…) first");
      }
      label = OptionalInt.of(Require.atLeast("class", trueClass, 0));
      return this;
    }

    /** The executor that processes what was seen, instead of the listener's own thread. */
    Builder workOn(Executor chosen) {
      executor = chosen;
      return this;
    }

    /** {@return the listener} */
    public LiveSpikesListener build() {
      return new LiveSpikesListener(this);
    }
  }
}
