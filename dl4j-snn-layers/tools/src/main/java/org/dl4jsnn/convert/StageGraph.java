package org.dl4jsnn.convert;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.dl4jsnn.encode.FeatureShapes;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * The computation of a non-spiking network.
 *
 * @param last the input of its read-out's function
 * @param readOut the name of the output layer
 * @param activation the function of the read-out
 * @param loss the loss that it was trained with, or that suits the function
 * @param channelsLast whether its features are [minibatch, height, width, channels]
 * @param flat channels, rows and columns of such an image; otherwise null
 */
record StageGraph(
    Stage last,
    String readOut,
    IActivation activation,
    ILossFunction loss,
    boolean channelsLast,
    int[] flat) {

  /** The number of readers of each stage. */
  Map<Stage, Integer> readers() {
    Map<Stage, Integer> readers = new IdentityHashMap<>();
    Map<Stage, Boolean> seen = new IdentityHashMap<>();
    Deque<Stage> open = new ArrayDeque<>();
    open.add(last);
    readers.put(last, 1);
    while (!open.isEmpty()) {
      Stage stage = open.remove();
      if (seen.put(stage, true) == null) {
        for (Stage input : stage.inputs()) {
          readers.merge(input, 1, Integer::sum);
          open.add(input);
        }
      }
    }
    return readers;
  }

  /** The shape of one sample, channels first, of a minibatch. */
  FeatureShape shapeOf(INDArray features) {
    if (flat != null && features.rank() == 2) {
      return FeatureShape.image(flat[0], flat[1], flat[2]);
    }
    Require.not(
        features.rank() != 2 && features.rank() != 4,
        "features must have the axes [minibatch, n] or those of images, got %s. Possible"
            + " cause: features with a time axis, which cannot be converted",
        Arrays.toString(features.shape()));
    return FeatureShapes.ofSamples(
        channelsLast && features.rank() == 4 ? features.permute(0, 3, 1, 2) : features);
  }

  /** The type of the trained network's features. */
  InputType inputType(FeatureShape shape) {
    if (flat != null) {
      return InputType.convolutionalFlat(shape.height(), shape.width(), shape.channels());
    }
    return shape.spatial()
        ? InputType.convolutional(
            shape.height(),
            shape.width(),
            shape.channels(),
            channelsLast ? CNN2DFormat.NHWC : CNN2DFormat.NCHW)
        : FeatureShapes.inputType(shape);
  }
}
