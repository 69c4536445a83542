package org.dl4jsnn.examples.plots;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.dl4jsnn.examples.events.OnOffImages;
import org.dl4jsnn.plot.Charts;
import org.dl4jsnn.plot.Plots;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.Marker;

/**
 * A network's response to one sample, step by step: its input, the spikes of layers, a membrane
 * potential and its output, stacked over one time axis.
 */
final class SamplePlot {

  /** Title and axis of a chart. */
  private static final int AROUND = 90;

  private static final int MOST_IMAGES = 10;
  private static final int IMAGES_GAP = 6;
  private static final int LARGEST_SCALE = 4;

  private final int steps;
  private final List<XYChart> charts = new ArrayList<>();

  SamplePlot(int steps) {
    this.steps = steps;
  }

  /** Adds the images of the network's input; what their colours mean goes into the title. */
  void addInput(String title, SpikeTrain input) {
    FeatureShape shape = input.shape();
    int fitting = Math.max(1, Charts.AREA_WIDTH / (shape.width() + IMAGES_GAP));
    InputImages drawn = InputImages.of(input, 0, Math.min(MOST_IMAGES, fitting));
    OnOffImages images = drawn.images();
    int room = Charts.AREA_WIDTH / images.count() - IMAGES_GAP;
    int scale =
        Math.max(1, Math.min(LARGEST_SCALE, room / Math.max(shape.width(), shape.height())));
    XYChart chart =
        Charts.overTime(
            drawn.colours().isEmpty() ? title : title + ": " + drawn.colours(),
            shape.height() * scale + AROUND,
            "",
            steps);
    chart.getStyler().setYAxisTicksVisible(false);
    chart.getStyler().setPlotGridLinesVisible(false);
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setYAxisMax(1.0);
    double width = (double) steps / images.count();
    for (int i = 0; i < images.count(); i++) {
      // Rounded up, because a step belongs to the image into which its share of all steps falls.
      double first = Math.ceil(i * width) + 1;
      double last = Math.ceil((i + 1) * width);
      XYSeries image =
          chart.addSeries("image " + i, new double[] {(first + last) / 2}, new double[] {0.5});
      image.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
      image.setMarker(new ImageMarker(images.image(i, scale)));
    }
    charts.add(chart);
  }

  /** Adds a chart over the same steps. */
  void add(XYChart chart) {
    charts.add(chart);
  }

  BufferedImage image() {
    return Plots.grid(charts, 1);
  }

  /**
   * An image at a point of a chart. XChart's own annotations would be drawn elsewhere in charts
   * that are lower than the distance of their ticks.
   */
  private static final class ImageMarker extends Marker {

    private final BufferedImage image;

    ImageMarker(BufferedImage image) {
      this.image = image;
    }

    @Override
    public void paint(Graphics2D graphics, double x, double y, int size) {
      int left = (int) Math.round(x - image.getWidth() / 2.0);
      int top = (int) Math.round(y - image.getHeight() / 2.0);
      graphics.drawImage(image, left, top, null);
    }
  }

  /**
   * A network's input as images of its time steps.
   *
   * @param images one per step, or per several steps
   * @param colours what their colours mean; empty if there is nothing to explain
   */
  record InputImages(OnOffImages images, String colours) {

    /** The number of channels of event frames; the first is OFF. */
    private static final int POLARITIES = 2;

    /**
     * Draws one sample of an encoding's spikes. Two channels are OFF and ON; otherwise positive
     * spikes of any channel are drawn like ON and negative ones like OFF, and all in black if none
     * is negative.
     *
     * @param most the most images; with more steps, each shows the sum of several
     */
    static InputImages of(SpikeTrain train, int sample, int most) {
      FeatureShape shape = train.shape();
      int count = Math.min(most, train.steps());
      boolean hasPolarities = shape.channels() == POLARITIES;
      boolean isSigned = !hasPolarities && hasNegative(train, sample);
      OnOffImages images =
          new OnOffImages(count, shape.width(), shape.height(), hasPolarities || isSigned);
      SpikeEvents events = new SpikeEvents(shape);
      for (int step = 0; step < train.steps(); step++) {
        train.read(sample, step, events);
        int image = (int) ((long) step * count / train.steps());
        for (int e = 0; e < events.size(); e++) {
          float amplitude = events.amplitude(e);
          boolean on = hasPolarities ? events.channel(e) == 1 : amplitude > 0;
          int x = events.position(e) % shape.width();
          int y = events.position(e) / shape.width();
          images.add(image, x, y, on, Math.abs(amplitude));
        }
      }
      String colours = isSigned ? "positive red, negative blue" : "";
      return new InputImages(images, hasPolarities ? "ON red, OFF blue, both dark" : colours);
    }

    private static boolean hasNegative(SpikeTrain train, int sample) {
      SpikeEvents events = new SpikeEvents(train.shape());
      for (int step = 0; step < train.steps(); step++) {
        train.read(sample, step, events);
        for (int e = 0; e < events.size(); e++) {
          if (events.amplitude(e) < 0) {
            return true;
          }
        }
      }
      return false;
    }
  }
}
