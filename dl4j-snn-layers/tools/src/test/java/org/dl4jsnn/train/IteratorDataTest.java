package org.dl4jsnn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

class IteratorDataTest {

  private static DataSet minibatch(int from, int size) {
    DataSet minibatch = new DataSet(Nd4j.zeros(size, 1), Nd4j.zeros(size, 2));
    for (int i = 0; i < size; i++) {
      minibatch.getFeatures().putScalar(i, 0, from + i);
    }
    return minibatch;
  }

  private static DataSetIterator samples(int number, int batch) {
    List<DataSet> single = IntStream.range(0, number).mapToObj(i -> minibatch(i, 1)).toList();
    return new ListDataSetIterator<>(single, batch);
  }

  private static List<Integer> firsts(DataSetIterator minibatches) {
    List<Integer> firsts = new ArrayList<>();
    while (minibatches.hasNext()) {
      firsts.add(minibatches.next().getFeatures().getInt(0));
    }
    return firsts;
  }

  @Test
  void shouldCountSamplesAndRestartInEveryEpoch() {
    TrainingData data = TrainingData.of(samples(10, 4), samples(3, 2), samples(5, 2));
    assertEquals(10, data.trainingSize());
    assertEquals(4, data.batch());
    assertEquals(3, data.heldOutSize());
    assertEquals(5, data.testSize());
    assertEquals("", data.input());
    for (int epoch = 0; epoch < 2; epoch++) {
      assertEquals(List.of(0, 4, 8), firsts(data.training(1, epoch, 0)));
      assertEquals(List.of(8), firsts(data.training(1, epoch, 2)));
      assertEquals(List.of(), firsts(data.training(1, epoch, 3)));
      assertEquals(List.of(0, 2), firsts(data.heldOut()));
      assertEquals(List.of(0, 2, 4), firsts(data.test()));
    }
  }

  @Test
  void shouldHoldOutNothingByDefault() {
    TrainingData data = TrainingData.of(samples(4, 4), samples(5, 2));
    assertEquals(0, data.heldOutSize());
    assertThrows(IllegalStateException.class, data::heldOut);
  }

  @Test
  void shouldRefuseMinibatchesOfDifferentSizes() {
    for (int[] sizes : new int[][] {{4, 3, 4}, {3, 4}, {4, 3, 3}}) {
      List<DataSet> minibatches = IntStream.of(sizes).mapToObj(size -> minibatch(0, size)).toList();
      DataSetIterator uneven = new ListOfMinibatches(minibatches);
      String message =
          assertThrows(IllegalArgumentException.class, () -> TrainingData.of(uneven, samples(1, 1)))
              .getMessage();
      assertEquals(
          "training must have minibatches of one size, except for a smaller last one, got others than "
              + sizes[0]
              + " samples",
          message);
    }
  }

  @Test
  void shouldRefuseIteratorsWithoutSamplesOrReset() {
    DataSetIterator once = new ExistingDataSetIterator(List.of(minibatch(0, 1)).iterator());
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> TrainingData.of(samples(1, 1), once))
            .getMessage()
            .startsWith("test must be an iterator that can be reset, got "));
    DataSetIterator empty = new ListOfMinibatches(List.of());
    assertEquals(
        "training must have samples, got none",
        assertThrows(IllegalArgumentException.class, () -> TrainingData.of(empty, samples(1, 1)))
            .getMessage());
  }

  /** Unchanged: ListDataSetIterator would make them minibatches of one size. */
  private static final class ListOfMinibatches extends ExistingDataSetIterator {

    private static final long serialVersionUID = 1L;

    ListOfMinibatches(List<DataSet> minibatches) {
      super(minibatches);
    }
  }
}
