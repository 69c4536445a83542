package org.dl4jsnn.plot;

import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.swing.ImageIcon;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JScrollPane;
import javax.swing.SwingUtilities;
import javax.swing.WindowConstants;
import org.dl4jsnn.gradient.AccumulatedFlow;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.io.AtomicFile;
import org.dl4jsnn.monitor.OutputOverTime;
import org.dl4jsnn.monitor.SpikeRaster;
import org.dl4jsnn.monitor.SpikeRecording;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.SwingWrapper;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Draws spiking networks and their trainings: charts of XChart, which can be changed before they
 * are shown, and images. Renders charts as images, writes them to PNG files, and shows them in
 * windows. A notebook shows a {@code BufferedImage} that is the last expression of a cell.
 *
 * <pre>{@code
 * SpikeRecording seen = SpikeProbe.of(network).layer("conv1").record(features);
 * XYChart chart = Plots.raster("conv1", seen.raster("conv1", 0, 50));
 * Plots.save(chart, Path.of("target/raster.png"));
 * }</pre>
 */
public final class Plots {

  /** Height of a capital above its line, as a share of the ascent, and half of it. */
  private static final float HALF_A_CAPITAL = 0.38f;

  private static final int LABEL_GAP = 2;

  private Plots() {}

  /**
   * Draws which neurons of a layer fire when: one row per firing neuron, by channel, and one dot
   * per spike. Many rows make the chart higher, so that each can be seen.
   *
   * @param layer its name
   * @param raster its spikes
   * @return the chart over time
   */
  public static XYChart raster(String layer, SpikeRaster raster) {
    return RasterPlot.of(layer, raster);
  }

  /**
   * Draws the membrane potential of one neuron over the time steps, after charging and before
   * firing, with its threshold and its spikes. A threshold that adapts is drawn as it changes; a
   * read-out has neither threshold nor spikes.
   *
   * @param seen a probe's recording of this membrane
   * @param layer the layer's name
   * @param sample index of the sample
   * @param neuron index of the neuron in the order of arrays
   * @return the chart over time
   * @throws IllegalArgumentException if the membrane was not watched, or is not finite
   */
  public static XYChart membrane(SpikeRecording seen, String layer, int sample, int neuron) {
    return MembranePlot.of(seen, layer, sample, neuron);
  }

  /**
   * Draws the membrane potentials of several neurons over one range, so that they can be compared.
   *
   * @param seen a probe's recording of these membranes
   * @param layer the layer's name
   * @param sample index of the sample
   * @param neurons indices of the neurons in the order of arrays
   * @return a chart over time per neuron; {@link #grid} combines them
   * @throws IllegalArgumentException if a membrane was not watched, or is not finite
   */
  public static List<XYChart> membrane(
      SpikeRecording seen, String layer, int sample, List<Integer> neurons) {
    return MembranePlot.of(seen, layer, sample, neurons);
  }

  /**
   * Draws a state variable of one neuron over the time steps, such as its adaptation or its
   * synaptic current, after charging and before firing.
   *
   * @param seen a probe's recording of this neuron's membrane
   * @param layer the layer's name
   * @param variable the variable's name, one of {@link SpikeRecording#variables}
   * @param sample index of the sample
   * @param neuron index of the neuron in the order of arrays
   * @return the chart over time
   * @throws IllegalArgumentException if the membrane was not watched, there is no such variable, or
   *     a value is not finite
   */
  public static XYChart stateVariable(
      SpikeRecording seen, String layer, String variable, int sample, int neuron) {
    return MembranePlot.ofVariable(seen, layer, variable, sample, neuron);
  }

  /**
   * Draws a state variable of several neurons over one range, so that they can be compared.
   *
   * @param seen a probe's recording of these neurons' membranes
   * @param layer the layer's name
   * @param variable the variable's name, one of {@link SpikeRecording#variables}
   * @param sample index of the sample
   * @param neurons indices of the neurons in the order of arrays
   * @return a chart over time per neuron; {@link #grid} combines them
   * @throws IllegalArgumentException if a membrane was not watched, there is no such variable, or a
   *     value is not finite
   */
  public static List<XYChart> stateVariable(
      SpikeRecording seen, String layer, String variable, int sample, List<Integer> neurons) {
    return MembranePlot.ofVariable(seen, layer, variable, sample, neurons);
  }

  /**
   * Draws the firing rates of a convolution or pooling layer for one sample, one image per channel.
   *
   * @param layer its name
   * @param rates [channels, height, width]; only the first 64 channels are drawn
   * @return the image
   * @throws IllegalArgumentException if the shape is wrong, or a rate is not finite
   */
  public static BufferedImage rateMaps(String layer, INDArray rates) {
    return ImageGrid.rates(layer, rates);
  }

  /**
   * Draws the accumulated output of a layer's neurons against their accumulated input, one dot per
   * neuron and sample.
   *
   * @param layer its name
   * @param flow its flow; if it has more than 4,000 neurons and samples, evenly spaced ones are
   *     drawn
   * @return the chart
   * @throws IllegalArgumentException if a value is not finite
   */
  public static XYChart flow(String layer, AccumulatedFlow flow) {
    return FlowPlot.of(layer, flow);
  }

  /**
   * Draws the flow of a layer, and the line out ≈ k · in for in &gt; 0 with which ASF-BP
   * approximates the layer (equation 12 of docs/mathematics.md).
   *
   * @param layer its name
   * @param flow its flow; if it has more than 4,000 neurons and samples, evenly spaced ones are
   *     drawn
   * @param slope k, a parameter of layers under ASF-BP, named {@code slope}: {@code
   *     network.getLayer(layer).getParam("slope").getDouble(0)}
   * @return the chart
   * @throws IllegalArgumentException if a value is not finite
   */
  public static XYChart flow(String layer, AccumulatedFlow flow, double slope) {
    return FlowPlot.of(layer, flow, slope);
  }

  /**
   * Draws what a network would answer after every time step: the output of each class; with more
   * than ten, those that are largest at the end.
   *
   * @param outputs the answers
   * @param sample index of the sample
   * @return the chart over time
   * @throws IllegalArgumentException if there is no such sample, or an output is not finite
   */
  public static XYChart output(OutputOverTime outputs, int sample) {
    return OutputPlot.of(outputs, sample);
  }

  /**
   * Draws the weights of a convolution layer, one image per kernel.
   *
   * @param layer the layer's name
   * @param weights [output channels, input channels, kernel height, kernel width], as {@code
   *     network.getLayer(layer).getParam("W")} returns them. With several input channels the
   *     kernels of an output channel form a column, and only the first 12 output and 8 input
   *     channels are drawn
   * @return the image
   * @throws IllegalArgumentException if the shape is wrong, or a weight is not finite
   */
  public static BufferedImage kernels(String layer, INDArray weights) {
    return ImageGrid.kernels(layer, weights);
  }

  /**
   * Draws accuracy, loss or any other figure of trainings over the epochs.
   *
   * @param figure the figure with its unit, which names the y axis
   * @param curves one figure per epoch, starting with epoch 1, by training name; at least one curve
   * @return the chart
   * @throws IllegalArgumentException if there is no curve, or a figure is not finite
   */
  public static XYChart learningCurves(
      String figure, Map<String, ? extends List<? extends Number>> curves) {
    return LearningCurves.of(figure, curves);
  }

  /**
   * Draws test accuracy and training loss from logs, side by side.
   *
   * @param logs the logs of trainings, by training name; at least one
   * @return the image
   * @throws IllegalArgumentException if there is no log, one lacks a column, or a figure is not
   *     finite
   */
  public static BufferedImage learningCurves(Map<String, EpochTable> logs) {
    return LearningCurves.of(logs);
  }

  /**
   * Draws how often samples of each class were classified as each class.
   *
   * @param evaluation Deeplearning4j's counts
   * @return the chart; one row per true class, the first at the top
   * @throws IllegalArgumentException if no sample was evaluated
   */
  public static HeatMapChart confusion(Evaluation evaluation) {
    return ConfusionPlot.of(evaluation);
  }

  /**
   * Draws a chart.
   *
   * @param chart the chart
   * @return the image, {@link Charts#SCALE} times the chart's size
   */
  public static BufferedImage image(Chart<?, ?> chart) {
    BufferedImage image = Charts.canvas(chart.getWidth(), chart.getHeight());
    Graphics2D graphics = Charts.pen(image);
    chart.paint(graphics, chart.getWidth(), chart.getHeight());
    if (chart.getStyler() instanceof AxesChartStyler styler && styler.isYAxisLogarithmic()) {
      labelLogarithm(chart, styler, graphics);
    }
    graphics.dispose();
    return image;
  }

  /** Labels 2 and 5 times the powers of ten, which XChart leaves without. */
  private static void labelLogarithm(
      Chart<?, ?> chart, AxesChartStyler styler, Graphics2D graphics) {
    FontMetrics letters = graphics.getFontMetrics(Charts.FONT);
    graphics.setFont(Charts.FONT);
    graphics.setColor(Charts.TEXT);
    double right = chart.getYAxisLeftWidth() - styler.getAxisTickPadding() - LABEL_GAP;
    double least = Math.log10(styler.getYAxisMin());
    double most = Math.log10(styler.getYAxisMax());
    for (int power = (int) Math.floor(least); power <= most; power++) {
      for (int round : new int[] {2, 5}) {
        double tick = round * Math.pow(10, power);
        if (Math.log10(tick) >= least && Math.log10(tick) <= most) {
          String label = BigDecimal.valueOf(round).scaleByPowerOfTen(power).toPlainString();
          graphics.drawString(
              label,
              (float) (right - letters.stringWidth(label)),
              (float) chart.getScreenYFromChart(tick) + letters.getAscent() * HALF_A_CAPITAL);
        }
      }
    }
  }

  /**
   * Draws charts row by row on a white background. The plot areas of a column begin at the same
   * unit, however wide the numbers of their axes are, and charts over the same time steps share the
   * axis of the lowest.
   *
   * @param charts the charts, at least one
   * @param columns charts per row, at least 1; 1 stacks them
   * @return the image
   * @throws IllegalArgumentException if an argument is invalid
   */
  public static BufferedImage grid(List<? extends Chart<?, ?>> charts, int columns) {
    Require.atLeast("charts", charts.size(), 1);
    Require.atLeast("columns", columns, 1);
    int used = Math.min(columns, charts.size());
    int[] widths = new int[used];
    int[] heights = new int[(charts.size() + used - 1) / used];
    List<BufferedImage> images = Columns.aligned(charts, used);
    for (int i = 0; i < images.size(); i++) {
      widths[i % used] = Math.max(widths[i % used], images.get(i).getWidth());
      heights[i / used] = Math.max(heights[i / used], images.get(i).getHeight());
    }
    int width = sum(widths, used);
    int height = sum(heights, heights.length);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    for (int i = 0; i < charts.size(); i++) {
      int x = sum(widths, i % used);
      int y = sum(heights, i / used);
      graphics.drawImage(images.get(i), x, y, null);
    }
    graphics.dispose();
    return image;
  }

  private static int sum(int[] values, int first) {
    int sum = 0;
    for (int i = 0; i < first; i++) {
      sum += values[i];
    }
    return sum;
  }

  /**
   * Writes a chart to a file, completely or not at all. The folder is created if it does not exist.
   *
   * @param chart the chart
   * @param file where to write it; ends in .png
   * @throws IOException if it cannot be written
   * @throws IllegalArgumentException if the file's name does not end in .png
   */
  public static void save(Chart<?, ?> chart, Path file) throws IOException {
    requirePng(file);
    // Some versions of Java forget an interrupt when they draw for the first time.
    boolean interrupted = Thread.currentThread().isInterrupted();
    try {
      save(image(chart), file);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Writes an image to a file, completely or not at all. The folder is created if it does not
   * exist.
   *
   * @param image the image
   * @param file where to write it; ends in .png
   * @throws IOException if it cannot be written
   * @throws IllegalArgumentException if the file's name does not end in .png
   */
  public static void save(BufferedImage image, Path file) throws IOException {
    requirePng(file);
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    ImageIO.write(image, "png", encoded);
    AtomicFile.replace(file, encoded::writeTo);
  }

  private static void requirePng(Path file) {
    if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
      throw new IllegalArgumentException("an image's file must end in .png, got " + file);
    }
  }

  /**
   * Shows a chart in a window. Closing the window does not end the program.
   *
   * @param chart the chart
   * @return the window
   * @throws IllegalStateException if this machine has no screen
   */
  public static JFrame show(Chart<?, ?> chart) {
    requireScreen();
    JFrame frame = new SwingWrapper<>(chart).displayChart();
    // XChart's default would end the whole program.
    SwingUtilities.invokeLater(
        () -> frame.setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE));
    return frame;
  }

  /**
   * Shows an image in a window. Closing the window does not end the program.
   *
   * @param image the image, {@link Charts#SCALE} times as large as it is shown
   * @param title the window's title
   * @return the window
   * @throws IllegalStateException if this machine has no screen
   */
  public static JFrame show(BufferedImage image, String title) {
    requireScreen();
    JFrame frame = new JFrame(title);
    SwingUtilities.invokeLater(
        () -> {
          frame.setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
          int width = Math.max(1, image.getWidth() / Charts.SCALE);
          Image shown = image.getScaledInstance(width, -1, Image.SCALE_SMOOTH);
          frame.add(new JScrollPane(new JLabel(new ImageIcon(shown))));
          frame.pack();
          frame.setVisible(true);
        });
    return frame;
  }

  private static void requireScreen() {
    if (GraphicsEnvironment.isHeadless()) {
      throw new IllegalStateException(
          "a window needs a screen, and this Java has none (it is headless); write the plot to a"
              + " file with Plots.save instead. Possible cause: no DISPLAY, or Java was started"
              + " with -Djava.awt.headless=true");
    }
  }
}
