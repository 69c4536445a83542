package org.dl4jsnn.nir.network;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.LeakyReadOut;
import org.dl4jsnn.conf.LearnedDelay;
import org.dl4jsnn.conf.NarrowingWidth;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingAdd;
import org.dl4jsnn.conf.SpikingConcatenate;
import org.dl4jsnn.conf.SpikingConvolution1D;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDelay;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingDepthwiseConvolution2D;
import org.dl4jsnn.conf.SpikingDropout;
import org.dl4jsnn.conf.SpikingGlobalPooling;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.conf.SpikingRecurrent;
import org.dl4jsnn.monitor.RecordedTrains;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.neuron.SynapticNeuron;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Networks of all layers, with weights whose sums are the same in any order. */
final class TestNets {

  static final int STEPS = 15;
  static final int SAMPLES = 3;

  /** A weight is a whole number of these, so that sums are exact. */
  private static final float UNIT = 1 / 64f;

  private static final Convolution3D.DataFormat NCDHW = Convolution3D.DataFormat.NCDHW;

  private TestNets() {}

  static NeuralNetConfiguration.Builder settings() {
    return Networks.seeded(3).updater(new Adam(1e-2));
  }

  static LossLayer loss() {
    return new LossLayer.Builder(new LossMCXENT()).activation(Activation.SOFTMAX).build();
  }

  static MultiLayerNetwork chain(InputType input, Layer... layers) {
    MultiLayerNetwork network =
        Networks.of(
            Networks.row(settings().list().layer(SpikeEncoding.frames().build()), layers)
                .setInputType(input)
                .build());
    roundWeights(network.paramTable());
    return network;
  }

  /** Whole numbers of a unit, large enough for spikes. */
  static void roundWeights(Map<String, INDArray> parameters) {
    Random random = new Random(5);
    parameters.forEach(
        (name, values) -> {
          if (name.endsWith("_W") || name.endsWith("_RW") || name.endsWith("_b")) {
            for (long i = 0; i < values.length(); i++) {
              values.putScalar(i, UNIT * Math.round(64 * (random.nextGaussian() * 0.4 + 0.02)));
            }
          }
        });
  }

  static SpikingNeuron leaky(double leak) {
    return SpikingNeuron.leakyIntegrateAndFire(1, leak);
  }

  static MultiLayerNetwork dense() {
    return chain(
        InputType.recurrent(6),
        new SpikingDense.Builder().name("first").nOut(9).leak(0.875).hasBias(true).build(),
        new SpikingDropout.Builder().retain(0.5).build(),
        new SpikingDense.Builder().nOut(7).leak(0.5).build(),
        Networks.softmax(4));
  }

  static MultiLayerNetwork images() {
    return chain(
        InputType.convolutional3D(NCDHW, STEPS, 11, 9, 2),
        new SpikingConvolution2D.Builder(3, 3).nOut(4).dilation(2, 1).hasBias(true).build(),
        new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).threshold(0.25).build(),
        new SpikingDepthwiseConvolution2D.Builder(3, 2).depthMultiplier(2).padding(1, 1).build(),
        new SpikingPooling2D.Builder(PoolingType.SUM, 2, 2).stride(1, 2).build(),
        new SpikingConvolution2D.Builder(2, 2).nOut(5).stride(2, 2).padding(0, 0).build(),
        new SpikingGlobalPooling.Builder(PoolingType.SUM).build(),
        new SpikingDense.Builder().nOut(6).build(),
        Networks.softmax(3));
  }

  static MultiLayerNetwork flattenedImages() {
    return chain(
        InputType.convolutional3D(NCDHW, STEPS, 6, 5, 2),
        new SpikingConvolution2D.Builder(3, 3).nOut(4).reset(Reset.bySubtraction()).build(),
        new SpikingDense.Builder().nOut(6).reset(Reset.bySubtraction()).build(),
        new LeakyReadOut.Builder().nOut(3).leak(0.75).reads(MembraneReadOut.MEAN).build(),
        loss());
  }

  static MultiLayerNetwork rows() {
    return chain(
        InputType.convolutional3D(NCDHW, STEPS, 1, 12, 2),
        new SpikingConvolution1D.Builder(4).nOut(3).threshold(0.5).leak(0.5).build(),
        new SpikingConvolution1D.Builder(3)
            .nOut(5)
            .stride(2)
            .padding(1)
            .threshold(0.5)
            .leak(0.75)
            .build(),
        new SpikingDense.Builder().nOut(4).threshold(0.25).leak(0.5).build());
  }

  /** One delay, one for every channel, and one for every neuron. */
  static MultiLayerNetwork delays() {
    return chain(
        InputType.convolutional3D(NCDHW, STEPS, 5, 5, 2),
        new SpikingDelay.Builder().steps(2).build(),
        new SpikingConvolution2D.Builder(3, 3).nOut(4).hasBias(true).build(),
        new SpikingDelay.Builder().steps(3, 0, 1, 2).build(),
        new SpikingPooling2D.Builder(PoolingType.SUM, 2, 2).build(),
        new SpikingDense.Builder().nOut(6).build(),
        new SpikingDelay.Builder().steps(0, 1, 2, 3, 4, 5).build(),
        new LearnedDelay.Builder(4).width(new NarrowingWidth(2, 0.3, 10)).build(),
        new SpikingDense.Builder().nOut(5).build(),
        Networks.softmax(3));
  }

  static MultiLayerNetwork recurrent() {
    return recurrent(
        new SpikingRecurrent.Builder().neuron(new SynapticNeuron(leaky(0.75), 0.5)),
        new SpikingRecurrent.Builder().hasBias(true).leak(0.875));
  }

  static MultiLayerNetwork recurrentSynaptic() {
    SynapticNeuron neuron = new SynapticNeuron(leaky(0.75), 0.5);
    return recurrent(
        new SpikingRecurrent.Builder().neuron(neuron),
        new SpikingRecurrent.Builder().neuron(neuron));
  }

  static MultiLayerNetwork recurrentWithoutCurrent() {
    return recurrent(
        new SpikingRecurrent.Builder().leak(0.75),
        new SpikingRecurrent.Builder().hasBias(true).leak(0.875));
  }

  private static MultiLayerNetwork recurrent(
      SpikingRecurrent.Builder full, SpikingRecurrent.Builder oneToOne) {
    return chain(
        InputType.recurrent(5),
        full.nOut(8).build(),
        oneToOne.nOut(6).oneToOne(true).build(),
        new LeakyReadOut.Builder().nOut(3).leak(0.5).build(),
        loss());
  }

  /** Two inputs, a residual block and concatenations. */
  static ComputationGraph branches() {
    var builder =
        settings()
            .graphBuilder()
            .addInputs("left", "right")
            .addLayer("leftSpikes", SpikeEncoding.frames().build(), "left")
            .addLayer("rightSpikes", SpikeEncoding.frames().build(), "right")
            .addVertex("both", new SpikingConcatenate(), "leftSpikes", "rightSpikes")
            .addLayer(
                "a", new SpikingConvolution2D.Builder(3, 3).nOut(4).hasBias(true).build(), "both")
            .addLayer("b", new SpikingConvolution2D.Builder(3, 3).nOut(4).build(), "a")
            .addVertex("block", new SpikingAdd(), "a", "b")
            .addLayer("c", new SpikingDense.Builder().nOut(6).build(), "block")
            .addLayer("d", new SpikingDense.Builder().nOut(5).build(), "block")
            .addVertex("ends", new SpikingConcatenate(), "c", "d")
            .addLayer("readout", Networks.softmax(3), "ends")
            .setOutputs("readout")
            .setInputTypes(
                InputType.convolutional3D(NCDHW, STEPS, 5, 4, 2),
                InputType.convolutional3D(NCDHW, STEPS, 5, 4, 1));
    ComputationGraph network = Networks.of(builder);
    roundWeights(network.paramTable());
    return network;
  }

  /** Random spikes, [minibatch, axes of the input with time]. */
  static INDArray spikes(int seed, long... shape) {
    return Nd4j.rand(Nd4j.getRandomFactory().getNewRandomInstance(seed), shape)
        .gt(0.6)
        .castTo(DataType.FLOAT);
  }

  /** Everything that fires, by the names of layers: [sample, step, neuron in C order]. */
  static Map<String, float[][][]> fired(NeuralNetwork network, INDArray... features) {
    Map<String, float[][][]> fired = new LinkedHashMap<>();
    for (RecordedTrains.Recorded each : RecordedTrains.of(network, features).all()) {
      fired.put(each.layer(), values(each.train()));
    }
    return fired;
  }

  static float[][][] values(SpikeTrain train) {
    int neurons = train.shape().neurons();
    float[][][] values = new float[train.minibatch()][train.steps()][neurons];
    SpikeEvents events = new SpikeEvents(train.shape());
    for (int sample = 0; sample < values.length; sample++) {
      for (int step = 0; step < train.steps(); step++) {
        train.read(sample, step, events);
        for (int e = 0; e < events.size(); e++) {
          int index = train.shape().arrayIndex(events.neuron(e));
          values[sample][step][index] = events.amplitude(e);
        }
      }
    }
    return values;
  }

  /** A layer that is silent or always fires would prove nothing. */
  static void requireSpikes(float[][][] train) {
    long count = 0;
    long fired = 0;
    for (float[][] sample : train) {
      for (float[] step : sample) {
        for (float value : step) {
          count++;
          fired += value != 0 ? 1 : 0;
        }
      }
    }
    if (fired < count / 50 || fired == count) {
      throw new AssertionError(fired + " of " + count + " neurons and steps fire");
    }
  }
}
