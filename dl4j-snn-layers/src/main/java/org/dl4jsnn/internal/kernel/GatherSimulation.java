package org.dl4jsnn.internal.kernel;

import java.util.Arrays;
import org.dl4jsnn.spike.BitLayout;
import org.dl4jsnn.spike.FeatureShape;

/**
 * Simulates a weighted layer by gathering: at every step a position loads a block of its channels,
 * adds the weights of the spikes in its window, and fires.
 */
final class GatherSimulation implements SampleSimulation {

  /** Steps whose events are listed together: few enough for the lists to stay in the cache. */
  private static final int STEPS_OF_A_BLOCK = 16;

  /** The same for a fully connected layer, which has only one list. */
  private static final int STEPS_OF_A_DENSE_BLOCK = 128;

  /** Channels whose inputs are written together while shared data are still in the cache. */
  private static final int CHANNELS_AT_ONCE = 4;

  private final GatherWeights layer;
  private final FeatureShape output;
  private final BitLayout layout;
  private final int blockSteps;
  private final ColumnEvents lines;
  private final int lineCount;
  private final float[] membrane;
  private final int membraneSize;

  /** The membrane of one position before the first step; zero in the padding, which never fires. */
  private final float[] initial;

  /** Computed when a state is first read or written. */
  private int[] places;

  /** The total subtracted by resets; allocated on demand. */
  private float[] taken;

  /** The places of a position's channels; computed with it. */
  private int[] placeOfPosition;

  private final ColumnTask task = new ColumnTask();

  /** The current sample. */
  private SampleRun run;

  /** The remaining events of a step; only for fully connected layers. */
  private int nextEvent;

  private int endOfEvents;
  private boolean isStepDone;
  private int[] restBounds;

  GatherSimulation(GatherWeights layer) {
    this(
        layer,
        ColumnEvents.spikes(layer.grouped),
        layer.geometry.output().positions() == 1 ? STEPS_OF_A_DENSE_BLOCK : STEPS_OF_A_BLOCK);
  }

  /**
   * Creates a simulation that shares the scratch memory for reading steps with others, between
   * calls.
   *
   * @param layer the layer
   * @param spikes reads steps
   * @param blockSteps the most steps that are listed together
   */
  GatherSimulation(GatherWeights layer, StepSpikes spikes, int blockSteps) {
    this.layer = layer;
    this.output = layer.geometry.output();
    this.layout = BitLayout.of(output);
    this.blockSteps = blockSteps;
    this.lines = new ColumnEvents(layer.grouped, blockSteps, spikes);
    this.lineCount = layer.grouped.output().width();
    int padded = layer.blocks.paddedChannels();
    this.membrane = AlignedFloats.create(Math.multiplyExact(output.height() * lineCount, padded));
    this.membraneSize = output.height() * lineCount * padded;
    this.initial = initial();
    task.membrane = membrane;
    task.membraneStride = padded;
    task.positions = output.height();
    task.firstRow = layer.firstRow;
    task.endRow = layer.endRow;
    task.rowShift = layer.rowShift;
    task.wordsPerStep = layout.perStep();
    task.wordOffsets = wordOffsets();
    task.rowWord = new int[output.height()];
    for (int row = 0; row < output.height(); row++) {
      task.rowWord[row] = layout.placeOfRow(row);
    }
  }

  private float[] initial() {
    float[] values = new float[layer.blocks.paddedChannels()];
    int perColumn = layer.columnsAtOnce == 1 ? values.length : layer.geometry.paddedChannels();
    for (ChannelBlocks.Block block : layer.blocks.blocks()) {
      for (int k = 0; k < block.channels(); k++) {
        boolean padding = (block.firstChannel() + k) % perColumn >= output.channels();
        values[block.firstChannel() + k] = padding ? 0 : layer.rule.initialMembrane();
      }
    }
    return values;
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
    begin(sample);
    for (int step = 0; step < sample.input().steps(); step += blockSteps) {
      list(step);
      for (ChannelBlocks.Block block : layer.blocks.blocks()) {
        run(step, block);
      }
    }
    end();
  }

  /** Takes a sample. */
  void begin(SampleRun sample) {
    run = sample;
    start(run.start());
    task.words = run.words();
    task.taken = run.inputs() == null ? null : nothingTaken();
  }

  /** Lists the events of the steps that are run together, starting at a step. */
  void list(int step) {
    task.steps = Math.min(blockSteps, run.input().steps() - step);
    lines.list(run.input(), run.sample(), step, task.steps);
  }

  /** Hands over the sample's final state. */
  void end() {
    if (run.inputs() != null) {
      sumInputs(run);
    }
    if (run.end() != null) {
      int[] place = places();
      for (int neuron = 0; neuron < place.length; neuron++) {
        run.end()[0][neuron] = membrane[place[neuron]];
      }
    }
  }

  /** Without leak an input stays in the membrane until a reset subtracts it. */
  @Override
  public boolean sumsInputs() {
    return layer.rule.leak() == 1;
  }

  private float[] nothingTaken() {
    if (taken == null) {
      taken = AlignedFloats.create(membraneSize);
      placeOfPosition = new int[output.positions()];
      for (int position = 0; position < placeOfPosition.length; position++) {
        placeOfPosition[position] = place(position);
      }
    } else {
      Arrays.fill(taken, AlignedFloats.OFFSET, AlignedFloats.OFFSET + membraneSize, 0);
    }
    return taken;
  }

  /** Sums what the membranes gained since the start and what resets subtracted. */
  private void sumInputs(SampleRun run) {
    add(membrane, taken, AlignedFloats.OFFSET, AlignedFloats.OFFSET + membraneSize);
    int channels = output.channels();
    float[] inputs = run.inputs();
    int first = 0;
    for (; first + CHANNELS_AT_ONCE <= channels; first += CHANNELS_AT_ONCE) {
      gatherFour(taken, first, inputs, placeOfPosition);
    }
    for (; first < channels; first++) {
      gather(taken, first, inputs, placeOfPosition);
    }
    if (run.start() != null) {
      for (int neuron = 0; neuron < output.neurons(); neuron++) {
        inputs[output.arrayIndex(neuron)] -= run.start()[0][neuron];
      }
    } else if (layer.rule.initialMembrane() != 0) {
      for (int i = 0; i < inputs.length; i++) {
        inputs[i] -= layer.rule.initialMembrane();
      }
    }
  }

  private static void add(float[] values, float[] sums, int from, int end) {
    for (int i = from; i < end; i++) {
      sums[i] += values[i];
    }
  }

  /** Copies four adjacent channels to separate rows. */
  private static void gatherFour(float[] sums, int first, float[] rows, int[] places) {
    int positions = places.length;
    int row = first * positions;
    for (int position = 0; position < positions; position++) {
      int from = places[position] + first;
      int to = row + position;
      rows[to] = sums[from];
      rows[to + positions] = sums[from + 1];
      rows[to + 2 * positions] = sums[from + 2];
      rows[to + 3 * positions] = sums[from + 3];
    }
  }

  private static void gather(float[] sums, int channel, float[] rows, int[] places) {
    for (int position = 0; position < places.length; position++) {
      rows[channel * places.length + position] = sums[places[position] + channel];
    }
  }

  /** The place of a position's channels. */
  private int place(int position) {
    int perColumn = layer.columnsAtOnce == 1 ? initial.length : layer.geometry.paddedChannels();
    int column = position % output.width();
    int line = column / layer.columnsAtOnce * output.height() + position / output.width();
    return AlignedFloats.OFFSET + line * initial.length + column % layer.columnsAtOnce * perColumn;
  }

  private void start(float[][] state) {
    for (int at = 0; at < membraneSize; at += initial.length) {
      System.arraycopy(initial, 0, membrane, AlignedFloats.OFFSET + at, initial.length);
    }
    if (state != null) {
      int[] place = places();
      for (int neuron = 0; neuron < place.length; neuron++) {
        membrane[place[neuron]] = state[0][neuron];
      }
    }
  }

  /** For every neuron, in order of position and channel, the place of its membrane. */
  private int[] places() {
    if (places == null) {
      places = new int[output.neurons()];
      for (int neuron = 0; neuron < places.length; neuron++) {
        places[neuron] = place(neuron / output.channels()) + neuron % output.channels();
      }
    }
    return places;
  }

  /**
   * Begins one of the listed steps, for a block of channels of a fully connected layer.
   *
   * @param step index of the step
   * @param listed its place among the listed steps
   */
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
   *
   * @return whether more events remain
   */
  boolean runUntil(int limit, ChannelBlocks.Block block) {
    if (isStepDone) {
      return false;
    }
    int to = firstFrom(limit);
    if (to < endOfEvents) {
      block.kernel().charge(task, nextEvent, to);
      nextEvent = to;
      return true;
    }
    int[] allBounds = task.bounds;
    int firstBound = task.firstBound;
    int steps = task.steps;
    restBounds[layer.firstRow[0]] = nextEvent;
    restBounds[layer.endRow[0]] = endOfEvents;
    task.bounds = restBounds;
    task.firstBound = 0;
    task.steps = 1;
    block.kernel().run(task);
    task.bounds = allBounds;
    task.firstBound = firstBound;
    task.steps = steps;
    isStepDone = true;
    return false;
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
      block.kernel().run(task);
    }
  }

  private void prepare(int line, int step, ChannelBlocks.Block block) {
    task.shift = block.firstChannel() % BitLayout.WORD;
    lines.assign(task, line, run.input().unitSpikes());
    task.membraneStart =
        AlignedFloats.OFFSET + line * output.height() * initial.length + block.firstChannel();
    task.firstWord =
        layout.plane(step, block.firstChannel()) + layout.placeOfColumn(line * layer.columnsAtOnce);
  }
}
