package org.dl4jsnn.plot;

import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.chart.ColourScale;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Small images of numbers in columns, with one size and one colour scale, a title above and the
 * scale with its unit below.
 */
record ImageGrid(String title, String unit, int width, int height, int columns) {

  private static final int MOST_COLUMNS = 10;

  /** For layers with several input channels: kernels across, and down. */
  private static final int MOST_OUTPUTS = 12;

  private static final int MOST_INPUTS = 8;
  private static final int MOST_CHANNELS = 64;
  private static final int MARGIN = 14;
  private static final int LINE = 20;
  private static final int GAP = 8;
  private static final int WANTED_SIDE = 112;
  private static final int LARGEST_PIXEL = 22;
  private static final int BAR_WIDTH = 160;
  private static final int BAR_HEIGHT = 12;

  /** An image: its label, and its values row by row. */
  record Image(String label, double[] values) {}

  /** Draws the grid. */
  BufferedImage draw(List<Image> images, ColourScale scale) {
    int pixel = Math.max(1, Math.min(LARGEST_PIXEL, side() / Math.max(width, height)));
    int pitchX = width * pixel + GAP;
    int pitchY = height * pixel + GAP + LINE;
    int rows = (images.size() + columns - 1) / columns;
    int least = Math.max(leastWidth(scale), Math.min(columns, images.size()) * pitchX - GAP);
    BufferedImage image =
        Charts.canvas(2 * MARGIN + least, 2 * MARGIN + 2 * LINE + GAP + rows * pitchY);
    Graphics2D graphics = Charts.pen(image);
    graphics.drawString(title, MARGIN, MARGIN + Charts.FONT.getSize());
    for (int i = 0; i < images.size(); i++) {
      int x = MARGIN + i % columns * pitchX;
      int y = MARGIN + LINE + i / columns * pitchY;
      graphics.setColor(Charts.TEXT);
      graphics.drawString(images.get(i).label, x, y + LINE - 4);
      graphics.setColor(Charts.FRAME);
      graphics.drawRect(x - 1, y + LINE - 1, width * pixel + 1, height * pixel + 1);
      paint(graphics, images.get(i).values, x, y + LINE, pixel, scale);
    }
    bar(graphics, MARGIN + LINE + rows * pitchY + GAP, scale);
    graphics.dispose();
    return image;
  }

  /** The side of an image that leaves room for a row of them. */
  private int side() {
    return Math.min(WANTED_SIDE, (Charts.WIDTH - 2 * MARGIN) / columns - GAP);
  }

  private void paint(
      Graphics2D graphics, double[] values, int left, int top, int pixel, ColourScale scale) {
    for (int i = 0; i < values.length; i++) {
      graphics.setColor(new Color(scale.rgb(values[i])));
      graphics.fillRect(left + i % width * pixel, top + i / width * pixel, pixel, pixel);
    }
  }

  private void bar(Graphics2D graphics, int top, ColourScale scale) {
    FontMetrics metrics = graphics.getFontMetrics();
    String low = number(scale.min());
    int left = MARGIN + metrics.stringWidth(low) + GAP;
    graphics.setColor(Charts.FRAME);
    graphics.drawRect(left - 1, top - 1, BAR_WIDTH + 1, BAR_HEIGHT + 1);
    for (int x = 0; x < BAR_WIDTH; x++) {
      double value = scale.min() + (scale.max() - scale.min()) * x / (BAR_WIDTH - 1);
      graphics.setColor(new Color(scale.rgb(value)));
      graphics.fillRect(left + x, top, 1, BAR_HEIGHT);
    }
    graphics.setColor(Charts.TEXT);
    graphics.drawString(low, MARGIN, top + BAR_HEIGHT - 1);
    graphics.drawString(behindBar(scale), left + BAR_WIDTH + GAP, top + BAR_HEIGHT - 1);
  }

  private String behindBar(ColourScale scale) {
    return number(scale.max()) + "  " + unit;
  }

  private int leastWidth(ColourScale scale) {
    Graphics2D graphics = Charts.pen(Charts.canvas(1, 1));
    FontMetrics letters = graphics.getFontMetrics(Charts.FONT);
    graphics.dispose();
    int bar = letters.stringWidth(number(scale.min()) + behindBar(scale)) + BAR_WIDTH + 2 * GAP;
    return Math.max(letters.stringWidth(title), bar);
  }

  private static String number(double value) {
    return value == 0 ? "0" : String.format(Locale.ROOT, "%.3g", value);
  }

  static BufferedImage kernels(String layer, INDArray weights) {
    Require.given("weights", weights);
    Require.not(
        weights.rank() != 4,
        "weights must have the axes [output channels, input channels, kernel height, kernel"
            + " width], got %s. Possible cause: the layer is fully connected",
        Arrays.toString(weights.shape()));
    double[] values = FiniteValues.of("weight", weights);
    int outputs = (int) weights.size(0);
    int inputs = (int) weights.size(1);
    int size = (int) (weights.size(2) * weights.size(3));
    int across = inputs == 1 ? outputs : Math.min(outputs, MOST_OUTPUTS);
    int down = Math.min(inputs, MOST_INPUTS);
    List<Image> images = new ArrayList<>();
    for (int input = 0; input < down; input++) {
      for (int output = 0; output < across; output++) {
        int first = (output * inputs + input) * size;
        String label = inputs == 1 ? String.valueOf(output) : input + "→" + output;
        images.add(new Image(label, Arrays.copyOfRange(values, first, first + size)));
      }
    }
    String what = inputs == 1 ? ": kernels by output channel" : ": kernels, input → output channel";
    boolean all = across == outputs && down == inputs;
    String some = all ? "" : " (" + across * down + " of " + outputs * inputs + ")";
    return new ImageGrid(
            layer + what + some,
            "weight",
            (int) weights.size(3),
            (int) weights.size(2),
            inputs == 1 ? Math.min(outputs, MOST_COLUMNS) : across)
        .draw(images, ColourScale.signed(magnitude(values)));
  }

  private static double magnitude(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElseThrow();
  }

  static BufferedImage rates(String layer, INDArray rates) {
    Require.given("rates", rates);
    Require.not(
        rates.rank() != 3,
        "rates must have the axes [channels, height, width], got %s. Possible cause: the layer is"
            + " fully connected, or the rates are of a minibatch (SpikeRecording.rates(layer,"
            + " sample) gives those of a sample)",
        Arrays.toString(rates.shape()));
    double[] values = FiniteValues.of("rate", rates);
    int channels = (int) rates.size(0);
    int height = (int) rates.size(1);
    int width = (int) rates.size(2);
    int drawn = Math.min(channels, MOST_CHANNELS);
    List<Image> images = new ArrayList<>();
    for (int channel = 0; channel < drawn; channel++) {
      int first = channel * height * width;
      images.add(
          new Image(
              String.valueOf(channel), Arrays.copyOfRange(values, first, first + height * width)));
    }
    String some = drawn < channels ? " (the first " + drawn + " of " + channels + ")" : "";
    return new ImageGrid(
            layer + ": firing rates by channel" + some,
            "spikes per step",
            width,
            height,
            Math.min(drawn, MOST_COLUMNS))
        .draw(images, ColourScale.of(values));
  }
}
