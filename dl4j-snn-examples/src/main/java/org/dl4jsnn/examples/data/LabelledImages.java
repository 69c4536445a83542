package org.dl4jsnn.examples.data;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.dl4jsnn.image.Image;
import org.dl4jsnn.image.ImageAugmentation;
import org.dl4jsnn.noise.NoiseKey;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** Images of ten classes in memory; their minibatches are made one by one on request. */
public interface LabelledImages {

  int CLASSES = 10;

  int[] labels();

  Image image(int index);

  /** The shape of an image's features. */
  long[] shape();

  /** Writes an image's features from an offset on. */
  void write(Image image, float[] features, int offset);

  /** The random numbers of an epoch's order. */
  Random shuffling(long seed, int epoch);

  /** The images from one index up to another. */
  LabelledImages range(int from, int to);

  default int size() {
    return labels().length;
  }

  /** All images in order. */
  default DataSetIterator inOrder(int batch) {
    return minibatches(IntStream.range(0, size()).boxed().toList(), this::image, batch, 0);
  }

  /**
   * All images in an order that depends only on the seed and the epoch, starting at a given
   * minibatch.
   *
   * @param augmentation the change to each image, which depends only on its position, the seed and
   *     the epoch
   * @param first the index of the first minibatch
   */
  default DataSetIterator shuffled(
      int batch, long seed, int epoch, ImageAugmentation augmentation, int first) {
    List<Integer> order = IntStream.range(0, size()).boxed().collect(Collectors.toList());
    Collections.shuffle(order, shuffling(seed, epoch));
    NoiseKey draws = NoiseKey.training(seed, epoch);
    return minibatches(
        order,
        place ->
            augmentation.augment(
                image(order.get(place)), new SplittableRandom(draws.stream(place))),
        batch,
        first);
  }

  /** The last minibatch may be smaller. */
  private DataSetIterator minibatches(
      List<Integer> order, IntFunction<Image> atPlace, int batch, int first) {
    Iterable<DataSet> minibatches =
        () ->
            IntStream.iterate(first * batch, start -> start < order.size(), start -> start + batch)
                .mapToObj(
                    start ->
                        minibatch(order, atPlace, start, Math.min(start + batch, order.size())))
                .iterator();
    return new ExistingDataSetIterator(minibatches);
  }

  private DataSet minibatch(List<Integer> order, IntFunction<Image> atPlace, int from, int to) {
    int count = to - from;
    int values = (int) Arrays.stream(shape()).reduce(1, Math::multiplyExact);
    float[] features = new float[count * values];
    float[] oneHot = new float[count * CLASSES];
    for (int i = 0; i < count; i++) {
      write(atPlace.apply(from + i), features, i * values);
      oneHot[i * CLASSES + labels()[order.get(from + i)]] = 1;
    }
    long[] shape = LongStream.concat(LongStream.of(count), Arrays.stream(shape())).toArray();
    return new DataSet(
        Nd4j.create(features, shape, 'c'), Nd4j.create(oneHot, new long[] {count, CLASSES}, 'c'));
  }
}
