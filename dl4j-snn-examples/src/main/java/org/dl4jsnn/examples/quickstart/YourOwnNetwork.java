package org.dl4jsnn.examples.quickstart;

import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.examples.data.EmbeddedDigits;
import org.dl4jsnn.monitor.FiringRates;
import org.dl4jsnn.monitor.SynapticOperations;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small convolutional network, written with spiking layers instead of stock ones: {@code
 * ConvolutionLayer} becomes {@link SpikingConvolution2D}, {@code SubsamplingLayer} {@link
 * SpikingPooling2D}, {@code DenseLayer} {@link SpikingDense}; the output layer stays. Notebook 3
 * explains it.
 */
public final class YourOwnNetwork {

  private static final Logger log = LoggerFactory.getLogger(YourOwnNetwork.class);

  private static final int DIGITS = 2000;
  private static final int TEST_DIGITS = 1000;
  private static final int EPOCHS = 3;
  private static final int STEPS = 8;

  private YourOwnNetwork() {}

  public static void main(String[] args) {
    run(DIGITS, TEST_DIGITS, EPOCHS);
  }

  /** Returns the accuracy on test digits. */
  static double run(int digits, int testDigits, int epochs) {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Adam(3e-3))
            .list()
            .layer(SpikeEncoding.direct(STEPS).name("encoding").build())
            .layer(
                new SpikingConvolution2D.Builder(5, 5)
                    .name("conv1")
                    .nOut(8)
                    .reset(Reset.bySubtraction())
                    .normalization(new CurrentNormalization())
                    .build())
            .layer(new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).name("pool1").build())
            .layer(
                new SpikingConvolution2D.Builder(5, 5)
                    .name("conv2")
                    .nOut(16)
                    .reset(Reset.bySubtraction())
                    .normalization(new CurrentNormalization())
                    .build())
            .layer(new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).name("pool2").build())
            .layer(
                new SpikingDense.Builder()
                    .name("dense")
                    .nOut(64)
                    .reset(Reset.bySubtraction())
                    .normalization(new CurrentNormalization())
                    .build())
            .layer(
                new OutputLayer.Builder(new LossMCXENT())
                    .nOut(10)
                    .weightInit(WeightInit.RELU)
                    .activation(Activation.SOFTMAX)
                    .build())
            .setInputType(InputType.convolutionalFlat(28, 28, 1))
            .build();
    AsfBackprop.applyTo(configuration); // without it: spatio-temporal backpropagation
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    network.fit(EmbeddedDigits.training(digits, 50), epochs);
    double accuracy = network.evaluate(EmbeddedDigits.test(testDigits, 100)).accuracy();
    log.info("accuracy {}", accuracy);

    INDArray some = EmbeddedDigits.test(100, 100).next().getFeatures();
    List<FiringRates> rates = FiringRates.measure(network, some);
    rates.forEach(
        layer ->
            log.info(
                "{}: mean firing rate {}, share of silent neurons {}",
                layer.layer(),
                layer.mean(),
                layer.silent()));
    SynapticOperations.count(network, some)
        .forEach(
            layer ->
                log.info(
                    "{}: {} additions per digit, {} multiply-adds without spikes",
                    layer.layer(),
                    Math.round(layer.additions()),
                    Math.round(layer.multiplyAdds())));
    return accuracy;
  }
}
