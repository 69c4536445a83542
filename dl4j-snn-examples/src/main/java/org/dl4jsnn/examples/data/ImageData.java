package org.dl4jsnn.examples.data;

import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.dl4jsnn.image.ImageAugmentation;
import org.dl4jsnn.train.TrainingData;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Images for training, for choosing the model and for testing it.
 *
 * @param batch images per minibatch
 * @param augmentation the change of training images, by epoch
 * @param prepared what becomes of the minibatches of an epoch
 */
public record ImageData(
    LabelledImages trainingImages,
    LabelledImages heldOutImages,
    LabelledImages testImages,
    int batch,
    IntFunction<ImageAugmentation> augmentation,
    UnaryOperator<DataSetIterator> prepared)
    implements TrainingData {

  @Override
  public int trainingSize() {
    return trainingImages.size();
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
    return prepared.apply(
        trainingImages.shuffled(batch, seed, epoch, augmentation.apply(epoch), first));
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
