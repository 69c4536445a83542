package org.dl4jsnn.examples.data;

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
 * Labelled colour images in memory, one byte per pixel and channel. Makes minibatches of normalised
 * features, [minibatch, 3, 32, 32], on request.
 *
 * @param images the pixels of each image: all red, then all green, then all blue; rows of 32
 * @param labels the class of each image
 */
public record ColourImages(byte[][] images, int[] labels) implements LabelledImages {

  static final int CLASSES = 10;

  /** What the classes of CIFAR-10 are. */
  public static final List<String> NAMES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  /** Red, green and blue. */
  public static final int CHANNELS = 3;

  /** Rows, and columns, of an image. */
  public static final int SIDE = 32;

  static final int PIXELS_OF_CHANNEL = SIDE * SIDE;

  /** The mean of all pixels, from 0 to 255. */
  public static final int MEAN_VALUE = 121;

  /** As published: a random crop of the image with four black pixels around it, mirrored or not. */
  public static final ImageAugmentation CROPS_AND_FLIPS =
      ImageAugmentation.chain(ImageAugmentation.shift(4, 0), ImageAugmentation.flip(0.5));

  private static final long[] SHAPE = {CHANNELS, SIDE, SIDE};
  private static final int VALUES = 256;

  /** The published constants for red, green and blue; they make pixels signed, about ±0.9. */
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
    return iterator(order, place -> image(place), batch, 0);
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
    NoiseKey draws = NoiseKey.training(seed, epoch);
    Collections.shuffle(order, new Random(draws.stream(size())));
    return iterator(
        order,
        place ->
            augmentation.augment(
                image(order.get(place)), new SplittableRandom(draws.stream(place))),
        batch,
        first);
  }

  private Image image(int index) {
    return Image.of(CHANNELS, SIDE, SIDE, images[index]);
  }

  /** The images from one index up to another. */
  public ColourImages range(int from, int to) {
    return new ColourImages(
        Arrays.copyOfRange(images, from, to), Arrays.copyOfRange(labels, from, to));
  }

  /** The first images. */
  public ColourImages take(int count) {
    return range(0, count);
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

  /** Writes the normalised pixels of an image. */
  static void write(Image image, float[] features, int offset) {
    int next = offset;
    for (int channel = 0; channel < CHANNELS; channel++) {
      for (int row = 0; row < SIDE; row++) {
        for (int column = 0; column < SIDE; column++) {
          features[next++] = NORMALISED[channel][image.value(channel, row, column)];
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
}
