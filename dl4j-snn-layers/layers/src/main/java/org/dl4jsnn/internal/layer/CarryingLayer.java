package org.dl4jsnn.internal.layer;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.internal.handover.AttachedSpikeTrains;
import org.dl4jsnn.internal.handover.GradientInbox;
import org.dl4jsnn.internal.handover.RatesUse;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer without neurons and parameters that passes spikes on and carries a state from piece to
 * piece of a stream. Its activation is the rates of what it passes on.
 */
abstract class CarryingLayer<S> extends TrainLayer implements StreamingLayer.OfTrains<S> {

  private static final long serialVersionUID = 1L;

  private final transient Stream<S> stream;
  private final transient RatesUse use = new RatesUse();

  /**
   * The result of passing on a piece.
   *
   * @param end the state after it; meaningless unless it was requested
   */
  record Passed<S>(SpikeTrain spikes, S end) {}

  /** A layer, given its state before the first step. */
  CarryingLayer(
      NeuralNetConfiguration conf,
      DataType dataType,
      Supplier<String> name,
      S atStart,
      boolean onlyConsumer) {
    super(conf, dataType, name, onlyConsumer);
    this.stream = new Stream<>(name, atStart, this::arrays, this::state);
  }

  /**
   * Passes on a window, or a piece of one.
   *
   * @param training whether the layer is trained with it
   * @param below the spikes that arrive, and where to leave their gradient in time
   * @param inbox where the layers above leave gradients in time
   * @param wantsEnd whether the state after it is wanted
   */
  abstract Passed<S> pass(
      boolean training,
      S start,
      AttachedSpikeTrains.Beside below,
      GradientInbox inbox,
      boolean wantsEnd);

  /** Where the layers above leave gradients in time. */
  GradientInbox inbox(boolean training, GradientInbox below) {
    return GradientInbox.like(below);
  }

  /** A state in Deeplearning4j's form; empty for the state before the first step. */
  abstract Map<String, INDArray> arrays(S state);

  /** The state from such arrays, of which there is at least one. */
  abstract S state(Map<String, INDArray> arrays);

  @Override
  public Stream<S> stream() {
    return stream;
  }

  @Override
  public IncomingTrain incoming() {
    return incoming;
  }

  /** Runs a complete window and does not touch the stream. */
  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    return run(training, stream.atStart(), null, workspaces);
  }

  @Override
  public INDArray run(boolean training, S start, Consumer<S> end, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    AttachedSpikeTrains.Beside below = incoming.takeSpikes(index);
    GradientInbox inbox = inbox(training, below.inbox());
    Passed<S> passed = explain(() -> pass(training, start, below, inbox, end != null));
    if (end != null) {
      end.accept(passed.end());
    }
    INDArray rates = Rates.of(passed.spikes(), dataType, workspaces, use);
    AttachedSpikeTrains.attach(
        rates,
        new AttachedSpikeTrains.Beside(passed.spikes(), inbox, end != null, use),
        name.get());
    return rates;
  }
}
