package org.dl4jsnn.internal.layer;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.internal.handover.AttachedSpikeTrains;
import org.dl4jsnn.internal.handover.GradientInbox;
import org.dl4jsnn.internal.handover.SpikeGradient;
import org.dl4jsnn.internal.host.FlowSoFar;
import org.dl4jsnn.internal.host.GatedMaximum;
import org.dl4jsnn.internal.simulate.GatedPooling;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Gated maximum pooling of spikes (equation 82 of docs/mathematics.md). The activation is the rates
 * of the spikes passed on, which over a window are the maxima of the rates below. Gradients of
 * rates go to the input with the largest flow, those in time to the input whose spike was passed at
 * the step.
 */
public final class GatedPoolingLayer extends AbstractLayer<Layer> implements StreamingLayer {

  private static final long serialVersionUID = 1L;

  private final transient Supplier<String> name;
  private final transient Function<FeatureShape, GatedPooling> newPooling;
  private final transient IncomingTrain incoming;
  private final transient PieceWatch pieces;
  private final transient GatedStream stream;

  /** Whether the network is a MultiLayerNetwork, which passes each input directly. */
  private final transient boolean isInSequence;

  /** The last forward pass; null if there was none since the layers were cleared. */
  private transient Pass pass;

  /**
   * The data that the backward pass needs.
   *
   * @param pooling how the input was pooled
   * @param start the flow before the first step
   * @param end the flow after the last step
   * @param below the train that was pooled; null if its gradient in time is not needed
   * @param inbox where the layers above leave gradients in time
   */
  private record Pass(
      GatedPooling pooling,
      FlowSoFar start,
      FlowSoFar end,
      AttachedSpikeTrains.Beside below,
      GradientInbox inbox) {}

  /**
   * Creates a layer; called by its configuration.
   *
   * @param conf the configuration
   * @param dataType the network's data type
   * @param name the layer's name in messages
   * @param newPooling makes the pooling for an input shape; refuses one that does not fit
   * @param onlyConsumer whether no other layer reads this layer's input
   */
  public GatedPoolingLayer(
      NeuralNetConfiguration conf,
      DataType dataType,
      Supplier<String> name,
      Function<FeatureShape, GatedPooling> newPooling,
      boolean onlyConsumer) {
    super(conf, dataType);
    this.name = name;
    this.newPooling = newPooling;
    this.isInSequence = onlyConsumer;
    this.incoming = new IncomingTrain(name.get(), onlyConsumer);
    this.pieces = new PieceWatch(name.get());
    this.stream = new GatedStream(name);
  }

  @Override
  public void setInput(INDArray newInput, LayerWorkspaceMgr workspaces) {
    incoming.arrive(newInput);
    super.setInput(newInput, workspaces);
  }

  /** Runs a complete window and does not touch the stream. */
  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    return run(FlowSoFar.atStart(), null, workspaces);
  }

  @Override
  public INDArray next(INDArray piece, LayerWorkspaceMgr workspaces) {
    setInput(piece, workspaces);
    return run(stream.now(), stream::goOnWith, workspaces);
  }

  @Override
  public INDArray rnnTimeStep(INDArray given, LayerWorkspaceMgr workspaces) {
    return isInSequence
        ? next(PieceInput.ofSpikes(given), workspaces)
        : run(stream.now(), stream::goOnWith, workspaces);
  }

  /** Deeplearning4j sets the state after the piece when the weights are updated. */
  @Override
  public INDArray rnnActivateUsingStoredState(
      INDArray given, boolean training, boolean storesEnd, LayerWorkspaceMgr workspaces) {
    if (isInSequence) {
      setInput(given, workspaces);
    }
    if (training) {
      incoming.requirePiece();
      pieces.left();
    }
    return run(stream.now(), storesEnd ? stream::leave : flow -> {}, workspaces);
  }

  /**
   * Runs a window or a piece of it.
   *
   * @param end takes the flow after a piece; null for a window
   */
  private INDArray run(FlowSoFar start, Consumer<FlowSoFar> end, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    AttachedSpikeTrains.Beside taken = incoming.take(index);
    GatedPooling pooling = explain(() -> newPooling.apply(taken.train().shape()));
    GatedMaximum.Pooled pooled = explain(() -> pooling.pool(start, taken.train()));
    SpikeTrain spikes = pooled.spikes();
    if (end != null) {
      end.accept(pooled.end());
    }
    INDArray rates = Rates.of(spikes, dataType, workspaces);
    GradientInbox inbox = GradientInbox.like(taken.inbox());
    pass = new Pass(pooling, start, pooled.end(), inbox.isOpen() ? taken : null, inbox);
    AttachedSpikeTrains.attach(
        rates, new AttachedSpikeTrains.Beside(spikes, inbox, end != null), name.get());
    return rates;
  }

  /** Messages begin with the layer's name. */
  private <R> R explain(Supplier<R> work) {
    try {
      return work.get();
    } catch (IllegalArgumentException e) {
      throw new DL4JInvalidInputException(name.get() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    pieces.seen();
    Optional<SpikeGradient> inTime = pass.inbox.take();
    INDArray gradient =
        inTime.isPresent()
            ? stepByStep(inTime.get(), epsilon, workspaces)
            : pass.pooling.backprop(pass.end, epsilon, workspaces);
    return new Pair<>(new DefaultGradient(), gradient);
  }

  /** Propagates the part known in time step by step, and the rest as a gradient of rates. */
  @SuppressWarnings("try") // the scope is entered and left, not read
  private INDArray stepByStep(
      SpikeGradient inTime, INDArray rateGradient, LayerWorkspaceMgr workspaces) {
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        inTime;
        INDArray known = inTime.sum();
        INDArray rest = rateGradient.sub(known)) {
      INDArray gradient = pass.pooling.backprop(pass.end, rest, workspaces);
      SpikeGradient passed = pass.pooling.backprop(pass.start, pass.below.train(), inTime);
      try (INDArray sum = passed.sum()) {
        gradient.addi(sum);
      }
      pass.below.inbox().add(passed);
      return gradient;
    }
  }

  @Override
  public Map<String, INDArray> rnnGetPreviousState() {
    return stream.arrays();
  }

  @Override
  public void rnnSetPreviousState(Map<String, INDArray> state) {
    pieces.seen();
    stream.set(state);
  }

  @Override
  public void rnnClearPreviousState() {
    pieces.seen();
    stream.clear();
  }

  @Override
  public Map<String, INDArray> rnnGetTBPTTState() {
    return stream.arraysAfterPiece();
  }

  @Override
  public void rnnSetTBPTTState(Map<String, INDArray> state) {
    stream.setAfterPiece(state);
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public void clearNoiseWeightParams() {
    // No parameters.
  }

  @Override
  public void clear() {
    super.clear();
    incoming.forget();
    pass = null;
  }
}
