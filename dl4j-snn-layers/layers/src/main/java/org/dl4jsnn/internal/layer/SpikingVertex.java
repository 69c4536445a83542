package org.dl4jsnn.internal.layer;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.handover.AttachedSpikeTrains;
import org.dl4jsnn.internal.handover.GradientInbox;
import org.dl4jsnn.internal.handover.SpikeGradient;
import org.dl4jsnn.internal.simulate.SpikeTrainCombination;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A vertex that combines spike trains and their rates, and splits their gradients. Each kind has a
 * class of its own at the end of this file, since {@code summary()} prints the class.
 */
@SuppressWarnings(
    "overrides") // Deeplearning4j's base class declares setInputs otherwise than its interface
public abstract class SpikingVertex extends BaseGraphVertex {

  private static final long serialVersionUID = 1L;

  private final transient SpikeTrainCombination combination;
  private transient List<AttachedSpikeTrains.Beside> arrived;
  private transient GradientInbox inbox;

  SpikingVertex(
      ComputationGraph graph,
      String name,
      int index,
      SpikeTrainCombination combination,
      DataType dataType) {
    super(graph, name, index, null, null, dataType);
    this.combination = combination;
  }

  /** Makes the vertex of a graph. */
  public static SpikingVertex of(
      SpikeTrainCombination combination,
      ComputationGraph graph,
      String name,
      int index,
      DataType dataType) {
    return switch (combination) {
      case SUM -> new SpikingAddVertex(graph, name, index, dataType);
      case CONCATENATION -> new SpikingConcatenateVertex(graph, name, index, dataType);
      case AND -> new SpikingAndVertex(graph, name, index, dataType);
      case AND_NOT -> new SpikingAndNotVertex(graph, name, index, dataType);
    };
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    arrived = IntStream.range(0, inputs.length).mapToObj(this::take).toList();
    SpikeTrain train = combine(trains());
    boolean wanted = arrived.stream().anyMatch(beside -> beside.inbox().isOpen());
    GradientInbox.Learning learning =
        arrived.stream()
            .map(beside -> beside.inbox().learning())
            .filter(GradientInbox.Learning::isOfLayer)
            .findFirst()
            // Spikes of encodings alone: their code is one of times if all are.
            .orElseGet(() -> common(arrived));
    inbox = GradientInbox.of(wanted, learning, arrived.get(0).inbox().memory());
    INDArray rates = rates(train, workspaces);
    boolean isPiece = arrived.stream().allMatch(AttachedSpikeTrains.Beside::isPiece);
    AttachedSpikeTrains.attach(
        rates, new AttachedSpikeTrains.Beside(train, inbox, isPiece, null), name());
    return rates;
  }

  private static GradientInbox.Learning common(List<AttachedSpikeTrains.Beside> arrived) {
    return arrived.stream()
            .allMatch(b -> b.inbox().learning().equals(GradientInbox.Learning.TIME_CODE))
        ? GradientInbox.Learning.TIME_CODE
        : GradientInbox.Learning.NONE;
  }

  private List<SpikeTrain> trains() {
    return arrived.stream().map(AttachedSpikeTrains.Beside::train).toList();
  }

  /** Combines the arriving rates: those of max pooling are not the sums of its train. */
  private INDArray rates(SpikeTrain train, LayerWorkspaceMgr workspaces) {
    if (!combination.isLinear()) {
      return Rates.of(train, dataType, workspaces);
    }
    List<FeatureShape> shapes = arrived.stream().map(beside -> beside.train().shape()).toList();
    INDArray rates =
        workspaces.create(
            ArrayType.ACTIVATIONS, dataType, train.shape().arrayShape(train.minibatch()), 'c');
    for (int branch = 0; branch < inputs.length; branch++) {
      combination.part(rates, shapes, branch).addi(inputs[branch]);
    }
    return rates;
  }

  private AttachedSpikeTrains.Beside take(int branch) {
    return AttachedSpikeTrains.beside(inputs[branch])
        .orElseThrow(
            () ->
                new DL4JInvalidInputException(
                    ("%s needs a spike train with each of its inputs, but input %s has none."
                            + " Possible cause: a stock layer or vertex comes before. Use Deeplearning4j's"
                            + " ElementWiseVertex or MergeVertex where only rates matter")
                        .formatted(name(), branch)));
  }

  private SpikeTrain combine(List<SpikeTrain> trains) {
    List<Integer> steps = trains.stream().map(SpikeTrain::steps).distinct().toList();
    if (steps.size() > 1) {
      throw new DL4JInvalidInputException(
          name() + ": spike trains must have the same number of time steps, got " + steps);
    }
    List<Integer> samples = trains.stream().map(SpikeTrain::minibatch).distinct().toList();
    if (samples.size() > 1) {
      throw new DL4JInvalidInputException(
          name() + ": spike trains must have the same number of samples, got " + samples);
    }
    try {
      combination.shape(trains.stream().map(SpikeTrain::shape).toList());
      return combination.combine(trains);
    } catch (IllegalArgumentException e) {
      throw new DL4JInvalidInputException(name() + ": " + e.getMessage(), e);
    }
  }

  private String name() {
    return "vertex '" + vertexName + "'";
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaces) {
    if (!canDoBackward()) {
      throw new IllegalStateException(
          name() + " has no gradient to hand down. Possible cause: no forward pass before");
    }
    List<SpikeTrain> trains = trains();
    List<FeatureShape> shapes = trains.stream().map(SpikeTrain::shape).toList();
    Optional<SpikeGradient> inTime = inbox.take();
    INDArray[] gradients = new INDArray[inputs.length];
    for (int branch = 0; branch < inputs.length; branch++) {
      GradientInbox below = arrived.get(branch).inbox();
      boolean isWanted = inTime.isPresent() && (below.isOpen() || !combination.isLinear());
      Optional<SpikeGradient> part =
          isWanted
              ? Optional.of(combination.gradient(inTime.get(), trains, branch))
              : Optional.empty();
      // Copies, since Deeplearning4j adds to them in place.
      gradients[branch] =
          combination.isLinear()
              ? workspaces.dup(
                  ArrayType.ACTIVATION_GRAD, combination.part(epsilon, shapes, branch), 'c')
              : compared(trains, branch, inTime, part, workspaces);
      part.ifPresent(below::add);
    }
    inTime.ifPresent(SpikeGradient::close);
    return new Pair<>(null, gradients);
  }

  /**
   * The gradient of a branch's rates where spikes are compared. What is known in time is summed;
   * only the rest of the gradient is one of rates, which may come at any step.
   */
  @SuppressWarnings("try") // the scope is entered and left, not read
  private INDArray compared(
      List<SpikeTrain> trains,
      int branch,
      Optional<SpikeGradient> inTime,
      Optional<SpikeGradient> part,
      LayerWorkspaceMgr workspaces) {
    INDArray gradient;
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      INDArray rest = inTime.isPresent() ? epsilon.sub(inTime.get().sum()) : epsilon;
      gradient = combination.gradient(rest, trains, branch);
      part.ifPresent(known -> gradient.addi(known.sum()));
    }
    INDArray copy = workspaces.dup(ArrayType.ACTIVATION_GRAD, gradient, 'c');
    gradient.close();
    return copy;
  }

  @Override
  public boolean hasLayer() {
    return false;
  }

  @Override
  public Layer getLayer() {
    return null;
  }

  @Override
  public void setBackpropGradientsViewArray(INDArray gradients) {
    Require.not(gradients != null, "%s has no parameters", name());
  }

  /** Combined sequences must have equal lengths. */
  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int minibatch) {
    if (masks == null || Arrays.stream(masks).allMatch(Objects::isNull)) {
      return new Pair<>(null, state);
    }
    for (INDArray mask : masks) {
      if (mask == null || !mask.equals(masks[0])) {
        throw new DL4JInvalidInputException(
            name()
                + ": feature masks of all inputs must be the same, got different ones. Possible cause: one of"
                + " the encodings is not masked(true), or has no mask");
      }
    }
    return new Pair<>(masks[0], state);
  }

  @Override
  public void clear() {
    super.clear();
    arrived = null;
    inbox = null;
  }

  @Override
  public String toString() {
    return getClass().getSimpleName() + "(" + vertexName + ")";
  }
}

@SuppressWarnings("overrides")
final class SpikingAddVertex extends SpikingVertex {

  private static final long serialVersionUID = 1L;

  SpikingAddVertex(ComputationGraph graph, String name, int index, DataType dataType) {
    super(graph, name, index, SpikeTrainCombination.SUM, dataType);
  }
}

@SuppressWarnings("overrides")
final class SpikingConcatenateVertex extends SpikingVertex {

  private static final long serialVersionUID = 1L;

  SpikingConcatenateVertex(ComputationGraph graph, String name, int index, DataType dataType) {
    super(graph, name, index, SpikeTrainCombination.CONCATENATION, dataType);
  }
}

@SuppressWarnings("overrides")
final class SpikingAndVertex extends SpikingVertex {

  private static final long serialVersionUID = 1L;

  SpikingAndVertex(ComputationGraph graph, String name, int index, DataType dataType) {
    super(graph, name, index, SpikeTrainCombination.AND, dataType);
  }
}

@SuppressWarnings("overrides")
final class SpikingAndNotVertex extends SpikingVertex {

  private static final long serialVersionUID = 1L;

  SpikingAndNotVertex(ComputationGraph graph, String name, int index, DataType dataType) {
    super(graph, name, index, SpikeTrainCombination.AND_NOT, dataType);
  }
}
