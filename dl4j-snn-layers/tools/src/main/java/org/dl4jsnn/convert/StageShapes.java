package org.dl4jsnn.convert;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.dl4jsnn.encode.FeatureShapes;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Shapes of features. */
final class StageShapes {

  private StageShapes() {}

  /** The shape of one sample, channels first, of a network's minibatch. */
  static FeatureShape of(StageGraph graph, INDArray features) {
    if (graph.flat() != null && features.rank() == 2) {
      return FeatureShape.image(graph.flat()[0], graph.flat()[1], graph.flat()[2]);
    }
    if (features.rank() != 2 && features.rank() != 4) {
      throw new IllegalArgumentException(
          "features must have the axes [minibatch, n] or those of images, got "
              + Arrays.toString(features.shape())
              + ". Possible cause: features with a time axis, which cannot be converted");
    }
    return FeatureShapes.ofSamples(
        graph.channelsLast() && features.rank() == 4 ? features.permute(0, 3, 1, 2) : features);
  }

  /** The type of the trained network's features. */
  static InputType type(StageGraph graph, FeatureShape shape) {
    if (graph.flat() != null) {
      return InputType.convolutionalFlat(shape.height(), shape.width(), shape.channels());
    }
    return shape.spatial()
        ? InputType.convolutional(
            shape.height(),
            shape.width(),
            shape.channels(),
            graph.channelsLast() ? CNN2DFormat.NHWC : CNN2DFormat.NCHW)
        : FeatureShapes.inputType(shape);
  }
}
