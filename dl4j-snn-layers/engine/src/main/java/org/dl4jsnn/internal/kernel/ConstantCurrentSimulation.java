package org.dl4jsnn.internal.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dl4jsnn.internal.spike.BitLayout;
import org.dl4jsnn.spike.FeatureShape;

/**
 * Simulates neurons under a constant current: a row of positions runs through the whole window
 * before the next, so that its membranes stay in the first-level cache. The kernels see a layer in
 * which the only event of every position and step brings the position's currents as its weights.
 * Scratch memory, one per task.
 */
public final class ConstantCurrentSimulation {

  private static final float[] NO_BIAS = {};

  private final FeatureShape shape;
  private final BitLayout layout;
  private final KernelNeuron rule;
  private final KernelProvider provider;

  /** The rows of positions of a share. */
  private final int firstRow;

  private final int endRow;
  private final List<Block> blocks = new ArrayList<>();
  private final ColumnTask task = new ColumnTask();

  /** Channels that are simulated together; the last block may be padded with zeros. */
  private record Block(int firstChannel, int channels, int width, float[] current, float[] u) {}

  /** The currents of a sample. */
  @FunctionalInterface
  public interface Source {

    /** Copies the currents of some channels of a position. */
    void copy(int position, int firstChannel, int channels, float[] to, int at);
  }

  /** A simulation of a share of the rows of positions. */
  public ConstantCurrentSimulation(
      FeatureShape shape, int steps, KernelNeuron rule, KernelProvider provider, Share share) {
    this.shape = shape;
    this.layout = BitLayout.of(shape);
    this.rule = rule;
    this.provider = provider;
    this.firstRow = share.from(shape.height());
    this.endRow = share.to(shape.height());
    int columns = shape.width();
    for (int first = 0; first < shape.channels(); ) {
      int width = provider.blockWidth(shape.channels() - first);
      int channels = Math.min(width, shape.channels() - first);
      // Not aligned, which would cost more memory than the rest together.
      int values = Math.addExact(AlignedFloats.OFFSET, Math.multiplyExact(columns, width));
      blocks.add(new Block(first, channels, width, new float[values], new float[values]));
      first += width;
    }
    task.membraneStart = AlignedFloats.OFFSET;
    task.positions = columns;
    task.bounds = new int[columns + 1];
    Arrays.setAll(task.bounds, column -> column);
    task.rows = task.bounds;
    task.firstRow = task.bounds;
    task.endRow = Arrays.copyOfRange(task.bounds, 1, columns + 1);
    task.rowShift = new int[columns];
    task.everyPosition = true;
    task.steps = steps;
    task.wordsPerStep = layout.perStep();
    task.rowWord = new int[columns];
    Arrays.setAll(task.rowWord, layout::placeOfColumn);
    task.wordOffsets = new int[] {0, layout.planeSize()};
  }

  /**
   * Simulates one sample over the window. {@link KernelNeuron#staysFinite} must hold.
   *
   * @param run the sample, its state and where its spikes go
   * @param currents the current of every neuron of the share
   */
  public void run(SampleRun run, Source currents) {
    task.words = run.words();
    for (int row = firstRow; row < endRow; row++) {
      for (Block block : blocks) {
        read(currents, row, block, block.current);
        if (run.start() == null) {
          rest(block);
        } else {
          read(of(run.start()[0], shape), row, block, block.u);
        }
        task.membrane = block.u;
        task.membraneStride = block.width;
        task.shift = block.firstChannel % BitLayout.WORD;
        task.firstWord = layout.plane(0, block.firstChannel) + layout.placeOfRow(row);
        provider.kernel(block.current, shape.width(), block.width, NO_BIAS, rule).run(task);
        if (run.end() != null) {
          write(block, row, run.end()[0]);
        }
      }
    }
  }

  private void rest(Block block) {
    for (int column = 0; column < shape.width(); column++) {
      int first = AlignedFloats.OFFSET + column * block.width;
      Arrays.fill(block.u, first, first + block.channels, rule.initialMembrane());
      Arrays.fill(block.u, first + block.channels, first + block.width, 0);
    }
  }

  /** Values in order of position and channel. */
  public static Source of(float[] values, FeatureShape shape) {
    return (position, first, channels, to, at) ->
        System.arraycopy(values, position * shape.channels() + first, to, at, channels);
  }

  private void read(Source values, int row, Block block, float[] to) {
    for (int column = 0; column < shape.width(); column++) {
      int at = AlignedFloats.OFFSET + column * block.width;
      values.copy(row * shape.width() + column, block.firstChannel, block.channels, to, at);
    }
  }

  private void write(Block block, int row, float[] values) {
    for (int column = 0; column < shape.width(); column++) {
      int at = AlignedFloats.OFFSET + column * block.width;
      int position = row * shape.width() + column;
      int to = position * shape.channels() + block.firstChannel;
      System.arraycopy(block.u, at, values, to, block.channels);
    }
  }
}
