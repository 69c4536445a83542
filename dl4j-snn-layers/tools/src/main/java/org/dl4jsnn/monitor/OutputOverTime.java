package org.dl4jsnn.monitor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.dl4jsnn.conf.SpikingDropout;
import org.dl4jsnn.conf.SpikingGlobalPooling;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.host.IntegratorState;
import org.dl4jsnn.internal.layer.SpikingDelayLayer;
import org.dl4jsnn.internal.walk.NetworkPart;
import org.dl4jsnn.internal.walk.NetworkWalk;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network's answer if it stopped after each step of its window: its read-out over the firing
 * rates, or the membranes of a {@code LeakyReadOut}, of the steps so far. Since no spike depends on
 * later steps, one pass gives all answers; behind a {@code SpikeAccumulation}, which waits for the
 * end of the window, they are those of the last layer's steps, and there is no earlier answer.
 *
 * <pre>{@code
 * OutputOverTime outputs = OutputOverTime.of(network, features);
 * INDArray early = outputs.after(5);
 * int[] settled = outputs.settled(); // steps after which a class stays
 * }</pre>
 */
public final class OutputOverTime {

  /** Above it, a single output stands for the second of two classes. */
  static final double BINARY = 0.5;

  private static final String NOT_AFTER_NEURONS =
      "the read-out must come right after a LeakyReadOut or a layer of spiking neurons, got ";

  private final List<INDArray> outputs;

  private OutputOverTime(List<INDArray> outputs) {
    this.outputs = outputs;
  }

  /**
   * Runs a network.
   *
   * @param network a MultiLayerNetwork, or a ComputationGraph with one output. It must end with a
   *     read-out right after a {@code LeakyReadOut} or a layer of spiking neurons, or after a
   *     vertex that combines such layers' spikes; delays, dropout, and sums or means of windows may
   *     come between. It must not be trained at the same time
   * @param features one minibatch per network input
   * @return the answers
   * @throws IllegalArgumentException if the network is of another type, or the number of feature
   *     arrays differs from the number of inputs
   */
  public static OutputOverTime of(NeuralNetwork network, INDArray... features) {
    requireReadOutOfNeurons(NetworkWalk.of(network));
    return of(network, RecordedTrains.of(network, features));
  }

  /**
   * {@return the answers from a finished pass}
   *
   * @param network as above
   * @param trains the spikes of its layers
   * @throws IllegalArgumentException if the network is of another type
   */
  public static OutputOverTime of(NeuralNetwork network, RecordedTrains trains) {
    requireReadOutOfNeurons(NetworkWalk.of(network));
    NetworkWalk walk = NetworkWalk.of(network);
    SpikeTrain train = trains.before(walk.readOut().place());
    Optional<MembranesOverTime> membranes = MembranesOverTime.of(walk);
    if (membranes.isPresent()) {
      return of(
          walk, membranes.get(), IntegratorState.atRest(), train, network.params().dataType());
    }
    float[] totals = new float[train.minibatch() * train.shape().neurons()];
    return of(walk, train, totals, 0, network.params().dataType());
  }

  /** The answers from membranes that begin in a given state. */
  @SuppressWarnings("try") // the scope is entered and left, not read
  static OutputOverTime of(
      NetworkWalk walk,
      MembranesOverTime membranes,
      IntegratorState start,
      SpikeTrain train,
      DataType type) {
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      return new OutputOverTime(membranes.answers(start, train, type));
    } finally {
      walk.clear();
    }
  }

  /**
   * The answers over a train that continues earlier ones of so many steps; adds its spikes to the
   * totals of every neuron.
   */
  @SuppressWarnings("try") // the scope is entered and left, not read
  static OutputOverTime of(
      NetworkWalk walk, SpikeTrain train, float[] totals, int before, DataType type) {
    int[] samples = IntStream.range(0, train.minibatch()).toArray();
    List<INDArray> outputs = new ArrayList<>();
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      for (int step = 0; step < train.steps(); step++) {
        add(train, step, totals, samples);
        outputs.add(ofTotals(walk, train.shape(), totals, before + step + 1, type));
      }
      return new OutputOverTime(outputs);
    } finally {
      walk.clear();
    }
  }

  /** The answer from the totals of every neuron over so many steps. */
  static INDArray ofTotals(
      NetworkWalk walk, FeatureShape shape, float[] totals, int steps, DataType type) {
    INDArray rates =
        Nd4j.createFromArray(totals)
            .divi(steps)
            .castTo(type)
            .reshape('c', shape.arrayShape(totals.length / shape.neurons()));
    return walk.readOut().infer(rates).dup();
  }

  /**
   * {@return whether a network has answers over time}
   *
   * @param network an initialised MultiLayerNetwork or ComputationGraph
   * @throws IllegalArgumentException if the network is of another type, or not initialised
   */
  public static boolean isOf(NeuralNetwork network) {
    NetworkWalk walk = NetworkWalk.of(network);
    try {
      requireReadOutOfNeurons(walk);
      return true;
    } catch (IllegalArgumentException otherEnd) {
      // The checks that explain what a network lacks are the ones that know it.
      return false;
    }
  }

  static void requireReadOutOfNeurons(NetworkWalk walk) {
    if (MembranesOverTime.of(walk).isEmpty()) {
      walk.readOut().inputs().forEach(below -> requireNeurons(walk, below));
    }
  }

  /**
   * Refuses stock layers, which pass no spikes on, and max pooling, whose activation is not the
   * rate of its spikes.
   */
  private static void requireNeurons(NetworkWalk walk, int place) {
    Require.not(place < 0, NOT_AFTER_NEURONS + "the network's input");
    NetworkPart part = walk.parts().get(place);
    if (part.addsRates()
        || part.layer() instanceof SpikingDelayLayer
        || part.configuration() instanceof SpikingDropout
        || addsWindows(part.configuration())) {
      part.inputs().forEach(below -> requireNeurons(walk, below));
    } else if (!part.hasNeurons() && !part.combinesSpikes()) {
      throw new IllegalArgumentException(NOT_AFTER_NEURONS + part);
    }
  }

  /** Whether it is a pooling without neurons whose activation is the rate of its spikes. */
  private static boolean addsWindows(Layer configuration) {
    return configuration instanceof SpikingGlobalPooling global
            && global.getPoolingType() != PoolingType.MAX
        || configuration instanceof SpikingPooling2D pooling
            && pooling.getPoolingType() == PoolingType.SUM;
  }

  /** Adds a step of a train to the totals of its samples, whose indices there are given. */
  static void add(SpikeTrain train, int step, float[] totals, int... samples) {
    FeatureShape shape = train.shape();
    SpikeEvents events = new SpikeEvents(shape);
    for (int i = 0; i < samples.length; i++) {
      train.read(i, step, events);
      for (int e = 0; e < events.size(); e++) {
        int index = shape.arrayIndex(events.neuron(e));
        totals[samples[i] * shape.neurons() + index] += events.amplitude(e);
      }
    }
  }

  /** {@return T, the number of answers} */
  public int steps() {
    return outputs.size();
  }

  /**
   * The answer after a number of steps.
   *
   * @param steps from 1 to T
   * @return the network's {@code output} for that many steps, [minibatch, nOut]
   * @throws IllegalArgumentException if the number is above T
   */
  public INDArray after(int steps) {
    Require.atLeast("steps", steps, 1);
    Require.not(steps > outputs.size(), "steps must be at most %s, got %s", outputs.size(), steps);
    return outputs.get(steps - 1).dup();
  }

  /**
   * {@return the class chosen after a number of steps: the index of the largest output of every
   * sample; with a single output, 1 if it is above 0.5 and 0 otherwise}
   *
   * @param steps from 1 to T
   */
  public int[] classes(int steps) {
    return classes(after(steps));
  }

  static int[] classes(INDArray answer) {
    return answer.size(1) == 1
        ? answer.gt(BINARY).castTo(DataType.INT32).reshape(answer.size(0)).toIntVector()
        : answer.argMax(1).toIntVector();
  }

  /**
   * {@return for every sample, the number of steps after which its class no longer changes within
   * the window}
   */
  public int[] settled() {
    int[] last = classes(steps());
    int[] settled = new int[last.length];
    Arrays.fill(settled, 1);
    for (int steps = 1; steps < steps(); steps++) {
      int[] classes = classes(steps);
      for (int sample = 0; sample < last.length; sample++) {
        if (classes[sample] != last[sample]) {
          settled[sample] = steps + 1;
        }
      }
    }
    return settled;
  }
}
