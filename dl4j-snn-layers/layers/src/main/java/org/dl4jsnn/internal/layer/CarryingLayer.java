package org.dl4jsnn.internal.layer;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.internal.handover.AttachedSpikeTrains;
import org.dl4jsnn.internal.handover.GradientInbox;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer without neurons and parameters that passes spikes on and carries a state from piece to
 * piece of a stream. Its activation is the rates of what it passes on.
 *
 * @param <S> an immutable state
 */
abstract class CarryingLayer<S> extends AbstractLayer<Layer> implements StreamingLayer {

  private static final long serialVersionUID = 1L;

  private final transient Supplier<String> name;
  private final transient IncomingTrain incoming;
  private final transient PieceWatch pieces;
  private final transient S atStart;
  private final transient CarriedState<S> stream;

  /** Whether the network is a MultiLayerNetwork, which passes each input directly. */
  private final transient boolean isInSequence;

  /**
   * The result of passing on a piece.
   *
   * @param spikes what is passed on
   * @param end the state after it; meaningless unless it was requested
   */
  record Passed<S>(SpikeTrain spikes, S end) {}

  /**
   * A layer.
   *
   * @param conf the configuration
   * @param dataType the network's data type
   * @param name the layer as messages name it
   * @param atStart the state before the first step
   * @param onlyConsumer whether no other layer reads this layer's input
   */
  CarryingLayer(
      NeuralNetConfiguration conf,
      DataType dataType,
      Supplier<String> name,
      S atStart,
      boolean onlyConsumer) {
    super(conf, dataType);
    this.name = name;
    this.atStart = atStart;
    this.stream = new CarriedState<>(atStart);
    this.isInSequence = onlyConsumer;
    this.incoming = new IncomingTrain(name.get(), onlyConsumer);
    this.pieces = new PieceWatch(name.get());
  }

  /**
   * Passes on a window, or a piece of one.
   *
   * @param start the state before it
   * @param below the spikes that arrive, and where to leave their gradient in time
   * @param inbox where the layers above leave gradients in time
   * @param wantsEnd whether the state after it is wanted
   */
  abstract Passed<S> pass(
      S start, AttachedSpikeTrains.Beside below, GradientInbox inbox, boolean wantsEnd);

  /** A state in Deeplearning4j's form; empty for the state before the first step. */
  abstract Map<String, INDArray> arrays(S state);

  /** The state from arrays, of which there is at least one. */
  abstract S state(Map<String, INDArray> arrays);

  /** Forgets the forward pass. */
  abstract void forgetPass();

  @Override
  public void setInput(INDArray newInput, LayerWorkspaceMgr workspaces) {
    incoming.arrive(newInput);
    super.setInput(newInput, workspaces);
  }

  /** Runs a complete window and does not touch the stream. */
  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    return run(atStart, null, workspaces);
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

  /** Deeplearning4j sets the state after the piece when its weights are updated. */
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
    return run(stream.now(), storesEnd ? stream::leave : end -> {}, workspaces);
  }

  /**
   * Runs a window, or a piece of one.
   *
   * @param end takes the state after a piece; null for a window
   */
  private INDArray run(S start, Consumer<S> end, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    AttachedSpikeTrains.Beside below = incoming.take(index);
    GradientInbox inbox = GradientInbox.like(below.inbox());
    Passed<S> passed;
    try {
      passed = pass(start, below, inbox, end != null);
    } catch (IllegalArgumentException e) {
      throw new DL4JInvalidInputException(name.get() + ": " + e.getMessage(), e);
    }
    if (end != null) {
      end.accept(passed.end());
    }
    INDArray rates = Rates.of(passed.spikes(), dataType, workspaces);
    AttachedSpikeTrains.attach(
        rates, new AttachedSpikeTrains.Beside(passed.spikes(), inbox, end != null), name.get());
    return rates;
  }

  /** Checks that a backward pass has a forward pass to learn from. */
  void requireInput() {
    assertInputSet(true);
  }

  @Override
  public Map<String, INDArray> rnnGetPreviousState() {
    return arrays(stream.now());
  }

  @Override
  public void rnnSetPreviousState(Map<String, INDArray> state) {
    pieces.seen();
    stream.goOnWith(stateOrStart(state));
  }

  @Override
  public void rnnClearPreviousState() {
    pieces.seen();
    stream.clear();
  }

  @Override
  public Map<String, INDArray> rnnGetTBPTTState() {
    return arrays(stream.afterPiece());
  }

  @Override
  public void rnnSetTBPTTState(Map<String, INDArray> state) {
    stream.leave(stateOrStart(state));
  }

  /** An empty map, or null, is the state before the first step. */
  private S stateOrStart(Map<String, INDArray> arrays) {
    if (arrays == null || arrays.isEmpty()) {
      return atStart;
    }
    try {
      return state(arrays);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name.get() + ": " + e.getMessage(), e);
    }
  }

  /** The only array of a state. */
  static INDArray only(String variable, Map<String, INDArray> arrays) {
    INDArray array = arrays.get(variable);
    if (arrays.size() != 1 || array == null) {
      throw new IllegalArgumentException(
          "state must have the variable " + variable + ", got " + arrays.keySet());
    }
    return array;
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
    forgetPass();
  }
}
