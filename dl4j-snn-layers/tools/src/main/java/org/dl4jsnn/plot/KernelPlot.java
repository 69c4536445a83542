package org.dl4jsnn.plot;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.chart.ColourScale;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The weights of a convolution layer: one image per kernel. */
public final class KernelPlot {

  private static final int MOST_COLUMNS = 10;

  /** For layers with several input channels: kernels across, and down. */
  private static final int MOST_OUTPUTS = 12;

  private static final int MOST_INPUTS = 8;

  private KernelPlot() {}

  /**
   * Draws kernels.
   *
   * @param layer the layer's name
   * @param weights [output channels, input channels, kernel height, kernel width], as {@code
   *     network.getLayer(layer).getParam("W")} returns them. With several input channels the
   *     kernels of an output channel form a column, and only the first 12 output and 8 input
   *     channels are drawn
   * @return the image
   * @throws IllegalArgumentException if the shape is wrong, or a weight is not finite
   */
  public static BufferedImage of(String layer, INDArray weights) {
    Require.given("weights", weights);
    if (weights.rank() != 4) {
      throw new IllegalArgumentException(
          "weights must have the axes [output channels, input channels, kernel height, kernel"
              + " width], got "
              + Arrays.toString(weights.shape())
              + ". Possible cause: the layer is fully connected");
    }
    double[] values = FiniteValues.of("weight", weights);
    int outputs = (int) weights.size(0);
    int inputs = (int) weights.size(1);
    int size = (int) (weights.size(2) * weights.size(3));
    int across = inputs == 1 ? outputs : Math.min(outputs, MOST_OUTPUTS);
    int down = Math.min(inputs, MOST_INPUTS);
    List<ImageGrid.Image> images = new ArrayList<>();
    for (int input = 0; input < down; input++) {
      for (int output = 0; output < across; output++) {
        int first = (output * inputs + input) * size;
        String label = inputs == 1 ? String.valueOf(output) : input + "→" + output;
        images.add(new ImageGrid.Image(label, Arrays.copyOfRange(values, first, first + size)));
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
}
