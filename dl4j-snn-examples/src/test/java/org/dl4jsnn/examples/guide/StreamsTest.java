package org.dl4jsnn.examples.guide;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.LeakyReadOut;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingRecurrent;
import org.dl4jsnn.encode.LatencyEncoder;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.TimeWindow;
import org.dl4jsnn.event.frame.EventFrames;
import org.dl4jsnn.event.frame.FrameOptions;
import org.dl4jsnn.event.frame.Slicing;
import org.dl4jsnn.event.stream.EventStream;
import org.dl4jsnn.event.stream.StreamClock;
import org.dl4jsnn.model.ModelRefusedException;
import org.dl4jsnn.model.StreamState;
import org.dl4jsnn.monitor.OutputOverTime;
import org.dl4jsnn.monitor.StreamedOutput;
import org.dl4jsnn.neuron.AdaptiveNeuron;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** The guide's streams. */
class StreamsTest {

  private static final int STEPS = 12;

  private final MultiLayerNetwork network = network(5, 3);
  private final INDArray series = Nd4j.rand(4, 5, STEPS);

  private INDArray steps(int first, int end) {
    return series.get(all(), all(), interval(first, end)).dup();
  }

  @Test
  void shouldAnswerPiecesAsTheWindow() {
    int[] answers = answers(network, List.of(steps(0, 1), steps(1, 8), steps(8, STEPS)));
    assertArrayEquals(network.output(series).argMax(1).toIntVector(), answers);
  }

  @Test
  void shouldGoBackToAPlace() throws ModelRefusedException {
    network.rnnTimeStep(steps(0, 4));
    change(network, steps(4, 8), steps(8, STEPS));
    StreamState end = StreamState.of(network);
    network.rnnClearPreviousState();
    network.rnnTimeStep(steps(0, 4));
    network.rnnTimeStep(steps(8, STEPS));
    assertEquals(StreamState.of(network), end);
  }

  @Test
  void shouldLearnWhichInputComesFirst() {
    int steps = 10;
    INDArray features = Nd4j.create(20, 2, steps);
    INDArray labels = Nd4j.create(20, 2);
    for (int sample = 0; sample < 20; sample++) {
      int first = sample % 2;
      labels.putScalar(sample, first, 1);
      for (int step = 0; step < steps; step++) {
        features.putScalar(sample, step < steps / 2 ? first : 1 - first, step, 1);
      }
    }
    MultiLayerNetwork learning = losses(2, 2);
    for (int epoch = 0; epoch < 100; epoch++) {
      learning.fit(features, overTime(labels, steps));
    }
    assertEquals(labels.argMax(1), classes(learning, features));
  }

  @Test
  void shouldAnswerEverySliceAsIfItHadNotWarmedUp() throws Exception {
    EventTable events = new EventTable("test", new SensorSize(8, 8));
    for (int i = 0; i < 300; i++) {
      events.add(i % 8, i / 8 % 8, 100L * i, i % 2 == 0);
    }
    var network =
        SpikingNetworks.vgg7Dvs()
            .layers("4C3-AP2-16")
            .frames(FeatureShape.image(2, 8, 8))
            .steps(3)
            .classes(5)
            .init();
    // Three slices may wait, so none is dropped.
    EventStream camera = EventStream.replay(events, 1000, StreamClock.system());
    List<Integer> answers = SmallPartsTest.answers(network, camera);

    // As without a warm-up.
    StreamState after = StreamState.of(network);
    StreamState.clear(network);
    StreamedOutput output = new StreamedOutput(network);
    List<Integer> expected = new ArrayList<>();
    FrameOptions options = FrameOptions.of(Slicing.intoEqualParts(1));
    for (int slice = 0; slice < 3; slice++) {
      EventTable part = new EventTable("test", events.sensor());
      for (int i = 100 * slice; i < 100 * (slice + 1); i++) {
        part.add(events.x(i), events.y(i), events.t(i), events.on(i));
      }
      TimeWindow window = new TimeWindow(10_000L * slice, 10_000L * (slice + 1));
      EventFrames frames = EventFrames.of(part, window, options);
      INDArray features = Nd4j.createFromArray(frames.values()).reshape(1, 2, 1, 8, 8);
      expected.add(output.feed(features).classes(1)[0]);
    }
    assertEquals(expected, answers);
    assertEquals(StreamState.of(network), after);
  }

  static MultiLayerNetwork network(int inputs, int classes) {
    // begin network
    SpikingNeuron membrane = SpikingNeuron.leakyIntegrateAndFire(1, 0.9);
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Adam(5e-3))
            .list()
            .layer(SpikeEncoding.frames().build())
            .layer(
                new SpikingRecurrent.Builder()
                    .nOut(64)
                    .neuron(new AdaptiveNeuron(membrane, 0.2, 0.95))
                    .build())
            .layer(
                new OutputLayer.Builder(new LossMCXENT())
                    .nOut(classes)
                    .activation(Activation.SOFTMAX)
                    .build())
            .setInputType(InputType.recurrent(inputs))
            .build();
    // end network
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }

  static int[] answers(MultiLayerNetwork network, Iterable<INDArray> pieces) {
    int[] last = null;
    // begin stream
    network.rnnClearPreviousState();
    StreamedOutput stream = new StreamedOutput(network);
    for (INDArray piece : pieces) { // [minibatch, n, any number of steps]
      OutputOverTime answers = stream.feed(piece);
      last = answers.classes(answers.steps()); // from all steps so far
    }
    // end stream
    return last;
  }

  static void change(MultiLayerNetwork network, INDArray next, INDArray other)
      throws ModelRefusedException {
    // begin state
    StreamState place = StreamState.of(network);
    network.rnnTimeStep(next);
    byte[] kept = place.toBytes(); // in a file, a session, a message
    StreamState.fromBytes(kept).restore(network);
    network.rnnTimeStep(other); // as if next had never come
    // end state
  }

  static List<SpikeEncoding> encodings() {
    // begin codes
    SpikeEncoding latency = SpikeEncoding.latency(20).build();
    SpikeEncoding logarithmic =
        SpikeEncoding.by(LatencyEncoder.logarithmic(20).withThreshold(0.05).withTimeConstants(4))
            .build();
    SpikeEncoding delta = SpikeEncoding.delta(0.1).build(); // [minibatch, n, T]: 2n neurons
    SpikeEncoding population =
        SpikeEncoding.poisson(50).population(8, -1, 1).build(); // [minibatch, n]: 8n neurons
    // end codes
    return List.of(latency, logarithmic, delta, population);
  }

  static MultiLayerConfiguration mean(int inputs) {
    // begin mean
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .updater(new Adam(1e-3))
            .list()
            .layer(SpikeEncoding.frames().build())
            .layer(new SpikingDense.Builder().nOut(100).leak(0.9).build())
            .layer(
                new LeakyReadOut.Builder().nOut(10).leak(0.9).reads(MembraneReadOut.MEAN).build())
            .layer(new LossLayer.Builder(new LossMCXENT()).activation(Activation.SOFTMAX).build())
            .setInputType(InputType.recurrent(inputs))
            .build();
    // end mean
    return configuration;
  }

  static MultiLayerConfiguration masked(int inputs) {
    // begin masked
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .updater(new Adam(1e-3))
            .list()
            .layer(SpikeEncoding.frames().masked(true).build())
            .layer(new SpikingDense.Builder().nOut(100).leak(0.9).build())
            .layer(new LeakyReadOut.Builder().nOut(10).reads(MembraneReadOut.LAST).build())
            .layer(new LossLayer.Builder(new LossMCXENT()).activation(Activation.SOFTMAX).build())
            .setInputType(InputType.recurrent(inputs))
            .build();
    // end masked
    return configuration;
  }

  static MultiLayerNetwork losses(int inputs, int classes) {
    // begin losses
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Adam(1e-2))
            .list()
            .layer(SpikeEncoding.frames().build())
            .layer(
                new SpikingDense.Builder().nOut(24).leak(0.9).reset(Reset.bySubtraction()).build())
            .layer(
                new LeakyReadOut.Builder()
                    .nOut(classes)
                    .leak(0) // the current of every step separately
                    .reads(MembraneReadOut.COURSE)
                    .build())
            .layer(
                new RnnLossLayer.Builder(new LossMCXENT()).activation(Activation.SOFTMAX).build())
            .setInputType(InputType.recurrent(inputs))
            .build();
    // end losses
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }

  static INDArray overTime(INDArray labels, long steps) {
    // begin labels
    long minibatch = labels.size(0);
    long classes = labels.size(1);
    INDArray overTime =
        labels.reshape(minibatch, classes, 1).broadcast(minibatch, classes, steps).dup('c');
    // end labels
    return overTime;
  }

  static INDArray classes(MultiLayerNetwork network, INDArray features) {
    // begin answer
    INDArray classes = network.output(features).mean(2).argMax(1);
    // end answer
    return classes;
  }
}
