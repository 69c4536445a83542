package org.dl4jsnn.internal.walk;

import java.util.Arrays;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** The same network written as a sequence and as a graph. */
final class Twins {

  static final int STEPS = 9;
  static final int SAMPLES = 4;
  static final InputType IMAGES = InputType.convolutional(6, 6, 2);
  static final int CLASSES = 3;
  private static final long SEED = 3;

  private Twins() {}

  static INDArray features() {
    return Nd4j.rand(7L, new long[] {SAMPLES, 2, 6, 6});
  }

  static INDArray labels() {
    return Networks.labels(SAMPLES, CLASSES);
  }

  /** Layers of every kind that have names. */
  private static Layer[] layers(SpikeEncoding.Builder encoding) {
    return new Layer[] {
      encoding.name("encoding").build(),
      new SpikingConvolution2D.Builder(3, 3)
          .name("conv")
          .nOut(5)
          .normalization(new CurrentNormalization().startingAt(1, 0.25))
          .build(),
      new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2)
          .name("average")
          .threshold(0.4)
          .leak(0.9)
          .build(),
      new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2).name("maximum").stride(1, 1).build(),
      new SpikingDense.Builder()
          .name("dense")
          .nOut(12)
          .threshold(0.5)
          .reset(Reset.bySubtraction())
          .build(),
      readOut()
    };
  }

  static OutputLayer readOut() {
    return new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
        .name("out")
        .nOut(CLASSES)
        .activation(Activation.SOFTMAX)
        .build();
  }

  static NeuralNetConfiguration.Builder settings(long seed) {
    return Networks.seeded(seed).updater(new Adam(0.01));
  }

  static MultiLayerNetwork sequence(SpikeEncoding.Builder encoding) {
    return Networks.of(settings(SEED), IMAGES, layers(encoding));
  }

  static ComputationGraph graph(SpikeEncoding.Builder encoding) {
    // Noise goes by a layer's index, among which the input of a graph counts.
    ComputationGraphConfiguration.GraphBuilder builder =
        settings(SEED ^ 1L << Integer.SIZE).graphBuilder().addInputs("in").setInputTypes(IMAGES);
    String below = "in";
    for (Layer layer : layers(encoding)) {
      builder.addLayer(layer.getLayerName(), layer, below);
      below = layer.getLayerName();
    }
    ComputationGraph graph = Networks.of(builder.setOutputs("out"));
    graph.setParams(sequence(encoding).params());
    return graph;
  }

  static String output(NeuralNetwork network, INDArray features) {
    return bits(Networks.output(network, features));
  }

  /** An array as text, since arrays that are only near one another are equal. */
  static String bits(INDArray array) {
    return Arrays.toString(array.shape()) + Arrays.toString(array.dup('c').data().asFloat());
  }
}
