package org.dl4jsnn.asf;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.dl4jsnn.Networks;
import org.dl4jsnn.convert.SpikingConversion;
import org.dl4jsnn.gradient.BackpropRules;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;

/**
 * A converted network keeps what the trained one knows, and can be trained further under ASF-BP.
 */
@Tag("slow")
class ConvertedTrainingTest {

  /** So few that conversion costs much, however the trained network happens to be rounded. */
  private static final int STEPS = 1;

  /** Conversion does not change it. */
  private static MultiLayerNetwork trained;

  @BeforeAll
  static void train() {
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Adam(5e-3))
            .weightInit(WeightInit.RELU)
            .activation(Activation.RELU)
            .list()
            .layer(
                new ConvolutionLayer.Builder(3, 3).nOut(8).activation(Activation.IDENTITY).build())
            .layer(new BatchNormalization())
            .layer(new ActivationLayer(Activation.RELU))
            .layer(
                new SubsamplingLayer.Builder(
                        SubsamplingLayer.PoolingType.AVG, new int[] {2, 2}, new int[] {2, 2})
                    .build())
            .layer(new DenseLayer.Builder().nOut(32).build())
            .layer(new DenseLayer.Builder().nOut(32).build())
            .layer(Networks.softmax(6));
    MultiLayerNetwork network =
        Networks.of(list.setInputType(InputType.convolutional(8, 8, 1)).build());
    for (int epoch = 0; epoch < 6 && accuracy(network) < 0.98; epoch++) {
      network.fit(data(1200, 1));
    }
    trained = network;
  }

  private static DataSetIterator data(int samples, long seed) {
    return new ListDataSetIterator<>(Glyphs.minibatches(samples, 40, seed), 1);
  }

  private static double accuracy(MultiLayerNetwork network) {
    return network.evaluate(data(400, 2)).accuracy();
  }

  @Test
  void shouldKeepTheAccuracyAtManyStepsAndRecoverItAtFew() {
    double before = accuracy(trained);
    assertTrue(before > 0.9, "accuracy without spikes " + before);
    SpikingConversion<MultiLayerNetwork> conversion =
        SpikingConversion.of(trained).calibrate(data(400, 1));
    double many = accuracy(conversion.steps(256).convert().network());
    assertTrue(many > before - 0.02, many + " of " + before + " at 256 steps");

    MultiLayerNetwork few = conversion.steps(STEPS).convert().network();
    double converted = accuracy(few);
    assertTrue(converted < before - 0.02, "few steps must cost something, got " + converted);
    MultiLayerNetwork tuned = BackpropRules.swap(few, new AsfBackprop());
    tuned.setLearningRate(1e-3);
    double wanted = (converted + before) / 2;
    double recovered = converted;
    for (int epoch = 0; epoch < 4 && recovered <= wanted; epoch++) {
      tuned.fit(data(1200, 1));
      recovered = accuracy(tuned);
    }
    assertTrue(
        recovered > wanted,
        "fine-tuned " + recovered + " from " + converted + ", without spikes " + before);
  }
}
