package org.dl4jsnn.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.SortedMap;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** A read-out of logits, whose check Deeplearning4j was told to leave out. */
class IdentityReadOutTest {

  @Test
  void shouldGiveAccuracies() {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(3)
            .list()
            .layer(new DenseLayer.Builder().nOut(8).activation(Activation.RELU).build())
            .layer(
                new OutputLayer.Builder(LossFunctions.LossFunction.MSE)
                    .nOut(3)
                    .activation(Activation.IDENTITY)
                    .build())
            .setInputType(InputType.feedForward(5))
            .validateOutputLayerConfig(false)
            .build();
    configuration.setValidateOutputLayerConfig(false);
    MultiLayerNetwork trained = Networks.of(configuration);
    DataSet samples =
        new DataSet(Nd4j.rand(1L, new long[] {20, 5}), Nd4j.eye(3).getRows(new int[20]));
    ConvertedNetwork<MultiLayerNetwork> converted =
        SpikingConversion.of(trained)
            .calibrate(new ExistingDataSetIterator(samples.asList()))
            .steps(8)
            .convert();
    double expected = trained.evaluate(new ExistingDataSetIterator(samples.batchBy(10))).accuracy();
    SortedMap<Integer, Double> accuracies =
        converted.accuracyByT(new ExistingDataSetIterator(samples.batchBy(10)), 4, 256);
    assertEquals(Set.of(4, 256), accuracies.keySet());
    assertEquals(expected, accuracies.get(256), 0.11);
  }
}
