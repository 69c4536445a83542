package org.dl4jsnn.internal.layer;

import static org.dl4jsnn.Messages.assertBegins;
import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;
import static org.nd4j.linalg.indexing.NDArrayIndex.point;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Messages;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.LeakyReadOut;
import org.dl4jsnn.conf.SpikeAccumulation;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingAdd;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingDropout;
import org.dl4jsnn.contract.Frames;
import org.dl4jsnn.monitor.FiringRates;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.dl4jsnn.spike.FeatureShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Sequences of unequal length, padded and masked: each counts as it would alone. */
class SequenceMasksTest {

  private static final int INPUTS = 5;
  private static final int CLASSES = 3;
  private static final int STEPS = 9;
  private static final int[] LENGTHS = {9, 4, 1, 6};

  /** What stands after the end of a sequence must not matter. */
  private final INDArray features =
      Frames.GRADED.random(FeatureShape.vector(INPUTS), LENGTHS.length, STEPS, 3);

  private final INDArray mask = mask(LENGTHS);

  private static INDArray mask(int... lengths) {
    INDArray mask = Nd4j.create(lengths.length, STEPS);
    for (int sample = 0; sample < lengths.length; sample++) {
      mask.get(point(sample), interval(0, lengths[sample])).assign(1);
    }
    return mask;
  }

  private INDArray alone(int sample) {
    return features.get(interval(sample, sample + 1), all(), interval(0, LENGTHS[sample])).dup('c');
  }

  private static INDArray labels(MembraneReadOut reads, int steps, int... samples) {
    boolean course = reads == MembraneReadOut.COURSE;
    INDArray labels =
        course ? Nd4j.create(samples.length, CLASSES, steps) : Nd4j.create(samples.length, CLASSES);
    for (int i = 0; i < samples.length; i++) {
      INDArray ofClass =
          course
              ? labels.get(point(i), point(samples[i] % CLASSES), all())
              : labels.get(point(i), point(samples[i] % CLASSES));
      ofClass.assign(1);
    }
    return labels;
  }

  /** Of integrators without and with a synaptic current. */
  private static Stream<LeakyReadOut> readOuts() {
    return Stream.of(MembraneReadOut.values())
        .flatMap(reads -> Stream.of(readOut(reads), synapticReadOut(reads)));
  }

  @ParameterizedTest
  @MethodSource("readOuts")
  void shouldAnswerAsForEachSequenceAlone(LeakyReadOut readOut) {
    MembraneReadOut reads = readOut.getReads();
    MultiLayerNetwork network = network(readOut, end(reads));
    INDArray together = network.output(features, false, mask, labelMask(reads, mask));
    for (int sample = 0; sample < LENGTHS.length; sample++) {
      INDArray own = network.output(alone(sample));
      INDArray seen =
          reads == MembraneReadOut.COURSE
              ? together.get(interval(sample, sample + 1), all(), interval(0, LENGTHS[sample]))
              : together.get(interval(sample, sample + 1), all());
      assertTrue(own.equalsWithEps(seen, 1e-6), reads + " of sample " + sample);
    }
  }

  @Test
  void shouldTreatFeaturesOfMaskedStepsAsZeros() {
    MultiLayerNetwork network = network(MembraneReadOut.MEAN);
    INDArray answer = network.output(features, false, mask, null);
    INDArray padded = features.dup();
    for (int sample = 0; sample < LENGTHS.length; sample++) {
      if (LENGTHS[sample] < STEPS) {
        padded
            .get(point(sample), all(), interval(LENGTHS[sample], STEPS))
            .assign(sample % 2 == 0 ? Double.NaN : Double.POSITIVE_INFINITY);
      }
    }
    assertTrue(padded.isNaN().any());
    assertSameBits(answer, network.output(padded, false, mask, null));
  }

  @ParameterizedTest
  @MethodSource("readOuts")
  void shouldLearnAsFromEachSequenceAlone(LeakyReadOut readOut) {
    MembraneReadOut reads = readOut.getReads();
    Supplier<MultiLayerNetwork> networks = () -> network(readOut.clone(), end(reads));
    MultiLayerNetwork network = networks.get();
    INDArray labels = labels(reads, STEPS, 0, 1, 2, 3);
    INDArray together = step(network, new DataSet(features, labels, mask, labelMask(reads, mask)));
    INDArray sum = Nd4j.zeros(together.shape());
    for (int sample = 0; sample < LENGTHS.length; sample++) {
      INDArray own = labels(reads, LENGTHS[sample], sample);
      sum.addi(step(networks.get(), new DataSet(alone(sample), own)));
    }
    assertTrue(sum.norm2Number().doubleValue() > 0);
    assertTrue(sum.equalsWithEps(together, 1e-4), sum + " " + together);
  }

  private static INDArray labelMask(MembraneReadOut reads, INDArray mask) {
    return reads == MembraneReadOut.COURSE ? mask : null;
  }

  /** What an update of plain gradient descent changes. */
  private static INDArray step(MultiLayerNetwork network, DataSet data) {
    INDArray before = network.params().dup();
    network.fit(data);
    return network.params().sub(before);
  }

  @Test
  void shouldHandTheMaskOnToLayersWithATimeAxis() {
    Layer pooling = new GlobalPoolingLayer.Builder(PoolingType.AVG).build();
    MultiLayerNetwork network =
        network(readOut(MembraneReadOut.COURSE), pooling, Networks.softmax(CLASSES));
    INDArray together = network.output(features, false, mask, null);
    for (int sample = 0; sample < LENGTHS.length; sample++) {
      assertTrue(
          network.output(alone(sample)).equalsWithEps(together.getRow(sample, true), 1e-6),
          "sample " + sample);
    }
  }

  /** An encoder with a gradient of its own, which reads the features again. */
  @Test
  void shouldLearnThroughPopulationsWhateverIsMasked() {
    Supplier<MultiLayerNetwork> networks =
        () ->
            Networks.of(
                Networks.seeded(3).updater(new Sgd(0.1)),
                InputType.recurrent(INPUTS),
                SpikeEncoding.frames()
                    .masked(true)
                    .population(4, -1, 1)
                    .inputGradient(true)
                    .build(),
                new SpikingDense.Builder().nOut(6).threshold(0.25).build(),
                readOut(MembraneReadOut.MEAN),
                end(MembraneReadOut.MEAN));
    INDArray padded = features.dup();
    for (int sample = 0; sample < LENGTHS.length; sample++) {
      for (int step = LENGTHS[sample]; step < STEPS; step++) {
        padded.get(point(sample), all(), point(step)).assign(Double.NaN);
      }
    }
    INDArray labels = labels(MembraneReadOut.MEAN, STEPS, 0, 1, 2, 3);
    INDArray expected = step(networks.get(), new DataSet(features, labels, mask, null));
    INDArray update = step(networks.get(), new DataSet(padded, labels, mask, null));
    assertTrue(expected.norm2Number().doubleValue() > 0);
    assertEquals(expected, update);
  }

  @Test
  void shouldGoThroughBranchesOfAGraph() {
    ComputationGraph graph = graph(true);
    INDArray[] masks = {mask};
    INDArray together = graph.output(false, new INDArray[] {features}, masks)[0];
    for (int sample = 0; sample < LENGTHS.length; sample++) {
      INDArray own = graph.outputSingle(alone(sample));
      assertTrue(own.equalsWithEps(together.getRow(sample, true), 1e-6), "sample " + sample);
    }
    graph.fit(
        new MultiDataSet(
            new INDArray[] {features},
            new INDArray[] {labels(MembraneReadOut.LAST, STEPS, 0, 1, 2, 3)},
            masks,
            null));
    assertEquals(1, graph.getIterationCount());
  }

  /** A tool that walks with its own features while a minibatch is trained on. */
  @Test
  void shouldNotMaskTheFeaturesOfAnObserver() {
    MultiLayerNetwork network = network(MembraneReadOut.LAST);
    INDArray others = Frames.GRADED.random(FeatureShape.vector(INPUTS), 2, 3, 8);
    List<FiringRates> expected = FiringRates.measure(network, others);
    network.setLayerMaskArrays(mask, null);
    assertEquals(expected.toString(), FiringRates.measure(network, others).toString());
    assertEquals(mask, SequenceMask.end(network.getLayer(0).getMaskArray()));
  }

  @Test
  void shouldSayWhatAMaskMustBe() {
    MultiLayerNetwork network = network(MembraneReadOut.MEAN);
    INDArray late = Nd4j.ones(4, STEPS).putScalar(2, 0, 0);
    INDArray gap = Nd4j.ones(4, STEPS).putScalar(1, 5, 0);
    INDArray share = Nd4j.ones(4, STEPS).putScalar(3, STEPS - 1, 0.5);
    for (INDArray wrong : List.of(late, gap, share, Nd4j.zeros(4, STEPS))) {
      assertRefused(network, wrong, "must be one or more ones followed by zeros in every sample");
    }
    assertRefused(network, Nd4j.ones(4, STEPS, 1), "must have the axes [minibatch, T]");
    assertRefused(
        network, mask(4, 2, 1), "[minibatch, T] = [4, " + STEPS + "], got [3, " + STEPS + "]");
    assertRefused(network, Nd4j.ones(4, 2), "[minibatch, T] = [4, " + STEPS + "], got [4, 2]");
    network.output(features, false, mask, null);
  }

  private void assertRefused(MultiLayerNetwork network, INDArray wrong, String rule) {
    Messages.assertRefused(
        DL4JInvalidInputException.class,
        () -> network.output(features, false, wrong, null),
        "layer 'layer0' (SpikeEncoding): feature masks ",
        rule);
  }

  /** Rates of the whole window are not those of a sequence; Deeplearning4j refuses the mask. */
  @Test
  void shouldNotLetReadersOfRatesTakeAMask() {
    MultiLayerNetwork network =
        network(
            new SpikingDense.Builder().nOut(4).threshold(0.5).build(), Networks.softmax(CLASSES));
    INDArray labels = labels(MembraneReadOut.LAST, STEPS, 0, 1, 2, 3);
    assertThrows(
        RuntimeException.class, () -> network.fit(new DataSet(features, labels, mask, null)));
    assertEquals(0, network.getIterationCount());
  }

  @Test
  void shouldRefuseMasksOfFeaturesWithoutTime() {
    for (SpikeEncoding.Builder builder :
        List.of(SpikeEncoding.poisson(4), SpikeEncoding.direct(4))) {
      assertBegins(
          "masked must be false if features have no time", () -> builder.masked(true).build());
    }
  }

  @Test
  void shouldRefuseBranchesThatAreMaskedDifferently() {
    ComputationGraph graph = graph(false);
    Messages.assertRefused(
        DL4JInvalidInputException.class,
        () -> graph.output(false, new INDArray[] {features}, new INDArray[] {mask}),
        "must be all ones");
  }

  /** Neurons may fire after the end of a sequence. */
  @Test
  void shouldRefuseToCountTheSpikesOfAllSteps() {
    MultiLayerNetwork network =
        network(
            new SpikeAccumulation.Builder().name("window").build(),
            dense(),
            readOut(MembraneReadOut.MEAN),
            end(MembraneReadOut.MEAN));
    Messages.assertRefused(
        () -> network.output(features, false, mask, null),
        "layer 'window' (SpikeAccumulation): features must have no mask");
  }

  private static SpikingDense dense() {
    return new SpikingDense.Builder().nOut(7).threshold(0.5).leak(0.75).hasBias(true).build();
  }

  private static LeakyReadOut readOut(MembraneReadOut reads) {
    return new LeakyReadOut.Builder().nOut(CLASSES).leak(0.75).hasBias(true).reads(reads).build();
  }

  private static LeakyReadOut synapticReadOut(MembraneReadOut reads) {
    double[] leaks = new double[CLASSES];
    for (int j = 0; j < CLASSES; j++) {
      leaks[j] = 0.5 + 0.125 * j;
    }
    return new LeakyReadOut.Builder()
        .nOut(CLASSES)
        .leaks(leaks)
        .synapticDecay(0.75)
        .hasBias(true)
        .reads(reads)
        .build();
  }

  private static MultiLayerNetwork network(MembraneReadOut reads) {
    return network(readOut(reads), end(reads));
  }

  private static Layer end(MembraneReadOut reads) {
    return reads == MembraneReadOut.COURSE
        ? new RnnOutputLayer.Builder(new LossMCXENT())
            .nOut(CLASSES)
            .activation(Activation.SOFTMAX)
            .build()
        : Networks.softmax(CLASSES);
  }

  private static MultiLayerNetwork network(Layer... last) {
    Layer[] first = {
      SpikeEncoding.frames().masked(true).build(),
      dense(),
      new SpikingDropout.Builder().retain(1).build()
    };
    return Networks.of(
        Networks.row(
                Networks.row(Networks.seeded(1).updater(new Sgd(0.1)).miniBatch(false), first),
                last)
            .setInputType(InputType.recurrent(INPUTS))
            .build());
  }

  private static ComputationGraph graph(boolean bothMasked) {
    return Networks.of(
        Networks.seeded(1)
            .updater(new Sgd(0.1))
            .graphBuilder()
            .addInputs("sequences")
            .setInputTypes(InputType.recurrent(INPUTS))
            .addLayer("encoding", SpikeEncoding.frames().masked(true).build(), "sequences")
            .addLayer("other", SpikeEncoding.frames().masked(bothMasked).build(), "sequences")
            .addLayer("left", dense(), "encoding")
            .addLayer("right", dense(), "other")
            .addVertex("sum", new SpikingAdd(), "left", "right")
            .addLayer("read-out", readOut(MembraneReadOut.MAXIMUM), "sum")
            .addLayer("classifier", Networks.softmax(CLASSES), "read-out")
            .setOutputs("classifier"));
  }
}
