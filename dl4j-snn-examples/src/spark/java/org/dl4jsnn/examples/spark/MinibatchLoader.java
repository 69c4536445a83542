package org.dl4jsnn.examples.spark;

import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.dl4jsnn.examples.data.Digits;
import org.dl4jsnn.image.ImageAugmentation;
import org.nd4j.common.loader.Source;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Makes the minibatches of an epoch from images that Spark has sent to every executor. A
 * minibatch's path is its number, so Spark only moves numbers and needs no file system.
 */
final class MinibatchLoader implements DataSetLoader {

  private static final long serialVersionUID = 1L;

  private final Broadcast<Digits> images;
  private final int batch;
  private final long seed;
  private final int epoch;

  /** Minibatches in the order of {@link Digits#shuffled} for the seed and the epoch. */
  MinibatchLoader(Broadcast<Digits> images, int batch, long seed, int epoch) {
    this.images = images;
    this.batch = batch;
    this.seed = seed;
    this.epoch = epoch;
  }

  @Override
  public DataSet load(Source source) {
    int number = Integer.parseInt(source.getPath());
    return images.value().shuffled(batch, seed, epoch, ImageAugmentation.none(), number).next();
  }
}
