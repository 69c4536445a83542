package org.dl4jsnn.examples.data;

import org.dl4jsnn.event.camera.GreyImage;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * The MNIST digits bundled with the examples, for notebooks: 12,000 for training and 2,000 for
 * testing. Features [minibatch, 784] in [0, 1], labels one-hot [minibatch, 10].
 */
public final class EmbeddedDigits {

  private static final Digits TRAINING = MnistFiles.embedded().training();
  private static final Digits TEST = MnistFiles.embedded().test();

  private EmbeddedDigits() {}

  /** The first training digits, at most 12,000, always in the same order. */
  public static DataSetIterator training(int count, int batch) {
    return TRAINING.range(0, count).inOrder(batch);
  }

  /** The first test digits, at most 2,000, always in the same order. */
  public static DataSetIterator test(int count, int batch) {
    return TEST.range(0, count).inOrder(batch);
  }

  /** A training digit, from 0 on, as 28×28 pixels. */
  public static GreyImage image(int index) {
    return GreyImage.ofBytes(Digits.SIDE, Digits.SIDE, TRAINING.images()[index]);
  }

  /** What a training digit shows, from 0 to 9. */
  public static int label(int index) {
    return TRAINING.labels()[index];
  }
}
