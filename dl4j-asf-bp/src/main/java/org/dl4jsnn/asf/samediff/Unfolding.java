package org.dl4jsnn.asf.samediff;

import java.util.Arrays;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A convolution as a matrix product: the input is padded and unfolded, one row per place of the
 * window.
 *
 * <p>SameDiff's own {@code conv2d} does not work here: the oneDNN natives refuse dilation, its same
 * padding fails if the stride is larger than the kernel, and its derivative loses the format of the
 * weights.
 */
final class Unfolding {

  private final FeatureShape input;
  private final Window2D window;
  private final FeatureShape output;

  Unfolding(FeatureShape input, Window2D window) {
    this.input = input;
    this.window = window;
    this.output = window.outputShape(input, 1);
  }

  /** Inputs of a neuron. */
  long taps() {
    return (long) input.channels() * window.rows().kernel() * window.columns().kernel();
  }

  void requireWeightShape(long[] shape) {
    long[] rule = {shape[0], input.channels(), window.rows().kernel(), window.columns().kernel()};
    if (!Arrays.equals(rule, shape)) {
      throw new IllegalArgumentException(
          "weights must have the shape "
              + Arrays.toString(rule)
              + " for "
              + input
              + " and the window ("
              + window
              + "), got "
              + Arrays.toString(shape));
    }
  }

  /** [minibatch · height · width, taps], in the output's height and width. */
  SDVariable columns(SDVariable image) {
    int rowsBefore = missing(window.rows(), input.height(), output.height()) / 2;
    int columnsBefore = missing(window.columns(), input.width(), output.width()) / 2;
    Conv2DConfig configuration =
        Conv2DConfig.builder()
            .kH(window.rows().kernel())
            .kW(window.columns().kernel())
            .sH(window.rows().stride())
            .sW(window.columns().stride())
            .pH(rowsBefore)
            .pW(columnsBefore)
            .dH(window.rows().dilation())
            .dW(window.columns().dilation())
            .paddingMode(PaddingMode.VALID)
            .build();
    SDVariable places = image.getSameDiff().cnn().im2Col(evened(image), configuration);
    // From [minibatch, channels, kernel height, kernel width, height, width].
    return places.permute(0, 4, 5, 1, 2, 3).reshape(-1, taps());
  }

  /** From [minibatch · height · width, outputs] to [minibatch, outputs, height, width]. */
  SDVariable fold(SDVariable rows, long outputs) {
    return rows.reshape(-1, output.height(), output.width(), outputs).permute(0, 3, 1, 2);
  }

  /** The unfolding pads both ends equally; if one more zero is missing, it is added at the end. */
  private SDVariable evened(SDVariable image) {
    int oddRow = missing(window.rows(), input.height(), output.height()) % 2;
    int oddColumn = missing(window.columns(), input.width(), output.width()) % 2;
    if (oddRow + oddColumn == 0) {
      return image;
    }
    int[][] sides = {{0, 0}, {0, 0}, {0, oddRow}, {0, oddColumn}};
    SameDiff graph = image.getSameDiff();
    return graph.nn().pad(image, graph.constant(Nd4j.createFromArray(sides)), 0);
  }

  /** The total number of zeros that an axis of the input needs at both ends. */
  private int missing(Window2D.Axis axis, int input, int output) {
    int extent = axis.dilation() * (axis.kernel() - 1) + 1;
    int same = Math.max(0, (output - 1) * axis.stride() + extent - input);
    return window.isSame() ? same : 2 * axis.padding();
  }
}
