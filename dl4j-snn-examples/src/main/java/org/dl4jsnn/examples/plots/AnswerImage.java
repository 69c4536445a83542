package org.dl4jsnn.examples.plots;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.dl4jsnn.internal.chart.Palette;
import org.dl4jsnn.monitor.OutputOverTime;
import org.dl4jsnn.monitor.RecordedTrains;
import org.dl4jsnn.monitor.SpikeRaster;
import org.dl4jsnn.plot.Charts;

/**
 * How a network reaches its answer: its input, the input so far step by step, the spikes of all
 * layers, and the outputs of the classes, over one time axis.
 */
final class AnswerImage {

  static final int WIDTH = 1200;
  static final int HEIGHT = 640;

  /** Colour of the answer and of its line. */
  static final Color ANSWER = Palette.colour(1);

  private static final Color PANEL = new Color(0xF6F6F6);
  private static final int MARGIN = 36;

  /** Left edge and width of everything drawn over time. */
  private static final int TIME_LEFT = 372;

  private static final int TIME_WIDTH = WIDTH - TIME_LEFT - MARGIN - 24;

  private static final int SAMPLE = 208;
  private static final int SAMPLE_TOP = 72;

  private static final int STRIP_TOP = 40;
  private static final int THUMBNAIL = 64;
  private static final int THUMBNAILS = 10;

  private static final int SPIKES_TOP = 134;
  private static final int SPIKES_HEIGHT = 280;
  private static final int LAYER_GAP = 8;

  /** Height of a row of spikes, one neuron. */
  private static final double ROW = 2;

  private static final double DOT = 3.2;

  private static final int DECISION_TOP = 440;
  private static final int DECISION_HEIGHT = 136;

  /** Readable where the image is shown at two thirds of its width. */
  static final float SMALL = 17;

  /** More would be too low for their names. */
  private static final int MOST_LAYERS = 12;

  private static final float LARGE = 120;

  private final String sample;
  private final Optional<String> name;
  private final RunningInput input;
  private final List<RecordedTrains.Recorded> layers;

  /** Of all layers, shown or not. */
  private final int count;

  private final DecisionLines decision;
  private final TimeAxis axis;

  /** The image of a minibatch's first sample; the answer's class may have a name. */
  AnswerImage(String sample, Optional<String> name, RecordedTrains trains, OutputOverTime outputs) {
    this.sample = sample;
    this.name = name;
    List<RecordedTrains.Recorded> all = trains.spikes();
    List<RecordedTrains.Recorded> behindInput = all.subList(1, all.size());
    this.input = new RunningInput(all.get(0).train());
    this.layers = shown(behindInput);
    this.count = behindInput.size();
    this.decision = new DecisionLines(outputs);
    this.axis = new TimeAxis(TIME_LEFT, TIME_WIDTH, outputs.steps());
  }

  /** All of a few layers; of many, some of those that fire, from the first to the last. */
  private static List<RecordedTrains.Recorded> shown(List<RecordedTrains.Recorded> all) {
    if (all.size() <= MOST_LAYERS) {
      return all;
    }
    List<RecordedTrains.Recorded> firing =
        all.stream().filter(layer -> layer.train().unitSpikes()).toList();
    int rows = Math.min(MOST_LAYERS, firing.size());
    return IntStream.range(0, rows)
        .mapToObj(row -> firing.get(row * (firing.size() - 1) / Math.max(1, rows - 1)))
        .toList();
  }

  BufferedImage draw() {
    BufferedImage image = Charts.canvas(WIDTH, HEIGHT);
    Graphics2D graphics = Charts.pen(image);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    drawSample(graphics);
    drawArriving(graphics);
    drawSpikes(graphics);
    decision.draw(
        graphics,
        new Rectangle2D.Double(TIME_LEFT, DECISION_TOP, TIME_WIDTH, DECISION_HEIGHT),
        axis);
    drawTime(graphics);
    graphics.dispose();
    return image;
  }

  private void drawSample(Graphics2D graphics) {
    image(graphics, input.image(axis.steps()), MARGIN, SAMPLE_TOP, SAMPLE);
    double middle = MARGIN + SAMPLE / 2.0;
    letters(graphics, Font.PLAIN, SMALL, Charts.TEXT);
    around(graphics, sample, middle, SAMPLE_TOP - 14);
    if (layers.size() < count) {
      String some = layers.size() + " of " + count + " layers";
      around(graphics, some, middle, SAMPLE_TOP + SAMPLE + 24);
    }
    around(graphics, "answer", middle, DECISION_TOP - 4);
    double bottom = DECISION_TOP + DECISION_HEIGHT;
    String since = "from step " + decision.settled + " on";
    around(graphics, name.map(n -> n + ", " + since).orElse(since), middle, bottom + 22);
    letters(graphics, Font.BOLD, LARGE, ANSWER);
    around(graphics, String.valueOf(decision.answer), middle, bottom - 18);
  }

  private void drawArriving(Graphics2D graphics) {
    title(graphics, "input so far", STRIP_TOP + THUMBNAIL / 2.0 + 5);
    int count = Math.min(THUMBNAILS, axis.steps());
    for (int i = 0; i < count; i++) {
      int steps = (int) Math.ceil((i + 0.5) * axis.steps() / count);
      double x = TIME_LEFT + (i + 0.5) * TIME_WIDTH / count - THUMBNAIL / 2.0;
      image(graphics, input.image(steps), x, STRIP_TOP, THUMBNAIL);
    }
  }

  private void drawSpikes(Graphics2D graphics) {
    double pitch = (double) (SPIKES_HEIGHT + LAYER_GAP) / layers.size();
    float size = sizeOfNames(graphics);
    for (int i = 0; i < layers.size(); i++) {
      double top = SPIKES_TOP + i * pitch;
      double height = pitch - LAYER_GAP;
      graphics.setColor(PANEL);
      graphics.fill(new Rectangle2D.Double(TIME_LEFT, top, TIME_WIDTH, height));
      title(graphics, layers.get(i).layer(), top + height / 2 + 5, size);
      SpikeRaster raster =
          SpikeRaster.of(layers.get(i).train(), 0, Math.max(1, (int) (height / ROW) - 2));
      drawRaster(graphics, raster, top + ROW, height - 2 * ROW);
    }
  }

  private void drawRaster(Graphics2D graphics, SpikeRaster raster, double top, double height) {
    graphics.setColor(Charts.TEXT);
    double row = height / Math.max(1, raster.rows());
    double dot = Math.min(DOT, axis.stepWidth());
    for (int r = 0; r < raster.rows(); r++) {
      for (int step = 0; step < raster.steps(); step++) {
        if (raster.fired(r, step)) {
          graphics.fill(
              new Ellipse2D.Double(
                  axis.middle(step) - dot / 2, top + (r + 0.5) * row - dot / 2, dot, dot));
        }
      }
    }
  }

  private void drawTime(Graphics2D graphics) {
    title(graphics, "output by class", DECISION_TOP + DECISION_HEIGHT / 2.0 + 5);
    double y = DECISION_TOP + DECISION_HEIGHT;
    graphics.setColor(Charts.FRAME);
    graphics.setStroke(new BasicStroke(1));
    graphics.draw(new Line2D.Double(TIME_LEFT, y, TIME_LEFT + TIME_WIDTH, y));
    letters(graphics, Font.PLAIN, SMALL, Charts.TEXT);
    for (int step = axis.tick(); step <= axis.steps(); step += axis.tick()) {
      around(graphics, String.valueOf(step), axis.middle(step - 1), y + 22);
    }
    endingAt(graphics, "time step", TIME_LEFT - 16, y + 22);
  }

  /** Sets size and colour of letters. */
  static void letters(Graphics2D graphics, int style, float size, Color colour) {
    graphics.setFont(Charts.FONT.deriveFont(style, size));
    graphics.setColor(colour);
  }

  private static void endingAt(Graphics2D graphics, String text, double x, double y) {
    graphics.drawString(text, (float) (x - graphics.getFontMetrics().stringWidth(text)), (float) y);
  }

  private static void around(Graphics2D graphics, String text, double x, double y) {
    endingAt(graphics, text, x + graphics.getFontMetrics().stringWidth(text) / 2.0, y);
  }

  /** Labels what is to the right. */
  private static void title(Graphics2D graphics, String name, double y) {
    title(graphics, name, y, SMALL);
  }

  private static void title(Graphics2D graphics, String name, double y, float size) {
    letters(graphics, Font.PLAIN, size, Charts.TEXT);
    endingAt(graphics, name, TIME_LEFT - 16, y);
  }

  /** The size in which all names fit beside the sample. */
  private float sizeOfNames(Graphics2D graphics) {
    letters(graphics, Font.PLAIN, SMALL, Charts.TEXT);
    int room = TIME_LEFT - 16 - (MARGIN + SAMPLE + 16);
    int widest =
        layers.stream()
            .mapToInt(layer -> graphics.getFontMetrics().stringWidth(layer.layer()))
            .max()
            .orElse(0);
    return SMALL * room / Math.max(room, widest);
  }

  /** Draws pixels as squares. */
  private static void image(
      Graphics2D graphics, BufferedImage image, double x, double y, double size) {
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    double scale = size / Math.max(image.getWidth(), image.getHeight());
    graphics.drawImage(
        image,
        (int) Math.round(x),
        (int) Math.round(y),
        (int) Math.round(image.getWidth() * scale),
        (int) Math.round(image.getHeight() * scale),
        null);
    graphics.setColor(Charts.FRAME);
    graphics.setStroke(new BasicStroke(1));
    graphics.draw(
        new Rectangle2D.Double(
            Math.round(x),
            Math.round(y),
            Math.round(image.getWidth() * scale),
            Math.round(image.getHeight() * scale)));
  }

  /**
   * Time steps from left to right.
   *
   * @param left the left edge of the first step
   * @param width the width of all steps
   * @param steps T
   */
  record TimeAxis(double left, double width, int steps) {

    private static final int[] ROUND = {1, 2, 5};
    private static final int MOST_TICKS = 10;

    double stepWidth() {
      return width / steps;
    }

    /** The middle of a step, counted from 0. */
    double middle(int step) {
      return left + (step + 0.5) * stepWidth();
    }

    /** A round number of steps between ticks. */
    int tick() {
      for (int power = 1; ; power *= 10) {
        for (int round : ROUND) {
          if (steps <= (long) MOST_TICKS * round * power) {
            return round * power;
          }
        }
      }
    }
  }
}
