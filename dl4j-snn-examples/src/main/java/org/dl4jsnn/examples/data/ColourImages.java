package org.dl4jsnn.examples.data;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.dl4jsnn.image.Image;
import org.dl4jsnn.image.ImageAugmentation;
import org.dl4jsnn.noise.NoiseKey;

/**
 * Labelled colour images in memory, one byte per pixel and channel. Makes minibatches of normalised
 * features, [minibatch, 3, 32, 32], on request.
 *
 * @param images the pixels of each image: all red, then all green, then all blue; rows of 32
 * @param labels the class of each image
 */
public record ColourImages(byte[][] images, int[] labels) implements LabelledImages {

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

  private static final int VALUES = 256;

  /** The published constants for red, green and blue; they make pixels signed, about ±0.9. */
  private static final double[] MEAN = {0.4914, 0.4822, 0.4465};

  private static final double[] DEVIATION = {0.557, 0.549, 0.5534};

  /** The normalised value of every byte, channel by channel. */
  private static final float[][] NORMALISED = normalised();

  @Override
  public Random shuffling(long seed, int epoch) {
    return new Random(NoiseKey.training(seed, epoch).stream(size()));
  }

  @Override
  public Image image(int index) {
    return Image.of(CHANNELS, SIDE, SIDE, images[index]);
  }

  @Override
  public long[] shape() {
    return new long[] {CHANNELS, SIDE, SIDE};
  }

  @Override
  public void write(Image image, float[] features, int offset) {
    normalise(image, features, offset);
  }

  @Override
  public ColourImages range(int from, int to) {
    return new ColourImages(
        Arrays.copyOfRange(images, from, to), Arrays.copyOfRange(labels, from, to));
  }

  /** Writes the normalised pixels of an image. */
  static void normalise(Image image, float[] features, int offset) {
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
