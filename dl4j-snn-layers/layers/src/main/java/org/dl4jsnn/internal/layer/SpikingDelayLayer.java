package org.dl4jsnn.internal.layer;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
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
public final class SpikingDelayLayer extends CarryingLayer<DelayLine> {

  private static final long serialVersionUID = 1L;

  private final transient int longest;
  private final transient Function<FeatureShape, SpikeDelays> newDelays;

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
    super(conf, dataType, name, DelayLine.empty(), onlyConsumer);
    this.longest = longest;
    this.newDelays = newDelays;
  }

  @Override
  Passed<DelayLine> pass(
      DelayLine start, AttachedSpikeTrains.Beside below, GradientInbox above, boolean wantsEnd) {
    SpikeTrain train = below.train();
    if (delays == null || !delays.shape().equals(train.shape())) {
      delays = newDelays.apply(train.shape());
    }
    inbox = above;
    inboxBelow = below.inbox();
    return new Passed<>(
        delays.delayed(start, train), wantsEnd ? delays.after(start, train) : start);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    requireInput();
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
  Map<String, INDArray> arrays(DelayLine line) {
    return DelayLineArrays.of(line);
  }

  @Override
  DelayLine state(Map<String, INDArray> arrays) {
    return DelayLineArrays.line(arrays, longest);
  }

  @Override
  void forgetPass() {
    inbox = null;
    inboxBelow = null;
  }
}
