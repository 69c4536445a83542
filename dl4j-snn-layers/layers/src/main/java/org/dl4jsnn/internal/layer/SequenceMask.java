package org.dl4jsnn.internal.layer;

import java.util.Arrays;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Feature masks of sequences of unequal length: ones, then zeros for the steps after the end. Since
 * these steps come last, no spike of the sequence depends on them, and layers of neurons may
 * simulate them like any other.
 *
 * <p>From the encoding to the read-out in time a mask is [minibatch, 1, T], with one more axis than
 * Deeplearning4j's. Deeplearning4j's layers refuse such a mask, as a layer that reads firing rates
 * should: a rate covers the whole window.
 */
final class SequenceMask {

  private static final int TIME_AXIS = 1;
  private static final int TIME_AXIS_ON_THE_WAY = 2;

  private SequenceMask() {}

  /**
   * {@return a mask in the form that spiking layers pass on: [minibatch, 1, T]}
   *
   * @param mask [minibatch, T], as Deeplearning4j hands it to the first layer
   * @param layer the layer that got it, as named in messages
   * @throws DL4JInvalidInputException if a sample's mask is not one or more ones followed by zeros
   */
  static INDArray begin(INDArray mask, String layer) {
    if (mask.rank() != 2) {
      throw refusal(layer, "must have the axes [minibatch, T], got " + shape(mask));
    }
    int steps = Math.toIntExact(mask.size(TIME_AXIS));
    double[] values = mask.dup('c').data().asDouble();
    for (int i = 0; i < values.length; i++) {
      boolean follows = i % steps == 0 ? values[i] == 1 : values[i] <= values[i - 1];
      if (!follows || values[i] != 0 && values[i] != 1) {
        throw refusal(
            layer,
            "must be one or more ones followed by zeros in every sample, since a sequence ends with"
                + " its mask, got "
                + values[i]
                + " in sample "
                + i / steps
                + " at step "
                + i % steps
                + ". Possible cause: sequences aligned at their end; align them at their start");
      }
    }
    return mask.reshape('c', mask.size(0), 1, steps);
  }

  private static DL4JInvalidInputException refusal(String layer, String rule) {
    return new DL4JInvalidInputException(layer + ": feature masks " + rule);
  }

  private static String shape(INDArray array) {
    return Arrays.toString(array.shape());
  }

  /**
   * The lengths of sequences.
   *
   * @param mask as returned by {@link #begin}; null if all sequences are as long as the window
   * @param steps T
   * @param layer the calling layer, as named in messages
   * @return for every sample the steps of its sequence
   */
  static int[] lengths(INDArray mask, int minibatch, int steps, String layer) {
    int[] lengths = new int[minibatch];
    if (mask == null) {
      Arrays.fill(lengths, steps);
      return lengths;
    }
    requireOf(mask, minibatch, steps, layer);
    double[] values = mask.dup('c').data().asDouble();
    for (int i = 0; i < values.length; i++) {
      lengths[i / steps] += values[i] != 0 ? 1 : 0;
    }
    return lengths;
  }

  /** Checks that a mask has the given numbers of samples and steps. */
  static void requireOf(INDArray mask, long minibatch, long steps, String layer) {
    if (mask.size(0) != minibatch || mask.size(TIME_AXIS_ON_THE_WAY) != steps) {
      throw refusal(
          layer,
          "must be as large as the features, [minibatch, T] = ["
              + minibatch
              + ", "
              + steps
              + "], got ["
              + mask.size(0)
              + ", "
              + mask.size(TIME_AXIS_ON_THE_WAY)
              + "]");
    }
  }

  /**
   * The position of the features' time axis.
   *
   * @param features [minibatch, n, T] or [minibatch, channels, T, height, width]
   * @param layer the layer that got them, as named in messages
   * @throws DL4JInvalidInputException if they have no time axis
   */
  static int timeAxis(INDArray features, String layer) {
    if (features.rank() != 3 && features.rank() != 5) {
      throw refusal(
          layer,
          "must belong to features [minibatch, n, T] or [minibatch, channels, T, height, width], got"
              + " features "
              + shape(features));
    }
    return TIME_AXIS_ON_THE_WAY;
  }

  /**
   * A mask as returned by {@link #begin} for Deeplearning4j's layers with a time axis, [minibatch,
   * T].
   */
  static INDArray end(INDArray mask) {
    return mask.reshape('c', mask.size(0), mask.size(TIME_AXIS_ON_THE_WAY));
  }

  /**
   * Sets the features of masked steps, [minibatch, n, T] or [minibatch, channels, T, …], to zero.
   */
  static void clear(INDArray mask, INDArray features) {
    int steps = Math.toIntExact(mask.size(TIME_AXIS_ON_THE_WAY));
    INDArrayIndex[] end = new INDArrayIndex[features.rank()];
    Arrays.fill(end, NDArrayIndex.all());
    int sample = 0;
    for (int length : lengths(mask, Math.toIntExact(mask.size(0)), steps, "")) {
      if (length < steps) {
        end[0] = NDArrayIndex.point(sample);
        end[TIME_AXIS_ON_THE_WAY] = NDArrayIndex.interval(length, steps);
        // Not multiplied by the mask: zero times NaN is NaN.
        features.get(end).assign(0);
      }
      sample++;
    }
  }
}
