import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Trains with spatio-temporal backpropagation; dl4j-asf-bp is not there. */
class LayersOnlyTest {

  /** Rows whose first (class 0) or second (class 1) half is large. */
  private static DataSet rows(int count) {
    INDArray features = Nd4j.zeros(count, 10);
    INDArray labels = Nd4j.zeros(count, 2);
    for (int i = 0; i < count; i++) {
      for (int column = 0; column < 10; column++) {
        features.putScalar(i, column, column / 5 == i % 2 ? 0.9 - 0.1 * (i % 3) : 0.1);
      }
      labels.putScalar(i, i % 2, 1);
    }
    return new DataSet(features, labels);
  }

  @Test
  void shouldTrainSaveAndReload(@TempDir File folder) throws Exception {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Adam(1e-2))
            .list()
            .layer(SpikeEncoding.poisson(10).build())
            .layer(new SpikingDense.Builder().nOut(20).build())
            .layer(
                new OutputLayer.Builder(LossFunction.MCXENT)
                    .nOut(2)
                    .activation(Activation.SOFTMAX)
                    .build())
            .setInputType(InputType.feedForward(10))
            .build();
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    DataSet rows = rows(30);
    for (int i = 0; i < 100; i++) {
      network.fit(rows);
    }
    INDArray answers = network.output(rows.getFeatures()).argMax(1);
    int right = answers.eq(rows.getLabels().argMax(1)).castTo(DataType.INT).sumNumber().intValue();
    assertTrue(right >= 27, right + " of 30 right");

    File file = new File(folder, "network.zip");
    network.save(file, true);
    MultiLayerNetwork reloaded = MultiLayerNetwork.load(file, true);
    assertEquals(network.output(rows.getFeatures()), reloaded.output(rows.getFeatures()));
  }

  @Test
  void shouldDoWithoutTheOtherLibrary() {
    assertThrows(
        ClassNotFoundException.class, () -> Class.forName("org.dl4jsnn.asf.AsfBackprop"));
  }
}
