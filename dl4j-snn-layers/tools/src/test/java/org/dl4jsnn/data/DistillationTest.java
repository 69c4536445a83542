package org.dl4jsnn.data;

import static org.dl4jsnn.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class DistillationTest {

  @Test
  void shouldMixTheTeachersProbabilitiesIntoTheLabels() {
    INDArray plain = Nd4j.create(new float[][] {{1, 0}, {0, 1}});
    INDArray taught = Nd4j.create(new float[][] {{0.6f, 0.4f}, {0.2f, 0.8f}});
    DataSet minibatch = new DataSet(Nd4j.zeros(2, 3), plain);
    new Distillation(features -> taught, 0.25).preProcess(minibatch);
    assertEquals(Nd4j.eye(2), plain, "others may show it again");
    assertEquals(0.6f, taught.getFloat(0, 0), "it may be a teacher's own array");
    assertArrayEquals(
        new float[] {0.9f, 0.1f, 0.05f, 0.95f}, minibatch.getLabels().data().asFloat(), 1e-6f);
  }

  @Test
  void shouldShowTheTeacherTheFeaturesOfTheMinibatch() {
    DataSet minibatch = new DataSet(Nd4j.create(new float[][] {{0, 1}}), Nd4j.zeros(1, 2));
    new Distillation(features -> features, 1).preProcess(minibatch);
    assertArrayEquals(new float[] {0, 1}, minibatch.getLabels().data().asFloat());
  }

  @Test
  void shouldRefuseATeacherOfOtherClasses() {
    DataSet minibatch = new DataSet(Nd4j.zeros(2, 3), Nd4j.zeros(2, 10));
    assertMessage(
        "teacher must return probabilities of the labels' shape [2, 10], got [2, 3]. Possible"
            + " cause: it was trained for other classes",
        () -> new Distillation(features -> features, 0.5).preProcess(minibatch));
  }

  @Test
  void shouldRefuseSharesOutOfRange() {
    assertMessage(
        "share must be above 0 and at most 1, got 0.0",
        () -> new Distillation(features -> features, 0));
    assertMessage(
        "share must be above 0 and at most 1, got NaN",
        () -> new Distillation(features -> features, Double.NaN));
  }
}
