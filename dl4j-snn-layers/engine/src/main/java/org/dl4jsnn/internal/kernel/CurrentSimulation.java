package org.dl4jsnn.internal.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.dl4jsnn.internal.spike.BitLayout;
import org.dl4jsnn.spike.FeatureShape;

/**
 * Simulates neurons under given currents, which are constant or change from step to step: a row of
 * positions runs through the whole window before the next, so that its membranes stay in the
 * first-level cache. The kernels see a layer in which the only event of every position and step
 * brings the position's currents as its weights. Scratch memory, one per task.
 */
public final class CurrentSimulation {

  private static final float[] NO_BIAS = {};

  private final FeatureShape shape;
  private final BitLayout layout;
  private final KernelNeuron rule;
  private final KernelProvider provider;

  /** Steps whose currents differ: 1 for constant currents. */
  private final int differing;

  /** The rows of positions of a share. */
  private final int firstRow;

  private final int endRow;
  private final List<Block> blocks = new ArrayList<>();
  private final ColumnTask task = new ColumnTask();

  /** Channels that are simulated together; the last block may be padded with zeros. */
  private record Block(int firstChannel, int channels, int width, float[] current, float[] u) {}

  /** The currents of a sample at a step. */
  @FunctionalInterface
  public interface Source {

    /** Copies the currents of some channels of a position. */
    void copy(int position, int firstChannel, int channels, float[] to, int at);
  }

  /**
   * A simulation of a share of the rows of positions.
   *
   * @param constant whether all steps have the same currents
   */
  public CurrentSimulation(
      FeatureShape shape,
      int steps,
      boolean constant,
      KernelNeuron rule,
      KernelProvider provider,
      Share share) {
    this.differing = constant ? 1 : steps;
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
      int currents =
          Math.addExact(
              AlignedFloats.OFFSET,
              Math.multiplyExact(Math.multiplyExact(columns, width), differing));
      blocks.add(new Block(first, channels, width, new float[currents], new float[values]));
      first += width;
    }
    int events = Math.multiplyExact(columns, differing);
    task.membraneStart = AlignedFloats.OFFSET;
    task.positions = columns;
    task.bounds = new int[events + 1];
    Arrays.setAll(task.bounds, event -> event);
    task.boundsPerStep = constant ? 0 : columns;
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
    run(run, step -> currents);
  }

  /** The same with the currents of each step; those of one step if they are constant. */
  public void run(SampleRun run, IntFunction<Source> currents) {
    task.words = run.words();
    for (int row = firstRow; row < endRow; row++) {
      for (Block block : blocks) {
        for (int step = 0; step < differing; step++) {
          read(currents.apply(step), row, block, block.current, step * shape.width());
        }
        if (run.start() == null) {
          rest(block);
        } else {
          read(of(run.start()[0], shape), row, block, block.u, 0);
        }
        task.membrane = block.u;
        task.membraneStride = block.width;
        task.shift = block.firstChannel % BitLayout.WORD;
        task.firstWord = layout.plane(0, block.firstChannel) + layout.placeOfRow(row);
        provider
            .kernel(block.current, differing * shape.width(), block.width, NO_BIAS, rule)
            .run(task);
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
    return of(values, 0, shape);
  }

  /** The same, from a place on. */
  public static Source of(float[] values, int start, FeatureShape shape) {
    return (position, first, channels, to, at) ->
        System.arraycopy(values, start + position * shape.channels() + first, to, at, channels);
  }

  private void read(Source values, int row, Block block, float[] to, int first) {
    for (int column = 0; column < shape.width(); column++) {
      int at = AlignedFloats.OFFSET + (first + column) * block.width;
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
