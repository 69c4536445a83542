package org.dl4jsnn.internal.kernel;

import java.util.Arrays;
import java.util.Optional;

/**
 * The weights of a fully connected layer as its kernels hold them, so that no other copy is kept.
 */
public final class PackedWeights implements KernelWeights {

  private final GatherGeometry geometry;
  private final ChannelBlocks blocks;

  PackedWeights(GatherGeometry geometry, ChannelBlocks blocks) {
    this.geometry = geometry;
    this.blocks = blocks;
  }

  /**
   * Whether an input has these weights.
   *
   * @param input its number in order of position and channel
   * @param weights one per output
   */
  public boolean hold(int input, float[] weights) {
    for (ChannelBlocks.Block block : blocks.blocks()) {
      if (!holds(block, input, weights)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The power of two per output of which weights are multiples; empty if they are other weights, or
   * their sums are not exact ({@link WholeWeights}).
   */
  public Optional<float[]> scales() {
    return blocks.scales();
  }

  private static boolean holds(ChannelBlocks.Block block, int input, float[] weights) {
    int first = block.firstChannel();
    int channels = block.channels();
    if (channels == block.width()) {
      return block.kernel().holds(input, weights, first);
    }
    int from = AlignedFloats.OFFSET + input * block.width();
    return Arrays.equals(weights, first, first + channels, block.weights(), from, from + channels);
  }

  @Override
  public void copy(
      int row, int column, int channel, int firstOutput, int count, float[] target, int offset) {
    int input = (row * geometry.input().width() + column) * geometry.input().channels() + channel;
    int end = firstOutput + count;
    for (ChannelBlocks.Block block : blocks.blocks()) {
      int from = Math.max(firstOutput, block.firstChannel());
      int to = Math.min(end, block.firstChannel() + block.channels());
      if (from < to) {
        int at = AlignedFloats.OFFSET + input * block.width() + from - block.firstChannel();
        System.arraycopy(block.weights(), at, target, offset + from - firstOutput, to - from);
      }
    }
  }
}
