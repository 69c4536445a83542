package org.dl4jsnn.examples.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The guide's loss at every step learns. */
class LossOverTimeTest {

  private static final int SAMPLES = 20;
  private static final int STEPS = 10;

  @Test
  void shouldLearnWhichInputComesFirst() {
    INDArray features = Nd4j.create(SAMPLES, 2, STEPS);
    INDArray labels = Nd4j.create(SAMPLES, 2);
    for (int sample = 0; sample < SAMPLES; sample++) {
      int first = sample % 2;
      labels.putScalar(sample, first, 1);
      for (int step = 0; step < STEPS; step++) {
        features.putScalar(sample, step < STEPS / 2 ? first : 1 - first, step, 1);
      }
    }
    MultiLayerNetwork network = Streams.losses(2, 2);
    for (int epoch = 0; epoch < 100; epoch++) {
      network.fit(features, Streams.overTime(labels, STEPS));
    }
    assertEquals(labels.argMax(1), Streams.classes(network, features));
  }
}
