package org.dl4jsnn.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

class FiringRatesTest {

  @Test
  void shouldCountInAnActivation() {
    float[][] rates = {{0, 0.5f, 1, 0}, {0, 0, 1, 0.25f}};
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE, DataType.FLOAT16}) {
      INDArray activation = Nd4j.createFromArray(rates).castTo(type);
      assertEquals(
          new FiringRates("layer", 2.75 / 8, 0.25, 0.25), FiringRates.of("layer", activation));
    }
  }

  @Test
  void shouldMeasureEverySpikingLayerFromTheInputOn() {
    MultiLayerNetwork network =
        Networks.of(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .list()
                .layer(SpikeEncoding.direct(4).build())
                .layer(new FrozenLayer(new SpikingConvolution2D.Builder(1, 1).nOut(1).build()))
                .layer(new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2).build())
                .layer(new SpikingPooling2D.Builder(PoolingType.AVG, 1, 1).build())
                .layer(new SpikingDense.Builder().nOut(3).threshold(1000).build())
                .layer(new OutputLayer.Builder(new LossL2()).nOut(2).build())
                .setInputType(InputType.convolutional(2, 2, 1))
                .build());
    network.setParam("1_W", Nd4j.ones(1, 1, 1, 1));
    // Pixels of 2 fire at every step, pixels of 0.75 at every second one, in one of two samples.
    INDArray features = Nd4j.zeros(2, 1, 2, 2);
    features.putScalar(new int[] {0, 0, 0, 0}, 2);
    features.putScalar(new int[] {0, 0, 1, 1}, 0.75);
    assertEquals(
        List.of(
            new FiringRates("layer1", 1.5 / 8, 0.5, 1.0 / 8),
            new FiringRates("layer2", 0.5, 0, 0.5),
            new FiringRates("layer3", 0.5, 0, 0.5),
            new FiringRates("layer4", 0, 1, 0)),
        FiringRates.measure(network, features));
  }
}
