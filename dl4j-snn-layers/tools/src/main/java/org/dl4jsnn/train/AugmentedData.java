package org.dl4jsnn.train;

import org.dl4jsnn.image.ImageAugmenter;
import org.dl4jsnn.internal.Require;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Data whose training samples go through an augmenter that counts them. */
record AugmentedData(TrainingData data, ImageAugmenter augmenter) implements TrainingData {

  AugmentedData {
    Require.given("augmenter", augmenter);
  }

  @Override
  public DataSetIterator training(long seed, int epoch, int first) {
    if (data instanceof IteratorData iterators) {
      // It makes the minibatches that it skips, so that they are counted.
      return iterators.training(first, () -> augmenter.begin((long) epoch * trainingSize()));
    }
    // Before the augmenter begins, since an iterator may make minibatches in order to skip them.
    DataSetIterator minibatches = data.training(seed, epoch, first);
    augmenter.begin(
        (long) epoch * trainingSize() + Math.min((long) first * batch(), trainingSize()));
    return minibatches;
  }

  @Override
  public int trainingSize() {
    return data.trainingSize();
  }

  @Override
  public int heldOutSize() {
    return data.heldOutSize();
  }

  @Override
  public int testSize() {
    return data.testSize();
  }

  @Override
  public int batch() {
    return data.batch();
  }

  @Override
  public String input() {
    return data.input();
  }

  @Override
  public DataSetIterator heldOut() {
    return data.heldOut();
  }

  @Override
  public DataSetIterator test() {
    return data.test();
  }
}
