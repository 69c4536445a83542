package org.dl4jsnn.examples.plots;

import java.awt.Color;
import java.awt.image.BufferedImage;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * The input of a sample up to some step: its rates so far, pixel by pixel. With two channels, the
 * first is OFF and the second ON, as in event frames; three channels are red, green and blue;
 * otherwise positive amounts are ON.
 */
final class RunningInput {

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
    boolean isColoured = train.shape().spatial() && train.shape().channels() == COLOURS;
    return isColoured ? colours(steps) : polarities(steps);
  }

  /** Zero is in the middle between dark and bright. */
  private BufferedImage colours(int steps) {
    float[][] soFar = amounts(steps);
    double rate = largest(amounts(train.steps())) / train.steps();
    double full = Math.max(Float.MIN_NORMAL, rate * steps);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int channel = 0; channel < COLOURS; channel++) {
      for (int i = 0; i < width * height; i++) {
        // A pixel may so far have had more than the largest rate.
        double share = Math.max(-1, Math.min(1, soFar[channel][i] / full));
        double value = BRIGHTEST / 2 * (1 + share);
        image.getRaster().setSample(i % width, i / width, channel, (int) Math.round(value));
      }
    }
    return image;
  }

  /** The signed amounts of every channel and pixel. */
  private float[][] amounts(int steps) {
    float[][] amounts = new float[COLOURS][width * height];
    SpikeEvents events = new SpikeEvents(train.shape());
    for (int step = 0; step < steps; step++) {
      train.read(0, step, events);
      for (int e = 0; e < events.size(); e++) {
        amounts[events.channel(e)][events.position(e)] += events.amplitude(e);
      }
    }
    return amounts;
  }

  private BufferedImage polarities(int steps) {
    float[][] soFar = sums(steps);
    double rate = (double) largest(sums(train.steps())) / train.steps();
    double full = Math.max(Float.MIN_NORMAL, FULL * rate * steps);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      double off = Math.min(1, soFar[0][i] / full);
      double on = Math.min(1, soFar[1][i] / full);
      Color colour = NightPalette.between(NightPalette.PANEL, NightPalette.OFF, off);
      image.setRGB(
          i % width, i / width, NightPalette.between(colour, NightPalette.ON, on).getRGB());
    }
    return image;
  }

  /** OFF and ON of every pixel. */
  private float[][] sums(int steps) {
    FeatureShape shape = train.shape();
    float[][] sums = new float[POLARITIES][width * height];
    SpikeEvents events = new SpikeEvents(shape);
    for (int step = 0; step < steps; step++) {
      train.read(0, step, events);
      for (int e = 0; e < events.size(); e++) {
        float amplitude = events.amplitude(e);
        boolean hasPolarities = shape.spatial() && shape.channels() == POLARITIES;
        boolean on = hasPolarities ? events.channel(e) == 1 : amplitude > 0;
        int pixel = shape.spatial() ? events.position(e) : events.channel(e);
        sums[on ? 1 : 0][pixel] += Math.abs(amplitude);
      }
    }
    return sums;
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
