package org.dl4jsnn.examples.data;

import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** Minibatches of labelled images in a given order, made one by one on request. */
public final class ImageMinibatches {

  private final List<Integer> order;
  private final int[] labels;
  private final int classes;
  private final long[] shape;
  private final PixelWriter writer;

  /**
   * The contents of minibatches.
   *
   * @param order the image at each position
   * @param labels the class of each image
   * @param classes the number of classes
   * @param shape the shape of an image's features
   * @param writer makes the features of an image
   */
  ImageMinibatches(
      List<Integer> order, int[] labels, int classes, long[] shape, PixelWriter writer) {
    this.order = order;
    this.labels = labels;
    this.classes = classes;
    this.shape = shape;
    this.writer = writer;
  }

  /** Makes the features of one image. */
  interface PixelWriter {

    /**
     * Writes an image's features.
     *
     * @param place the image's position in the order
     * @param features receives the features
     * @param offset the index of the first feature
     */
    void write(int place, float[] features, int offset);
  }

  /** Minibatches of a given size, starting at a given one; the last may be smaller. */
  DataSetIterator of(int batch, int first) {
    Iterable<DataSet> minibatches =
        () -> {
          Iterator<Integer> starts =
              IntStream.iterate(
                      first * batch, start -> start < order.size(), start -> start + batch)
                  .iterator();
          return new Iterator<>() {
            @Override
            public boolean hasNext() {
              return starts.hasNext();
            }

            @Override
            public DataSet next() {
              int start = starts.next();
              return minibatch(start, Math.min(start + batch, order.size()));
            }
          };
        };
    return new ExistingDataSetIterator(minibatches);
  }

  private DataSet minibatch(int from, int to) {
    int count = to - from;
    long[] shapeOfAll = new long[shape.length + 1];
    shapeOfAll[0] = count;
    System.arraycopy(shape, 0, shapeOfAll, 1, shape.length);
    int pixels = 1;
    for (long dimension : shape) {
      pixels *= (int) dimension;
    }
    float[] features = new float[count * pixels];
    float[] oneHot = new float[count * classes];
    for (int i = 0; i < count; i++) {
      writer.write(from + i, features, i * pixels);
      oneHot[i * classes + labels[order.get(from + i)]] = 1;
    }
    INDArray x = Nd4j.create(features, shapeOfAll, 'c');
    INDArray y = Nd4j.create(oneHot, new long[] {count, classes}, 'c');
    return new DataSet(x, y);
  }
}
