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
import org.dl4jsnn.image.Image;
import org.dl4jsnn.image.ImageAugmentation;
import org.dl4jsnn.noise.NoiseKey;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Labelled grey images in memory, one byte per pixel. Makes minibatches on request.
 *
 * @param images the pixels of each image, rows of 28
 * @param labels the class of each image
 */
public record Digits(byte[][] images, int[] labels) implements LabelledImages, Serializable {

  public static final int CLASSES = 10;

  /** Rows, and columns, of an image. */
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
    return iterator(IntStream.range(0, size()).boxed().toList(), place -> image(place), batch, 0);
  }

  /** All images in an order that depends only on the seed and the epoch. */
  public DataSetIterator shuffled(int batch, long seed, int epoch) {
    return shuffled(batch, seed, epoch, ImageAugmentation.none(), 0);
  }

  /**
   * All images in an order that depends only on the seed and the epoch, starting at a given
   * minibatch.
   *
   * @param augmentation the change to each image, which depends only on its position, the seed and
   *     the epoch
   * @param first the index of the first minibatch
   */
  public DataSetIterator shuffled(
      int batch, long seed, int epoch, ImageAugmentation augmentation, int first) {
    List<Integer> order = IntStream.range(0, size()).boxed().collect(Collectors.toList());
    Collections.shuffle(order, new Random(seed * 1_000_003 + epoch));
    NoiseKey draws = NoiseKey.training(seed, epoch);
    return iterator(
        order,
        place ->
            augmentation.augment(
                image(order.get(place)), new SplittableRandom(draws.stream(place))),
        batch,
        first);
  }

  private Image image(int index) {
    return Image.of(1, SIDE, SIDE, images[index]);
  }

  /** The images from one index up to another. */
  public Digits range(int from, int to) {
    return new Digits(Arrays.copyOfRange(images, from, to), Arrays.copyOfRange(labels, from, to));
  }

  private DataSetIterator iterator(
      List<Integer> order, IntFunction<Image> atPlace, int batch, int first) {
    return new ImageMinibatches(
            order,
            labels,
            CLASSES,
            SHAPE,
            (place, features, offset) -> write(atPlace.apply(place), features, offset))
        .of(batch, first);
  }

  private static void write(Image image, float[] features, int offset) {
    int next = offset;
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        features[next++] = image.value(0, row, column) / WHITE;
      }
    }
  }
}
