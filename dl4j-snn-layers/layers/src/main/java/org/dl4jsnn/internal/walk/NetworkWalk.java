package org.dl4jsnn.internal.walk;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
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
   * A walk through a network in its present state.
   *
   * @param network an initialised MultiLayerNetwork or ComputationGraph
   * @return the walk
   * @throws IllegalArgumentException if it is of another type, or not initialised
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
   * A walk through a model, if it is a network.
   *
   * @param model any model
   * @return the walk; empty if the model is neither a MultiLayerNetwork nor a ComputationGraph
   * @throws IllegalArgumentException if it is not initialised
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
    if (layers == null) {
      throw new IllegalArgumentException(
          "network must be initialised, got one without layers. Possible cause: init() was not"
              + " called");
    }
  }

  /**
   * The network's parts.
   *
   * @return in the order in which they run
   */
  public final List<NetworkPart> parts() {
    return parts;
  }

  /**
   * The number of updates done.
   *
   * @return the network's count of iterations
   */
  public abstract int iteration();

  /**
   * The number of epochs done.
   *
   * @return the network's count of epochs
   */
  public abstract int epoch();

  /**
   * The features of the network's own current pass.
   *
   * @return one minibatch per input
   */
  public abstract INDArray[] features();

  /**
   * The network's only read-out.
   *
   * @return an output layer that nothing else reads
   * @throws IllegalArgumentException if the network ends differently
   */
  public abstract NetworkPart readOut();

  /** The names of the network's inputs for messages. */
  abstract List<String> inputNames();

  /** Makes the network's passes only observe. */
  abstract ObservingPass observe();

  /** Prepares the network for a walk; the result undoes this and forgets the walk. */
  abstract Runnable begin(INDArray[] features);

  /**
   * Makes parts forget their pass. Not done with {@code network.clear()}, which would also clear
   * the updater's state.
   */
  public abstract void clear();

  /**
   * Walks through all parts except read-outs.
   *
   * @param features one minibatch per input
   * @param training whether parts run as in training
   * @param visitor observes them
   * @throws IllegalArgumentException if the number of feature arrays differs from the number of
   *     inputs
   */
  public final void run(INDArray[] features, boolean training, NetworkVisitor visitor) {
    run(parts.size() - 1, features, training, visitor);
  }

  /**
   * Walks up to a part.
   *
   * @param last its place
   * @param features one minibatch per input
   * @param training whether parts run as in training
   * @param visitor observes them
   * @throws IllegalArgumentException if the number of feature arrays differs from the number of
   *     inputs
   */
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
   *
   * @param features one piece per input
   * @param visitor observes them
   * @throws IllegalArgumentException if the number of feature arrays differs from the number of
   *     inputs
   */
  public final void next(INDArray[] features, NetworkVisitor visitor) {
    run(
        parts.size() - 1,
        features,
        (part, input) -> part.run().next(input, LayerWorkspaceMgr.noWorkspaces()),
        visitor);
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
  private Runnable hideMasks(INDArray[] features, List<NetworkPart> walked) {
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

  private static void pass(
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
    if (features.length != inputNames().size()) {
      throw new IllegalArgumentException(
          "features must be one array per input of the network, "
              + String.join(", ", inputNames())
              + ", got "
              + features.length
              + " arrays");
    }
  }
}
