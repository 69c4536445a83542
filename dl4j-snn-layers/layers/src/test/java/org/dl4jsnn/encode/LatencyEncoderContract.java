package org.dl4jsnn.encode;

import java.util.List;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.Frames;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What latency coding keeps, with times of either kind. */
abstract class LatencyEncoderContract extends SpikeEncoderContract {

  /** The encoder whose window is its span. */
  abstract LatencyEncoder latency(int span);

  /** The span does not change, so a longer window begins with the spikes of a shorter one. */
  @Override
  SpikeEncoder encoder(int steps) {
    return latency(40).withSteps(steps);
  }

  @Override
  List<InputType> types() {
    return List.of(
        InputType.feedForward(13),
        InputType.convolutional(3, 4, 2),
        InputType.convolutionalFlat(4, 3, 2));
  }

  @Override
  INDArray features(FeatureShape shape, Frames kind, int minibatch, int steps) {
    return kind.random(shape, minibatch, 1, 6).reshape('c', shape.arrayShape(minibatch));
  }

  /** There is no noise. */
  @Override
  List<NoiseKey> placeless() {
    return List.of(NoiseKey.training(1, 2), NoiseKey.inference(3), NoiseKey.freshInference(4, 5));
  }
}
