package org.dl4jsnn.data;

import static org.dl4jsnn.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class LabelSmoothingTest {

  @Test
  void shouldSpreadAShareOverAllClasses() {
    INDArray plain = Nd4j.create(new float[][] {{1, 0}, {0, 1}});
    DataSet minibatch = new DataSet(Nd4j.zeros(2, 3), plain);
    new LabelSmoothing(0.1).preProcess(minibatch);
    assertEquals(Nd4j.eye(2), plain, "others may show it again");
    assertArrayEquals(
        new float[] {0.95f, 0.05f, 0.05f, 0.95f}, minibatch.getLabels().data().asFloat(), 1e-6f);
  }

  @Test
  void shouldRefuseLabelsOfOneColumn() {
    DataSet minibatch = new DataSet(Nd4j.zeros(2, 3), Nd4j.create(new float[][] {{3}, {1}}));
    assertMessage(
        "labels must be [minibatch, classes, …] with at least 2 classes to be smoothed, got [2, 1]."
            + " Possible cause: numbers of classes, or a single output",
        () -> new LabelSmoothing(0.1).preProcess(minibatch));
  }

  @Test
  void shouldRefuseSharesOutOfRange() {
    assertMessage("share must be at least 0 and below 1, got 1.0", () -> new LabelSmoothing(1));
  }
}
