package org.dl4jsnn.asf.samediff;

import java.util.Arrays;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ops.impl.controlflow.compat.StopGradient;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Layers of spiking neurons in a SameDiff graph that learn by ASF-BP (equations 9 to 12 of
 * docs/mathematics.md).
 *
 * <p>The simulation takes place elsewhere, for instance in a network of {@link org.dl4jsnn.conf
 * spiking layers} with the same weights. A function takes the simulated firing rates and returns
 * exactly these as its value; its gradient is that of the gated line:
 *
 * <pre>
 *  value      r                                    as simulated
 *  gradient   ∂r/∂c̄ = k · 1[in &gt; 0],   c̄ = W · r_below + b
 * </pre>
 *
 * <p>All flows are rates, spikes / T, and c̄ is a mean current: with counts the gradient of a bias
 * would be T times too large. Gradients pass only to the rates below, the weights and the bias. A
 * graph made of these functions can be saved and restored like any other.
 */
public final class AccumulatedFlowFunctions {

  private AccumulatedFlowFunctions() {}

  /**
   * A fully connected layer. An input of channels × height × width is flattened in that order.
   *
   * @param name the name of the result
   * @param ratesBelow firing rates of the input, [minibatch, nIn] or [minibatch, channels, height,
   *     width]
   * @param weights [nIn, nOut], of known shape: a variable, constant or placeholder
   * @param bias [nOut], or null for no bias
   * @param neurons the simulation's results, with rates [minibatch, nOut]
   * @return the layer's firing rates, [minibatch, nOut]
   * @throws IllegalArgumentException if an argument other than the bias is null, or the shape of
   *     the weights is unknown or does not have two axes
   */
  public static SDVariable dense(
      String name,
      SDVariable ratesBelow,
      SDVariable weights,
      SDVariable bias,
      SimulatedNeurons neurons) {
    long inputs = shape(weights, "[nIn, nOut]", 2)[0];
    SDVariable current = Require.given("rates below", ratesBelow).reshape(-1, inputs).mmul(weights);
    return fire(name, bias == null ? current : current.add(bias), neurons);
  }

  /**
   * A two-dimensional convolution layer, with any stride, padding and dilation.
   *
   * @param name the name of the result
   * @param ratesBelow firing rates of the input, [minibatch, channels, height, width]
   * @param input channels, height and width of the input
   * @param window kernel, stride, padding and dilation
   * @param weights [nOut, channels, kernel height, kernel width], of known shape: a variable,
   *     constant or placeholder
   * @param bias [nOut], or null for no bias
   * @param neurons the simulation's results, with rates [minibatch, nOut, height, width]
   * @return the layer's firing rates, [minibatch, nOut, height, width]
   * @throws IllegalArgumentException if an argument other than the bias is null, the shape of the
   *     weights is unknown or does not match the window and the input, or the window does not fit
   *     into the input
   */
  public static SDVariable convolution(
      String name,
      SDVariable ratesBelow,
      FeatureShape input,
      Window2D window,
      SDVariable weights,
      SDVariable bias,
      SimulatedNeurons neurons) {
    long[] weightShape = shape(weights, "[nOut, channels, kernel height, kernel width]", 4);
    FeatureShape output =
        Require.given("window", window).outputShape(Require.given("input", input), 1);
    long outputs = weightShape[0];
    long[] rule = {outputs, input.channels(), window.rows().kernel(), window.columns().kernel()};
    if (!Arrays.equals(rule, weightShape)) {
      throw new IllegalArgumentException(
          "weights must have the shape %s for %s and the window (%s), got %s"
              .formatted(Arrays.toString(rule), input, window, Arrays.toString(weightShape)));
    }
    long taps = rule[1] * rule[2] * rule[3];
    SDVariable columns =
        unfolded(Require.given("rates below", ratesBelow), input, window, output).reshape(-1, taps);
    SDVariable rows = columns.mmul(weights.reshape(outputs, taps).permute(1, 0));
    SDVariable biased = bias == null ? rows : rows.add(bias);
    SDVariable current =
        biased.reshape(-1, output.height(), output.width(), outputs).permute(0, 3, 1, 2);
    return fire(name, current, neurons);
  }

  /**
   * The input padded and unfolded, [minibatch, height, width, channels, kernel height, kernel
   * width] in the output's height and width, which makes a convolution a product of matrices.
   *
   * <p>SameDiff's own {@code conv2d} does not work here: the oneDNN natives refuse dilation, its
   * same padding fails if the stride is larger than the kernel, and its derivative loses the format
   * of the weights.
   */
  private static SDVariable unfolded(
      SDVariable image, FeatureShape input, Window2D window, FeatureShape output) {
    int rows = zeros(window, window.rows(), input.height(), output.height());
    int columns = zeros(window, window.columns(), input.width(), output.width());
    Conv2DConfig configuration =
        Conv2DConfig.builder()
            .kH(window.rows().kernel())
            .kW(window.columns().kernel())
            .sH(window.rows().stride())
            .sW(window.columns().stride())
            .pH(rows / 2)
            .pW(columns / 2)
            .dH(window.rows().dilation())
            .dW(window.columns().dilation())
            .paddingMode(PaddingMode.VALID)
            .build();
    SameDiff graph = image.getSameDiff();
    SDVariable evened = image;
    if (rows % 2 + columns % 2 > 0) {
      // The unfolding pads both ends equally; if one more zero is missing, it is added at the end.
      int[][] sides = {{0, 0}, {0, 0}, {0, rows % 2}, {0, columns % 2}};
      evened = graph.nn().pad(image, graph.constant(Nd4j.createFromArray(sides)), 0);
    }
    // From [minibatch, channels, kernel height, kernel width, height, width].
    return graph.cnn().im2Col(evened, configuration).permute(0, 4, 5, 1, 2, 3);
  }

  /** The total number of zeros that an axis of the input needs at both ends. */
  private static int zeros(Window2D window, Window2D.Axis axis, int input, int output) {
    int extent = axis.dilation() * (axis.kernel() - 1) + 1;
    int same = Math.max(0, (output - 1) * axis.stride() + extent - input);
    return window.isSame() ? same : 2 * axis.padding();
  }

  /**
   * An average pooling layer, which has neurons but no weights. Rows and columns that do not fill a
   * window are left out.
   *
   * @param name the name of the result
   * @param ratesBelow firing rates of the input, [minibatch, channels, height, width]
   * @param window kernel and stride; without padding and dilation
   * @param neurons the simulation's results, with rates [minibatch, channels, height, width]
   * @return the layer's firing rates, [minibatch, channels, height, width]
   * @throws IllegalArgumentException if an argument is null or the window has padding or dilation
   */
  public static SDVariable averagePooling(
      String name, SDVariable ratesBelow, Window2D window, SimulatedNeurons neurons) {
    Require.given("rates below", ratesBelow);
    SDVariable current =
        ratesBelow.getSameDiff().cnn().avgPooling2d(ratesBelow, poolingConfiguration(window));
    return fire(name, current, neurons);
  }

  /**
   * Max pooling, which has no neurons: the maximum of the window's rates, and SameDiff's own
   * gradient (equation 10). The layer of neurons above it needs its simulated {@linkplain
   * SimulatedNeurons#current() current}. Rows and columns that do not fill a window are left out.
   *
   * @param name the name of the result
   * @param ratesBelow firing rates of the input, [minibatch, channels, height, width]
   * @param window kernel and stride; without padding and dilation
   * @return the maxima, [minibatch, channels, height, width]
   * @throws IllegalArgumentException if an argument is null or the window has padding or dilation
   */
  public static SDVariable maxPooling(String name, SDVariable ratesBelow, Window2D window) {
    Require.given("rates below", ratesBelow);
    return ratesBelow
        .getSameDiff()
        .cnn()
        .maxPooling2d(name, ratesBelow, poolingConfiguration(window));
  }

  /**
   * The neurons of a layer with any synapses: from the mean current to the firing rates (equation
   * 12).
   *
   * @param name the name of the result
   * @param meanCurrent c̄ of every neuron, [minibatch, …]
   * @param neurons the simulation's results, with rates in the shape of the current
   * @return the layer's firing rates
   * @throws IllegalArgumentException if an argument is null
   */
  public static SDVariable fire(String name, SDVariable meanCurrent, SimulatedNeurons neurons) {
    Require.given("mean current", meanCurrent);
    Require.given("neurons", neurons);
    SameDiff graph = meanCurrent.getSameDiff();
    SDVariable gated = neurons.current() == null ? meanCurrent : neurons.current();
    SDVariable factor = graph.math().step(gated, 0).mul(neurons.slope());
    SDVariable line = meanCurrent.mul(detached(factor));
    // This order is exact: the difference is 0, whereas line + (rates - line) rounds.
    return detached(neurons.rates()).add(name, line.sub(detached(line)));
  }

  /** The same value, without a gradient. */
  private static SDVariable detached(SDVariable value) {
    return new StopGradient(value.getSameDiff(), value).outputVariable();
  }

  private static long[] shape(SDVariable weights, String axes, int rank) {
    long[] shape = Require.given("weights", weights).getShape();
    Require.not(
        shape == null || shape.length != rank || Arrays.stream(shape).anyMatch(size -> size < 1),
        "weights must have the known axes %s, got %s",
        axes,
        shape == null ? "an unknown shape" : Arrays.toString(shape));
    return shape;
  }

  private static Pooling2DConfig poolingConfiguration(Window2D window) {
    Window2D.Axis rows = Require.given("window", window).rows();
    Window2D.Axis columns = window.columns();
    int zeros = rows.padding() + columns.padding();
    if (window.isSame() || zeros != 0 || rows.dilation() * columns.dilation() != 1) {
      throw new IllegalArgumentException(
          "window of a pooling must have neither padding nor dilation, got " + window);
    }
    return Pooling2DConfig.builder()
        .kH(rows.kernel())
        .kW(columns.kernel())
        .sH(rows.stride())
        .sW(columns.stride())
        .build();
  }
}
