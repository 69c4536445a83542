package org.dl4jsnn.internal.kernel;

import org.dl4jsnn.internal.spike.BitLayout;
import org.dl4jsnn.spike.FeatureShape;

/**
 * Simulates a convolution that many spikes reach, by gathering one row of positions after another:
 * for every row of the window, all positions add the weights of its spikes. Neighbouring positions
 * have most of these spikes in common, and their weights are then in the first-level cache; spikes
 * need not be listed per column. A position adds its events in the same order as {@link
 * GatherSimulation}, so all bits are the same.
 */
final class RowGatherSimulation implements SummingSimulation {

  private static final int[] NO_EVENTS = {0};

  private final GatherWeights layer;

  /** The rows of positions of this share. */
  private final int firstOutputRow;

  private final int endOutputRow;
  private final FeatureShape output;
  private final BitLayout layout;
  private final int inputWidth;
  private final StepSpikes spikes;
  private final GatheredMembranes membranes;

  /** Distance between two rows of positions in the membrane. */
  private final int rowStride;

  private final ColumnTask task = new ColumnTask();

  /** Whether potentials of the sample outlast their row. */
  private boolean keepsPotentials;

  /** For every position of a row, the columns of its window. */
  private final int[] firstColumn;

  private final int[] endColumn;

  /** The same, of a window without any. */
  private final int[] noColumn;

  RowGatherSimulation(GatherWeights layer, Share share) {
    GatherGeometry geometry = layer.geometry;
    this.layer = layer;
    this.firstOutputRow = share.from(geometry.output().height());
    this.endOutputRow = share.to(geometry.output().height());
    this.output = geometry.output();
    this.layout = BitLayout.of(output);
    this.inputWidth = geometry.input().width();
    this.spikes = new StepSpikes(layer.codes, layer.firstInputRow(share), layer.endInputRow(share));
    int padded = layer.blocks.paddedChannels();
    this.rowStride = output.width() * padded;
    this.membranes = new GatheredMembranes(layer, output.positions(), places(padded), share);
    this.firstColumn = new int[output.width()];
    this.endColumn = new int[output.width()];
    this.noColumn = new int[output.width()];
    task.membrane = membranes.potentials();
    task.starts = layer.initial;
    task.positions = output.width();
    task.rowShift = new int[output.width()];
    task.steps = 1;
    task.wordOffsets = new int[] {0, layout.planeSize()};
    task.wordsPerStep = layout.perStep();
    task.rowWord = new int[output.width()];
    for (int column = 0; column < output.width(); column++) {
      firstColumn[column] = geometry.firstColumn(column);
      endColumn[column] = geometry.endColumn(column);
      task.rowShift[column] = column * geometry.strideWidth() * geometry.input().channels();
      task.rowWord[column] = layout.placeOfColumn(column);
    }
  }

  private int[] places(int padded) {
    int[] places = new int[output.positions()];
    for (int position = 0; position < places.length; position++) {
      places[position] = AlignedFloats.OFFSET + position * padded;
    }
    return places;
  }

  @Override
  public void run(SampleRun sample) {
    task.words = sample.words();
    task.held = sample.held();
    keepsPotentials = task.held == 0 || sample.end() != null;
    task.taken = null;
    if (task.held == 0) {
      task.taken = membranes.begin(sample);
    } else if (keepsPotentials) {
      membranes.beginHeld(sample);
    }
    boolean isGraded = spikes.begin(sample.input(), false);
    for (int step = 0; step < sample.input().steps(); step++) {
      spikes.read(sample.input(), sample.sample(), step);
      task.rows = spikes.codes;
      task.amplitudes = isGraded ? spikes.amplitudes : null;
      int[] firstOfPosition = spikes.firstOfPosition();
      for (ChannelBlocks.Block block : layer.blocks.blocks()) {
        task.shift = block.firstChannel() % BitLayout.WORD;
        for (int row = firstOutputRow; row < endOutputRow; row++) {
          run(step, row, block, firstOfPosition);
        }
      }
    }
    if (keepsPotentials) {
      membranes.end();
    }
  }

  private void run(int step, int row, ChannelBlocks.Block block, int[] firstOfPosition) {
    if (keepsPotentials) {
      task.membraneStride = layer.blocks.paddedChannels();
      task.membraneStart = AlignedFloats.OFFSET + row * rowStride + block.firstChannel();
    } else {
      task.clear(block.width()); // every row takes the place of the one before, in the cache
    }
    task.lineShift = layer.rowShift[row];
    task.firstWord = layout.plane(step, block.firstChannel()) + layout.placeOfRow(row);
    task.bounds = firstOfPosition;
    task.firstRow = firstColumn;
    task.endRow = endColumn;
    int first = layer.firstRow[row];
    int end = layer.endRow[row];
    // The last row comes with the neurons' step.
    for (; first < (task.held > 0 ? end : end - 1); first++) {
      task.firstBound = first * inputWidth;
      block.kernel().chargeAll(task);
    }
    if (task.held > 0) {
      task.firstStart = block.firstChannel();
      block.kernel().hold(task);
      return;
    }
    task.everyPosition = first > layer.firstRow[row] || membranes.startsAboveThreshold();
    boolean isReached = first < end;
    task.bounds = isReached ? firstOfPosition : NO_EVENTS;
    task.firstRow = isReached ? firstColumn : noColumn;
    task.endRow = isReached ? endColumn : noColumn;
    task.firstBound = isReached ? first * inputWidth : 0;
    block.kernel().run(task);
  }

  @Override
  public void copy(int position, int firstChannel, int channels, float[] to, int at) {
    membranes.copy(position, firstChannel, channels, to, at);
  }

  /** Without leak an input stays in the membrane until a reset subtracts it. */
  @Override
  public boolean sumsInputs() {
    return layer.rule.leak() == 1;
  }
}
