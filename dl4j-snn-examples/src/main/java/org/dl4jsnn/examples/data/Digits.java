package org.dl4jsnn.examples.data;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.picture.Picture;
import org.dl4jsnn.picture.PictureAugmentation;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Labelled grey pictures in memory, one byte per pixel. Makes minibatches on request.
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
    return (size() - 1) / batch + 1;
  }

  @Override
  public DataSetIterator inOrder(int batch) {
    return iterator(IntStream.range(0, size()).boxed().toList(), place -> picture(place), batch, 0);
  }

  /** All pictures in an order that depends only on the seed and the epoch. */
  public DataSetIterator shuffled(int batch, long seed, int epoch) {
    return shuffled(batch, seed, epoch, PictureAugmentation.none(), 0);
  }

  /**
   * All pictures in an order that depends only on the seed and the epoch, starting at a given
   * minibatch.
   *
   * @param augmentation the change to each picture, which depends only on its position, the seed
   *     and the epoch
   * @param first the index of the first minibatch
   */
  public DataSetIterator shuffled(
      int batch, long seed, int epoch, PictureAugmentation augmentation, int first) {
    List<Integer> order = IntStream.range(0, size()).boxed().collect(Collectors.toList());
    Collections.shuffle(order, new Random(seed * 1_000_003 + epoch));
    NoiseKey draws = NoiseKey.training(seed, epoch);
    return iterator(
        order,
        place ->
            augmentation.augment(
                picture(order.get(place)), new SplittableRandom(draws.stream(place))),
        batch,
        first);
  }

  private Picture picture(int index) {
    return Picture.of(1, SIDE, SIDE, pictures[index]);
  }

  /** The pictures from one index up to another. */
  public Digits range(int from, int to) {
    return new Digits(Arrays.copyOfRange(pictures, from, to), Arrays.copyOfRange(labels, from, to));
  }

  private DataSetIterator iterator(
      List<Integer> order, IntFunction<Picture> atPlace, int batch, int first) {
    return new PictureMinibatches(
            order,
            labels,
            CLASSES,
            SHAPE,
            (place, features, offset) -> write(atPlace.apply(place), features, offset))
        .of(batch, first);
  }

  private static void write(Picture picture, float[] features, int offset) {
    int next = offset;
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        features[next++] = picture.value(0, row, column) / WHITE;
      }
    }
  }
}
