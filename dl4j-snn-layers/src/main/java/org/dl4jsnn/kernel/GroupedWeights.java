package org.dl4jsnn.kernel;

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
    int end = firstOutput + count;
    for (int first = firstOutput; first < end; ) {
      int member = first / channels;
      int next = Math.min(end, (member + 1) * channels);
      int own = column - member * geometry.strideWidth();
      if (own >= 0 && own < geometry.kernelWidth()) {
        int at = offset + first - firstOutput;
        weights.copy(row, own, channel, first % channels, next - first, target, at);
      }
      first = next;
    }
  }
}
