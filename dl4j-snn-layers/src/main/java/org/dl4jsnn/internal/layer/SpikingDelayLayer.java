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
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.internal.handover.AttachedSpikeTrains;
import org.dl4jsnn.internal.handover.GradientInbox;
import org.dl4jsnn.internal.handover.SpikeGradient;
import org.dl4jsnn.internal.host.DelayLine;
import org.dl4jsnn.internal.host.SpikeDelays;
import org.dl4jsnn.internal.simulate.DelayAdjoint;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Passes spikes on later (equation 78 of docs/mathematics.md). The activation is the rates of the
 * spikes that leave within the window. Gradients in time go back by the same steps; those of rates
 * pass unchanged.
 */
public final class SpikingDelayLayer extends AbstractLayer<Layer> implements StreamingLayer {

  private static final long serialVersionUID = 1L;

  private final transient Supplier<String> name;
  private final transient Function<FeatureShape, SpikeDelays> newDelays;
  private final transient IncomingTrain incoming;
  private final transient PieceWatch pieces;
  private final transient DelayStream stream;

  /** Whether the network is a MultiLayerNetwork, which passes each input directly. */
  private final transient boolean isInSequence;

  /** The delays for the last input shape. */
  private transient SpikeDelays delays;

  /** Where the layers above leave gradients in time, and where this layer does. */
  private transient GradientInbox inbox;

  private transient GradientInbox inboxBelow;

  /**
   * Creates a layer; called by its configuration.
   *
   * @param conf the configuration
   * @param dataType the network's data type
   * @param name the layer's name in messages
   * @param longest the longest delay, in steps
   * @param newDelays makes the delays for a shape of neurons; refuses one that does not fit
   * @param onlyConsumer whether no other layer reads this layer's input
   */
  public SpikingDelayLayer(
      NeuralNetConfiguration conf,
      DataType dataType,
      Supplier<String> name,
      int longest,
      Function<FeatureShape, SpikeDelays> newDelays,
      boolean onlyConsumer) {
    super(conf, dataType);
    this.name = name;
    this.newDelays = newDelays;
    this.isInSequence = onlyConsumer;
    this.incoming = new IncomingTrain(name.get(), onlyConsumer);
    this.pieces = new PieceWatch(name.get());
    this.stream = new DelayStream(name, longest);
  }

  @Override
  public void setInput(INDArray newInput, LayerWorkspaceMgr workspaces) {
    incoming.arrive(newInput);
    super.setInput(newInput, workspaces);
  }

  /** Runs a complete window and does not touch the stream. */
  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    return run(DelayLine.empty(), null, workspaces);
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
    return run(stream.now(), storesEnd ? stream::leave : line -> {}, workspaces);
  }

  /**
   * Runs a window or a piece of it.
   *
   * @param end takes the line after a piece; null for a window
   */
  private INDArray run(DelayLine start, Consumer<DelayLine> end, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    AttachedSpikeTrains.Beside below = incoming.take(index);
    SpikeTrain delayed = delay(below.train(), start, end);
    INDArray rates = Rates.of(delayed, dataType, workspaces);
    inbox = GradientInbox.like(below.inbox());
    inboxBelow = below.inbox();
    AttachedSpikeTrains.attach(
        rates, new AttachedSpikeTrains.Beside(delayed, inbox, end != null), name.get());
    return rates;
  }

  private SpikeTrain delay(SpikeTrain train, DelayLine start, Consumer<DelayLine> end) {
    try {
      if (delays == null || !delays.shape().equals(train.shape())) {
        delays = newDelays.apply(train.shape());
      }
      SpikeTrain delayed = delays.delayed(start, train);
      if (end != null) {
        end.accept(delays.after(start, train));
      }
      return delayed;
    } catch (IllegalArgumentException e) {
      throw new DL4JInvalidInputException(name.get() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    pieces.seen();
    INDArray gradient = workspaces.dup(ArrayType.ACTIVATION_GRAD, epsilon, 'c');
    Optional<SpikeGradient> inTime = inbox.take();
    inTime.ifPresent(known -> goBack(known, gradient));
    return new Pair<>(new DefaultGradient(), gradient);
  }

  /** Moves the part known in time back by the delays; the rest of the rates' gradient stays. */
  @SuppressWarnings("try") // the scope is entered and left, not read
  private void goBack(SpikeGradient inTime, INDArray gradient) {
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        inTime;
        INDArray known = inTime.sum()) {
      SpikeGradient passed = new DelayAdjoint(delays).backprop(inTime);
      try (INDArray sum = passed.sum()) {
        gradient.subi(known).addi(sum);
      }
      inboxBelow.add(passed);
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
    inbox = null;
    inboxBelow = null;
  }
}
