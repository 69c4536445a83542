package org.dl4jsnn.examples.data;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Labelled colour pictures in memory, one byte a pixel and channel, made into minibatches of
 * normalised features, [minibatch, 3, 32, 32], as they are asked for.
 *
 * @param pictures the pixels of each picture: all red ones, all green ones, all blue ones; rows of
 *     32
 * @param labels the class of each picture
 */
public record ColourPictures(byte[][] pictures, int[] labels) implements LabelledPictures {

  static final int CLASSES = 10;
  static final int CHANNELS = 3;

  /** Rows, and columns, of a picture. */
  public static final int SIDE = 32;

  static final int PIXELS_OF_CHANNEL = SIDE * SIDE;

  /** Black pixels around a picture before a part of its old size is cut out at random. */
  static final int PADDING = 4;

  private static final long[] SHAPE = {CHANNELS, SIDE, SIDE};
  private static final int VALUES = 256;

  /** The published constants, of red, green and blue; they make pixels signed, about ±0.9. */
  private static final double[] MEAN = {0.4914, 0.4822, 0.4465};

  private static final double[] DEVIATION = {0.557, 0.549, 0.5534};

  /** The normalised value of every byte, channel by channel. */
  private static final float[][] NORMALISED = normalised();

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public DataSetIterator inOrder(int batch) {
    List<Integer> order = IntStream.range(0, size()).boxed().toList();
    return iterator(order, Collections.nCopies(size(), Change.NONE), batch, 0);
  }

  /**
   * All pictures in an order that depends on nothing but the seed and the epoch.
   *
   * @param augment whether each picture is moved and mirrored at random, which depends on nothing
   *     but its place in the order, the seed and the epoch
   */
  public DataSetIterator shuffled(int batch, long seed, int epoch, boolean augment) {
    return shuffled(batch, seed, epoch, augment, 0);
  }

  /** The same from one minibatch on. */
  public DataSetIterator shuffled(int batch, long seed, int epoch, boolean augment, int first) {
    List<Integer> order = IntStream.range(0, size()).boxed().collect(Collectors.toList());
    Random random = new Random(seed * 1_000_003 + epoch);
    Collections.shuffle(order, random);
    List<Change> changes =
        order.stream().map(picture -> augment ? Change.at(random) : Change.NONE).toList();
    return iterator(order, changes, batch, first);
  }

  /** The pictures from one index up to another. */
  public ColourPictures range(int from, int to) {
    return new ColourPictures(
        Arrays.copyOfRange(pictures, from, to), Arrays.copyOfRange(labels, from, to));
  }

  /** The first pictures. */
  public ColourPictures take(int count) {
    return range(0, count);
  }

  private DataSetIterator iterator(
      List<Integer> order, List<Change> changes, int batch, int first) {
    return new PictureMinibatches(
            order,
            labels,
            CLASSES,
            SHAPE,
            (place, features, offset) ->
                write(pictures[order.get(place)], changes.get(place), features, offset))
        .of(batch, first);
  }

  private static void write(byte[] picture, Change change, float[] features, int offset) {
    int next = offset;
    for (int channel = 0; channel < CHANNELS; channel++) {
      for (int row = 0; row < SIDE; row++) {
        for (int column = 0; column < SIDE; column++) {
          int fromRow = row - change.down;
          int fromColumn = (change.mirrored ? SIDE - 1 - column : column) - change.right;
          // The ground is black before it is normalised, not zero afterwards.
          int value = 0;
          if (fromRow >= 0 && fromRow < SIDE && fromColumn >= 0 && fromColumn < SIDE) {
            value = picture[channel * PIXELS_OF_CHANNEL + fromRow * SIDE + fromColumn] & 0xFF;
          }
          features[next++] = NORMALISED[channel][value];
        }
      }
    }
  }

  private static float[][] normalised() {
    float[][] normalised = new float[CHANNELS][VALUES];
    for (int channel = 0; channel < CHANNELS; channel++) {
      for (int value = 0; value < VALUES; value++) {
        normalised[channel][value] =
            (float) ((value / (VALUES - 1.0) - MEAN[channel]) / DEVIATION[channel]);
      }
    }
    return normalised;
  }

  /** How a picture is moved, and then mirrored left to right or not. */
  private record Change(int down, int right, boolean mirrored) {

    static final Change NONE = new Change(0, 0, false);

    static Change at(Random random) {
      int down = random.nextInt(2 * PADDING + 1) - PADDING;
      int right = random.nextInt(2 * PADDING + 1) - PADDING;
      return new Change(down, right, random.nextBoolean());
    }
  }
}
