package org.dl4jsnn.examples.events;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Amounts of ON and OFF per pixel, as images of equal scale: ON red, OFF blue, both dark. Amounts
 * without polarity are grey to black.
 */
public final class OnOffImages {

  private static final int WHITE = 255;

  /** Share of pixels with events that do not reach full colour. */
  private static final double NOT_FULL = 0.95;

  final int width;
  final int height;
  private final boolean hasPolarity;
  private final float[][] on;
  private final float[][] off;

  public OnOffImages(int images, int width, int height) {
    this(images, width, height, true);
  }

  /** Without polarity, all amounts are added as ON. */
  public OnOffImages(int images, int width, int height, boolean hasPolarity) {
    this.width = width;
    this.height = height;
    this.hasPolarity = hasPolarity;
    on = new float[images][width * height];
    off = new float[images][width * height];
  }

  public void add(int image, int x, int y, boolean isOn, float amount) {
    (isOn ? on : off)[image][y * width + x] += amount;
  }

  public int count() {
    return on.length;
  }

  /** One of the images, each pixel as a square. */
  public BufferedImage image(int index, int scale) {
    BufferedImage image =
        new BufferedImage(width * scale, height * scale, BufferedImage.TYPE_INT_RGB);
    double full = fullColour();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int pixel = y / scale * width + x / scale;
        image.setRGB(x, y, colour(on[index][pixel], off[index][pixel], full));
      }
    }
    return image;
  }

  private int colour(double on, double off, double full) {
    double withoutOn = 1 - Math.min(1, on / full);
    if (!hasPolarity) {
      int grey = (int) (WHITE * withoutOn);
      return grey << 16 | grey << 8 | grey;
    }
    double withoutOff = 1 - Math.min(1, off / full);
    int red = (int) (WHITE * withoutOff);
    int green = (int) (WHITE * withoutOn * withoutOff);
    int blue = (int) (WHITE * withoutOn);
    return red << 16 | green << 8 | blue;
  }

  /** The amount that makes a pixel fully red or blue. */
  double fullColour() {
    double[] amounts =
        Arrays.stream(new float[][][] {on, off})
            .flatMap(Arrays::stream)
            .flatMapToDouble(OnOffImages::doubles)
            .filter(amount -> amount > 0)
            .sorted()
            .toArray();
    return amounts.length == 0 ? 1 : amounts[(int) (NOT_FULL * (amounts.length - 1))];
  }

  private static DoubleStream doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]);
  }
}
