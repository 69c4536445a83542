package org.dl4jsnn.gradient;

import static org.dl4jsnn.Messages.assertRefused;
import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.LeakyReadOut;
import org.dl4jsnn.conf.SeriesToFrames;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDelay;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.conf.SpikingRecurrent;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.synapse.DenseSynapse;
import org.dl4jsnn.synapse.Synapse;
import org.junit.jupiter.api.Test;
import org.nd4j.evaluation.regression.RegressionEvaluation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

/** Truncated backpropagation through time, as Deeplearning4j cuts it. */
class TruncatedBackpropTest {

  private static final int STEPS = 11;
  private static final int IN = 4;
  private static final int OUT = 3;
  private static final double THRESHOLD = 0.4;
  private static final double LEAK = 0.8;
  private static final List<MembraneReadOut> ONE_ANSWER =
      List.of(MembraneReadOut.LAST, MembraneReadOut.MEAN, MembraneReadOut.MAXIMUM);
  private static final InputType FLAT = InputType.recurrent(2 * 5 * 6);
  private static final InputPreProcessor TO_FRAMES = new SeriesToFrames(2, 5, 6);

  private final INDArray series = Nd4j.rand(rng(), 2, IN, STEPS);
  private final INDArray labels = Nd4j.rand(rng(), 2, 2);

  private static org.nd4j.linalg.api.rng.Random rng() {
    return Nd4j.getRandomFactory().getNewRandomInstance(7);
  }

  @Test
  void shouldLearnAsFromTheWholeWindowWhereThePieceIsTheWindow() {
    DataSet ofSeries = new DataSet(series, labels);
    DataSet course = new DataSet(series, Nd4j.rand(rng(), 2, 2, STEPS));
    DataSet film = new DataSet(film(), labels);
    DataSet courseOfFilm = new DataSet(film(), Nd4j.rand(rng(), 2, 2, STEPS));
    assertSameInOnePiece(piece -> learning(piece, new Adam(1e-2)), ofSeries);
    assertSameInOnePiece(TruncatedBackpropTest::images, film);
    assertSameInOnePiece(TruncatedBackpropTest::inSequence, courseOfFilm);
    assertSameInOnePiece(piece -> gated(piece, new Adam(1e-2)), film);
    // A MultiLayerNetwork wants labels of every step; the read-out's course has answers to them.
    assertSameInOnePiece(TruncatedBackpropTest::course, course);
    for (MembraneReadOut reads : ONE_ANSWER) {
      assertSameInOnePiece(piece -> reading(reads, piece, new Adam(1e-2)), ofSeries);
    }
  }

  private static <N extends Model & NeuralNetwork> void assertSameInOnePiece(
      IntFunction<N> networks, DataSet data) {
    N whole = networks.apply(0);
    N piece = networks.apply(STEPS);
    INDArray before = whole.params().dup();
    for (int i = 0; i < 3; i++) {
      whole.fit(data);
      piece.fit(data);
      assertSameBits(whole.params(), piece.params());
    }
    assertNotEquals(before, whole.params());
  }

  private static INDArray film() {
    return Nd4j.rand(rng(), 2, 2 * 5 * 6, STEPS).gt(0.6).castTo(DataType.FLOAT);
  }

  @Test
  void shouldUpdateAfterEveryPiece() {
    ComputationGraph pieces = learning(4, new Adam(1e-2));
    pieces.fit(new DataSet(series, labels));
    assertEquals(3, pieces.getIterationCount());
    ComputationGraph whole = learning(0, new Adam(1e-2));
    whole.fit(new DataSet(series, labels));
    assertNotEquals(whole.params(), pieces.params());
  }

  /** Computed by the reference of one layer and one sample, from the state after earlier pieces. */
  @Test
  void shouldGoBackToTheStartOfEachPieceAndNoFurther() {
    INDArray one = series.slice(0).reshape(1, IN, STEPS).dup();
    ComputationGraph graph = learning(4, new Sgd(0));
    INDArray label = labels.slice(0).reshape(1, 2).dup();
    List<INDArray> gradients = Networks.gradients(graph, "dense_W", new DataSet(one, label));
    assertEquals(3, gradients.size());
    INDArray weights = graph.getParam("dense_W").castTo(DataType.DOUBLE).dup('c');
    INDArray readOut = graph.getParam("out_W").castTo(DataType.DOUBLE);
    UnrolledReference reference =
        new UnrolledReference(
            List.of(
                new UnrolledReference.Layer(
                    new DenseSynapse(FeatureShape.vector(IN), weights, null),
                    SpikingNeuron.leakyIntegrateAndFire(THRESHOLD, LEAK),
                    Map.of(Synapse.WEIGHT, weights))),
            Surrogate.triangular(2 * THRESHOLD),
            false,
            true);
    for (int piece = 0; piece < 3; piece++) {
      int end = Math.min(4 * piece + 4, STEPS);
      INDArray rates =
          reference.forward(
              one.get(
                  NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(4 * piece, end)));
      INDArray error = rates.mmul(readOut).sub(label.castTo(DataType.DOUBLE)).mul(2);
      INDArray expected =
          reference.backward(error.mmul(readOut.transpose())).get(0).get(Synapse.WEIGHT);
      INDArray actual = gradients.get(piece).castTo(DataType.DOUBLE);
      assertEquals(0, expected.sub(actual).amaxNumber().doubleValue(), 1e-5, "piece " + piece);
      reference.carryMembranes();
    }
  }

  @Test
  void shouldBeginEveryMinibatchAnew() {
    ComputationGraph once = learning(4, new Adam(1e-2));
    ComputationGraph again = learning(4, new Adam(1e-2));
    again.rnnTimeStep(series);
    once.fit(new DataSet(series, labels));
    again.fit(new DataSet(series, labels));
    assertSameBits(once.params(), again.params());
    assertTrue(again.rnnGetPreviousState("dense").isEmpty());
  }

  @Test
  void shouldCutImagesOverTimeAsSeries() {
    INDArray images = Nd4j.rand(2, 2, STEPS, 5, 6).gt(0.6).castTo(DataType.FLOAT);
    INDArray flat = images.permute(0, 1, 3, 4, 2).dup('c').reshape('c', 2, 2 * 5 * 6, STEPS);
    assertSameBits(images(0).outputSingle(flat), images(STEPS).rnnTimeStep(flat)[0]);
    ComputationGraph pieces = images(3);
    pieces.fit(new DataSet(flat, labels));
    assertEquals(4, pieces.getIterationCount());
    assertRefused(
        DL4JInvalidConfigException.class,
        () -> framed(3).fit(new DataSet(images, labels)),
        "SeriesToFrames");
  }

  @Test
  void shouldCutImagesOverTimeOfASequence() {
    MultiLayerNetwork pieces = inSequence(3);
    pieces.fit(new DataSet(film(), Nd4j.rand(new long[] {2, 2, STEPS})));
    assertEquals((STEPS + 2) / 3, pieces.getIterationCount());
  }

  /** Flows of pieces add up to those of the window, which are the largest of its rates. */
  @Test
  void shouldCarryTheFlowOfGatedMaximaFromPieceToPiece() {
    INDArray flat = film();
    ComputationGraph whole = gated(0, new Sgd(0));
    ComputationGraph pieces = gated(3, new Sgd(0));
    INDArray[] passed = {Nd4j.create(2, 3, 2, 3)};
    int[] steps = {0};
    pieces.setListeners(
        new BaseTrainingListener() {
          @Override
          public void onForwardPass(Model model, Map<String, INDArray> activations) {
            int piece = Math.min(3, STEPS - steps[0]);
            passed[0] = passed[0].add(activations.get("pool").detach().mul(piece));
            steps[0] += piece;
          }
        });
    pieces.fit(new DataSet(flat, labels));
    assertEquals(STEPS, steps[0]);
    Map<String, INDArray> window = whole.feedForward(flat, false);
    INDArray expected = window.get("pool").mul(STEPS);
    assertTrue(expected.equalsWithEps(passed[0], 1e-5), expected + " " + passed[0]);
    assertTrue(expected.sumNumber().doubleValue() > 0, "no spikes");
  }

  @Test
  void shouldLearnInPiecesFromLabelsOfEveryStep() {
    INDArray course = Nd4j.rand(rng(), 2, 2, STEPS);
    MultiLayerNetwork pieces = course(4);
    pieces.fit(new DataSet(series, course));
    assertEquals(3, pieces.getIterationCount());
    double before = pieces.score(new DataSet(series, course));
    for (int i = 0; i < 30; i++) {
      pieces.fit(new DataSet(series, course));
    }
    assertTrue(pieces.score(new DataSet(series, course)) < before);
    RegressionEvaluation evaluation = new RegressionEvaluation(2);
    pieces.doEvaluation(
        new ListDataSetIterator<>(List.of(new DataSet(series, course)), 1), evaluation);
    assertTrue(Double.isFinite(evaluation.averageMeanSquaredError()));
  }

  @Test
  void shouldUpdateAfterEveryPieceByWhatAnIntegratorReads() {
    for (MembraneReadOut reads : ONE_ANSWER) {
      ComputationGraph graph = reading(reads, 4, new Adam(1e-2));
      graph.fit(new DataSet(series, labels));
      assertEquals(3, graph.getIterationCount());
    }
  }

  /** The share of a bias: it enters at every step of the piece, and is kept from there on. */
  @Test
  void shouldWeighAMeanMembraneByAllStepsSoFar() {
    ComputationGraph graph =
        reading(
            new LeakyReadOut.Builder().hasBias(true).reads(MembraneReadOut.MEAN), 4, new Sgd(0));
    List<INDArray> found = new ArrayList<>();
    List<INDArray> ofMean = new ArrayList<>();
    graph.setListeners(
        new BaseTrainingListener() {
          @Override
          public void onGradientCalculation(Model model) {
            Map<String, INDArray> gradients = model.gradient().gradientForVariable();
            found.add(gradients.get("membrane_b").reshape(1, 3).dup());
            INDArray ofReadOut = gradients.get("out_b").reshape(1, 2);
            ofMean.add(ofReadOut.mmul(graph.getParam("out_W").transpose()));
          }
        });
    graph.fit(new DataSet(series, labels));
    int[] ends = {4, 8, STEPS};
    assertEquals(ends.length, found.size());
    for (int piece = 0; piece < ends.length; piece++) {
      double share = 0;
      for (int step = 4 * piece + 1; step <= ends[piece]; step++) {
        for (int later = step; later <= ends[piece]; later++) {
          share += Math.pow(0.9, later - step) / ends[piece];
        }
      }
      INDArray expected = ofMean.get(piece).mul(share);
      assertTrue(expected.norm2Number().doubleValue() > 1e-2, "gradient");
      assertTrue(
          expected.equalsWithEps(found.get(piece), 1e-5),
          expected + " expected, got " + found.get(piece));
    }
  }

  @Test
  void shouldRefuseFrozenLayersWhoseStateIsLostBetweenPieces() {
    MultiLayerNetwork network = course(4);
    network.fit(new DataSet(series, Nd4j.rand(new long[] {series.size(0), 2, STEPS})));
    MultiLayerNetwork frozen =
        new TransferLearning.Builder(network)
            .fineTuneConfiguration(
                new FineTuneConfiguration.Builder()
                    .backpropType(BackpropType.TruncatedBPTT)
                    .tbpttFwdLength(4)
                    .tbpttBackLength(4)
                    .build())
            .setFeatureExtractor(1)
            .build();
    assertRefused(
        DL4JInvalidConfigException.class,
        () -> frozen.fit(new DataSet(series, Nd4j.rand(new long[] {series.size(0), 2, STEPS}))),
        "must carry its state from piece to piece");
  }

  /** Its backward pass runs, but its state is lost all the same. */
  @Test
  void shouldRefuseLayersFrozenWithBackprop() {
    for (Layer frozen :
        List.of(
            new SpikingDense.Builder().name("frozen").nOut(OUT).build(),
            new SpikingRecurrent.Builder().name("frozen").nOut(OUT).build(),
            new SpikingDelay.Builder().name("frozen").steps(2).build())) {
      MultiLayerNetwork network =
          sequence(
              4,
              InputType.recurrent(IN),
              null,
              new FrozenLayerWithBackprop(frozen),
              new SpikingDense.Builder().nOut(OUT).build(),
              new LeakyReadOut.Builder().nOut(3).reads(MembraneReadOut.COURSE).build());
      DataSet data = new DataSet(series, Nd4j.rand(new long[] {series.size(0), 2, STEPS}));
      assertRefused(
          DL4JInvalidConfigException.class,
          () -> network.fit(data),
          "must carry its state from piece to piece");
    }
  }

  /** An encoding that remembers a feature would compare every piece with its own beginning. */
  @Test
  void shouldRefuseAFrozenEncodingThatRemembers() {
    MultiLayerNetwork network =
        Networks.of(
            Networks.list(
                    Networks.seeded(5),
                    InputType.recurrent(IN),
                    new FrozenLayerWithBackprop(SpikeEncoding.delta(0.5).name("frozen").build()),
                    new SpikingDense.Builder().nOut(OUT).build(),
                    new LeakyReadOut.Builder().nOut(3).reads(MembraneReadOut.COURSE).build(),
                    Networks.readOutInTime(2))
                .backpropType(BackpropType.TruncatedBPTT)
                .tBPTTLength(4)
                .build());
    DataSet data = new DataSet(series, Nd4j.rand(new long[] {series.size(0), 2, STEPS}));
    assertRefused(
        DL4JInvalidConfigException.class,
        () -> network.fit(data),
        "must carry its state from piece to piece");
  }

  /**
   * A spike of the piece before arrives in the first step, but its weight does not learn from it.
   */
  @Test
  void shouldLearnNoRecurrentWeightsFromSpikesOfThePieceBefore() {
    for (int steps : new int[] {1, 4}) {
      ComputationGraph graph = reading(MembraneReadOut.MEAN, steps, new Adam(1e-2));
      INDArray before = graph.getLayer("recurrent").getParam("RW").dup();
      graph.fit(new DataSet(series, labels));
      INDArray moved = graph.getLayer("recurrent").getParam("RW").sub(before);
      assertEquals(steps > 1, moved.norm1Number().doubleValue() > 0);
    }
  }

  private static ComputationGraph learning(int piece, IUpdater updater) {
    return chain(piece, updater, InputType.recurrent(IN), null, dense("dense"), readOut());
  }

  private static ComputationGraph images(int piece) {
    return chain(piece, new Adam(1e-2), FLAT, TO_FRAMES, convolution(), readOut());
  }

  private static ComputationGraph framed(int piece) {
    return chain(
        piece, new Adam(1e-2), Networks.film(STEPS, 5, 6, 2), null, convolution(), readOut());
  }

  private static ComputationGraph gated(int piece, IUpdater updater) {
    return chain(
        piece,
        updater,
        FLAT,
        TO_FRAMES,
        convolution(),
        new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2).name("pool").gated(true).build(),
        new SpikingDense.Builder().name("dense").nOut(4).threshold(0.3).build(),
        readOut());
  }

  private static ComputationGraph reading(MembraneReadOut reads, int piece, IUpdater updater) {
    return reading(new LeakyReadOut.Builder().reads(reads), piece, updater);
  }

  private static ComputationGraph reading(
      LeakyReadOut.Builder membrane, int piece, IUpdater updater) {
    OutputLayer out = readOut();
    out.setHasBias(true);
    return chain(
        piece,
        updater,
        InputType.recurrent(IN),
        null,
        new SpikingRecurrent.Builder()
            .name("recurrent")
            .nOut(OUT)
            .threshold(THRESHOLD)
            .leak(LEAK)
            .build(),
        membrane.name("membrane").nOut(3).leak(0.9).build(),
        out);
  }

  private static MultiLayerNetwork inSequence(int piece) {
    return sequence(
        piece,
        FLAT,
        TO_FRAMES,
        new SpikingConvolution2D.Builder(3, 3).nOut(3).threshold(0.4).build(),
        new LeakyReadOut.Builder().nOut(3).reads(MembraneReadOut.COURSE).build());
  }

  private static MultiLayerNetwork course(int piece) {
    return sequence(
        piece,
        InputType.recurrent(IN),
        null,
        dense("dense"),
        new LeakyReadOut.Builder().nOut(3).leak(0.8).reads(MembraneReadOut.COURSE).build());
  }

  private static SpikingDense dense(String name) {
    return new SpikingDense.Builder().name(name).nOut(OUT).threshold(THRESHOLD).leak(LEAK).build();
  }

  private static SpikingConvolution2D convolution() {
    return new SpikingConvolution2D.Builder(3, 3)
        .name("convolution")
        .nOut(3)
        .threshold(0.4)
        .leak(0.9)
        .build();
  }

  private static OutputLayer readOut() {
    OutputLayer out = Networks.readOut(2);
    out.setLayerName("out");
    return out;
  }

  /** Learns from pieces of so many steps, or from the whole window where they are 0. */
  private static ComputationGraph chain(
      int piece, IUpdater updater, InputType type, InputPreProcessor first, Layer... layers) {
    ComputationGraphConfiguration.GraphBuilder graph =
        Networks.seeded(5)
            .updater(updater)
            .graphBuilder()
            .addInputs("in")
            .setInputTypes(type)
            .addLayer("encoding", SpikeEncoding.frames().build(), first, "in");
    String before = "encoding";
    for (Layer layer : layers) {
      graph.addLayer(layer.getLayerName(), layer, before);
      before = layer.getLayerName();
    }
    if (piece > 0) {
      graph.backpropType(BackpropType.TruncatedBPTT).tBPTTLength(piece);
    }
    return Networks.of(graph.setOutputs(before).build());
  }

  /** The same, with a read-out at every step. */
  private static MultiLayerNetwork sequence(
      int piece, InputType type, InputPreProcessor first, Layer... layers) {
    NeuralNetConfiguration.ListBuilder list =
        Networks.list(
            Networks.seeded(5).updater(new Adam(1e-2)), null, SpikeEncoding.frames().build());
    List.of(layers).forEach(list::layer);
    list.layer(Networks.readOutInTime(2));
    if (first != null) {
      list.inputPreProcessor(0, first);
    }
    if (piece > 0) {
      list.backpropType(BackpropType.TruncatedBPTT).tBPTTLength(piece);
    }
    return Networks.of(list.setInputType(type).build());
  }
}
