package org.dl4jsnn.kernel;

import java.util.Arrays;
import org.dl4jsnn.spike.BitLayout;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * Simulates a weighted layer by gathering: at every step a position loads a block of its channels,
 * adds the weights of the spikes in its window, and fires.
 */
final class GatherSimulation implements SampleSimulation {

  /** Steps whose events are listed together: few enough for the lists to stay in the cache. */
  private static final int STEPS_OF_A_BLOCK = 16;

  /** The same for a fully connected layer, which has one list only. */
  private static final int STEPS_OF_A_DENSE_BLOCK = 128;

  private final GatherLayer layer;
  private final FeatureShape output;
  private final BitLayout layout;
  private final int blockSteps;
  private final EventLines lines;
  private final int lineCount;
  private final float[] membrane;
  private final int membraneSize;
  private final SpikeCounts counts;
  private final GroupedWords groupedWords;
  private final LineTask task = new LineTask();

  GatherSimulation(GatherLayer layer) {
    this.layer = layer;
    this.output = layer.geometry.output();
    this.layout = BitLayout.of(output);
    this.blockSteps = output.positions() == 1 ? STEPS_OF_A_DENSE_BLOCK : STEPS_OF_A_BLOCK;
    this.lines = new EventLines(layer.grouped, blockSteps);
    this.lineCount = layer.grouped.output().width();
    int padded = layer.blocks.paddedChannels();
    this.membrane = AlignedFloats.create(Math.multiplyExact(output.height() * lineCount, padded));
    this.membraneSize = output.height() * lineCount * padded;
    this.counts = new SpikeCounts(output);
    this.groupedWords =
        layer.columnsAtOnce == 1 ? null : new GroupedWords(output, layer.columnsAtOnce, blockSteps);
    task.membrane = membrane;
    task.membraneStride = lineCount * padded;
    task.positions = output.height();
    task.firstRow = layer.firstRow;
    task.endRow = layer.endRow;
    task.rowShift = layer.rowShift;
    task.wordsPerStep = layout.perStep();
    task.wordsPerPlane = layout.planeSize();
    task.rowWord = new int[output.height()];
    for (int row = 0; row < output.height(); row++) {
      task.rowWord[row] = layout.placeOfRow(row);
    }
  }

  @Override
  public void run(SpikeTrain input, int sample, int[] words, float[] totals, int offset) {
    int end = AlignedFloats.OFFSET + membraneSize;
    Arrays.fill(membrane, AlignedFloats.OFFSET, end, layer.rule.initialMembrane());
    task.words = words;
    if (groupedWords != null) {
      groupedWords.assign(task);
    }
    for (int step = 0; step < input.steps(); step += blockSteps) {
      task.steps = Math.min(blockSteps, input.steps() - step);
      lines.list(input, sample, step, task.steps);
      if (groupedWords == null) {
        run(step, input.unitSpikes());
      } else {
        runGrouped(words, step, input.unitSpikes());
      }
    }
    counts.count(words, totals, offset);
  }

  private void run(int step, boolean unitSpikes) {
    int blockStart = AlignedFloats.OFFSET;
    for (ChannelBlocks.Block block : layer.blocks.blocks()) {
      task.shift = block.firstChannel() % BitLayout.WORD;
      for (int line = 0; line < lineCount; line++) {
        lines.assign(task, line, unitSpikes);
        task.membraneStart = line * layer.blocks.paddedChannels() + blockStart;
        task.firstWord = layout.plane(step, block.firstChannel()) + layout.placeOfColumn(line);
        block.kernel().run(task);
      }
      blockStart += block.width();
    }
  }

  /** Columns that are simulated as one are a single block of channels. */
  private void runGrouped(int[] words, int step, boolean unitSpikes) {
    LineKernel kernel = layer.blocks.blocks().get(0).kernel();
    for (int line = 0; line < lineCount; line++) {
      lines.assign(task, line, unitSpikes);
      task.membraneStart = AlignedFloats.OFFSET + line * layer.blocks.paddedChannels();
      groupedWords.clear();
      kernel.run(task);
      groupedWords.distribute(words, step, task.steps, line * layer.columnsAtOnce);
    }
  }
}
