package org.dl4jsnn.internal.kernel;

import java.util.Arrays;
import java.util.List;
import org.dl4jsnn.internal.spike.BitLayout;
import org.dl4jsnn.spike.FeatureShape;

/**
 * Simulates a weighted layer by gathering, one column of positions after another: at every step a
 * position loads a block of its channels, adds the weights of the spikes in its window, and fires.
 */
final class GatherSimulation implements SummingSimulation {

  /** Steps whose events are listed together: few enough for the lists to stay in the cache. */
  private static final int STEPS_OF_A_BLOCK = 16;

  /** The same for a fully connected layer, which has only one list. */
  private static final int STEPS_OF_A_DENSE_BLOCK = 128;

  private final GatherWeights layer;

  /** The blocks of channels of this share. */
  private final List<ChannelBlocks.Block> blocks;

  /** The first row of positions of this share. */
  private final int firstOutputRow;

  private final FeatureShape output;
  private final BitLayout layout;
  private final int blockSteps;
  private final ColumnEvents lines;
  private final int lineCount;
  private final int padded;
  private final GatheredMembranes membranes;
  private final ColumnTask task = new ColumnTask();

  /** The current sample. */
  private SampleRun run;

  /** Whether potentials of the sample outlast their line. */
  private boolean keepsPotentials;

  /** The remaining events of a step; only for fully connected layers. */
  private int nextEvent;

  private int endOfEvents;
  private boolean isStepDone;
  private int[] restBounds;

  GatherSimulation(GatherWeights layer, Share share) {
    this(
        layer,
        share,
        spikes(layer, share),
        layer.geometry.output().positions() == 1 ? STEPS_OF_A_DENSE_BLOCK : STEPS_OF_A_BLOCK);
  }

  private static StepSpikes spikes(GatherWeights layer, Share share) {
    Share rows = layer.rows(share);
    return new StepSpikes(layer.codes, layer.firstInputRow(rows), layer.endInputRow(rows));
  }

  /**
   * Creates a simulation that shares the scratch memory for reading steps with others, between
   * calls.
   *
   * @param share the neurons that are simulated
   * @param blockSteps the most steps that are listed together
   */
  GatherSimulation(GatherWeights layer, Share share, StepSpikes spikes, int blockSteps) {
    this.layer = layer;
    this.blocks = layer.blocks(share);
    this.output = layer.geometry.output();
    Share rows = layer.rows(share);
    this.firstOutputRow = rows.from(output.height());
    int endOutputRow = rows.to(output.height());
    this.layout = BitLayout.of(output);
    this.blockSteps = blockSteps;
    this.lines =
        new ColumnEvents(
            layer.lines, blockSteps, spikes, layer.firstInputRow(rows), layer.endInputRow(rows));
    this.lineCount = layer.grouped.output().width();
    this.padded = layer.blocks.paddedChannels();
    this.membranes =
        new GatheredMembranes(
            layer, Math.multiplyExact(output.height(), lineCount), placeOfPosition(), share);
    task.membrane = membranes.potentials();
    task.starts = layer.initial;
    task.positions = endOutputRow - firstOutputRow;
    task.firstRow = Arrays.copyOfRange(layer.firstRow, firstOutputRow, endOutputRow);
    task.endRow = Arrays.copyOfRange(layer.endRow, firstOutputRow, endOutputRow);
    task.rowShift = Arrays.copyOfRange(layer.rowShift, firstOutputRow, endOutputRow);
    task.wordsPerStep = layout.perStep();
    task.wordOffsets = wordOffsets();
    task.rowWord = new int[task.positions];
    for (int row = 0; row < task.positions; row++) {
      task.rowWord[row] = layout.placeOfRow(firstOutputRow + row);
    }
  }

  /** The words of the widest block: a column's planes, then those of the next of its group. */
  private int[] wordOffsets() {
    int planes = layer.columnsAtOnce == 1 ? KernelProvider.MOST_WORDS : layout.planes();
    int[] offsets = new int[planes * layer.columnsAtOnce];
    for (int word = 0; word < offsets.length; word++) {
      // Groups begin at an even column, so these places are also distances.
      int column = layout.placeOfColumn(word / planes);
      offsets[word] = column + word % planes * layout.planeSize();
    }
    return offsets;
  }

  @Override
  public void run(SampleRun sample) {
    begin(sample, sample.held() == 0 || sample.end() != null);
    for (int step = 0; step < sample.input().steps(); step += blockSteps) {
      list(step);
      for (ChannelBlocks.Block block : blocks) {
        run(step, block);
      }
    }
    end();
  }

  /** Takes a sample. */
  void begin(SampleRun sample) {
    begin(sample, true);
  }

  private void begin(SampleRun sample, boolean keeps) {
    run = sample;
    keepsPotentials = keeps;
    task.words = run.words();
    task.held = run.held();
    task.taken = null;
    if (task.held == 0) {
      task.taken = membranes.begin(run);
      task.everyPosition = membranes.startsAboveThreshold();
    } else if (keeps) {
      membranes.beginHeld(run);
    }
    task.exact = layer.blocks.areExact(run);
    lines.begin(run.input(), task.exact);
  }

  /** Lists the events of the steps that are run together, starting at a step. */
  void list(int step) {
    task.steps = Math.min(blockSteps, run.input().steps() - step);
    lines.list(run.input(), run.sample(), step, task.steps);
  }

  /** Hands over the sample's final state. */
  void end() {
    if (keepsPotentials) {
      membranes.end();
    }
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

  /** The place of each position's channels. */
  private int[] placeOfPosition() {
    int perColumn = layer.columnsAtOnce == 1 ? padded : layer.geometry.paddedChannels();
    int[] places = new int[output.positions()];
    for (int position = 0; position < places.length; position++) {
      int column = position % output.width();
      int line = column / layer.columnsAtOnce * output.height() + position / output.width();
      places[position] =
          AlignedFloats.OFFSET + line * padded + column % layer.columnsAtOnce * perColumn;
    }
    return places;
  }

  /** Begins one of the listed steps, for a block of channels of a fully connected layer. */
  void beginStep(int step, int listed, ChannelBlocks.Block block) {
    prepare(0, step, block);
    int bound = task.firstBound + listed * task.boundsPerStep;
    nextEvent = task.bounds[bound + layer.firstRow[0]];
    endOfEvents = task.bounds[bound + layer.endRow[0]];
    isStepDone = false;
    if (restBounds == null) {
      restBounds = new int[layer.endRow[0] + 1];
    }
  }

  /**
   * Adds the events of that step whose row of weights is below a limit, and fires after the last.
   */
  boolean runUntil(int limit, ChannelBlocks.Block block) {
    if (isStepDone) {
      return false;
    }
    int to = firstFrom(limit);
    int[] allBounds = task.bounds;
    int firstBound = task.firstBound;
    int steps = task.steps;
    restBounds[layer.firstRow[0]] = nextEvent;
    restBounds[layer.endRow[0]] = to;
    task.bounds = restBounds;
    task.firstBound = 0;
    task.steps = 1;
    isStepDone = to == endOfEvents;
    if (isStepDone) {
      finish(block);
    } else {
      block.kernel().chargeAll(task);
    }
    nextEvent = to;
    task.bounds = allBounds;
    task.firstBound = firstBound;
    task.steps = steps;
    return !isStepDone;
  }

  /** The first remaining event whose row of weights is at least a limit; rows are in order. */
  private int firstFrom(int limit) {
    int shift = layer.rowShift[0] + task.lineShift;
    if (nextEvent == endOfEvents || task.rows[endOfEvents - 1] - shift < limit) {
      return endOfEvents;
    }
    int found = Arrays.binarySearch(task.rows, nextEvent, endOfEvents, limit + shift);
    return found < 0 ? -found - 1 : found;
  }

  /** Runs a block of channels through the listed steps. */
  void run(int step, ChannelBlocks.Block block) {
    for (int line = 0; line < lineCount; line++) {
      prepare(line, step, block);
      finish(block);
    }
  }

  /** Adds the last events, and fires. */
  private void finish(ChannelBlocks.Block block) {
    if (task.held == 0) {
      block.kernel().run(task);
    } else {
      block.kernel().chargeAll(task);
      block.kernel().hold(task);
    }
  }

  private void prepare(int line, int step, ChannelBlocks.Block block) {
    task.shift = block.firstChannel() % BitLayout.WORD;
    lines.assign(task, line);
    if (keepsPotentials) {
      task.membraneStride = padded;
      task.membraneStart =
          AlignedFloats.OFFSET
              + (line * output.height() + firstOutputRow) * padded
              + block.firstChannel();
    } else {
      task.clear(block.width()); // every line takes the place of the one before, in the cache
    }
    task.firstStart = block.firstChannel();
    task.firstWord =
        layout.plane(step, block.firstChannel()) + layout.placeOfColumn(line * layer.columnsAtOnce);
  }
}
