package org.dl4jsnn.examples.guide;

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
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/** The published LeNet5, from its layers to its training, as shown in docs/train.md. */
final class FirstNetwork {

  private FirstNetwork() {}

  static MultiLayerNetwork train(DataSetIterator train, int epochs) {
    // begin network
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Adam(8.5e-4))
            .l2(5e-4)
            .miniBatch(false)
            .list()
            .layer(SpikeEncoding.poisson(100).gain(0.5).build()) // T = 100 time steps
            .layer(new SpikingConvolution2D.Builder(5, 5).nOut(20).threshold(1.0).build())
            .layer(new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).threshold(0.75).build())
            .layer(new SpikingConvolution2D.Builder(5, 5).nOut(50).threshold(1.0).build())
            .layer(new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).threshold(0.75).build())
            .layer(new SpikingDense.Builder().nOut(200).threshold(1.0).build())
            .layer(
                new OutputLayer.Builder(new LossL2())
                    .nOut(10)
                    .activation(Activation.IDENTITY)
                    .hasBias(false)
                    .build())
            .setInputType(InputType.convolutionalFlat(28, 28, 1))
            .build();
    AsfBackprop.applyTo(configuration); // without it: spatio-temporal backpropagation
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    network.fit(train, epochs);
    // end network
    return network;
  }
}
