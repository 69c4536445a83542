package org.dl4jsnn.internal.layer;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.internal.Require;
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
 *
 * <p>Its state is {@code spikes} in Deeplearning4j's form, the last D steps of what arrived, the
 * oldest first, [minibatch, D, n] or [minibatch, D, channels, height, width], in double precision.
 */
public class SpikingDelayLayer extends CarryingLayer<DelayLine> {

  private static final long serialVersionUID = 1L;
  private static final String SPIKES = "spikes";
  private static final int AXES_OF_VECTORS = 3;
  private static final int AXES_OF_IMAGES = 5;

  private final transient int longest;
  private final transient Function<FeatureShape, SpikeDelays> newDelays;

  /** The delays for the last input shape. */
  private transient SpikeDelays delays;

  /** Where the layers above leave gradients in time, and where this layer does. */
  private transient GradientInbox inbox;

  private transient GradientInbox inboxBelow;

  /** Creates a layer with a longest delay; its delays may refuse a shape of neurons. */
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
      boolean training,
      DelayLine start,
      AttachedSpikeTrains.Beside below,
      GradientInbox above,
      boolean wantsEnd) {
    SpikeTrain train = below.train();
    delays = delays(train.shape());
    inbox = above;
    inboxBelow = below.inbox();
    return new Passed<>(
        delayed(training, start, train), wantsEnd ? delays.after(start, train) : start);
  }

  /** The delays for a shape. */
  SpikeDelays delays(FeatureShape shape) {
    boolean known = delays != null && delays.shape().equals(shape);
    return known ? delays : newDelays.apply(shape);
  }

  /** The spikes that leave. */
  SpikeTrain delayed(boolean training, DelayLine start, SpikeTrain train) {
    return delays.delayed(start, train);
  }

  /** d of every neuron for a shape, in time steps and in the order of arrays. */
  public int[] steps(FeatureShape shape) {
    return delays(shape).steps();
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    INDArray gradient = workspaces.dup(ArrayType.ACTIVATION_GRAD, epsilon, 'c');
    inTime(inbox).ifPresent(known -> goBack(known, gradient));
    return new Pair<>(new DefaultGradient(), gradient);
  }

  /** The gradient in time that was left. */
  Optional<SpikeGradient> inTime(GradientInbox inbox) {
    return inbox.take();
  }

  /** Moves the part known in time back by the delays; the rest of the rates' gradient stays. */
  @SuppressWarnings("try") // the scope is entered and left, not read
  private void goBack(SpikeGradient inTime, INDArray gradient) {
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        inTime) {
      SpikeGradient passed = goBack(inTime);
      gradient.subi(inTime.sum()).addi(passed.sum());
      inboxBelow.add(passed);
    }
  }

  /** Goes back through the delays. */
  SpikeGradient goBack(SpikeGradient inTime) {
    return new DelayAdjoint(delays).backprop(inTime);
  }

  @Override
  public DelayLine ofSamples(DelayLine state, int... samples) {
    return state.ofSamples(samples);
  }

  @Override
  Map<String, INDArray> arrays(DelayLine line) {
    if (line.isEmpty()) {
      return Map.of();
    }
    long[] sample = line.spikes().shape().arrayShape(line.spikes().minibatch());
    long[] shape = new long[sample.length + 1];
    shape[0] = sample[0];
    shape[1] = line.steps();
    System.arraycopy(sample, 1, shape, 2, sample.length - 1);
    return Map.of(SPIKES, Nd4j.createFromArray(line.numbers()).reshape('c', shape));
  }

  @Override
  DelayLine state(Map<String, INDArray> arrays) {
    INDArray spikes = Stream.only(SPIKES, arrays);
    double[] numbers = spikes.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    return DelayLine.of(shape(spikes, longest), longest, longest, numbers);
  }

  private static FeatureShape shape(INDArray spikes, int longest) {
    long[] axes = spikes.shape();
    Require.not(
        axes.length != AXES_OF_VECTORS && axes.length != AXES_OF_IMAGES || axes[1] != longest,
        "%s of a state must be [minibatch, D, n] or [minibatch, D, channels,"
            + " height, width] with D = %s, the longest delay, got %s",
        SPIKES,
        longest,
        Arrays.toString(axes));
    return axes.length == AXES_OF_VECTORS
        ? FeatureShape.vector((int) axes[2])
        : FeatureShape.image((int) axes[2], (int) axes[3], (int) axes[4]);
  }

  @Override
  void forgetPass() {
    inbox = null;
    inboxBelow = null;
  }
}
