package org.dl4jsnn.internal.layer;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.handover.AttachedSpikeTrains;
import org.dl4jsnn.internal.handover.GradientInbox;
import org.dl4jsnn.internal.handover.SpikeGradient;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Dropout with one mask for the whole window (equation 26 of docs/mathematics.md): in training it
 * masks the train, the rates and, in the backward pass, their gradients; in inference all pass
 * unchanged.
 */
public final class SpikingDropoutLayer extends TrainLayer {

  private static final long serialVersionUID = 1L;

  private final double retain;

  /** The mask of the last forward pass; null if everything passed unchanged. */
  private transient DropoutMask mask;

  /** Where the layers above leave gradients in time, and where this layer does. */
  private transient GradientInbox inbox;

  private transient GradientInbox inboxBelow;

  /** Creates a layer in which a share of neurons, in (0, 1], stays. */
  public SpikingDropoutLayer(
      NeuralNetConfiguration conf,
      DataType dataType,
      Supplier<String> name,
      double retain,
      boolean onlyConsumer) {
    super(conf, dataType, name, onlyConsumer);
    this.retain = retain;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    AttachedSpikeTrains.Beside below = incoming.take(index);
    SpikeTrain train = below.train();
    mask = training && retain < 1 ? draw(train) : null;
    // Uses the arriving rates: those of max pooling are not the sums of its train.
    INDArray rates = workspaces.dup(ArrayType.ACTIVATIONS, input, 'c');
    if (mask == null) {
      // The layers above may leave their gradients with the layer below directly.
      AttachedSpikeTrains.attach(
          rates,
          new AttachedSpikeTrains.Beside(train, below.inbox(), below.isPiece(), null),
          name.get());
      return rates;
    }
    mask.apply(rates);
    inbox = GradientInbox.like(below.inbox());
    inboxBelow = below.inbox();
    AttachedSpikeTrains.attach(
        rates,
        new AttachedSpikeTrains.Beside(explain(() -> mask.of(train)), inbox, below.isPiece(), null),
        name.get());
    return rates;
  }

  private DropoutMask draw(SpikeTrain train) {
    NoiseKey noise = NoiseKey.training(NoiseKey.seedOfLayer(conf.getSeed(), index), iterationCount);
    return DropoutMask.draw(noise, retain, train);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    INDArray gradient = workspaces.dup(ArrayType.ACTIVATION_GRAD, epsilon, 'c');
    if (mask != null) {
      mask.apply(gradient);
      inbox
          .take()
          .ifPresent(
              inTime -> {
                mask.apply(inTime);
                inboxBelow.add(inTime);
              });
    }
    return new Pair<>(new DefaultGradient(), gradient);
  }

  @Override
  void forgetPass() {
    mask = null;
    inbox = null;
    inboxBelow = null;
  }

  /**
   * Dropout's factor for every neuron of every sample, for a whole window: 1/p or 0 (m in equation
   * 26 of docs/mathematics.md).
   */
  private static final class DropoutMask {

    /** The number of a draw's 64 bits that form a number in [0, 1). */
    private static final int FRACTION_BITS = 53;

    private final long[] shape;
    private final float[] factors;

    private DropoutMask(long[] shape, float[] factors) {
      this.shape = shape;
      this.factors = factors;
    }

    /** Draws a mask for the neurons of a train, each kept with probability p. */
    static DropoutMask draw(NoiseKey noise, double retain, SpikeTrain train) {
      FeatureShape neurons = train.shape();
      float[] factors = new float[train.totals().length];
      ParallelSamples.run(
          train.minibatch(),
          () ->
              sample ->
                  draw(
                      noise.stream(sample),
                      retain,
                      factors,
                      sample * neurons.neurons(),
                      neurons.neurons()));
      return new DropoutMask(neurons.arrayShape(train.minibatch()), factors);
    }

    private static void draw(long stream, double retain, float[] factors, int first, int neurons) {
      float kept = (float) (1 / retain);
      for (int neuron = 0; neuron < neurons; neuron++) {
        long bits = NoiseKey.draw(stream, neuron) >>> (Long.SIZE - FRACTION_BITS);
        factors[first + neuron] = bits * 0x1p-53 < retain ? kept : 0;
      }
    }

    /** The train without the spikes of dropped neurons; the others have amplitude 1/p. */
    SpikeTrain of(SpikeTrain train) {
      return train.scaled(factors);
    }

    /** Masks rates, or their gradient, in place. */
    void apply(INDArray rates) {
      with(rates.dataType(), rates::muli);
    }

    /** Masks the gradients of all steps, in place. */
    void apply(SpikeGradient inTime) {
      with(inTime.values().dataType(), inTime::scale);
    }

    /** Lends the mask as an array [minibatch, …] in the shape of the neurons. */
    @SuppressWarnings("try") // the scope is entered and left, not read
    private void with(DataType type, Consumer<INDArray> reader) {
      try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
          INDArray mask = Nd4j.createUninitialized(type, shape, 'c')) {
        HostArrays.copy(factors, mask);
        reader.accept(mask);
      }
    }
  }
}
