package org.dl4jsnn.examples.data;

import org.dl4jsnn.train.TrainingData;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Images for training, for choosing the model and for testing it.
 *
 * @param training makes the minibatches of an epoch
 * @param trainingSize the number of training images
 * @param batch images per minibatch
 */
public record ImageData(
    Training training,
    int trainingSize,
    LabelledImages heldOutImages,
    LabelledImages testImages,
    int batch)
    implements TrainingData {

  /** Makes the minibatches of an epoch. */
  @FunctionalInterface
  public interface Training {

    /** As {@link TrainingData#training}. */
    DataSetIterator from(long seed, int epoch, int first);
  }

  @Override
  public int heldOutSize() {
    return heldOutImages.size();
  }

  @Override
  public int testSize() {
    return testImages.size();
  }

  @Override
  public DataSetIterator training(long seed, int epoch, int first) {
    return training.from(seed, epoch, first);
  }

  @Override
  public DataSetIterator heldOut() {
    return heldOutImages.inOrder(batch);
  }

  @Override
  public DataSetIterator test() {
    return testImages.inOrder(batch);
  }
}
