package org.dl4jsnn.examples.events;

import java.util.List;
import java.util.function.UnaryOperator;
import org.dl4jsnn.data.EventDataSetIterator;
import org.dl4jsnn.event.augment.EventAugmentation;
import org.dl4jsnn.event.data.EventDataSet;
import org.dl4jsnn.event.data.EventSample;
import org.dl4jsnn.train.TrainingData;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Recordings for training, for choosing the model and for testing it; read on request. */
public record EventTrainingData(
    EventDataSet dataSet,
    EventDataOptions options,
    EventAugmentation augmentation,
    int batch,
    UnaryOperator<DataSetIterator> prepared)
    implements TrainingData {

  /** Recordings whose training minibatches are taken as they are. */
  public EventTrainingData(
      EventDataSet dataSet, EventDataOptions options, EventAugmentation augmentation, int batch) {
    this(dataSet, options, augmentation, batch, UnaryOperator.identity());
  }

  @Override
  public int trainingSize() {
    return dataSet.train().size();
  }

  @Override
  public int heldOutSize() {
    return dataSet.heldOut().size();
  }

  @Override
  public int testSize() {
    return dataSet.test().size();
  }

  @Override
  public DataSetIterator training(long seed, int epoch, int first) {
    EventDataSetIterator iterator =
        builder(dataSet.train()).seed(seed).shuffled().augmentation(augmentation).build();
    // The last minibatch may be smaller.
    iterator.begin(epoch, Math.min(first * batch, trainingSize()));
    return prepared.apply(iterator);
  }

  @Override
  public String input() {
    String shape = "frames " + options.frames().shape(dataSet.sensor());
    return options.slices == EventDataOptions.Slices.DURATION
        ? shape
        : shape + " of equal " + options.slices;
  }

  @Override
  public DataSetIterator heldOut() {
    return builder(dataSet.heldOut()).build();
  }

  @Override
  public DataSetIterator test() {
    return builder(dataSet.test()).build();
  }

  private EventDataSetIterator.Builder builder(List<EventSample> samples) {
    EventDataSetIterator.Builder builder =
        EventDataSetIterator.builder(dataSet, samples, options.frames()).batch(batch);
    options.cache().ifPresent(builder::cache);
    return builder;
  }
}
