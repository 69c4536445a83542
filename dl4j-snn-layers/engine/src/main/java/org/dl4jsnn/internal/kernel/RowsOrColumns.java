package org.dl4jsnn.internal.kernel;

/**
 * Simulates a convolution that many spikes reach: by rows of positions, but by columns if sums are
 * exact. Kernels of bytes are at least as fast by columns, where a position gathers its whole
 * window in one loop; their weights need a quarter of the cache. Each is made for its first sample.
 */
final class RowsOrColumns implements SummingSimulation {

  private final GatherWeights layer;
  private final Share share;
  private SummingSimulation rows;
  private SummingSimulation columns;

  /** Of the last sample. */
  private SummingSimulation used;

  RowsOrColumns(GatherWeights layer, Share share) {
    this.layer = layer;
    this.share = share;
  }

  @Override
  public void run(SampleRun sample) {
    if (layer.blocks.areExact(sample)) {
      columns = columns == null ? new GatherSimulation(layer, share) : columns;
      used = columns;
    } else {
      rows = rows == null ? new RowGatherSimulation(layer, share) : rows;
      used = rows;
    }
    used.run(sample);
  }

  @Override
  public void copy(int position, int firstChannel, int channels, float[] to, int at) {
    used.copy(position, firstChannel, channels, to, at);
  }

  /** As both of them: without leak an input stays in the membrane until a reset subtracts it. */
  @Override
  public boolean sumsInputs() {
    return layer.rule.leak() == 1;
  }
}
