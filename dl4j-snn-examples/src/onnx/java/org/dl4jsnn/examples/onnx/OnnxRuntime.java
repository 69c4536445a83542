package org.dl4jsnn.examples.onnx;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * A network in ONNX Runtime, in single precision and in eight bits: activations by the smallest and
 * largest value of training images, weights by the largest of each output.
 */
final class OnnxRuntime {

  private OnnxRuntime() {}

  /**
   * The two sides; single precision comes first.
   *
   * @throws IllegalArgumentException if a layer is none of a conventional network's
   */
  static List<RivalSide> sides(
      MultiLayerNetwork network, DataSetIterator calibration, int threads) {
    long[] shape = calibration.next().getFeatures().shape();
    calibration.reset();
    long[] sample = Arrays.copyOfRange(shape, 1, shape.length);
    OnnxGraph floats = new OnnxGraph(network, sample, null);
    Map<String, ValueRange> ranges = new HashMap<>();
    try (OnnxSide observed = new OnnxSide("observed", floats.fileOfActivations(), threads)) {
      while (calibration.hasNext()) {
        observed.widen(ranges, calibration.next().getFeatures());
      }
    }
    return List.of(
        new OnnxSide("float32", floats.file(), threads),
        new OnnxSide("int8", new OnnxGraph(network, sample, ranges).file(), threads));
  }
}
