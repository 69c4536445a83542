package org.dl4jsnn.simulate;

import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Spikes of some steps as an array. */
final class DenseFrames {

  private DenseFrames() {}

  /** The amplitudes of some steps, [steps · minibatch, …], step after step. */
  static INDArray of(SpikeTrain train, int firstStep, int steps, DataType dataType) {
    FeatureShape shape = train.shape();
    int minibatch = train.minibatch();
    int rows = Math.multiplyExact(steps, minibatch);
    float[] values = new float[Math.multiplyExact(rows, shape.neurons())];
    ParallelSamples.run(
        minibatch,
        () -> {
          SpikeEvents events = new SpikeEvents(shape);
          return sample -> {
            for (int step = 0; step < steps; step++) {
              train.read(sample, firstStep + step, events);
              int frame = (step * minibatch + sample) * shape.neurons();
              for (int e = 0; e < events.size(); e++) {
                int index = events.channel(e) * shape.positions() + events.position(e);
                values[frame + index] = events.amplitude(e);
              }
            }
          };
        });
    INDArray frames = Nd4j.create(values, shape.arrayShape(rows), 'c');
    if (dataType == DataType.FLOAT) {
      return frames;
    }
    try (frames) {
      return frames.castTo(dataType);
    }
  }
}
