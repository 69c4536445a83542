package org.dl4jsnn.runtime;

import static org.dl4jsnn.runtime.SameAsLibrary.assertSame;
import static org.dl4jsnn.runtime.SameAsLibrary.events;
import static org.dl4jsnn.runtime.SameAsLibrary.model;
import static org.dl4jsnn.runtime.SameAsLibrary.sample;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.deploy.RuntimeExport;
import org.dl4jsnn.deploy.WeightQuantization;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.neuron.IntegerNeuron;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The runtime fires the library's spikes, bit for bit, and answers the same within 1e-6. */
class SameAsLibraryTest {

  private static final float TOLERANCE = 1e-6f;
  private static final int SAMPLES = 3;

  /** Networks with an output for every step. */
  private static final Set<ExportedNetwork> COURSES =
      EnumSet.of(
          ExportedNetwork.COURSE,
          ExportedNetwork.VARIED_READ_OUT,
          ExportedNetwork.SYNAPTIC_READ_OUT);

  @ParameterizedTest
  @EnumSource
  void shouldFireTheSameSpikes(ExportedNetwork exported) throws IOException {
    NeuralNetwork network = exported.network();
    SpikingModel model = model(RuntimeExport.inSinglePrecision(), network);
    assertSame(network, model, exported.features(SAMPLES, 1));
  }

  @ParameterizedTest
  @EnumSource
  void shouldFireTheSpikesOfRoundedWeights(ExportedNetwork exported) throws IOException {
    NeuralNetwork network = exported.network();
    for (int bits : new int[] {5, 8, 16}) {
      NeuralNetwork rounded = rounded(network, bits);
      assertSame(
          rounded, model(RuntimeExport.toBits(bits), network), exported.features(SAMPLES, 2));
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldGoOnAsTheLibraryDoes(ExportedNetwork exported) throws IOException {
    NeuralNetwork network = exported.network();
    SpikingModel model = model(RuntimeExport.inSinglePrecision(), network);
    SpikingStream stream = model.stream();
    for (int piece = 0; piece < 4; piece++) {
      INDArray features = exported.features(1, 10 + piece);
      INDArray expected = Networks.step(network, features);
      Answer answer = stream.step(HostArrays.floats(features));
      assertArrayEquals(HostArrays.floats(expected), answer.outputs(), TOLERANCE, "piece " + piece);
      if (piece == 0) {
        assertArrayEquals(answer.outputs(), stream.outputsSoFar(), 0, "over the first piece");
      }
    }
  }

  /** The pieces of a stream are the window in one piece. */
  @ParameterizedTest
  @EnumSource(
      names = {
        "RECURRENT",
        "ONE_TO_ONE",
        "ADAPTIVE",
        "COURSE",
        "REFRACTORY",
        "DELAYS",
        "VARIED_READ_OUT",
        "SYNAPTIC_READ_OUT",
        "PROGRAM",
        "TUNED_FRAMES"
      })
  void shouldFireTheSameInPieces(ExportedNetwork exported) throws IOException {
    SpikingModel model = model(RuntimeExport.inSinglePrecision(), exported.network());
    INDArray features = exported.features(1, 3);
    Answer whole = model.run(HostArrays.floats(features));
    SpikingStream stream = model.stream();
    int step = 0;
    for (int length : new int[] {1, 4, 2}) {
      INDArray piece = features.get(all(), all(), interval(step, step + length));
      Answer answer = stream.step(HostArrays.floats(piece));
      assertEquals(length, answer.steps());
      for (String layer : answer.layers()) {
        assertEquals(
            events(whole.spikes(layer), 0, step, length),
            events(answer.spikes(layer), 0, 0, length),
            layer);
      }
      step += length;
    }
    assertEquals(whole.steps(), stream.steps());
    if (!COURSES.contains(exported)) {
      assertArrayEquals(whole.outputs(), stream.outputsSoFar(), 0, "over all pieces");
    }
    stream.reset();
    assertThrows(IllegalStateException.class, stream::outputsSoFar);
    assertArrayEquals(
        whole.outputs(), stream.step(HostArrays.floats(features)).outputs(), 0, "restarted");
  }

  @ParameterizedTest
  @EnumSource(names = {"IMAGES", "SIGNED_POISSON", "RESIDUAL", "RECURRENT"})
  void shouldServeSeveralThreads(ExportedNetwork exported) throws Exception {
    SpikingModel model = model(RuntimeExport.inSinglePrecision(), exported.network());
    INDArray features = exported.features(8, 4);
    List<float[]> expected = new ArrayList<>();
    for (int sample = 0; sample < 8; sample++) {
      expected.add(model.run(sample(features, sample)).outputs());
    }
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Callable<float[]>> calls = new ArrayList<>();
      for (int call = 0; call < 64; call++) {
        float[] x = sample(features, call % 8);
        calls.add(() -> model.run(x).outputs());
      }
      List<Future<float[]>> answers = pool.invokeAll(calls);
      for (int call = 0; call < 64; call++) {
        assertArrayEquals(expected.get(call % 8), answers.get(call).get(), 0);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  /** With weights of so many bits, as the runtime has them; 0 for single precision. */
  static NeuralNetwork rounded(NeuralNetwork network, int bits) {
    if (bits == 0) {
      return network;
    }
    WeightQuantization rounding = WeightQuantization.toBits(bits);
    return network instanceof MultiLayerNetwork sequence
        ? rounding.quantize(sequence)
        : rounding.quantize((ComputationGraph) network);
  }

  private static final IntegerNeuron NEURON =
      new IntegerNeuron(
          new int[] {7, 9},
          new int[] {IntegerNeuron.NO_LEAK, 3000},
          true,
          new int[] {0},
          new int[] {1, 0});

  private static MultiLayerNetwork partlyLeaking(IntegerNeuron neuron) {
    return ExportedNetwork.wholeNumbersThatPartlyLeak(neuron);
  }

  private static INDArray features() {
    return ExportedNetwork.WHOLE_NUMBERS_THAT_PARTLY_LEAK.features(20, 3);
  }

  @Test
  void shouldSayInItsVersionHowItRounds() throws IOException {
    assertVersion(4, NEURON);
    assertVersion(2, NEURON.roundedWithoutLeak());
  }

  private static void assertVersion(int version, IntegerNeuron neuron) throws IOException {
    MultiLayerNetwork network = partlyLeaking(neuron);
    byte[] file = SameAsLibrary.bytes(RuntimeExport.inSinglePrecision(), network);
    assertEquals(version, file[9]);
    INDArray expected = network.output(features());
    SpikingModel model = SpikingModel.load(new ByteArrayInputStream(file));
    for (int sample = 0; sample < features().size(0); sample++) {
      float[] answer = model.run(SameAsLibrary.sample(features(), sample)).outputs();
      for (int k = 0; k < answer.length; k++) {
        assertEquals(expected.getFloat(sample, k), answer[k], 1e-6f);
      }
    }
  }

  /** Its configuration does not say that channels without leak stay exact. */
  @Test
  void shouldLoadAConfigurationOfAnEarlierVersionAsItWas() {
    MultiLayerNetwork now = partlyLeaking(NEURON);
    MultiLayerNetwork then = partlyLeaking(NEURON.roundedWithoutLeak());
    String json = now.getLayerWiseConfigurations().toJson();
    String line = "\\s*\"exactWithoutLeak\" : true,";
    String earlier = json.replaceAll(line, "");
    assertNotEquals(json, earlier);
    MultiLayerNetwork loaded =
        new MultiLayerNetwork(MultiLayerConfiguration.fromJson(earlier), now.params().dup());
    assertEquals(then.output(features()), loaded.output(features()));
    assertNotEquals(now.output(features()), loaded.output(features()));
    MultiLayerNetwork again =
        new MultiLayerNetwork(MultiLayerConfiguration.fromJson(json), now.params().dup());
    assertEquals(now.output(features()), again.output(features()));
  }
}
