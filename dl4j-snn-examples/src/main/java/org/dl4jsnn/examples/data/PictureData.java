package org.dl4jsnn.examples.data;

import org.dl4jsnn.train.TrainingData;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Pictures for training, for choosing the model and for testing it.
 *
 * @param training makes the minibatches of an epoch
 * @param trainingSize the number of training pictures
 * @param batch pictures per minibatch
 */
public record PictureData(
    Training training,
    int trainingSize,
    LabelledPictures heldOutPictures,
    LabelledPictures testPictures,
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
    return heldOutPictures.size();
  }

  @Override
  public int testSize() {
    return testPictures.size();
  }

  @Override
  public DataSetIterator training(long seed, int epoch, int first) {
    return training.from(seed, epoch, first);
  }

  @Override
  public DataSetIterator heldOut() {
    return heldOutPictures.inOrder(batch);
  }

  @Override
  public DataSetIterator test() {
    return testPictures.inOrder(batch);
  }
}
