package org.dl4jsnn.examples.events;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Amounts of ON and OFF a pixel, as pictures of equal scale: ON red, OFF blue, both dark. */
public final class OnOffPictures {

  private static final int GAP = 4;
  private static final int GREY = 0xC0C0C0;
  private static final int WHITE = 255;

  /** Share of the pixels with events that are not of full colour. */
  private static final double NOT_FULL = 0.95;

  private final int width;
  private final int height;
  private final float[][] on;
  private final float[][] off;

  public OnOffPictures(int pictures, int width, int height) {
    this.width = width;
    this.height = height;
    on = new float[pictures][width * height];
    off = new float[pictures][width * height];
  }

  public void add(int picture, int x, int y, boolean isOn, float amount) {
    (isOn ? on : off)[picture][y * width + x] += amount;
  }

  public int count() {
    return on.length;
  }

  /** One of the pictures, each pixel as a square. */
  public BufferedImage picture(int index, int scale) {
    return draw(index, index + 1, scale);
  }

  /** All pictures side by side, each pixel as a square. */
  BufferedImage sideBySide(int scale) {
    return draw(0, count(), scale);
  }

  private BufferedImage draw(int from, int to, int scale) {
    int pitch = width * scale + GAP;
    BufferedImage picture =
        new BufferedImage((to - from) * pitch - GAP, height * scale, BufferedImage.TYPE_INT_RGB);
    double full = fullColour();
    for (int x = 0; x < picture.getWidth(); x++) {
      int index = from + x / pitch;
      int column = x % pitch / scale;
      for (int y = 0; y < picture.getHeight(); y++) {
        int pixel = y / scale * width + column;
        boolean gap = column >= width;
        picture.setRGB(x, y, gap ? GREY : colour(on[index][pixel], off[index][pixel], full));
      }
    }
    return picture;
  }

  private static int colour(double on, double off, double full) {
    double withoutOn = 1 - Math.min(1, on / full);
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
            .flatMapToDouble(OnOffPictures::doubles)
            .filter(amount -> amount > 0)
            .sorted()
            .toArray();
    return amounts.length == 0 ? 1 : amounts[(int) (NOT_FULL * (amounts.length - 1))];
  }

  private static DoubleStream doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]);
  }
}
