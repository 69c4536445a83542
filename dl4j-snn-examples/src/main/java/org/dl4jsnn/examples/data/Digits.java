package org.dl4jsnn.examples.data;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Random;
import org.dl4jsnn.image.Image;
import org.dl4jsnn.image.ImageAugmentation;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Labelled grey images in memory, one byte per pixel. Makes minibatches on request.
 *
 * @param images the pixels of each image, rows of 28
 * @param labels the class of each image
 */
public record Digits(byte[][] images, int[] labels) implements LabelledImages, Serializable {

  public static final int CLASSES = LabelledImages.CLASSES;

  /** Rows, and columns, of an image. */
  public static final int SIDE = 28;

  private static final long PRIME = 1_000_003;
  private static final float WHITE = 255;

  public int batches(int batch) {
    return (size() - 1) / batch + 1;
  }

  /** All images in an order that depends only on the seed and the epoch. */
  public DataSetIterator shuffled(int batch, long seed, int epoch) {
    return shuffled(batch, seed, epoch, ImageAugmentation.none(), 0);
  }

  @Override
  public Random shuffling(long seed, int epoch) {
    return new Random(seed * PRIME + epoch);
  }

  @Override
  public Image image(int index) {
    return Image.of(1, SIDE, SIDE, images[index]);
  }

  @Override
  public long[] shape() {
    return new long[] {SIDE * SIDE};
  }

  @Override
  public void write(Image image, float[] features, int offset) {
    int next = offset;
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        features[next++] = image.value(0, row, column) / WHITE;
      }
    }
  }

  @Override
  public Digits range(int from, int to) {
    return new Digits(Arrays.copyOfRange(images, from, to), Arrays.copyOfRange(labels, from, to));
  }
}
