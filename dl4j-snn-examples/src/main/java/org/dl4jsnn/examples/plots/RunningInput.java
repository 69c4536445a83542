package org.dl4jsnn.examples.plots;

import java.awt.Color;
import java.awt.image.BufferedImage;
import org.dl4jsnn.internal.chart.Palette;
import org.dl4jsnn.plot.Charts;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * The input of a sample up to some step: its rates so far, pixel by pixel. With two channels, the
 * first is OFF and the second ON, as in event frames; three channels are red, green and blue;
 * otherwise positive amounts are ON.
 */
final class RunningInput {

  static final Color ON = Charts.TEXT;
  static final Color OFF = Palette.colour(0);

  private static final int POLARITIES = 2;
  private static final int COLOURS = 3;
  private static final double BRIGHTEST = 255;

  /** Share of the whole window's largest rate at which a pixel has full colour. */
  private static final double FULL = 0.8;

  private final SpikeTrain train;
  private final int width;
  private final int height;

  RunningInput(SpikeTrain train) {
    this.train = train;
    FeatureShape shape = train.shape();
    int side = (int) Math.ceil(Math.sqrt(shape.neurons()));
    width = shape.spatial() ? shape.width() : side;
    height = shape.spatial() ? shape.height() : side;
  }

  /** The first sample's input up to a step, one pixel per position; T steps are all of it. */
  BufferedImage image(int steps) {
    float[][] soFar = amounts(steps);
    double rate = (double) largest(amounts(train.steps())) / train.steps();
    double full = Math.max(Float.MIN_NORMAL, (isColoured() ? 1 : FULL) * rate * steps);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, isColoured() ? mix(soFar, i, full) : both(soFar, i, full));
    }
    return image;
  }

  private boolean isColoured() {
    return train.shape().spatial() && train.shape().channels() == COLOURS;
  }

  /** Zero is in the middle between dark and bright. */
  private static int mix(float[][] amounts, int pixel, double full) {
    int rgb = 0;
    for (float[] channel : amounts) {
      // A pixel may so far have had more than the largest rate.
      double share = Math.max(-1, Math.min(1, channel[pixel] / full));
      rgb = rgb << 8 | (int) Math.round(BRIGHTEST / 2 * (1 + share));
    }
    return rgb;
  }

  private static int both(float[][] amounts, int pixel, double full) {
    double off = Math.min(1, amounts[0][pixel] / full);
    double on = Math.min(1, amounts[1][pixel] / full);
    return between(between(Color.WHITE, OFF, off), ON, on).getRGB();
  }

  /** A mix of two colours; the share of the second is from 0 to 1. */
  private static Color between(Color first, Color second, double share) {
    float[] mixed = first.getRGBColorComponents(null);
    float[] to = second.getRGBColorComponents(null);
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] += (float) share * (to[i] - mixed[i]);
    }
    return new Color(mixed[0], mixed[1], mixed[2]);
  }

  /** The signed amounts of the colours of every pixel, or its OFF and ON. */
  private float[][] amounts(int steps) {
    FeatureShape shape = train.shape();
    boolean hasPolarities = shape.spatial() && shape.channels() == POLARITIES;
    float[][] amounts = new float[isColoured() ? COLOURS : POLARITIES][width * height];
    SpikeEvents events = new SpikeEvents(shape);
    for (int step = 0; step < steps; step++) {
      train.read(0, step, events);
      for (int e = 0; e < events.size(); e++) {
        float amplitude = events.amplitude(e);
        int pixel = shape.spatial() ? events.position(e) : events.channel(e);
        if (isColoured()) {
          amounts[events.channel(e)][pixel] += amplitude;
        } else {
          boolean on = hasPolarities ? events.channel(e) == 1 : amplitude > 0;
          amounts[on ? 1 : 0][pixel] += Math.abs(amplitude);
        }
      }
    }
    return amounts;
  }

  private static float largest(float[][] sums) {
    float largest = 0;
    for (float[] polarity : sums) {
      for (float sum : polarity) {
        largest = Math.max(largest, Math.abs(sum));
      }
    }
    return largest;
  }
}
