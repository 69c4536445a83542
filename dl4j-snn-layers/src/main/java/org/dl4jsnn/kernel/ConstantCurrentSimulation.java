package org.dl4jsnn.kernel;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.dl4jsnn.spike.BitLayout;
import org.dl4jsnn.spike.FeatureShape;

/**
 * Simulates neurons under a constant current, one sample after another. A block of neurons that
 * fits into the first-level cache runs through the whole window before the next. Scratch memory,
 * one a task.
 */
public final class ConstantCurrentSimulation {

  private static final int WIDTH = CurrentKernel.WIDTH;
  private static final int WORD = BitLayout.WORD;

  private final FeatureShape shape;
  private final float initialMembrane;
  private final CurrentKernel kernel;
  private final BitLayout layout;
  private final int positions;

  /** The words of a step, plane after plane and position after position: where they are. */
  private final int[] places;

  private final float[] current = new float[WORD * WIDTH];
  private final float[] membrane = new float[WORD * WIDTH];
  private final float[] counts = new float[WORD * WIDTH];
  private final int[] spikes = new int[WIDTH];

  /**
   * A simulation.
   *
   * @param shape the shape of the neurons
   * @param initialMembrane their membrane potential before the first step
   * @param kernel steps a block of neurons
   */
  public ConstantCurrentSimulation(
      FeatureShape shape, float initialMembrane, CurrentKernel kernel) {
    this.shape = shape;
    this.initialMembrane = initialMembrane;
    this.kernel = kernel;
    this.layout = BitLayout.of(shape);
    this.positions = shape.positions();
    int[] ofPlane = layout.places(shape);
    this.places = new int[layout.planes() * positions];
    for (int word = 0; word < places.length; word++) {
      places[word] = word / positions * layout.planeSize() + ofPlane[word % positions];
    }
  }

  /**
   * Simulates one sample over the window.
   *
   * @param currents the current of every neuron, in the order of arrays; only read, and nowhere but
   *     at indices, so that tasks may share it
   * @param offset index of the sample's first neuron
   * @param words where to write the spikes of all steps; laid out as {@link BitLayout} says
   * @param totals where to write the number of spikes of every neuron, at the offset
   */
  public void run(FloatBuffer currents, int offset, int[] words, float[] totals) {
    for (int first = 0; first < places.length; first += WIDTH) {
      int width = Math.min(WIDTH, places.length - first);
      forEachRun(
          first, width, (at, neuron, length) -> currents.get(offset + neuron, current, at, length));
      Arrays.fill(membrane, initialMembrane);
      Arrays.fill(counts, 0);
      step(first, width, words);
      forEachRun(
          first,
          width,
          (at, neuron, length) -> System.arraycopy(counts, at, totals, offset + neuron, length));
    }
  }

  private void step(int first, int width, int[] words) {
    int rows = channels(first / positions);
    int lastPlane = layout.planes() - 1;
    // Where a block holds several planes, the last may have fewer channels than the first.
    int mask = -1 >>> WORD - channels(lastPlane);
    for (int step = 0; step < words.length; step += layout.perStep()) {
      kernel.step(current, membrane, counts, spikes, rows, width);
      for (int k = 0; k < width; k++) {
        words[step + places[first + k]] = spikes[k];
      }
      for (int k = Math.max(0, lastPlane * positions - first); k < width; k++) {
        words[step + places[first + k]] &= mask;
      }
    }
  }

  /** Channels of a plane. */
  private int channels(int plane) {
    return Math.min(WORD, shape.channels() - plane * WORD);
  }

  /** Neurons that lie one after another both in a row of the block and in arrays. */
  @FunctionalInterface
  private interface Run {
    void visit(int at, int neuron, int length);
  }

  /** Visits the neurons of a block of words. */
  private void forEachRun(int first, int width, Run run) {
    for (int word = first; word < first + width; ) {
      int plane = word / positions;
      int position = word % positions;
      int length = Math.min(positions - position, first + width - word);
      for (int bit = 0; bit < channels(plane); bit++) {
        int neuron = (plane * WORD + bit) * positions + position;
        run.visit(bit * WIDTH + word - first, neuron, length);
      }
      word += length;
    }
  }
}
