package org.dl4jsnn.internal.kernel;

/**
 * The weights of {@link GatherGeometry#grouped}: zero where a column's own window does not reach.
 */
final class GroupedWeights implements KernelWeights {

  private final KernelWeights weights;
  private final GatherGeometry geometry;

  GroupedWeights(KernelWeights weights, GatherGeometry geometry) {
    this.weights = weights;
    this.geometry = geometry;
  }

  @Override
  public void copy(
      int row, int column, int channel, int firstOutput, int count, float[] target, int offset) {
    int channels = geometry.output().channels();
    int perColumn = geometry.paddedChannels();
    int end = firstOutput + count;
    for (int first = firstOutput; first < end; ) {
      int member = first / perColumn;
      int next = Math.min(end, (member + 1) * perColumn);
      int own = column - member * geometry.strideWidth();
      int firstChannel = first % perColumn;
      int wanted = Math.min(next - first, channels - firstChannel);
      if (own >= 0 && own < geometry.kernelWidth() && wanted > 0) {
        int at = offset + first - firstOutput;
        weights.copy(row, own, channel, firstChannel, wanted, target, at);
      }
      first = next;
    }
  }
}
