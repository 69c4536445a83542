package org.dl4jsnn.internal.simulate;

import java.util.function.IntBinaryOperator;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Spikes of a block of samples and steps as an array. */
public final class DenseFrames {

  private DenseFrames() {}

  /** The amplitudes of a block of steps of all samples, [steps · minibatch, …], step after step. */
  static INDArray of(SpikeTrain train, int firstStep, int steps, DataType dataType) {
    int minibatch = train.minibatch();
    return of(
        train,
        0,
        minibatch,
        firstStep,
        steps,
        (sample, step) -> step * minibatch + sample,
        dataType);
  }

  /**
   * The amplitudes of a block of steps and samples, [samples · steps, …], sample after sample, C
   * order. A first step of −1 gives a row of zeros before the first.
   */
  public static INDArray of(
      SpikeTrain train, int firstSample, int samples, int firstStep, int steps, DataType dataType) {
    return of(
        train,
        firstSample,
        samples,
        firstStep,
        steps,
        (sample, step) -> sample * steps + step,
        dataType);
  }

  private static INDArray of(
      SpikeTrain train,
      int firstSample,
      int samples,
      int firstStep,
      int steps,
      IntBinaryOperator row,
      DataType dataType) {
    FeatureShape shape = train.shape();
    int rows = Math.multiplyExact(steps, samples);
    float[] values = new float[Math.multiplyExact(rows, shape.neurons())];
    ParallelSamples.run(
        samples,
        () -> {
          SpikeEvents events = new SpikeEvents(shape);
          return sample -> {
            for (int step = Math.max(0, -firstStep); step < steps; step++) {
              train.read(firstSample + sample, firstStep + step, events);
              int frame = row.applyAsInt(sample, step) * shape.neurons();
              for (int e = 0; e < events.size(); e++) {
                int index = events.channel(e) * shape.positions() + events.position(e);
                values[frame + index] = events.amplitude(e);
              }
            }
          };
        });
    INDArray frames = Nd4j.createUninitialized(dataType, shape.arrayShape(rows), 'c');
    HostArrays.copy(values, frames);
    return frames;
  }
}
