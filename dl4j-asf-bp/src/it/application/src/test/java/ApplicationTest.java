import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/** Trains with accumulated spiking flow, from the artifacts alone. */
class ApplicationTest {

  /** 8 x 8 images, bright on the left (class 0) or on the right (class 1). */
  private static DataSet images(int count) {
    INDArray features = Nd4j.zeros(count, 64);
    INDArray labels = Nd4j.zeros(count, 2);
    for (int i = 0; i < count; i++) {
      int bright = i % 2;
      for (int pixel = 0; pixel < 64; pixel++) {
        boolean left = pixel % 8 < 4;
        features.putScalar(i, pixel, left == (bright == 0) ? 0.6 + 0.3 * (i % 5) / 5 : 0.1);
      }
      labels.putScalar(i, bright, 1);
    }
    return new DataSet(features, labels);
  }

  private static MultiLayerNetwork network() {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Adam(2e-3))
            .miniBatch(false)
            .list()
            .layer(SpikeEncoding.poisson(20).gain(1).build())
            .layer(new SpikingConvolution2D.Builder(3, 3).nOut(8).build())
            .layer(new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).build())
            .layer(new SpikingDense.Builder().nOut(20).build())
            .layer(
                new OutputLayer.Builder(new LossL2())
                    .nOut(2)
                    .activation(Activation.IDENTITY)
                    .hasBias(false)
                    .build())
            .setInputType(InputType.convolutionalFlat(8, 8, 1))
            .build();
    AsfBackprop.applyTo(configuration);
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }

  @Test
  void shouldTrainSaveAndReload(@TempDir File folder) throws Exception {
    DataSet images = images(40);
    MultiLayerNetwork network = network();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.getLong("consumer.seconds"));
    int iterations = 0;
    do {
      network.fit(images);
      iterations++;
    } while (iterations < 100 || System.nanoTime() < end);
    assertEquals(0, network.params().isNaN().castTo(DataType.INT).sumNumber().intValue());
    INDArray answers = network.output(images.getFeatures()).argMax(1);
    INDArray expected = images.getLabels().argMax(1);
    int right = answers.eq(expected).castTo(DataType.INT).sumNumber().intValue();
    assertTrue(right >= 36, right + " of 40 right after " + iterations + " minibatches");

    File file = new File(folder, "network.zip");
    network.save(file, true);
    MultiLayerNetwork reloaded = MultiLayerNetwork.load(file, true);
    assertEquals(network.params(), reloaded.params());
    assertEquals(network.output(images.getFeatures()), reloaded.output(images.getFeatures()));
    network.fit(images);
    reloaded.fit(images);
    assertEquals(network.params(), reloaded.params(), "both train on alike");
  }
}
