package org.dl4jsnn.asf;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.parallelism.ParallelInference;
import org.deeplearning4j.parallelism.inference.InferenceMode;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.LeakyReadOut;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Deeplearning4j's ParallelInference gives the same answers as the network it was built from. */
@Timeout(120)
class ParallelInferenceTest {

  private static final int CLIENTS = 6;

  /** What a stock read-out's product may differ by, if requests are put into one minibatch. */
  private static final double ROUNDING = 1e-6;

  private static final DataSet TEST = SmallNetworks.images(60, 77);

  /**
   * Poisson coding, whose noise is the seed's (decision 6), and constant currents, with stock
   * read-outs; and one without, whose answers are the same bits in any minibatch.
   */
  static Stream<Arguments> networksAndModes() {
    MultiLayerNetwork poisson = SmallNetworks.network();
    poisson.fit(SmallNetworks.images(20, 1));
    MultiLayerNetwork direct = Glyphs.network(new AsfBackprop(), 1);
    ComputationGraph graph = Networks.of(SmallNetworks.branched(WorkspaceMode.ENABLED));
    return Stream.of(
            Arguments.of(poisson, ROUNDING),
            Arguments.of(direct, ROUNDING),
            Arguments.of(graph, ROUNDING),
            Arguments.of(endingInIntegrators(), 0))
        .flatMap(
            network ->
                Stream.of(InferenceMode.values())
                    .map(mode -> Arguments.of(network.get()[0], mode, network.get()[1])));
  }

  private static MultiLayerNetwork endingInIntegrators() {
    return Networks.of(
        SmallNetworks.settings(),
        InputType.convolutional(8, 8, 1),
        SpikeEncoding.poisson(10).build(),
        new SpikingDense.Builder().nOut(20).build(),
        new LeakyReadOut.Builder().nOut(SmallNetworks.CLASSES).leak(0.9).build());
  }

  private static ParallelInference inference(Model network, InferenceMode mode) {
    return new ParallelInference.Builder(network)
        .workers(2)
        .inferenceMode(mode)
        .batchLimit(16)
        .build();
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("networksAndModes")
  void shouldAnswerManyThreadsAsTheNetworkDoes(Model network, InferenceMode mode, double rounding)
      throws Exception {
    double difference = mode == InferenceMode.BATCHED ? rounding : 0;
    List<INDArray> questions = new ArrayList<>();
    List<INDArray> expected = new ArrayList<>();
    for (int first = 0; first < 60; first += 3) {
      // One image, two, three: a request may be of any size.
      int count = 1 + questions.size() % 3;
      INDArray question = TEST.getFeatures().get(NDArrayIndex.interval(first, first + count)).dup();
      questions.add(question);
      expected.add(SmallNetworks.output(network, question).dup());
    }
    ParallelInference inference = inference(network, mode);
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Future<INDArray>> answers = new ArrayList<>();
      for (int round = 0; round < 3; round++) {
        questions.forEach(
            question -> answers.add(clients.submit(() -> inference.output(question).dup())));
      }
      for (int i = 0; i < answers.size(); i++) {
        INDArray answer = answers.get(i).get(60, TimeUnit.SECONDS);
        INDArray wanted = expected.get(i % expected.size());
        assertTrue(
            wanted.equalsWithEps(answer, difference), () -> "not " + wanted + " but " + answer);
      }
    } finally {
      clients.shutdownNow();
      inference.shutdown();
    }
  }

  @ParameterizedTest
  @EnumSource(InferenceMode.class)
  void shouldDrawFreshNoiseIfAsked(InferenceMode mode) {
    MultiLayerNetwork network =
        Networks.of(
            SmallNetworks.settings(),
            InputType.convolutional(8, 8, 1),
            SpikeEncoding.poisson(10).freshInferenceNoise(true).build(),
            new SpikingDense.Builder().nOut(20).build(),
            SmallNetworks.readOut());
    ParallelInference inference = inference(network, mode);
    try {
      List<INDArray> answers = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        answers.add(inference.output(TEST.getFeatures()).dup());
      }
      assertFalse(answers.stream().allMatch(answers.get(0)::equals));
    } finally {
      inference.shutdown();
    }
  }

  @Test
  void shouldAnswerWithTheWeightsOfAnUpdatedModel() {
    MultiLayerNetwork network = SmallNetworks.network();
    ParallelInference inference = inference(network, InferenceMode.SEQUENTIAL);
    try {
      MultiLayerNetwork trained = network.clone();
      trained.fit(SmallNetworks.images(20, 1));
      inference.updateModel(trained);
      assertSameBits(trained.output(TEST.getFeatures()), inference.output(TEST.getFeatures()));
    } finally {
      inference.shutdown();
    }
  }
}
