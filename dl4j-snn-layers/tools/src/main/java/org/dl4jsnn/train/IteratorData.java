package org.dl4jsnn.train;

import org.dl4jsnn.image.ImageAugmenter;
import org.dl4jsnn.internal.Require;
import org.nd4j.linalg.dataset.AsyncDataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Data from iterators that start again after a reset. */
final class IteratorData implements TrainingData {

  private final Counted training;
  private final Counted heldOut;
  private final Counted test;

  private IteratorData(Counted training, Counted heldOut, Counted test) {
    this.training = training;
    this.heldOut = heldOut;
    this.test = test;
  }

  /** Data, with null for no held-out samples. */
  static TrainingData of(DataSetIterator training, DataSetIterator heldOut, DataSetIterator test) {
    Counted trained = Counted.of("training", training);
    Require.not(
        !trained.isEven,
        "training must have minibatches of one size, except for a smaller last one, got others"
            + " than %s samples",
        trained.batch);
    return new IteratorData(
        trained, heldOut == null ? null : Counted.of("heldOut", heldOut), Counted.of("test", test));
  }

  /**
   * An iterator and its counted contents; it is even if all minibatches have the size of the first,
   * except for a smaller last one.
   */
  private record Counted(DataSetIterator iterator, int samples, int batch, boolean isEven) {

    static Counted of(String name, DataSetIterator iterator) {
      if (!Require.given(name, iterator).resetSupported()) {
        throw new IllegalArgumentException(
            name + " must be an iterator that can be reset, got " + iterator);
      }
      iterator.reset();
      int samples = 0;
      int batch = 0;
      int last = 0;
      boolean isEven = true;
      while (iterator.hasNext()) {
        isEven &= last == batch;
        last = iterator.next().numExamples();
        batch = samples == 0 ? last : batch;
        samples = Math.addExact(samples, last);
      }
      Require.not(samples == 0, "%s must have samples, got none", name);
      return new Counted(iterator, samples, batch, isEven && last <= batch);
    }

    DataSetIterator anew() {
      iterator.reset();
      return iterator;
    }
  }

  @Override
  public TrainingData augmentedBy(ImageAugmenter augmenter) {
    Require.not(
        training.iterator instanceof AsyncDataSetIterator,
        "training must not be read ahead by AsyncDataSetIterator, which makes images before the"
            + " augmenter begins the epoch, got %s. Give the iterator inside it, since a training"
            + " reads ahead itself",
        training.iterator);
    return TrainingData.super.augmentedBy(augmenter);
  }

  @Override
  public int trainingSize() {
    return training.samples;
  }

  @Override
  public int heldOutSize() {
    return heldOut == null ? 0 : heldOut.samples;
  }

  @Override
  public int testSize() {
    return test.samples;
  }

  @Override
  public int batch() {
    return training.batch;
  }

  @Override
  public DataSetIterator training(long seed, int epoch, int first) {
    return training(first, () -> {});
  }

  /** The same, with something to do after the reset and before the first minibatch is made. */
  DataSetIterator training(int first, Runnable onReset) {
    DataSetIterator minibatches = training.anew();
    onReset.run();
    for (int i = 0; i < first; i++) {
      minibatches.next();
    }
    return minibatches;
  }

  @Override
  public DataSetIterator heldOut() {
    if (heldOut == null) {
      throw new IllegalStateException("samples must be held out to choose a model on, got none");
    }
    return heldOut.anew();
  }

  @Override
  public DataSetIterator test() {
    return test.anew();
  }
}
