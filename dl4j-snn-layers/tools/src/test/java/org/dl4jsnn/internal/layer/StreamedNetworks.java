package org.dl4jsnn.internal.layer;

import static org.dl4jsnn.Networks.step;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.LearnedDelay;
import org.dl4jsnn.conf.NarrowingWidth;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingAdd;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDelay;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingDropout;
import org.dl4jsnn.conf.SpikingGlobalPooling;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.conf.TimeSteps;
import org.dl4jsnn.model.StreamState;
import org.dl4jsnn.neuron.GradedNeuron;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Networks that take their windows in pieces, as sequences and as graphs. */
final class StreamedNetworks {

  static final int STEPS = 13;
  static final int SAMPLES = 3;

  private StreamedNetworks() {}

  /** A network, the features of its window, and how these are cut. */
  record Case(String name, NeuralNetwork network, INDArray features, boolean inTime) {

    INDArray next(int first, int steps) {
      if (!inTime) {
        setSteps(network, steps);
        return features;
      }
      var time = interval(first, first + steps);
      return features.rank() == 3
          ? features.get(all(), all(), time).dup()
          : features.get(all(), all(), time, all(), all()).dup();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static void setSteps(NeuralNetwork network, int steps) {
    if (network instanceof MultiLayerNetwork sequence) {
      TimeSteps.set(sequence, steps);
    } else {
      TimeSteps.set((ComputationGraph) network, steps);
    }
  }

  private static final InputType VECTORS = InputType.feedForward(6);
  private static final InputType IMAGES = InputType.convolutional(6, 6, 2);
  private static final InputType SERIES = InputType.recurrent(6, STEPS);
  private static final InputType FILMS =
      InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, STEPS, 6, 6, 2);

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (boolean graph : new boolean[] {false, true}) {
      String kind = graph ? "graph, " : "sequence, ";
      INDArray vectors = Nd4j.rand(SAMPLES, 6);
      INDArray images = Nd4j.rand(SAMPLES, 2, 6, 6);
      INDArray series = Nd4j.rand(SAMPLES, 6, STEPS);
      INDArray films = Nd4j.rand(SAMPLES, 2, STEPS, 6, 6).gt(0.7).castTo(DataType.FLOAT);
      SpikeEncoding.Builder fresh = SpikeEncoding.poisson(STEPS).freshInferenceNoise(true);
      SpikeEncoding.Builder tuned = SpikeEncoding.poisson(STEPS).population(3, 0, 1);
      record Input(INDArray features, InputType type) {
        Case into(String name, SpikeEncoding.Builder encoding, Layer... layers) {
          boolean inTime = type == SERIES || type == FILMS;
          boolean graph = name.startsWith("graph");
          return new Case(name, network(graph, type, encoding.build(), layers), features, inTime);
        }
      }
      Input vector = new Input(vectors, VECTORS);
      Input image = new Input(images, IMAGES);
      Input flat = new Input(images.reshape(SAMPLES, 72), InputType.convolutionalFlat(6, 6, 2));
      Input inSeries = new Input(series, SERIES);
      Input film = new Input(films, FILMS);
      SpikeEncoding.Builder frames = SpikeEncoding.frames();
      cases.add(vector.into(kind + "vectors, Poisson", SpikeEncoding.poisson(STEPS), dense()));
      cases.add(vector.into(kind + "vectors, fresh noise", fresh, dense()));
      cases.add(vector.into(kind + "vectors, direct", SpikeEncoding.direct(STEPS), dense()));
      cases.add(vector.into(kind + "vectors, latency", SpikeEncoding.latency(STEPS), dense()));
      cases.add(vector.into(kind + "vectors, population", tuned, dense()));
      cases.add(
          image.into(kind + "images, Poisson", SpikeEncoding.poisson(STEPS), convolutional()));
      cases.add(image.into(kind + "images, direct", SpikeEncoding.direct(STEPS), convolutional()));
      cases.add(image.into(kind + "images, gated maxima", SpikeEncoding.direct(STEPS), gated()));
      cases.add(
          flat.into(kind + "flat images, direct", SpikeEncoding.direct(STEPS), convolutional()));
      cases.add(inSeries.into(kind + "series", frames, dense()));
      cases.add(inSeries.into(kind + "series, delays", frames, delays()));
      cases.add(inSeries.into(kind + "series, delta", SpikeEncoding.delta(0.2), dense()));
      cases.add(film.into(kind + "films", frames, convolutional()));
      cases.add(film.into(kind + "films, currents", frames, graded()));
      cases.add(image.into(kind + "images, currents", SpikeEncoding.direct(STEPS), graded()));
      cases.add(film.into(kind + "films, gated maximum of all places", frames, gatedOverAll()));
    }
    return cases.stream();
  }

  static Layer[] dense() {
    return new Layer[] {
      new SpikingDense.Builder().nOut(9).threshold(0.4).leak(0.9).build(),
      new SpikingDropout.Builder().retain(0.7).build(),
      new SpikingDense.Builder().nOut(7).threshold(0.3).reset(Reset.bySubtraction()).build()
    };
  }

  /** Of graded spikes and of ordinary ones, for the layer and for every channel. */
  static Layer[] delays() {
    return new Layer[] {
      new SpikingDelay.Builder().steps(3).build(),
      new SpikingDense.Builder().nOut(9).threshold(0.4).leak(0.9).build(),
      new SpikingDelay.Builder().steps(0, 1, 2, 3, 4, 5, 1, 2, 3).build(),
      new SpikingDense.Builder().nOut(7).threshold(0.3).build(),
      new LearnedDelay.Builder(4).width(new NarrowingWidth(2, 0.3, 10)).build(),
      new SpikingDelay.Builder().steps(1).build()
    };
  }

  static Layer[] convolutional() {
    return new Layer[] {
      new SpikingConvolution2D.Builder(3, 3)
          .nOut(5)
          .threshold(0.4)
          .normalization(new CurrentNormalization())
          .build(),
      new SpikingDelay.Builder().steps(2).build(),
      new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).threshold(0.6).build(),
      new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2).build(),
      new SpikingDense.Builder().nOut(7).threshold(0.3).leak(0.8).build()
    };
  }

  static Layer[] gated() {
    return new Layer[] {
      new SpikingConvolution2D.Builder(3, 3).nOut(5).threshold(0.4).leak(0.9).build(),
      new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2).gated(true).build(),
      new SpikingDense.Builder().nOut(7).threshold(0.3).leak(0.8).build()
    };
  }

  static Layer[] graded() {
    return new Layer[] {
      new SpikingConvolution2D.Builder(3, 3)
          .nOut(5)
          .neuron(new GradedNeuron())
          .normalization(new CurrentNormalization())
          .build(),
      new SpikingPooling2D.Builder(PoolingType.AVG, 1, 1).threshold(0.4).leak(0.9).build(),
      new SpikingConvolution2D.Builder(3, 3).nOut(5).neuron(new GradedNeuron()).build(),
      new SpikingDelay.Builder().steps(2).build(),
      new SpikingDense.Builder().nOut(7).threshold(0.3).leak(0.8).build()
    };
  }

  static Layer[] gatedOverAll() {
    return new Layer[] {
      new SpikingConvolution2D.Builder(3, 3).nOut(5).threshold(0.4).leak(0.9).build(),
      new SpikingDropout.Builder().retain(0.7).build(),
      new SpikingGlobalPooling.Builder(PoolingType.MAX).gated(true).build(),
      new SpikingDense.Builder().nOut(7).threshold(0.3).leak(0.8).build()
    };
  }

  static NeuralNetwork network(
      boolean graph, InputType input, SpikeEncoding encoding, Layer... layers) {
    return graph ? graph(input, encoding, layers) : sequence(input, encoding, layers);
  }

  static MultiLayerNetwork sequence(InputType input, SpikeEncoding encoding, Layer... layers) {
    return Networks.of(Networks.seeded(3), input, encoding, layers, readOut());
  }

  /** With a branch around the last layer but one. */
  static ComputationGraph graph(InputType input, SpikeEncoding encoding, Layer... layers) {
    ComputationGraphConfiguration.GraphBuilder builder =
        Networks.graph(Networks.seeded(3), input).addLayer("encoding", encoding, "in");
    String before = "encoding";
    for (int i = 0; i < layers.length; i++) {
      builder.addLayer("layer" + i, layers[i], before);
      before = "layer" + i;
    }
    builder
        .addLayer("more", new SpikingDense.Builder().nOut(7).threshold(0.5).build(), before)
        .addVertex("sum", new SpikingAdd(), before, "more")
        .addLayer("out", readOut(), "sum")
        .setOutputs("out");
    return Networks.of(builder);
  }

  static OutputLayer readOut() {
    return Networks.readOut(2);
  }

  static void clear(NeuralNetwork network) {
    if (network instanceof MultiLayerNetwork sequence) {
      sequence.rnnClearPreviousState();
    } else {
      ((ComputationGraph) network).rnnClearPreviousState();
    }
  }

  static StreamState run(Case each, List<Integer> cut) {
    int first = 0;
    for (int steps : cut) {
      step(each.network(), each.next(first, steps));
      first += steps;
    }
    return StreamState.of(each.network());
  }

  static Map<String, INDArray> state(NeuralNetwork network, int layer) {
    return ((MultiLayerNetwork) network).rnnGetPreviousState(layer);
  }
}
