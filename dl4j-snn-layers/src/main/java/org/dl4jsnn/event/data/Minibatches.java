package org.dl4jsnn.event.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.dl4jsnn.event.frame.EventFrames;
import org.dl4jsnn.event.frame.FrameShape;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.parallel.IdleThreads;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Makes minibatches, with their samples in parallel. */
final class Minibatches {

  private final List<EventSample> samples;
  private final int classes;
  private final FrameShape shape;
  private final SampleFrames frames;
  private final long seed;

  /** Separate threads, because simulation threads that wait for a disk would delay a simulation. */
  private final ExecutorService readers = IdleThreads.many("reader of recordings");

  Minibatches(
      List<EventSample> samples, int classes, FrameShape shape, SampleFrames frames, long seed) {
    this.samples = samples;
    this.classes = classes;
    this.shape = shape;
    this.frames = frames;
    this.seed = seed;
  }

  /** The samples at some indices, as in an epoch. */
  DataSet of(List<Integer> indices, int epoch) {
    int size = indices.size();
    float[] features = new float[values(size, shape)];
    float[] labels = new float[size * classes];
    ParallelSamples.runApart(
        size,
        readers,
        () ->
            place -> {
              EventFrames sample = frames(indices.get(place), epoch);
              System.arraycopy(sample.values(), 0, features, place * shape.size(), shape.size());
              labels[place * classes + samples.get(indices.get(place)).label()] = 1;
            });
    long[] axes = {size, shape.channels(), shape.steps(), shape.height(), shape.width()};
    INDArray x = Nd4j.create(features, axes, 'c');
    INDArray y = Nd4j.create(labels, new long[] {size, classes}, 'c');
    return new DataSet(x, y);
  }

  /**
   * The values of a minibatch.
   *
   * @throws IllegalArgumentException if they do not fit into an array
   */
  static int values(int batch, FrameShape shape) {
    return Require.room(
        "a minibatch of " + batch + " samples of " + shape,
        (long) batch * shape.size(),
        "Use a smaller batch, or sum more pixels per value");
  }

  private EventFrames frames(int index, int epoch) {
    try {
      return frames.of(samples.get(index), new SampleRandom(seed, epoch, index));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
