package org.dl4jsnn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.util.FeatureUtil;

/** Labels that are not one-hot are refused with the cure, not by the loss with two shapes. */
class LabelsOfTrainingTest {

  private static final String RULE =
      "labels must be one-hot, [minibatch, 10], with one column for each output of the network, got"
          + " ";
  private static final String NUMBERS =
      "[4, 1]. Possible cause: class numbers. Make them one-hot:"
          + " FeatureUtil.toOutcomeMatrix(classes, 10), with class numbers from 0";

  @TempDir private Path folder;

  private static MultiLayerNetwork network() {
    return Networks.of(
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(SpikeEncoding.direct(4).build())
            .layer(new SpikingDense.Builder().nOut(5).build())
            .layer(
                new OutputLayer.Builder(new LossMCXENT())
                    .nOut(10)
                    .activation(Activation.SOFTMAX)
                    .build())
            .setInputType(InputType.feedForward(6))
            .build());
  }

  private static DataSetIterator data(INDArray labels) {
    return new ListDataSetIterator<>(List.of(new DataSet(Nd4j.rand(4, 6), labels)), 4);
  }

  private String refusal(INDArray training, INDArray test, boolean isGraph) {
    TrainingSettings settings = TrainingSettings.savingTo(folder.resolve("model.zip")).epochs(1);
    TrainingData data = TrainingData.of(data(training), data(test));
    try (Training open = Training.open(settings, data)) {
      ComputationGraph graph = network().toComputationGraph();
      return assertThrows(
              IllegalArgumentException.class,
              () -> open.begin(isGraph ? graph : network(), StopRequest.byProgram()))
          .getMessage();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldSayThatLabelsMustBeOneHot(boolean isGraph) {
    INDArray numbers = Nd4j.createFromArray(0f, 3f, 9f, 1f).reshape(4, 1);
    INDArray right = FeatureUtil.toOutcomeMatrix(new int[] {0, 3, 9, 1}, 10);
    assertEquals(RULE + NUMBERS, refusal(numbers, right, isGraph));
    assertEquals(RULE + NUMBERS, refusal(right, numbers, isGraph));
  }

  @Test
  void shouldSayWhereAnEleventhColumnMayComeFrom() {
    INDArray eleven = FeatureUtil.toOutcomeMatrix(new int[] {1, 4, 10, 2}, 11);
    assertEquals(
        RULE
            + "[4, 11]. Possible cause: data with 11 classes for a network of 10, or class numbers"
            + " from 1 that were made one-hot with a column for class 0",
        refusal(eleven, eleven, false));
  }
}
