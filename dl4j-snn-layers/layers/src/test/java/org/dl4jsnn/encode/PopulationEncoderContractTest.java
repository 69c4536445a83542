package org.dl4jsnn.encode;

import java.util.List;
import java.util.stream.Stream;
import org.dl4jsnn.contract.Frames;
import org.dl4jsnn.contract.SpikeEncoderContract;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.ndarray.INDArray;

class PopulationEncoderContractTest extends SpikeEncoderContract {

  private static final int NEURONS = 4;

  @Override
  protected SpikeEncoder encoder(int steps) {
    return new PopulationEncoder(new TuningCurves(NEURONS, -1, 2), new PoissonEncoder(steps, 0.6));
  }

  @Override
  protected Stream<SpikeEncoder> extremes() {
    return Stream.of(
        new PopulationEncoder(
            new TuningCurves(NEURONS, 0, 1e-30, 1e3), new PoissonEncoder(3, Double.MAX_VALUE)),
        new PopulationEncoder(new TuningCurves(NEURONS, 7, 8), LatencyEncoder.linear(9)),
        new PopulationEncoder(
            new TuningCurves(NEURONS, -1e3, 1e3, 1.0 / 3), new DirectEncoder(50, 2)));
  }

  /** A fraction of the train's channels. */
  @Override
  protected INDArray features(FeatureShape shape, Frames kind, int minibatch, int steps) {
    FeatureShape features =
        new FeatureShape(
            shape.channels() / NEURONS, shape.height(), shape.width(), shape.spatial());
    return kind.random(features, minibatch, 1, 6).reshape('c', features.arrayShape(minibatch));
  }

  /** Zero is a value like any other; no neuron covers a value that is far away. */
  @Override
  protected INDArray silence(FeatureShape shape) {
    return super.silence(shape).addi(1e30);
  }

  /** Only inference gives all samples the same noise. */
  @Override
  protected List<NoiseKey> placeless() {
    return List.of(NoiseKey.inference(3));
  }
}
