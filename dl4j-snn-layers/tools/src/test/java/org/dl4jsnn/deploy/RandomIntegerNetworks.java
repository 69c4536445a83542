package org.dl4jsnn.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.LeakyReadOut;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingAdd;
import org.dl4jsnn.conf.SpikingAnd;
import org.dl4jsnn.conf.SpikingAndNot;
import org.dl4jsnn.conf.SpikingConcatenate;
import org.dl4jsnn.conf.SpikingConvolution1D;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDelay;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingDepthwiseConvolution2D;
import org.dl4jsnn.conf.SpikingGlobalPooling;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.conf.SpikingRecurrent;
import org.dl4jsnn.neuron.AdLifNeuron;
import org.dl4jsnn.neuron.AdaptiveNeuron;
import org.dl4jsnn.neuron.GradedNeuron;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.RefractoryNeuron;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.neuron.SynapticNeuron;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Random networks of all layers and neurons that a C program can have, with samples for them. */
final class RandomIntegerNetworks {

  static final int STEPS = 8;
  private static final int CLASSES = 4;

  private final Random random;

  /** Of the features of a sample, without a time axis. */
  private int channels;

  private int height;
  private int width;
  private boolean isDirect;
  private int mostInput;

  RandomIntegerNetworks(long seed) {
    random = new Random(seed * 0x9E3779B97F4A7C15L); // neighbours begin alike
  }

  boolean isDirect() {
    return isDirect;
  }

  int mostInput() {
    return mostInput;
  }

  private int from(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  private float between(double least, double most) {
    return (float) (least + (most - least) * random.nextDouble());
  }

  /** A network of whole numbers. */
  IntegerNetwork<?> network() {
    isDirect = random.nextInt(4) == 0;
    mostInput = isDirect || random.nextBoolean() ? 1 : 3;
    IntegerQuantization whole = IntegerQuantization.toBits(from(7, 12));
    whole = random.nextBoolean() ? whole.perLayer() : whole;
    return switch (random.nextInt(3)) {
      case 0 -> whole.quantize(sequence(vectors()));
      case 1 -> whole.quantize(sequence(images()));
      default -> whole.quantize(graph());
    };
  }

  /** Spikes of every step, or features in 256ths, for one sample. */
  INDArray features() {
    int length = channels * height * width;
    int steps = isDirect ? 1 : STEPS;
    float[] values = new float[length * steps];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          isDirect
              ? from(-256, 512) / 256f
              : random.nextInt(3) > 0 ? 0 : mostInput == 1 ? 1 : from(-mostInput, mostInput);
    }
    long[] shape =
        isDirect
            ? height * width == 1
                ? new long[] {1, channels}
                : new long[] {1, channels, height, width}
            : height * width == 1
                ? new long[] {1, channels, STEPS}
                : new long[] {1, channels, STEPS, height, width};
    return Nd4j.createFromArray(values).reshape(shape);
  }

  private MultiLayerNetwork sequence(List<Layer> layers) {
    layers.add(0, encoding());
    return Networks.of(Networks.seeded(random.nextInt()), input(), layers.toArray(new Layer[0]));
  }

  private SpikeEncoding encoding() {
    return isDirect ? SpikeEncoding.direct(STEPS).build() : SpikeEncoding.frames().build();
  }

  private InputType input() {
    if (height * width == 1) {
      return isDirect ? InputType.feedForward(channels) : InputType.recurrent(channels, STEPS);
    }
    return isDirect
        ? InputType.convolutional(height, width, channels)
        : InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, STEPS, height, width, channels);
  }

  private void shape(int c, int h, int w) {
    channels = c;
    height = h;
    width = w;
  }

  private NeuronDynamics neuron(int outputs) {
    double leak = random.nextBoolean() ? 1 : between(0.5, 0.99);
    Reset reset =
        random.nextBoolean() ? Reset.bySubtraction() : Reset.to(random.nextBoolean() ? 0 : -0.1);
    SpikingNeuron membrane =
        new SpikingNeuron(
            between(0.2, 0.9), leak, reset, random.nextBoolean() ? 0 : between(-0.1, 0.15));
    return switch (random.nextInt(8)) {
      case 0 -> new SynapticNeuron(membrane, between(0.2, 0.9));
      case 1 -> new AdaptiveNeuron(membrane, between(0.05, 0.5), between(0.5, 1));
      case 2 -> new RefractoryNeuron(membrane, from(1, 3));
      case 3 ->
          AdLifNeuron.drawn(
                  random.nextBoolean() ? AdLifNeuron.Form.EULER : AdLifNeuron.Form.SYMPLECTIC,
                  outputs,
                  random.nextInt())
              .withThreshold(between(0.1, 0.3));
      default -> membrane;
    };
  }

  private List<Layer> vectors() {
    shape(from(2, 12), 1, 1);
    List<Layer> layers = new ArrayList<>();
    for (int k = from(1, 3); k > 0; k--) {
      int outputs = from(2, 20);
      if (random.nextInt(3) == 0 && !(isDirect && layers.isEmpty())) {
        layers.add(new SpikingDelay.Builder().steps(from(0, 4)).build());
      }
      layers.add(
          random.nextBoolean()
              ? new SpikingDense.Builder()
                  .nOut(outputs)
                  .hasBias(random.nextBoolean())
                  .neuron(neuron(outputs))
                  .build()
              : new SpikingRecurrent.Builder()
                  .nOut(outputs)
                  .oneToOne(random.nextBoolean())
                  .neuron(neuron(outputs))
                  .build());
    }
    layers.addAll(readOut(!isDirect));
    return layers;
  }

  private List<Layer> readOut(boolean inTime) {
    if (!inTime || random.nextBoolean()) {
      return List.of(
          random.nextBoolean()
              ? Networks.softmax(CLASSES)
              : new OutputLayer.Builder(LossFunction.MSE)
                  .nOut(CLASSES)
                  .hasBias(random.nextBoolean())
                  .activation(Activation.IDENTITY)
                  .build());
    }
    MembraneReadOut reads = MembraneReadOut.values()[random.nextInt(3)];
    return List.of(
        new LeakyReadOut.Builder()
            .nOut(CLASSES)
            .leak(random.nextBoolean() ? 1 : between(0.5, 0.95))
            .hasBias(random.nextBoolean())
            .reads(reads)
            .build(),
        new LossLayer.Builder(LossFunction.MSE).activation(Activation.IDENTITY).build());
  }

  private List<Layer> images() {
    boolean isFlat = random.nextInt(3) == 0;
    shape(from(1, 3), isFlat ? 1 : from(5, 9), from(6, 9));
    List<Layer> layers = new ArrayList<>();
    int outputs = from(2, 6);
    boolean isMaximum = false;
    layers.add(
        isFlat
            ? new SpikingConvolution1D.Builder(from(1, 3))
                .nOut(outputs)
                .stride(from(1, 2))
                .neuron(neuron(outputs))
                .build()
            : convolution(outputs));
    if (!isFlat) {
      switch (random.nextInt(6)) {
        case 0 ->
            layers.add(
                new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2)
                    .threshold(between(0.3, 0.9))
                    .build());
        case 1 -> {
          isMaximum = true;
          layers.add(new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2).build());
        }
        case 2 ->
            layers.add(new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2).gated(true).build());
        case 3 ->
            layers.add(new SpikingPooling2D.Builder(PoolingType.SUM, 2, 2).stride(1, 2).build());
        case 4 ->
            layers.add(
                new SpikingDepthwiseConvolution2D.Builder(2, 3)
                    .depthMultiplier(from(1, 2))
                    .hasBias(true)
                    .build());
        default -> layers.add(new SpikingDelay.Builder().steps(from(1, 3)).build());
      }
    }
    // A read-out sees the largest rate: the program then counts, as gated pooling does.
    if (!isMaximum && random.nextInt(3) == 0) {
      layers.add(
          new SpikingGlobalPooling.Builder(
                  PoolingType.values()[random.nextInt(2)] == PoolingType.MAX
                      ? PoolingType.AVG
                      : PoolingType.SUM)
              .build());
    } else if (isMaximum || random.nextBoolean()) {
      outputs = from(3, 12);
      layers.add(new SpikingDense.Builder().nOut(outputs).neuron(neuron(outputs)).build());
    }
    layers.addAll(readOut(false));
    return layers;
  }

  private SpikingConvolution2D convolution(int outputs) {
    SpikingConvolution2D.Builder layer =
        new SpikingConvolution2D.Builder(from(1, 3), from(1, 3))
            .nOut(outputs)
            .hasBias(random.nextBoolean())
            .neuron(neuron(outputs));
    return switch (random.nextInt(3)) {
      case 0 -> layer.build(); // same padding
      case 1 -> layer.stride(from(1, 2), from(1, 2)).padding(from(0, 1), from(0, 1)).build();
      default -> layer.dilation(from(1, 2), from(1, 2)).build();
    };
  }

  private ComputationGraph graph() {
    shape(from(1, 3), 6, 6);
    int width = from(2, 5);
    var builder =
        Networks.seeded(random.nextInt())
            .graphBuilder()
            .addInputs("features")
            .setInputTypes(input())
            .addLayer("spikes", encoding(), "features")
            .addLayer("stem", sameConvolution(width), "spikes")
            .addLayer("left", sameConvolution(width), "stem")
            .addLayer("right", sameConvolution(width), "left");
    switch (random.nextInt(6)) {
      case 0, 1 ->
          builder
              .addLayer("inputs", currents(width), "spikes")
              .addLayer("branch", currents(width), "right")
              .addVertex("sum", new SpikingAdd(), "inputs", "branch")
              .addLayer("join", charged(width), "sum");
      case 2 -> builder.addVertex("join", new SpikingAdd(), "right", "stem");
      case 3 -> builder.addVertex("join", new SpikingAnd(), "right", "stem");
      case 4 -> builder.addVertex("join", new SpikingAndNot(), "stem", "right");
      default -> builder.addVertex("join", new SpikingConcatenate(), "left", "right", "stem");
    }
    int outputs = from(3, 10);
    return Networks.of(
        builder
            .addLayer(
                "last",
                new SpikingDense.Builder().nOut(outputs).neuron(neuron(outputs)).build(),
                "join")
            .addLayer("answer", Networks.softmax(CLASSES), "last")
            .setOutputs("answer"));
  }

  private SpikingConvolution2D currents(int outputs) {
    return new SpikingConvolution2D.Builder(3, 3)
        .padding(1, 1)
        .nOut(outputs)
        .hasBias(random.nextBoolean())
        .neuron(new GradedNeuron())
        .build();
  }

  /** Neurons that currents charge one by one. */
  private SpikingPooling2D charged(int channels) {
    return new SpikingPooling2D.Builder(PoolingType.AVG, 1, 1)
        .stride(1, 1)
        .neuron(neuron(channels))
        .build();
  }

  private SpikingConvolution2D sameConvolution(int outputs) {
    return new SpikingConvolution2D.Builder(3, 3)
        .padding(1, 1)
        .nOut(outputs)
        .neuron(neuron(outputs))
        .build();
  }
}
