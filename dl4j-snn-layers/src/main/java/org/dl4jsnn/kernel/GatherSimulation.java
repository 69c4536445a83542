package org.dl4jsnn.kernel;

import java.util.Arrays;
import org.dl4jsnn.spike.BitLayout;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * Simulates a weighted layer by gathering: a position keeps a block of its channels in registers
 * over a few steps and adds the weights of the spikes in its window.
 */
final class GatherSimulation implements SampleSimulation {

  /** Steps whose events are listed together. More keep membranes longer in registers. */
  private static final int STEPS_OF_A_BLOCK = 16;

  /** The same for a fully connected layer, which has one list only. */
  private static final int STEPS_OF_A_DENSE_BLOCK = 128;

  private final GatherLayer layer;
  private final FeatureShape output;
  private final BitLayout layout;
  private final int blockSteps;
  private final EventLines lines;
  private final float[] membrane;
  private final int[] counts;
  private final LineTask task = new LineTask();

  GatherSimulation(GatherLayer layer) {
    this.layer = layer;
    this.output = layer.geometry.output();
    this.layout = BitLayout.of(output);
    this.blockSteps = output.positions() == 1 ? STEPS_OF_A_DENSE_BLOCK : STEPS_OF_A_BLOCK;
    this.lines = new EventLines(layer.geometry, blockSteps);
    int padded = layer.blocks.paddedChannels();
    this.membrane = new float[Math.multiplyExact(output.positions(), padded)];
    this.counts = new int[membrane.length];
    task.membrane = membrane;
    task.counts = counts;
    task.membraneStride = output.width() * padded;
    task.positions = output.height();
    task.firstRow = layer.firstRow;
    task.endRow = layer.endRow;
    task.rowShift = layer.rowShift;
    task.wordsPerStep = layout.perStep();
    task.wordsPerLine = output.width() * layout.perPosition();
  }

  @Override
  public void run(SpikeTrain input, int sample, int[] words, float[] totals, int offset) {
    Arrays.fill(membrane, layer.rule.initialMembrane());
    Arrays.fill(counts, 0);
    task.words = words;
    for (int step = 0; step < input.steps(); step += blockSteps) {
      task.steps = Math.min(blockSteps, input.steps() - step);
      lines.list(input, sample, step, task.steps);
      run(step);
    }
    writeTotals(totals, offset);
  }

  private void run(int step) {
    int blockStart = 0;
    for (ChannelBlocks.Block block : layer.blocks.blocks()) {
      task.shift = block.firstChannel() % BitLayout.WORD;
      for (int line = 0; line < output.width(); line++) {
        lines.assign(task, line);
        task.membraneStart = line * layer.blocks.paddedChannels() + blockStart;
        task.firstWord = layout.word(step, line, block.firstChannel());
        block.kernel().run(task);
      }
      blockStart += block.width();
    }
  }

  private void writeTotals(float[] totals, int offset) {
    int positions = output.positions();
    int padded = layer.blocks.paddedChannels();
    int blockStart = 0;
    for (ChannelBlocks.Block block : layer.blocks.blocks()) {
      for (int k = 0; k < block.channels(); k++) {
        int to = offset + (block.firstChannel() + k) * positions;
        int from = blockStart + k;
        for (int position = 0; position < positions; position++, from += padded) {
          totals[to + position] = counts[from];
        }
      }
      blockStart += block.width();
    }
  }
}
