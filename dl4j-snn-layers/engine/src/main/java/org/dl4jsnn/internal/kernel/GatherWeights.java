package org.dl4jsnn.internal.kernel;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.dl4jsnn.internal.spike.BitLayout;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;

/** A weighted layer prepared for simulation with its current weights; thread-safe. */
public final class GatherWeights implements SampleSimulations {

  /** With this many spikes per position and step, on average, columns are simulated one by one. */
  private static final double MANY_SPIKES = 4;

  /**
   * With this many spikes per row of a window and step, on average, rows of positions are simulated
   * rather than columns.
   */
  private static final double MANY_SPIKES_PER_ROW = 20;

  /** Additions of weights that are worth another thread. */
  private static final double ADDITIONS_OF_A_SHARE = 1 << 20;

  final GatherGeometry geometry;

  /** Output columns that are simulated as one. */
  final int columnsAtOnce;

  /** The geometry with these columns as one. */
  final GatherGeometry grouped;

  /** Whether rows of positions are simulated, unless sums are exact ({@link RowsOrColumns}). */
  final boolean byRows;

  final KernelNeuron rule;
  final ChannelBlocks blocks;

  /** The potentials of a group before the first step; zero in the padding, which never fires. */
  final float[] initial;

  /** Tables of the grouped geometry. */
  final StepSpikes.Codes codes;

  final ColumnEvents.Lines lines;
  final int[] firstRow;
  final int[] endRow;
  final int[] rowShift;
  private final IdleSimulations idle = new IdleSimulations();

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
    this.initial = initial();
    this.codes = ColumnEvents.codes(grouped);
    this.lines = new ColumnEvents.Lines(grouped);
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

  private float[] initial() {
    float[] values = new float[blocks.paddedChannels()];
    int perColumn = columnsAtOnce == 1 ? values.length : geometry.paddedChannels();
    for (ChannelBlocks.Block block : blocks.blocks()) {
      for (int k = 0; k < block.channels(); k++) {
        int channel = (block.firstChannel() + k) % perColumn;
        boolean padding = channel >= geometry.output().channels();
        values[block.firstChannel() + k] = padding ? 0 : rule.initialMembrane();
      }
    }
    return values;
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

  /**
   * The weights of a fully connected layer as they are packed; empty if there are several
   * positions.
   */
  public Optional<PackedWeights> packed() {
    return geometry.output().positions() == 1
        ? Optional.of(new PackedWeights(geometry, blocks))
        : Optional.empty();
  }

  @Override
  public int samplesAtOnce() {
    return SharedGather.serves(geometry) ? SharedGather.SAMPLES : 1;
  }

  /** Shares are rows of positions, or blocks of channels of a fully connected layer. */
  @Override
  public int mostShares(SpikeTrain input) {
    FeatureShape output = geometry.output();
    double most = (double) output.neurons() * geometry.weightRows() * input.steps();
    if (most < 2 * ADDITIONS_OF_A_SHARE) {
      return 1; // in a stream step by step, even counting the spikes takes time
    }
    int units = output.positions() == 1 ? units() : output.height();
    double additions = most * input.density();
    return (int) Math.max(1, Math.min(units, additions / ADDITIONS_OF_A_SHARE));
  }

  @Override
  public SampleSimulation newSimulation(Share share) {
    SampleSimulation known = idle.take(share);
    return known == null ? create(share) : known;
  }

  @Override
  public void giveBack(Share share, SampleSimulation simulation) {
    idle.put(share, simulation);
  }

  private SampleSimulation create(Share share) {
    if (SharedGather.serves(geometry)) {
      return new SharedGather(this, share);
    }
    return byRows ? new RowsOrColumns(this, share) : new GatherSimulation(this, share);
  }

  /** The first input row that the rows of positions of a share reach. */
  int firstInputRow(Share share) {
    return firstRow[share.from(firstRow.length)];
  }

  /** The input row after the last that the rows of positions of a share reach. */
  int endInputRow(Share share) {
    return endRow[share.to(endRow.length) - 1];
  }

  /** The share of the rows of positions: all of them in a fully connected layer. */
  Share rows(Share share) {
    return geometry.output().positions() == 1 ? Share.WHOLE : share;
  }

  /** Channels of a fully connected layer that share no word of spikes with the next. */
  private int unit() {
    return Math.max(BitLayout.WORD, blocks.blocks().get(0).width());
  }

  private int units() {
    return (geometry.output().channels() + unit() - 1) / unit();
  }

  /** The first channel of a share of a fully connected layer. */
  int firstChannel(Share share) {
    return share.from(units()) * unit();
  }

  /** The channel after the last of a share of a fully connected layer. */
  int endChannel(Share share) {
    return Math.min(geometry.output().channels(), share.to(units()) * unit());
  }

  /** The blocks of a share: all of them but in a fully connected layer. */
  List<ChannelBlocks.Block> blocks(Share share) {
    if (geometry.output().positions() > 1) {
      return blocks.blocks();
    }
    int first = firstChannel(share);
    int end = endChannel(share);
    return blocks.blocks().stream()
        .filter(block -> block.firstChannel() >= first && block.firstChannel() < end)
        .toList();
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
