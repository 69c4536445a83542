package org.dl4jsnn.encode;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.Frames;
import org.nd4j.linalg.api.ndarray.INDArray;

class PoissonEncoderContractTest extends SpikeEncoderContract {

  @Override
  SpikeEncoder encoder(int steps) {
    return new PoissonEncoder(steps, 0.6);
  }

  @Override
  Stream<SpikeEncoder> extremes() {
    Random random = new Random(1);
    return Stream.of(
        new PoissonEncoder(1, Double.MIN_VALUE),
        new PoissonEncoder(2, 1e-30),
        new PoissonEncoder(33, Double.MAX_VALUE),
        new PoissonEncoder(1 + random.nextInt(100), 3 * random.nextDouble()));
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

  /** Only inference gives all samples the same noise. */
  @Override
  List<NoiseKey> placeless() {
    return List.of(NoiseKey.inference(3));
  }
}
