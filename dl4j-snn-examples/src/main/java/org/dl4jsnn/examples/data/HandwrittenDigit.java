package org.dl4jsnn.examples.data;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageInputStream;
import org.dl4jsnn.examples.support.UserError;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A digit in an image of any size, adapted to MNIST: light on dark, 20 pixels along its longer
 * side, its centre of mass in the middle of 28×28.
 */
public final class HandwrittenDigit {

  private static final int BOX = 20;
  private static final int WHITE = 255;

  /** Share of the contrast below which a pixel is background. */
  private static final double GROUND = 0.2;

  /** On a scale of brightness from 0 to 1. */
  private static final double LEAST_CONTRAST = 0.1;

  private HandwrittenDigit() {}

  /** Whether a file's content is an image that {@link #read} supports. */
  public static boolean isImage(Path file) {
    try (ImageInputStream content = ImageIO.createImageInputStream(file.toFile())) {
      return content != null && ImageIO.getImageReaders(content).hasNext();
    } catch (IOException e) {
      throw new UserError("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** Features [1, 784] in [0, 1] of a PNG, JPEG, GIF or BMP, white where it is transparent. */
  public static INDArray read(Path file) {
    return features(ink(onWhite(image(file))), file);
  }

  /** The pixels of a file. */
  static BufferedImage image(Path file) {
    BufferedImage image =
        UserError.explained("Cannot read " + file + ": ", () -> ImageIO.read(file.toFile()));
    if (image == null) {
      throw new UserError(file + " must be an image, PNG, JPEG, GIF or BMP, got something else");
    }
    return image;
  }

  /** Transparent pixels may have any colour, usually black. */
  private static BufferedImage onWhite(BufferedImage image) {
    BufferedImage opaque =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = opaque.createGraphics();
    graphics.drawImage(image, 0, 0, Color.WHITE, null);
    graphics.dispose();
    return opaque;
  }

  /** Brightness, [row][column], with light digits on a dark background. */
  private static double[][] ink(BufferedImage image) {
    double[][] ink = new double[image.getHeight()][image.getWidth()];
    double border = 0;
    int borderPixels = 0;
    for (int y = 0; y < ink.length; y++) {
      for (int x = 0; x < ink[y].length; x++) {
        int rgb = image.getRGB(x, y);
        ink[y][x] = ((rgb >> 16 & WHITE) + (rgb >> 8 & WHITE) + (rgb & WHITE)) / (3.0 * WHITE);
        if (x == 0 || y == 0 || y == ink.length - 1 || x == ink[y].length - 1) {
          border += ink[y][x];
          borderPixels++;
        }
      }
    }
    if (border > borderPixels / 2.0) {
      for (double[] row : ink) {
        for (int x = 0; x < row.length; x++) {
          row[x] = 1 - row[x];
        }
      }
    }
    return ink;
  }

  private static INDArray features(double[][] ink, Path file) {
    DoubleSummaryStatistics range =
        Arrays.stream(ink).flatMapToDouble(Arrays::stream).summaryStatistics();
    double contrast = range.getMax() - range.getMin();
    if (contrast < LEAST_CONTRAST) {
      throw new UserError(file + " must show a digit, got an image of a single colour");
    }
    double ground = range.getMin() + GROUND * contrast;
    int top = ink.length;
    int bottom = -1;
    int left = ink[0].length;
    int right = -1;
    for (int y = 0; y < ink.length; y++) {
      for (int x = 0; x < ink[y].length; x++) {
        if (ink[y][x] > ground) {
          top = Math.min(top, y);
          bottom = Math.max(bottom, y);
          left = Math.min(left, x);
          right = Math.max(right, x);
        }
      }
    }
    BufferedImage digit =
        new BufferedImage(right - left + 1, bottom - top + 1, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        double value = Math.max(0, ink[y][x] - ground) / (range.getMax() - ground);
        digit.getRaster().setSample(x - left, y - top, 0, (int) Math.round(WHITE * value));
      }
    }
    return centred(scaled(digit, BOX, BufferedImage.TYPE_BYTE_GRAY, null));
  }

  /** An image whose longer side has a length, in steps of one half: a larger step skips pixels. */
  static BufferedImage scaled(BufferedImage image, int longer, int type, Color ground) {
    int now = Math.max(image.getWidth(), image.getHeight());
    BufferedImage current = image;
    while (now > 2 * longer) {
      now = Math.max(longer, now / 2);
      current = drawn(current, now, type, ground);
    }
    return drawn(current, longer, type, ground);
  }

  private static BufferedImage drawn(BufferedImage image, int longer, int type, Color ground) {
    double factor = (double) longer / Math.max(image.getWidth(), image.getHeight());
    int width = Math.max(1, (int) Math.round(factor * image.getWidth()));
    int height = Math.max(1, (int) Math.round(factor * image.getHeight()));
    BufferedImage smaller = new BufferedImage(width, height, type);
    Graphics2D graphics = smaller.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, width, height, ground, null);
    graphics.dispose();
    return smaller;
  }

  private static INDArray centred(BufferedImage digit) {
    double mass = 0;
    double meanX = 0;
    double meanY = 0;
    for (int y = 0; y < digit.getHeight(); y++) {
      for (int x = 0; x < digit.getWidth(); x++) {
        int value = digit.getRaster().getSample(x, y, 0);
        mass += value;
        meanX += value * (x + 0.5);
        meanY += value * (y + 0.5);
      }
    }
    int right = (int) Math.round(Digits.SIDE / 2.0 - meanX / mass);
    int down = (int) Math.round(Digits.SIDE / 2.0 - meanY / mass);
    float[] features = new float[Digits.SIDE * Digits.SIDE];
    for (int y = 0; y < digit.getHeight(); y++) {
      for (int x = 0; x < digit.getWidth(); x++) {
        int row = y + down;
        int column = x + right;
        if (row >= 0 && row < Digits.SIDE && column >= 0 && column < Digits.SIDE) {
          features[row * Digits.SIDE + column] =
              digit.getRaster().getSample(x, y, 0) / (float) WHITE;
        }
      }
    }
    return Nd4j.create(features, new long[] {1, features.length}, 'c');
  }
}
