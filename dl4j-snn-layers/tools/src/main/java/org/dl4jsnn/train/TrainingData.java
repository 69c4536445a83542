package org.dl4jsnn.train;

import org.dl4jsnn.image.ImageAugmenter;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Labelled samples for training, for choosing the best model (held out), and for testing.
 *
 * <pre>{@code
 * TrainingData data = TrainingData.of(training, heldOut, test);
 * try (Training open = Training.open(TrainingSettings.savingTo(file), data)) {
 *   open.beginOrResume(network, stop);
 * }
 * }</pre>
 */
public interface TrainingData {

  /**
   * Data from iterators that return the same minibatches in the same order after every reset. One
   * pass counts the samples. For a different order in every epoch, implement this interface.
   *
   * @param training training samples; all minibatches have the same size, but the last may be
   *     smaller
   * @param test test samples
   * @return the data
   * @throws IllegalArgumentException if an iterator has no samples or cannot be reset, or if
   *     minibatch sizes differ
   */
  static TrainingData of(DataSetIterator training, DataSetIterator test) {
    return IteratorData.of(training, null, test);
  }

  /**
   * {@return the same with held-out samples for choosing the best model}
   *
   * @param training training samples; all minibatches have the same size, but the last may be
   *     smaller
   * @param heldOut held-out samples
   * @param test test samples
   * @throws IllegalArgumentException if an iterator has no samples or cannot be reset, or if
   *     minibatch sizes differ
   */
  static TrainingData of(DataSetIterator training, DataSetIterator heldOut, DataSetIterator test) {
    return IteratorData.of(training, heldOut, test);
  }

  /**
   * The same data, with an augmenter that continues at the right image of every epoch. Without
   * this, a resumed training would see other images than one that was not interrupted: an augmenter
   * counts the images that its own program has seen.
   *
   * <pre>{@code
   * ImageAugmenter augmenter = new ImageAugmenter(augmentation, seed);
   * training.setPreProcessor(augmenter); // of the training samples alone
   * TrainingData data = TrainingData.of(training, test).augmentedBy(augmenter);
   * }</pre>
   *
   * @param augmenter the preprocessor of the training samples' iterator, or a part of it; no other
   *     iterator may use it
   * @return the data
   * @throws IllegalArgumentException if an {@code AsyncDataSetIterator} reads the training samples
   *     ahead, which it does before an epoch begins
   */
  default TrainingData augmentedBy(ImageAugmenter augmenter) {
    return new AugmentedData(this, augmenter);
  }

  /** {@return the number of training samples per epoch, at least 1} */
  int trainingSize();

  /** {@return the number of held-out samples; 0 if the last epoch's model is the result} */
  int heldOutSize();

  /** {@return the number of test samples} */
  int testSize();

  /**
   * {@return the number of samples per training minibatch; the last one of an epoch has the
   * remainder}
   */
  int batch();

  /**
   * The minibatches of an epoch. Their order and any augmentation may depend only on the seed and
   * the epoch, since a resumed training needs the same minibatches.
   *
   * @param seed the network's seed
   * @param epoch the epoch, from 0
   * @param first number of minibatches to skip at the beginning, without making them
   * @return the minibatches; if they throw an {@link java.io.UncheckedIOException}, the training is
   *     saved and ends
   */
  DataSetIterator training(long seed, int epoch, int first);

  /**
   * {@return a description of the network's input, if it can change from run to run, such as the
   * shape of the features; otherwise empty}
   */
  default String input() {
    return "";
  }

  /** {@return minibatches of the held-out samples, starting with the first} */
  DataSetIterator heldOut();

  /** {@return minibatches of the test samples, starting with the first} */
  DataSetIterator test();
}
