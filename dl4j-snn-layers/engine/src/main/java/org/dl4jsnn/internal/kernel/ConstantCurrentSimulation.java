package org.dl4jsnn.internal.kernel;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.dl4jsnn.internal.spike.BitLayout;
import org.dl4jsnn.spike.FeatureShape;

/**
 * Simulates neurons under a constant current, one sample after another. The words of a step, plane
 * after plane and position after position, are cut into blocks; a row of a block is one bit of its
 * words, and runs through the whole window before the next, so that its membranes stay in the
 * first-level cache. Scratch memory, one per task.
 */
public final class ConstantCurrentSimulation {

  /** Words of a block: long enough for the loops, short enough for the cache. */
  private static final int WIDTH = 512;

  private static final int WORD = BitLayout.WORD;

  /** Bits that are gathered as the digits of one number, exact in single precision. */
  private static final int HALF = WORD / 2;

  private final FeatureShape shape;
  private final BitLayout layout;
  private final int positions;

  /** The positions of a share. */
  private final int firstPosition;

  private final int ownPositions;

  /** The places of a step's words. */
  private final int[] places;

  private final ConstantCurrentRow row;

  /** For every step of the window and word of a block, half of the word's bits as a number. */
  private final float[][] digits;

  /** A simulation of a share of the rows of positions. */
  public ConstantCurrentSimulation(FeatureShape shape, int steps, KernelNeuron rule, Share share) {
    this.shape = shape;
    this.layout = BitLayout.of(shape);
    this.positions = shape.positions();
    this.firstPosition = share.from(shape.height()) * shape.width();
    this.ownPositions = share.to(shape.height()) * shape.width() - firstPosition;
    int[] ofPlane = layout.places(shape);
    this.places = new int[layout.planes() * ownPositions];
    for (int word = 0; word < places.length; word++) {
      int position = firstPosition + word % ownPositions;
      places[word] = word / ownPositions * layout.planeSize() + ofPlane[position];
    }
    int width = Math.min(WIDTH, places.length);
    this.row = new ConstantCurrentRow(rule, width);
    this.digits = new float[steps][width];
  }

  /** Whether this simulation can simulate a neuron. */
  public static boolean serves(KernelNeuron rule) {
    return ConstantCurrentRow.serves(rule);
  }

  /**
   * Simulates one sample over the window. {@link KernelNeuron#staysFinite} must hold.
   *
   * @param run the sample, its state and where its spikes go
   * @param currents the current of every neuron, in the order of arrays
   */
  public void run(SampleRun run, FloatBuffer currents) {
    for (int first = 0; first < places.length; first += WIDTH) {
      int width = Math.min(WIDTH, places.length - first);
      for (int bit = 0; bit < WORD; bit += HALF) {
        run(run, currents, first, width, bit);
        write(run.words(), first, width, bit);
      }
    }
  }

  /** Runs half of the rows of a block through the window. */
  private void run(SampleRun run, FloatBuffer currents, int first, int width, int firstBit) {
    for (float[] ofStep : digits) {
      Arrays.fill(ofStep, 0);
    }
    for (int bit = firstBit; bit < firstBit + HALF; bit++) {
      int count = words(bit, first, width);
      row.start();
      read(run.start(), currents, first, count, bit);
      float worth = 1 << bit - firstBit;
      for (float[] ofStep : digits) {
        row.step(ofStep, worth, count);
      }
      write(run, first, count, bit);
    }
  }

  /** The words of a block that have a bit; the last plane may have fewer channels. */
  private int words(int bit, int first, int width) {
    int planes = (shape.channels() - bit + WORD - 1) / WORD;
    return Math.max(0, Math.min(width, planes * ownPositions - first));
  }

  private void read(float[][] state, FloatBuffer currents, int first, int count, int bit) {
    int length;
    for (int k = 0; k < count; k += length) {
      length = neighbours(first + k, count - k);
      int neuron = neuron(first + k, bit);
      currents.get(neuron, row.current, k, length);
      for (int i = 0; state != null && i < length; i++) {
        row.membrane[k + i] = state[0][shape.neuronIndex(neuron + i)];
      }
    }
  }

  private void write(SampleRun run, int first, int count, int bit) {
    int length;
    for (int k = 0; k < count; k += length) {
      length = neighbours(first + k, count - k);
      int neuron = neuron(first + k, bit);
      for (int i = 0; run.end() != null && i < length; i++) {
        run.end()[0][shape.neuronIndex(neuron + i)] = row.membrane[k + i];
      }
    }
  }

  /** The number of neurons of a bit that lie one after another in arrays. */
  private int neighbours(int word, int most) {
    return Math.min(ownPositions - word % ownPositions, most);
  }

  /** The index of a neuron in the order of arrays. */
  private int neuron(int word, int bit) {
    int position = firstPosition + word % ownPositions;
    return (word / ownPositions * WORD + bit) * positions + position;
  }

  private void write(int[] words, int first, int width, int bit) {
    for (int step = 0; step < digits.length; step++) {
      int firstWord = layout.plane(step, 0);
      for (int k = 0; k < width; k++) {
        words[firstWord + places[first + k]] |= (int) digits[step][k] << bit;
      }
    }
  }
}
