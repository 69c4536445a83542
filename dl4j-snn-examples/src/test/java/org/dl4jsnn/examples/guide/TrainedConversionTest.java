package org.dl4jsnn.examples.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.convert.ConversionReport;
import org.dl4jsnn.convert.ConvertedNetwork;
import org.dl4jsnn.convert.Scales;
import org.dl4jsnn.convert.SpikingConversion;
import org.dl4jsnn.gradient.BackpropRules;
import org.dl4jsnn.monitor.health.FiringRateListener;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

class TrainedConversionTest {

  private static DataSetIterator images() {
    Nd4j.getRandom().setSeed(1);
    DataSet minibatch = new DataSet(Nd4j.rand(8, 28 * 28), Nd4j.zeros(8, 10));
    for (int i = 0; i < 8; i++) {
      minibatch.getLabels().putScalar(i, i, 1);
    }
    return new ListDataSetIterator<>(List.of(minibatch), 8);
  }

  private static MultiLayerNetwork trained() {
    MultiLayerNetwork network = new MultiLayerNetwork(conventional(1));
    network.init();
    return network;
  }

  @Test
  void shouldConvertAndCompare() {
    ConvertedNetwork<MultiLayerNetwork> converted = convert(trained(), images());
    assertEquals(Set.of(8, 32, 128), look(converted, images()).keySet());
  }

  @Test
  void shouldTuneWithAsfBackprop() {
    SpikingConversion<MultiLayerNetwork> conversion =
        SpikingConversion.of(trained()).calibrate(images());
    MultiLayerNetwork converted =
        conversion.scales(Scales.meanSquare()).steps(8).convert().network();
    MultiLayerNetwork tuned = tune(trained(), images(), images(), 1);
    BaseSpikingLayer layer = (BaseSpikingLayer) tuned.getLayer(1).conf().getLayer();
    assertEquals(new AsfBackprop(), layer.getBackprop());
    assertNotEquals(converted.getLayer(1).getParam("W"), tuned.getLayer(1).getParam("W"));
  }

  static ConvertedNetwork<MultiLayerNetwork> convert(
      MultiLayerNetwork trained, DataSetIterator some) {
    // begin convert
    ConvertedNetwork<MultiLayerNetwork> converted =
        SpikingConversion.of(trained) // or a ComputationGraph
            .calibrate(some) // about a thousand training samples
            .steps(32)
            .convert();
    MultiLayerNetwork spiking = converted.network();
    // end convert
    spiking.setListeners();
    return converted;
  }

  static SortedMap<Integer, Double> look(
      ConvertedNetwork<MultiLayerNetwork> converted, DataSetIterator test) {
    // begin look
    ConversionReport report = converted.report(test);
    SortedMap<Integer, Double> accuracies = converted.accuracyByT(test, 8, 32, 128);
    // end look
    return report.layers().isEmpty() ? Collections.emptySortedMap() : accuracies;
  }

  static MultiLayerNetwork tune(
      MultiLayerNetwork trained, DataSetIterator some, DataSetIterator train, int epochs) {
    // begin tune
    MultiLayerNetwork few =
        SpikingConversion.of(trained)
            .calibrate(some)
            .scales(Scales.meanSquare())
            .steps(8)
            .convert()
            .network();
    MultiLayerNetwork learning = BackpropRules.swap(few, new AsfBackprop());
    learning.setLearningRate(2e-4); // a fifth of the training's
    learning.fit(train, epochs);
    // end tune
    return learning;
  }

  /** The original network: Deeplearning4j's layers, for digits of 28 x 28 pixels. */
  static MultiLayerConfiguration conventional(long seed) {
    // begin conventional
    return new NeuralNetConfiguration.Builder()
        .seed(seed)
        .updater(new Adam(1e-3))
        .weightInit(WeightInit.RELU)
        .convolutionMode(ConvolutionMode.Same)
        .list()
        .layer(new ConvolutionLayer.Builder(5, 5).nOut(12).activation(Activation.RELU).build())
        .layer(
            new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.AVG)
                .kernelSize(2, 2)
                .stride(2, 2)
                .build())
        .layer(new ConvolutionLayer.Builder(5, 5).nOut(24).activation(Activation.RELU).build())
        .layer(
            new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.AVG)
                .kernelSize(2, 2)
                .stride(2, 2)
                .build())
        .layer(new DenseLayer.Builder().nOut(100).activation(Activation.RELU).build())
        .layer(
            new OutputLayer.Builder(new LossMCXENT())
                .nOut(10)
                .activation(Activation.SOFTMAX)
                .build())
        .setInputType(InputType.convolutionalFlat(28, 28, 1))
        .build();
    // end conventional
  }

  /** The same network with spiking neurons. */
  static MultiLayerConfiguration spiking(long seed) {
    // begin spiking
    CurrentNormalization normalized = new CurrentNormalization();
    Reset soft = Reset.bySubtraction();
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .updater(new Adam(1e-3))
            .list()
            .layer(SpikeEncoding.direct(10).build()) // 1: T = 10 time steps
            .layer( // 2
                new SpikingConvolution2D.Builder(5, 5)
                    .nOut(12)
                    .reset(soft)
                    .normalization(normalized)
                    .build())
            .layer(new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).reset(soft).build()) // 3
            .layer(
                new SpikingConvolution2D.Builder(5, 5)
                    .nOut(24)
                    .reset(soft)
                    .normalization(normalized)
                    .build())
            .layer(new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).reset(soft).build())
            .layer(
                new SpikingDense.Builder().nOut(100).reset(soft).normalization(normalized).build())
            .layer( // 4
                new OutputLayer.Builder(new LossMCXENT())
                    .nOut(10)
                    .activation(Activation.SOFTMAX)
                    .build())
            .setInputType(InputType.convolutionalFlat(28, 28, 1))
            .build();
    AsfBackprop.applyTo(configuration); // 5
    // end spiking
    return configuration;
  }

  /** The spiking network, ready to be trained, with a listener that warns of silent layers. */
  static MultiLayerNetwork watched(long seed) {
    MultiLayerConfiguration configuration = spiking(seed);
    // begin watched
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    network.setListeners(new FiringRateListener());
    // end watched
    return network;
  }
}
