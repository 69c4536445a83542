package org.dl4jsnn.internal.kernel;

import java.util.function.DoubleSupplier;
import org.dl4jsnn.internal.spike.BitLayout;

/** A weighted layer prepared for simulation with its current weights; thread-safe. */
public final class GatherWeights implements SampleSimulations {

  /** With this many spikes per position and step, on average, columns are simulated one by one. */
  private static final double MANY_SPIKES = 4;

  /**
   * With this many spikes per row of a window and step, on average, rows of positions are simulated
   * rather than columns.
   */
  private static final double MANY_SPIKES_PER_ROW = 20;

  final GatherGeometry geometry;

  /** Output columns that are simulated as one. */
  final int columnsAtOnce;

  /** The geometry with these columns as one. */
  final GatherGeometry grouped;

  /** Whether rows of positions are simulated, one row of their windows after another. */
  final boolean byRows;

  final KernelNeuron rule;
  final ChannelBlocks blocks;
  final int[] firstRow;
  final int[] endRow;
  final int[] rowShift;

  /**
   * Packs a layer's weights.
   *
   * @param geometry which inputs each neuron gathers
   * @param bias one value per output channel, or an empty array for none
   * @param density the share of input neurons that fire at a step; computed only if needed
   */
  public GatherWeights(
      GatherGeometry geometry,
      KernelWeights weights,
      float[] bias,
      KernelNeuron rule,
      KernelProvider provider,
      DoubleSupplier density) {
    this.geometry = geometry;
    this.rule = rule;
    int columns = columnsAtOnce(provider);
    boolean few = columns > 1 && geometry.weightRows() * density.getAsDouble() < MANY_SPIKES;
    this.columnsAtOnce = few ? columns : 1;
    this.grouped = columnsAtOnce == 1 ? geometry : geometry.grouped(columnsAtOnce);
    this.byRows =
        columnsAtOnce == 1
            && geometry.output().width() > 1
            && geometry.weightRowsPerInputRow() >= MANY_SPIKES_PER_ROW
            && geometry.weightRowsPerInputRow() * density.getAsDouble() >= MANY_SPIKES_PER_ROW;
    this.blocks =
        columnsAtOnce == 1
            ? new ChannelBlocks(geometry, weights, bias, rule, provider)
            : new ChannelBlocks(
                grouped, new GroupedWeights(weights, geometry), repeated(bias), rule, provider);
    int height = geometry.output().height();
    this.firstRow = new int[height];
    this.endRow = new int[height];
    this.rowShift = new int[height];
    for (int row = 0; row < height; row++) {
      int first = grouped.firstInputRow(row);
      int inputHeight = geometry.input().height();
      int from = Math.min(Math.max(first, 0), inputHeight);
      int to = Math.max(from, Math.min(first + geometry.kernelHeight(), inputHeight));
      firstRow[row] = from;
      endRow[row] = to;
      rowShift[row] = first * grouped.weightRowsPerInputRow();
    }
  }

  /** As many as the widest block takes, such that all groups are full and begin at even columns. */
  private int columnsAtOnce(KernelProvider provider) {
    if (2 * geometry.output().channels() <= geometry.paddedChannels()) {
      return 1; // more than half of each word would be padding
    }
    int columns = provider.mostWords() * BitLayout.WORD / geometry.paddedChannels();
    for (int most = Integer.highestOneBit(Math.max(1, columns)); most > 1; most /= 2) {
      if (geometry.output().width() % most == 0) {
        return most;
      }
    }
    return 1;
  }

  private float[] repeated(float[] bias) {
    int perColumn = geometry.paddedChannels();
    float[] repeated = new float[bias.length == 0 ? 0 : columnsAtOnce * perColumn];
    for (int first = 0; first < repeated.length; first += perColumn) {
      System.arraycopy(bias, 0, repeated, first, bias.length);
    }
    return repeated;
  }

  @Override
  public int samplesAtOnce() {
    return SharedGather.serves(geometry) ? SharedGather.SAMPLES : 1;
  }

  @Override
  public SampleSimulation newSimulation() {
    if (SharedGather.serves(geometry)) {
      return new SharedGather(this);
    }
    return byRows ? new RowGatherSimulation(this) : new GatherSimulation(this);
  }

  /**
   * The weights of {@link GatherGeometry#grouped}: zero where a column's own window does not reach.
   */
  private static final class GroupedWeights implements KernelWeights {

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
}
