package org.dl4jsnn.internal.layer;

import java.util.function.Consumer;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.handover.SpikeGradient;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Dropout's factor for every neuron of every sample, for a whole window: 1/p or 0 (m in equation 26
 * of docs/mathematics.md).
 */
final class DropoutMask {

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
