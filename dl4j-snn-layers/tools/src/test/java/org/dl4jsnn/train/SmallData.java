package org.dl4jsnn.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Samples of three classes, each with its own features that are larger, in another order every
 * epoch.
 */
record SmallData(int trainingSize, int heldOutSize, int testSize, int batch)
    implements TrainingData {

  static final int CLASSES = 3;

  private static DataSet sample(int index) {
    Random random = new Random(index);
    float[] features = new float[SmallTraining.FEATURES];
    for (int i = 0; i < features.length; i++) {
      features[i] = random.nextFloat() * (i % CLASSES == index % CLASSES ? 1 : 0.6f);
    }
    float[] label = new float[CLASSES];
    label[index % CLASSES] = 1;
    return new DataSet(
        Nd4j.create(features, new long[] {1, features.length}, 'c'),
        Nd4j.create(label, new long[] {1, CLASSES}, 'c'));
  }

  private DataSetIterator of(List<Integer> indices) {
    List<DataSet> samples = indices.stream().map(SmallData::sample).toList();
    return new ListDataSetIterator<>(samples, batch);
  }

  @Override
  public DataSetIterator training(long seed, int epoch, int first) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, trainingSize).boxed().toList());
    Collections.shuffle(order, new Random(31 * seed + epoch));
    return of(order.subList(Math.min(first * batch, trainingSize), trainingSize));
  }

  @Override
  public DataSetIterator heldOut() {
    return of(IntStream.range(trainingSize, trainingSize + heldOutSize).boxed().toList());
  }

  @Override
  public DataSetIterator test() {
    int from = trainingSize + heldOutSize;
    return of(IntStream.range(from, from + testSize).boxed().toList());
  }
}
