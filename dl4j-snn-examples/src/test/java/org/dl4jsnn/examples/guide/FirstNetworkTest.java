package org.dl4jsnn.examples.guide;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

class FirstNetworkTest {

  @Test
  void shouldLearnAndBeEvaluated() {
    DataSet pictures = new DataSet(Nd4j.rand(8, 784), Nd4j.eye(10).getRows(0, 1, 2, 3, 4, 5, 6, 7));
    DataSetIterator train = new ExistingDataSetIterator(List.of(pictures));
    MultiLayerNetwork trained = FirstNetwork.train(train, 1);
    MultiLayerNetwork untrained = new MultiLayerNetwork(trained.getLayerWiseConfigurations());
    untrained.init();
    assertNotEquals(untrained.params(), trained.params());
    assertArrayEquals(new long[] {8, 10}, trained.output(pictures.getFeatures()).shape());
    Evaluation evaluation = trained.evaluate(train);
    assertNotEquals(0, evaluation.getNumRowCounter());
  }
}
