package org.dl4jsnn.examples.data;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Labelled grey pictures in memory, one byte a pixel, made into minibatches as they are asked for.
 *
 * @param pictures the pixels of each picture, rows of 28
 * @param labels the class of each picture
 */
public record Digits(byte[][] pictures, int[] labels) implements LabelledPictures, Serializable {

  public static final int CLASSES = 10;

  /** Rows, and columns, of a picture. */
  public static final int SIDE = 28;

  private static final long[] SHAPE = {SIDE * SIDE};
  private static final float WHITE = 255;

  @Override
  public int size() {
    return labels.length;
  }

  public int batches(int batch) {
    return (size() + batch - 1) / batch;
  }

  @Override
  public DataSetIterator inOrder(int batch) {
    return iterator(IntStream.range(0, size()).boxed().toList(), batch, 0);
  }

  /**
   * All pictures in an order that depends on nothing but the seed and the epoch, each moved by at
   * most {@code shift} pixels along each axis, which depends on nothing else either.
   */
  public DataSetIterator shuffled(int batch, long seed, int epoch, int shift) {
    return shuffled(batch, seed, epoch, shift, 0);
  }

  /** The same from one minibatch on. */
  public DataSetIterator shuffled(int batch, long seed, int epoch, int shift, int first) {
    List<Integer> order = IntStream.range(0, size()).boxed().collect(Collectors.toList());
    Random random = new Random(seed * 1_000_003 + epoch);
    Collections.shuffle(order, random);
    if (shift == 0) {
      return iterator(order, batch, first);
    }
    byte[][] moved = new byte[size()][];
    for (int picture : order) {
      int down = random.nextInt(2 * shift + 1) - shift;
      int right = random.nextInt(2 * shift + 1) - shift;
      moved[picture] = moved(pictures[picture], down, right);
    }
    return new Digits(moved, labels).iterator(order, batch, first);
  }

  /** The pictures from one index up to another. */
  public Digits range(int from, int to) {
    return new Digits(Arrays.copyOfRange(pictures, from, to), Arrays.copyOfRange(labels, from, to));
  }

  /** A picture moved over black ground; what leaves it is lost. */
  private static byte[] moved(byte[] picture, int down, int right) {
    byte[] moved = new byte[picture.length];
    int columns = SIDE - Math.abs(right);
    for (int row = Math.max(0, down); row < Math.min(SIDE, SIDE + down); row++) {
      int source = (row - down) * SIDE + Math.max(0, -right);
      System.arraycopy(picture, source, moved, row * SIDE + Math.max(0, right), columns);
    }
    return moved;
  }

  private DataSetIterator iterator(List<Integer> order, int batch, int first) {
    return new PictureMinibatches(
            order,
            labels,
            CLASSES,
            SHAPE,
            (place, features, offset) -> write(pictures[order.get(place)], features, offset))
        .of(batch, first);
  }

  private static void write(byte[] picture, float[] features, int offset) {
    for (int pixel = 0; pixel < picture.length; pixel++) {
      features[offset + pixel] = (picture[pixel] & 0xFF) / WHITE;
    }
  }
}
