package org.dl4jsnn.monitor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.dl4jsnn.internal.host.IntegratorState;
import org.dl4jsnn.internal.walk.NetworkPart;
import org.dl4jsnn.internal.walk.NetworkWalk;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network's answer after every step of a stream that comes in pieces: its read-out over the
 * firing rates of all steps since this object was created, or over the membranes of a {@code
 * LeakyReadOut} since the network's stream began. The same as {@link OutputOverTime} for a window
 * cut into pieces.
 *
 * <pre>{@code
 * StreamState.clear(network);
 * StreamedOutput answers = new StreamedOutput(network);
 * OutputOverTime piece = answers.feed(features);
 * int[] classes = piece.classes(piece.steps());
 * }</pre>
 *
 * <p>Feeding advances the network's stream as {@code rnnTimeStep} does. For a new sample, end the
 * network's stream with {@link org.dl4jsnn.model.StreamState#clear} and create a new object. Not
 * thread-safe.
 */
public final class StreamedOutput {

  /** The largest count that single precision holds exactly. */
  private static final int MOST_STEPS = 1 << 24;

  private final NeuralNetwork network;
  private final DataType type;

  /** Spike counts of all neurons before the read-out; null before the first piece. */
  private float[] totals;

  /** Samples of a piece; 0 before the first. */
  private long samples;

  private int steps;
  private List<RecordedTrains.Recorded> trains = List.of();

  /**
   * Starts counting at the present position of the network's stream.
   *
   * @param network a MultiLayerNetwork, or a ComputationGraph with one output, that ends with a
   *     read-out right after a {@code LeakyReadOut} or a layer of spiking neurons, or after a
   *     vertex that combines such layers' spikes; delays and dropout may come between
   * @throws IllegalArgumentException if the network is of another type
   */
  public StreamedOutput(NeuralNetwork network) {
    OutputOverTime.requireReadOutOfNeurons(NetworkWalk.of(network));
    this.network = network;
    this.type = network.params().dataType();
  }

  /**
   * Feeds the next piece.
   *
   * @param features one piece per network input, as for {@code rnnTimeStep}, with the same number
   *     of samples as before
   * @return the answers after every step of the piece; step 1 is its first step
   * @throws IllegalArgumentException if the number of feature arrays differs from the number of
   *     inputs, the number of samples from that of earlier pieces, or, after the network's stream
   *     has moved, if the total exceeds 2²⁴ steps
   */
  public OutputOverTime feed(INDArray... features) {
    requireSameSamples(features);
    NetworkWalk walk = NetworkWalk.of(network);
    Optional<MembranesOverTime> membranes = MembranesOverTime.of(walk);
    IntegratorState start = membranes.map(of -> of.integrators().state()).orElse(null);
    int below = membranes.map(MembranesOverTime::spikes).orElse(walk.readOut().inputs().get(0));
    List<RecordedTrains.Recorded> passed = new ArrayList<>();
    SpikeTrain[] last = new SpikeTrain[1];
    walk.next(
        features,
        passage -> {
          NetworkPart part = passage.part();
          passage
              .train()
              .ifPresent(
                  train ->
                      passed.add(new RecordedTrains.Recorded(part.place(), part.name(), train)));
          if (part.place() == below) {
            last[0] = passage.train().orElseThrow();
          }
        });
    SpikeTrain train = last[0];
    trains = List.copyOf(passed);
    samples = train.minibatch();
    requireCountable(train.steps());
    if (totals == null && membranes.isEmpty()) {
      totals = new float[train.minibatch() * train.shape().neurons()];
    }
    OutputOverTime answers =
        membranes.isPresent()
            ? OutputOverTime.of(walk, membranes.get(), start, train, type)
            : OutputOverTime.of(walk, train, totals, steps, type);
    steps += train.steps();
    return answers;
  }

  /** Before anything runs, so that a refused piece leaves the network's stream where it is. */
  private void requireSameSamples(INDArray... features) {
    if (samples == 0) {
      return;
    }
    for (INDArray of : features) {
      if (of != null && of.size(0) != samples) {
        throw new IllegalArgumentException(
            ("pieces must have as many samples as the first, got %s instead of %s. For other"
                    + " samples, clear the network's state and make a new StreamedOutput")
                .formatted(of.size(0), samples));
      }
    }
  }

  private void requireCountable(int more) {
    if (more > MOST_STEPS - steps) {
      throw new IllegalArgumentException(
          ("steps must be at most %s in all, got %s. Make a new StreamedOutput; the network's"
                  + " stream continues")
              .formatted(MOST_STEPS, (long) steps + more));
    }
  }

  /**
   * {@return what the layers passed on in the last piece: their trains, in the order in which the
   * network runs; none before the first piece}
   */
  public List<RecordedTrains.Recorded> trains() {
    return trains;
  }

  /** {@return the number of steps fed so far} */
  public int steps() {
    return steps;
  }
}
