package org.dl4jsnn.model;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;

/**
 * Refuses layers so large that the number of their weights overflows: Deeplearning4j multiplies
 * sizes without checking, and would make arrays that claim to be larger than their memory.
 */
final class LayerSizes {

  /** More numbers per connection than any layer has: four gates of an LSTM, in two directions. */
  private static final long PER_CONNECTION = 8;

  private LayerSizes() {}

  /**
   * Checks a layer, and the layers that it wraps.
   *
   * @param source where it comes from
   * @param layer its configuration; null for none
   * @throws ModelRefusedException if the product of its sizes overflows
   */
  static void check(String source, Layer layer) throws ModelRefusedException {
    if (layer instanceof FrozenLayer frozen) {
      check(source, frozen.getLayer());
    } else if (layer instanceof BaseWrapperLayer wrapper) {
      check(source, wrapper.getUnderlying());
    } else if (layer instanceof Bidirectional both) {
      check(source, both.getFwd());
      check(source, both.getBwd());
    } else if (layer instanceof FeedForwardLayer sized) {
      int[] kernel =
          layer instanceof ConvolutionLayer convolution && convolution.getKernelSize() != null
              ? convolution.getKernelSize()
              : new int[0];
      check(source, sized, kernel);
    }
  }

  private static void check(String source, FeedForwardLayer layer, int... kernel)
      throws ModelRefusedException {
    try {
      // A recurrent layer connects its outputs with themselves.
      long most = Math.max(Math.abs(layer.getNIn()), Math.abs(layer.getNOut()));
      long numbers =
          Math.multiplyExact(Math.multiplyExact(most, PER_CONNECTION), Math.abs(layer.getNOut()));
      for (int side : kernel) {
        numbers = Math.multiplyExact(numbers, Math.max(1L, side));
      }
    } catch (ArithmeticException e) {
      throw new ModelRefusedException(
          source,
          "sizes of a layer must not overflow when they are multiplied, got "
              + layer.getNIn()
              + " inputs and "
              + layer.getNOut()
              + " outputs"
              + (kernel.length == 0 ? "" : ", kernel " + Arrays.toString(kernel)),
          e);
    }
  }
}
