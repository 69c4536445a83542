package org.dl4jsnn.examples;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.weights.WeightInit;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.conf.ReadOutActivation;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.schedule.ISchedule;

/** The published network for MNIST, 20C5-AP2-50C5-AP2-200-10, trained by ASF-BP. */
final class LeNet5 {

  private static final double L2 = 5e-4;

  /** Pixels in [0, 1] fire with half their value as probability. */
  private static final double GAIN = 0.5;

  private LeNet5() {}

  /**
   * The configuration.
   *
   * @param steps T
   * @param threshold θ of the weighted layers
   * @param leak λ of the weighted layers
   * @param learningRate Adam's learning rate
   * @param seed for weights and spikes
   */
  static MultiLayerConfiguration configuration(
      int steps, double threshold, double leak, ISchedule learningRate, long seed) {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .updater(new Adam(learningRate))
            .l2(L2)
            .miniBatch(false) // the published loss is a sum over the minibatch
            .list()
            .layer(SpikeEncoding.poisson(steps).gain(GAIN).name("encoding").build())
            .layer(convolution("conv1", 20, threshold, leak))
            .layer(pooling("pool1"))
            .layer(convolution("conv2", 50, threshold, leak))
            .layer(pooling("pool2"))
            .layer(
                new SpikingDense.Builder()
                    .name("dense")
                    .nOut(200)
                    .threshold(threshold)
                    .leak(leak)
                    .build())
            .layer(
                new OutputLayer.Builder(new LossL2())
                    .name("readout")
                    .nOut(10)
                    .activation(new ReadOutActivation(threshold))
                    .hasBias(false)
                    .weightInit(WeightInit.RELU)
                    .build())
            .setInputType(InputType.convolutionalFlat(28, 28, 1))
            .build();
    AsfBackprop.applyTo(configuration);
    return configuration;
  }

  private static SpikingConvolution2D convolution(
      String name, int channels, double threshold, double leak) {
    return new SpikingConvolution2D.Builder(5, 5)
        .name(name)
        .nOut(channels)
        .threshold(threshold)
        .leak(leak)
        .build();
  }

  private static SpikingPooling2D pooling(String name) {
    return new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).name(name).threshold(0.75).build();
  }
}
