package org.dl4jsnn.plot;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.chart.ColourScale;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The firing rates of a convolution or pooling layer: one image per channel. */
public final class RateMaps {

  private static final int MOST_CHANNELS = 64;
  private static final int MOST_COLUMNS = 10;

  private RateMaps() {}

  /**
   * Draws the firing rates of a layer for one sample.
   *
   * @param layer its name
   * @param rates [channels, height, width]; only the first 64 channels are drawn
   * @return the image
   * @throws IllegalArgumentException if the shape is wrong, or a rate is not finite
   */
  public static BufferedImage of(String layer, INDArray rates) {
    Require.given("rates", rates);
    if (rates.rank() != 3) {
      throw new IllegalArgumentException(
          "rates must have the axes [channels, height, width], got "
              + Arrays.toString(rates.shape())
              + ". Possible cause: the layer is fully connected, or the rates are of a minibatch"
              + " (SpikeRecording.rates(layer, sample) gives those of a sample)");
    }
    double[] values = FiniteValues.of("rate", rates);
    int channels = (int) rates.size(0);
    int height = (int) rates.size(1);
    int width = (int) rates.size(2);
    int drawn = Math.min(channels, MOST_CHANNELS);
    List<ImageGrid.Image> images = new ArrayList<>();
    for (int channel = 0; channel < drawn; channel++) {
      int first = channel * height * width;
      images.add(
          new ImageGrid.Image(
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
