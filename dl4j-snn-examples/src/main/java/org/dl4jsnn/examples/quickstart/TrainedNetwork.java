package org.dl4jsnn.examples.quickstart;

import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.convert.ConvertedNetwork;
import org.dl4jsnn.convert.Scales;
import org.dl4jsnn.convert.SpikingConversion;
import org.dl4jsnn.examples.data.EmbeddedDigits;
import org.dl4jsnn.gradient.BackpropRules;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A trained network of stock layers becomes a spiking one without training; then ASF-BP brings back
 * what few time steps cost. Notebook 4 explains it.
 */
public final class TrainedNetwork {

  private static final Logger log = LoggerFactory.getLogger(TrainedNetwork.class);

  private static final int DIGITS = 3000;
  private static final int TEST_DIGITS = 1000;
  private static final int EPOCHS = 5;
  private static final int FEW_STEPS = 4;

  private TrainedNetwork() {}

  public static void main(String[] args) {
    run(DIGITS, TEST_DIGITS, EPOCHS);
  }

  /** Returns the accuracy on test digits after fine-tuning. */
  static double run(int digits, int testDigits, int epochs) {
    MultiLayerNetwork trained = stockNetwork();
    trained.fit(EmbeddedDigits.training(digits, 50), epochs);
    log.info("without spikes: {}", accuracy(trained, testDigits));

    SpikingConversion<MultiLayerNetwork> conversion =
        SpikingConversion.of(trained)
            .calibrate(EmbeddedDigits.training(Math.min(digits, 500), 100));
    ConvertedNetwork<MultiLayerNetwork> converted = conversion.steps(32).convert();
    log.info(
        "activations and firing rates:\n{}",
        converted.report(EmbeddedDigits.test(testDigits, 100)));
    log.info(
        "accuracy by T: {}",
        converted.accuracyByT(EmbeddedDigits.test(testDigits, 100), 4, 8, 16, 32));

    MultiLayerNetwork few =
        conversion.scales(Scales.meanSquare()).steps(FEW_STEPS).convert().network();
    log.info("T = {}, converted: {}", FEW_STEPS, accuracy(few, testDigits));
    MultiLayerNetwork tuned = BackpropRules.swap(few, new AsfBackprop());
    tuned.setLearningRate(4e-4);
    tuned.fit(EmbeddedDigits.training(digits, 50), 2);
    double accuracy = accuracy(tuned, testDigits);
    log.info("T = {}, fine-tuned: {}", FEW_STEPS, accuracy);
    return accuracy;
  }

  private static double accuracy(MultiLayerNetwork network, int testDigits) {
    return network.evaluate(EmbeddedDigits.test(testDigits, 100)).accuracy();
  }

  private static MultiLayerNetwork stockNetwork() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(3e-3))
                .weightInit(WeightInit.RELU)
                .convolutionMode(ConvolutionMode.Same)
                .list()
                .layer(convolution(8))
                .layer(pooling())
                .layer(convolution(16))
                .layer(pooling())
                .layer(new DenseLayer.Builder().nOut(64).activation(Activation.RELU).build())
                .layer(
                    new OutputLayer.Builder(new LossMCXENT())
                        .nOut(10)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutionalFlat(28, 28, 1))
                .build());
    network.init();
    return network;
  }

  private static ConvolutionLayer convolution(int channels) {
    return new ConvolutionLayer.Builder(5, 5).nOut(channels).activation(Activation.RELU).build();
  }

  private static SubsamplingLayer pooling() {
    return new SubsamplingLayer.Builder(
            SubsamplingLayer.PoolingType.AVG, new int[] {2, 2}, new int[] {2, 2})
        .build();
  }
}
