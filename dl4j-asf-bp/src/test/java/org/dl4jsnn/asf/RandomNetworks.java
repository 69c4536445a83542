package org.dl4jsnn.asf;

import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingLayerBuilder;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.encode.FeatureShapes;
import org.dl4jsnn.internal.layer.SpikingLayer;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/** Networks in double precision whose sizes, windows, neurons, weights and slopes are random. */
final class RandomNetworks {

  private static final int SAMPLES = 3;
  private static final int OUTPUTS = 4;

  /**
   * A network with data.
   *
   * @param input the shape of a sample
   * @param features signed
   */
  record Drawn(MultiLayerNetwork network, FeatureShape input, INDArray features, INDArray labels) {

    /** Whether gradients reach every layer: the weights may silence one, or see only padding. */
    boolean isAwake() {
      network.setInput(features);
      List<INDArray> activations = network.feedForward(false, false);
      for (int i = 1; i < network.getnLayers() - 1; i++) {
        boolean gated =
            network.getLayer(i) instanceof SpikingLayer layer
                && layer.accumulatedFlow().in().maxNumber().doubleValue() <= 0;
        if (gated || activations.get(i + 1).maxNumber().doubleValue() <= 0) {
          return false;
        }
      }
      return true;
    }
  }

  private final Random random;

  private RandomNetworks(long seed) {
    random = new Random(seed);
  }

  static Drawn draw(long seed) {
    RandomNetworks networks = new RandomNetworks(seed);
    while (true) {
      Drawn drawn = networks.draw();
      if (drawn.isAwake()) {
        return drawn;
      }
    }
  }

  private Drawn draw() {
    FeatureShape input = FeatureShape.image(between(1, 3), between(7, 12), between(7, 12));
    if (random.nextInt(6) == 0) {
      input = FeatureShape.vector(between(5, 30));
    }
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder()
            .seed(random.nextInt())
            .dataType(DataType.DOUBLE)
            .updater(new Sgd(0.1))
            .miniBatch(false)
            .list()
            .layer(SpikeEncoding.poisson(between(4, 40)).build());
    FeatureShape shape = input;
    int layers = between(1, 5);
    boolean hasWeights = false;
    for (int i = 0; i < layers; i++) {
      boolean last = i == layers - 1;
      BaseSpikingLayer layer = layer(shape, last && !hasWeights);
      hasWeights |= !(layer instanceof SpikingPooling2D);
      shape = layer.outputShape(shape);
      list.layer(layer);
    }
    MultiLayerConfiguration configuration =
        list.layer(readOut()).setInputType(FeatureShapes.inputType(input)).build();
    AsfBackprop.applyTo(configuration);
    MultiLayerNetwork network = SmallNetworks.network(configuration);
    shake(network);
    INDArray features = values(input.arrayShape(SAMPLES), -0.5, 1);
    return new Drawn(network, input, features, values(new long[] {SAMPLES, OUTPUTS}, 0, 1));
  }

  private INDArray values(long[] shape, double from, double to) {
    INDArray values = Nd4j.create(DataType.DOUBLE, shape);
    for (int i = 0; i < values.length(); i++) {
      values.putScalar(i, from + (to - from) * random.nextDouble());
    }
    return values;
  }

  private BaseSpikingLayer layer(FeatureShape input, boolean weighted) {
    int kind = input.spatial() ? random.nextInt(weighted ? 3 : 6) : 0;
    return switch (kind) {
      case 0 ->
          neuron(new SpikingDense.Builder().nOut(between(3, 15)).hasBias(random.nextBoolean()))
              .build();
      case 1, 2, 3 -> convolution(input);
      case 4 -> neuron(pooling(PoolingType.AVG, input)).build();
      default -> pooling(PoolingType.MAX, input).build();
    };
  }

  private SpikingConvolution2D convolution(FeatureShape input) {
    while (true) {
      SpikingConvolution2D.Builder builder =
          neuron(
              new SpikingConvolution2D.Builder(between(1, 4), between(1, 4))
                  .nOut(between(2, 5))
                  .hasBias(random.nextBoolean())
                  .stride(between(1, 3), between(1, 3))
                  .dilation(between(1, 2), between(1, 2)));
      if (random.nextBoolean()) {
        builder.padding(random.nextInt(3), random.nextInt(3));
      }
      SpikingConvolution2D layer = builder.build();
      if (fits(layer, input)) {
        return layer;
      }
    }
  }

  private static boolean fits(BaseSpikingLayer layer, FeatureShape input) {
    try {
      layer.outputShape(input);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private SpikingPooling2D.Builder pooling(PoolingType type, FeatureShape input) {
    int height = between(1, Math.min(3, input.height()));
    int width = between(1, Math.min(3, input.width()));
    return new SpikingPooling2D.Builder(type, height, width).stride(between(1, 3), between(1, 3));
  }

  /** Draws the settings of the neurons, such that they fire. */
  private <T extends SpikingLayerBuilder<T>> T neuron(T builder) {
    double threshold = 0.3 + 0.7 * random.nextDouble();
    Reset reset =
        switch (random.nextInt(3)) {
          case 0 -> Reset.toZero();
          case 1 -> Reset.to(threshold * (random.nextDouble() - 0.5));
          default -> Reset.bySubtraction();
        };
    return builder
        .threshold(threshold)
        .leak(random.nextBoolean() ? 1 : 0.7 + 0.3 * random.nextDouble())
        .reset(reset)
        .initialMembrane(random.nextBoolean() ? 0 : 0.5 * threshold * random.nextDouble());
  }

  private static OutputLayer readOut() {
    return new OutputLayer.Builder(new LossL2())
        .nOut(OUTPUTS)
        .activation(Activation.IDENTITY)
        .hasBias(false)
        .build();
  }

  /** Weights that are slightly positive on average, random biases and slopes. */
  private void shake(MultiLayerNetwork network) {
    for (int i = 1; i < network.getnLayers() - 1; i++) {
      if (network.getLayer(i) instanceof SpikingLayer layer) {
        layer.getParam(AsfBackprop.SLOPE).assign(0.2 + 1.5 * random.nextDouble());
        INDArray weights = layer.getParam("W");
        if (weights != null) {
          weights.addi(0.3 * weights.stdNumber().doubleValue());
        }
        INDArray bias = layer.getParam("b");
        for (int j = 0; bias != null && j < bias.length(); j++) {
          bias.putScalar(j, 0.4 * random.nextDouble() - 0.15);
        }
      }
    }
  }

  private int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }
}
