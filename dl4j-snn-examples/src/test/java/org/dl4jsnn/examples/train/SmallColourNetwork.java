package org.dl4jsnn.examples.train;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.conf.ReadOutActivation;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/** A network with the inputs and outputs of VGG7, which takes seconds to save. */
public final class SmallColourNetwork {

  private SmallColourNetwork() {}

  public static MultiLayerNetwork untrained() {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Adam(1e-3))
            .miniBatch(false)
            .list()
            .layer(SpikeEncoding.poisson(2).build())
            .layer(new SpikingDense.Builder().nOut(20).threshold(1).build())
            .layer(
                new OutputLayer.Builder(new LossL2())
                    .nOut(10)
                    .activation(new ReadOutActivation(1))
                    .hasBias(false)
                    .build())
            .setInputType(InputType.convolutional(32, 32, 3))
            .build();
    AsfBackprop.applyTo(configuration);
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }
}
