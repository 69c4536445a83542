package org.dl4jsnn.internal.walk;

import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.conf.SpikeAccumulation;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.handover.AttachedSpikeTrains;
import org.dl4jsnn.internal.layer.ObservingPass;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A walk through a network of either type, part by part in the order in which it runs, up to its
 * read-outs. Parts compute the same as always. The network's own passes draw the same noise as
 * without the walk, and the walk leaves nothing in the network.
 *
 * <ul>
 *   <li>{@link SequenceWalk}: a MultiLayerNetwork.
 *   <li>{@link GraphWalk}: a ComputationGraph.
 * </ul>
 */
public abstract class NetworkWalk {

  private final List<NetworkPart> parts;

  NetworkWalk(List<NetworkPart> parts) {
    this.parts = parts;
  }

  /**
   * A walk through an initialised MultiLayerNetwork or ComputationGraph; refuses anything else by
   * an IllegalArgumentException.
   */
  public static NetworkWalk of(NeuralNetwork network) {
    return find(Require.given("network", network))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "network must be a MultiLayerNetwork or a ComputationGraph, got "
                        + network.getClass().getName()));
  }

  /**
   * A walk through a model, if it is a network; refuses one that is not initialised by an
   * IllegalArgumentException.
   */
  public static Optional<NetworkWalk> find(Object model) {
    if (model instanceof MultiLayerNetwork network) {
      requireInitialised(network.getLayers());
      return Optional.of(new SequenceWalk(network));
    }
    if (model instanceof ComputationGraph graph) {
      requireInitialised(graph.getVertices());
      return Optional.of(new GraphWalk(graph));
    }
    return Optional.empty();
  }

  private static void requireInitialised(Object[] layers) {
    Require.not(
        layers == null,
        "network must be initialised, got one without layers. Possible cause:"
            + " init() was not called");
  }

  /** The network's parts, in the order in which they run. */
  public final List<NetworkPart> parts() {
    return parts;
  }

  /**
   * The places of the parts that pass on currents instead of spikes: layers without neurons, and
   * what adds or pools theirs.
   */
  public final BitSet currents() {
    return passedOn(
        part -> part.configuration() instanceof BaseSpikingLayer layer && layer.passesCurrents());
  }

  /**
   * The places of the parts that pass on amounts instead of spikes: currents, numbers of spikes.
   */
  public final BitSet amounts() {
    BitSet amounts = currents();
    amounts.or(passedOn(part -> part.configuration() instanceof SpikeAccumulation));
    return amounts;
  }

  /** The places that pass on what some parts make: those, and what adds or pools it. */
  private BitSet passedOn(Predicate<NetworkPart> makes) {
    BitSet passed = new BitSet();
    for (NetworkPart part : parts) {
      boolean reads = part.inputs().stream().anyMatch(input -> input >= 0 && passed.get(input));
      boolean passesOn = part.passesSpikes() && !part.hasNeurons();
      passed.set(part.place(), makes.test(part) || reads && passesOn);
    }
    return passed;
  }

  /** The network's count of iterations. */
  public abstract int iteration();

  /** The network's count of epochs. */
  public abstract int epoch();

  /** The features of the network's own current pass, one minibatch per input. */
  public abstract INDArray[] features();

  /**
   * The network's only read-out, an output layer that nothing else reads; refuses another end by an
   * IllegalArgumentException.
   */
  public abstract NetworkPart readOut();

  /** The names of the network's inputs for messages. */
  abstract List<String> inputNames();

  /** Makes the network's passes only observe. */
  final ObservingPass observe() {
    return new ObservingPass(parts.stream().map(NetworkPart::layer).toList());
  }

  /** Prepares the network for a walk; the result undoes this and forgets the walk. */
  abstract Runnable begin(INDArray[] features);

  /**
   * Makes parts forget their pass. Not done with {@code network.clear()}, which would also clear
   * the updater's state.
   */
  public abstract void clear();

  /**
   * Walks through all parts except read-outs, as in training or not, over one minibatch per input.
   */
  public final void run(INDArray[] features, boolean training, NetworkVisitor visitor) {
    run(parts.size() - 1, features, training, visitor);
  }

  /** Walks likewise up to a part. */
  @SuppressWarnings("try") // the observing pass is entered and left, not read
  public final void run(int last, INDArray[] features, boolean training, NetworkVisitor visitor) {
    try (ObservingPass observing = observe()) {
      run(
          last,
          features,
          (part, input) -> part.run().activate(input, training, LayerWorkspaceMgr.noWorkspaces()),
          visitor);
    }
  }

  /**
   * Walks through all parts except read-outs over the next piece of the network's stream, as {@code
   * rnnTimeStep} does, and leaves them at its end.
   */
  public final void next(INDArray[] features, NetworkVisitor visitor) {
    run(
        parts.size() - 1,
        features,
        (part, input) -> part.run().next(input, LayerWorkspaceMgr.noWorkspaces()),
        visitor);
  }

  /**
   * Walks through a window of inference step by step, from rest, up to the only read-out. The
   * network's own streams are as before after it is closed.
   */
  public final SteppedWalk stepped(INDArray... features) {
    requireFeatures(features);
    return new SteppedWalk(this, features);
  }

  @SuppressWarnings("try") // the scope is entered and left, not read
  private void run(
      int last,
      INDArray[] features,
      BiFunction<NetworkPart, INDArray, INDArray> how,
      NetworkVisitor visitor) {
    requireFeatures(features);
    List<NetworkPart> walked = parts.subList(0, last + 1);
    PartResults outcomes = new PartResults(features, walked);
    int minibatch = Math.toIntExact(features[0].size(0));
    Runnable masks = hideMasks(features, walked);
    Runnable end = begin(features);
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      for (NetworkPart part : walked) {
        if (!part.isReadOut()) {
          pass(part, outcomes, minibatch, how, visitor);
        }
      }
    } finally {
      outcomes.release();
      end.run();
      masks.run();
    }
  }

  /**
   * Hides the masks of the network's own pass, which do not apply to other features; the result
   * restores them.
   */
  Runnable hideMasks(INDArray[] features, List<NetworkPart> walked) {
    INDArray[] own = features();
    if (own != null && IntStream.range(0, own.length).allMatch(i -> own[i] == features[i])) {
      return () -> {};
    }
    Map<Layer, INDArray> hidden = new IdentityHashMap<>();
    for (NetworkPart part : walked) {
      if (!part.isReadOut() && part.layer() != null && part.layer().getMaskArray() != null) {
        hidden.put(part.layer(), part.layer().getMaskArray());
        part.layer().setMaskArray(null);
      }
    }
    return () -> hidden.forEach(Layer::setMaskArray);
  }

  static void pass(
      NetworkPart part,
      PartResults outcomes,
      int minibatch,
      BiFunction<NetworkPart, INDArray, INDArray> how,
      NetworkVisitor visitor) {
    LayerWorkspaceMgr workspaces = LayerWorkspaceMgr.noWorkspaces();
    INDArray input = part.run().prepare(outcomes.inputsOf(part), minibatch, workspaces);
    Optional<SpikeTrain> arriving = train(input);
    visitor.arrive(part, input);
    INDArray outcome = how.apply(part, input);
    outcomes.put(part, outcome);
    visitor.leave(new NetworkVisitor.Passage(part, arriving, outcome, train(outcome)));
    outcomes.leave(part);
  }

  private static Optional<SpikeTrain> train(INDArray activation) {
    return AttachedSpikeTrains.beside(activation).map(AttachedSpikeTrains.Beside::train);
  }

  private void requireFeatures(INDArray[] features) {
    Require.given("features", features);
    for (INDArray each : features) {
      Require.given("features", each);
    }
    Require.not(
        features.length != inputNames().size(),
        "features must be one array per input of the network, %s, got %s arrays",
        String.join(", ", inputNames()),
        features.length);
  }

  /** The outputs of parts, each kept until the last part has read it. */
  static final class PartResults {

    private final INDArray[] features;
    private final INDArray[] outcomes;

    /** By place: the number of parts that have yet to read it. */
    private final int[] readers;

    /** Starts without outputs, given the network's inputs and the parts that will run. */
    PartResults(INDArray[] features, List<NetworkPart> parts) {
      this.features = features;
      this.outcomes = new INDArray[parts.size()];
      this.readers = new int[parts.size()];
      for (NetworkPart part : parts) {
        if (!part.isReadOut()) {
          part.inputs().stream().filter(place -> place >= 0).forEach(place -> readers[place]++);
        }
      }
    }

    /** The inputs of a part. */
    List<INDArray> inputsOf(NetworkPart part) {
      return part.inputs().stream()
          .map(place -> place < 0 ? features[-1 - place] : outcomes[place])
          .toList();
    }

    /** Keeps the output of a part. */
    void put(NetworkPart part, INDArray outcome) {
      outcomes[part.place()] = outcome;
    }

    /** Releases inputs that a part was the last to read, and its output if no part reads it. */
    void leave(NetworkPart part) {
      for (int place : part.inputs()) {
        if (place >= 0 && --readers[place] == 0) {
          release(place);
        }
      }
      if (readers[part.place()] == 0) {
        release(part.place());
      }
    }

    /** Releases everything that is left. */
    void release() {
      for (int place = 0; place < outcomes.length; place++) {
        release(place);
      }
    }

    private void release(int place) {
      INDArray outcome = outcomes[place];
      outcomes[place] = null;
      // Stock layers may pass on the same array that they get.
      if (outcome != null && Stream.of(outcomes).noneMatch(other -> other == outcome)) {
        AttachedSpikeTrains.release(outcome);
      }
    }
  }
}
