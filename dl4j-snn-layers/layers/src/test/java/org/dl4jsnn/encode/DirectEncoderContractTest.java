package org.dl4jsnn.encode;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.Frames;
import org.nd4j.linalg.api.ndarray.INDArray;

class DirectEncoderContractTest extends SpikeEncoderContract {

  @Override
  SpikeEncoder encoder(int steps) {
    return new DirectEncoder(steps, 0.5);
  }

  @Override
  Stream<SpikeEncoder> extremes() {
    return Stream.of(
        new DirectEncoder(1, Double.MIN_VALUE),
        new DirectEncoder(33, Double.MAX_VALUE),
        new DirectEncoder(50, 1.0 / 3));
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
