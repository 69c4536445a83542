package org.dl4jsnn.internal.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.internal.spike.SummedSpikeTrain;
import org.dl4jsnn.spike.SpikeTrain;

/** A layer's output channels cut into blocks as wide as kernels take them, with their weights. */
final class ChannelBlocks {

  /** Output channels from the first on; the last block may be padded. */
  record Block(int firstChannel, int channels, int width, float[] weights, ColumnKernel kernel) {}

  /** The largest number of weights that fit into one array with its surroundings. */
  private static final int LARGEST = Integer.MAX_VALUE - 1024;

  /** Larger amplitudes take longer as repeated spikes than as factors. */
  private static final int MOST_REPEATS = 7;

  private final List<Block> blocks;
  private final int paddedChannels;

  /** {@link WholeWeights#exactCharges} of all blocks; 0 if one has other weights. */
  private final int exactCharges;

  /** {@link WholeWeights#scales} of all blocks, if their weights are whole numbers. */
  private final float[] scales;

  /**
   * Packs weights.
   *
   * @param geometry which inputs each neuron gathers
   * @param bias one value per output channel, or an empty array for none
   */
  ChannelBlocks(
      GatherGeometry geometry,
      KernelWeights weights,
      float[] bias,
      KernelNeuron rule,
      KernelProvider provider) {
    int channels = geometry.output().channels();
    List<Integer> firsts = new ArrayList<>();
    int padded = 0;
    while (padded < channels) {
      firsts.add(padded);
      padded += provider.blockWidth(channels - padded);
    }
    paddedChannels = padded;
    Block[] made = new Block[firsts.size()];
    int[] exact = new int[made.length];
    float[] powers = new float[padded];
    boolean[] isFaster = new boolean[made.length];
    // A large fully connected layer takes longer to pack than to simulate.
    ParallelSamples.run(
        made.length,
        () ->
            block -> {
              int first = firsts.get(block);
              int width = provider.blockWidth(channels - first);
              int count = Math.min(width, channels - first);
              float[] packed = pack(geometry, weights, first, count, width);
              float[] biases = part(bias, first, count, width);
              int rows = geometry.weightRows();
              ColumnKernel floats = provider.kernel(packed, rows, width, biases, rule);
              Optional<WholeWeights> whole = WholeWeights.of(packed, rows, width, biases, rule);
              Optional<ColumnKernel> kernel =
                  whole.flatMap(numbers -> provider.wholeKernel(numbers, biases, rule, floats));
              whole.ifPresent(
                  numbers -> System.arraycopy(numbers.scales(), 0, powers, first, width));
              exact[block] = whole.map(WholeWeights::exactCharges).orElse(0);
              isFaster[block] = kernel.isPresent();
              made[block] = new Block(first, count, width, packed, kernel.orElse(floats));
            });
    blocks = List.of(made);
    // Without a faster kernel of the first, widest block there is none.
    exactCharges = isFaster[0] ? Arrays.stream(exact).min().orElse(0) : 0;
    scales = powers;
  }

  private static float[] pack(
      GatherGeometry geometry, KernelWeights weights, int first, int count, int width) {
    float[] packed = AlignedFloats.create(requireOneArray(geometry, width));
    int next = AlignedFloats.OFFSET;
    for (int row = 0; row < geometry.kernelHeight(); row++) {
      for (int column = 0; column < geometry.kernelWidth(); column++) {
        int channels = geometry.input().channels();
        weights.copyChannels(row, column, channels, first, count, width, packed, next);
        next += channels * width;
      }
    }
    return packed;
  }

  private static int requireOneArray(GatherGeometry geometry, int width) {
    long values = (long) geometry.weightRows() * width;
    if (values > LARGEST) {
      throw new IllegalArgumentException(
          "weights of "
              + width
              + " channels must be at most "
              + LARGEST
              + " values, got "
              + values
              + ". Possible cause: a window, with its dilation, that is far too large");
    }
    return (int) values;
  }

  private static float[] part(float[] bias, int first, int count, int width) {
    float[] part = new float[bias.length == 0 ? 0 : width];
    System.arraycopy(bias, bias.length == 0 ? 0 : first, part, 0, Math.min(count, part.length));
    return part;
  }

  List<Block> blocks() {
    return blocks;
  }

  /**
   * Whether sums of a sample are exact in any order, with its amplitudes as repeated spikes, from
   * rest and without totals of resets.
   */
  boolean areExact(SampleRun run) {
    SpikeTrain input = run.input();
    float amplitude = input.amplitudeBound();
    boolean isWhole =
        input.unitSpikes() || input instanceof SummedSpikeTrain && amplitude <= MOST_REPEATS;
    boolean isPlain = run.start() == null && run.inputs() == null;
    int charges = input.steps() * Math.max(1, run.held());
    return isWhole && isPlain && amplitude * charges <= exactCharges;
  }

  /** The power of two of every channel; empty if sums are not exact. */
  Optional<float[]> scales() {
    return exactCharges == 0 ? Optional.empty() : Optional.of(scales.clone());
  }

  /** Channels of a position in the membrane, padding included. */
  int paddedChannels() {
    return paddedChannels;
  }
}
