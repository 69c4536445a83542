package org.dl4jsnn.train;

import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Samples to train on, to choose the model on, and to test it with, each with the label of a class.
 */
public interface TrainingData {

  /**
   * Data of iterators that give the same minibatches, in the same order, after every reset. They
   * are passed once to count samples. Data in another order every epoch need an implementation of
   * their own.
   *
   * @param training to train on; all minibatches have the same size, but the last may be smaller
   * @param test to test with
   * @return the data
   * @throws IllegalArgumentException if an iterator has no sample, cannot be reset, or the sizes of
   *     the minibatches differ
   */
  static TrainingData of(DataSetIterator training, DataSetIterator test) {
    return IteratorData.of(training, null, test);
  }

  /**
   * The same, with samples to choose the model on.
   *
   * @param training to train on; all minibatches have the same size, but the last may be smaller
   * @param heldOut to choose the model on
   * @param test to test with
   * @return the data
   * @throws IllegalArgumentException if an iterator has no sample, cannot be reset, or the sizes of
   *     the minibatches differ
   */
  static TrainingData of(DataSetIterator training, DataSetIterator heldOut, DataSetIterator test) {
    return IteratorData.of(training, heldOut, test);
  }

  /**
   * How many samples there are to train on.
   *
   * @return samples per epoch, at least 1
   */
  int trainingSize();

  /**
   * How many samples are held out of training to choose the model on.
   *
   * @return samples; 0 where the last epoch's model is the result
   */
  int heldOutSize();

  /**
   * How many samples there are to test with.
   *
   * @return samples
   */
  int testSize();

  /**
   * How many samples a training minibatch has; the last one of an epoch has what is left.
   *
   * @return samples, at least 1
   */
  int batch();

  /**
   * The minibatches of an epoch. Their order, and how samples are varied, may depend on nothing but
   * the seed and the epoch: a training that is resumed needs the same ones.
   *
   * @param seed the network's
   * @param epoch the epoch, from 0
   * @param first minibatches to leave out at the beginning, without making them
   * @return the minibatches; an {@link java.io.UncheckedIOException} of theirs ends the training
   *     with what was learned saved
   */
  DataSetIterator training(long seed, int epoch, int first);

  /**
   * What the network is given, if that can change from run to run.
   *
   * @return a description, such as the shape of the features; otherwise empty
   */
  default String input() {
    return "";
  }

  /**
   * The samples held out.
   *
   * @return minibatches, from the first on
   */
  DataSetIterator heldOut();

  /**
   * The test samples.
   *
   * @return minibatches, from the first on
   */
  DataSetIterator test();
}
