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
  private final float[] membrane;
  private final LineTask task = new LineTask();

  GatherSimulation(GatherLayer layer) {
    this.layer = layer;
    this.output = layer.geometry.output();
    this.layout = BitLayout.of(output);
    this.blockSteps = output.positions() == 1 ? STEPS_OF_A_DENSE_BLOCK : STEPS_OF_A_BLOCK;
    this.lines = new EventLines(layer.geometry, blockSteps);
    int padded = layer.blocks.paddedChannels();
    this.membrane = new float[Math.multiplyExact(output.positions(), padded)];
    task.membrane = membrane;
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
    task.words = words;
    for (int step = 0; step < input.steps(); step += blockSteps) {
      task.steps = Math.min(blockSteps, input.steps() - step);
      lines.list(input, sample, step, task.steps);
      run(step);
    }
    SpikeCounts.add(words, layout, output, totals, offset);
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
}
