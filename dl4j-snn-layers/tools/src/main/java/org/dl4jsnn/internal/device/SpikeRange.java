package org.dl4jsnn.internal.device;

import java.util.List;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.compact.CompactPart;
import org.dl4jsnn.internal.compact.MergePart;
import org.dl4jsnn.internal.compact.PoolingPart;

/**
 * How many spikes, or units of current, a neuron of a place can pass on in a step: from the least
 * to the most.
 */
public record SpikeRange(int least, int most) {

  /** A spike or none. */
  public static final SpikeRange BIT = new SpikeRange(0, 1);

  private static final int MOST = Short.MAX_VALUE;

  /** The range of a part's output, given those of its inputs. */
  static SpikeRange of(CompactPart part, int windowSize, List<SpikeRange> inputs) {
    SpikeRange first = inputs.get(0);
    if (part instanceof PoolingPart pooling) {
      return pooling.kind() == PoolingPart.Kind.SUM || pooling.kind() == PoolingPart.Kind.MEAN
          ? checked(part, (long) first.least * windowSize, (long) first.most * windowSize)
          : first;
    }
    if (part instanceof MergePart merge) {
      return switch (merge.kind()) {
        case ADD ->
            checked(
                part,
                inputs.stream().mapToLong(SpikeRange::least).sum(),
                inputs.stream().mapToLong(SpikeRange::most).sum());
        case CONCATENATE ->
            new SpikeRange(
                inputs.stream().mapToInt(SpikeRange::least).min().orElseThrow(),
                inputs.stream().mapToInt(SpikeRange::most).max().orElseThrow());
        case AND, AND_NOT -> compared(part, inputs);
      };
    }
    return first;
  }

  private static SpikeRange compared(CompactPart part, List<SpikeRange> inputs) {
    for (SpikeRange input : inputs) {
      Require.not(
          !input.isBit(),
          "layer '%s': a neuron that it reads must have one spike or none in a step, got up to %s",
          part.name(),
          Math.max(-input.least, input.most));
    }
    return BIT;
  }

  private static SpikeRange checked(CompactPart part, long least, long most) {
    Require.not(
        least < -MOST || most > MOST,
        "layer '%s': a neuron must pass on at most %s spikes in a step, got up to %s",
        part.name(),
        MOST,
        Math.max(-least, most));
    return new SpikeRange((int) least, (int) most);
  }

  /** Whether a bit per neuron is enough. */
  boolean isBit() {
    return least == 0 && most == 1;
  }

  /** Bytes of a neuron's spikes: 0 (a bit), 1, 2 or, of currents, 4. */
  int each() {
    return isBit() ? 0 : new SumRange(least, most).bytes();
  }

  /** Numbers of {@link #each} bytes, or of one with a bit for each, that hold some neurons. */
  long length(long neurons) {
    return isBit() ? (neurons + 7) / 8 : neurons;
  }
}
