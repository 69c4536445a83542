package org.dl4jsnn.train;

import static org.dl4jsnn.Messages.assertBegins;
import static org.dl4jsnn.Messages.assertMessage;
import static org.dl4jsnn.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.LeakyReadOut;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.data.PrefetchingIterator;
import org.dl4jsnn.image.ImageAugmentation;
import org.dl4jsnn.image.ImageAugmenter;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.AsyncDataSetIterator;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.util.FeatureUtil;

class IteratorDataTest {

  private static final int STEPS = 12;
  private static final int FEATURES = 6;
  private static final int SAMPLES = 32;
  private static final String RULE =
      "labels must be one-hot, [minibatch, 10], with one column for each output of the network, got"
          + " ";
  private static final String NUMBERS =
      "[4, 1]. Possible cause: class numbers. Make them one-hot:"
          + " FeatureUtil.toOutcomeMatrix(classes, 10), with class numbers from 0";

  @TempDir private Path folder;

  private static DataSet minibatch(int from, int size) {
    DataSet minibatch = new DataSet(Nd4j.zeros(size, 1), Nd4j.zeros(size, 2));
    for (int i = 0; i < size; i++) {
      minibatch.getFeatures().putScalar(i, 0, from + i);
    }
    return minibatch;
  }

  private static DataSetIterator samples(int number, int batch) {
    List<DataSet> single = IntStream.range(0, number).mapToObj(i -> minibatch(i, 1)).toList();
    return new ListDataSetIterator<>(single, batch);
  }

  private static List<Integer> firsts(DataSetIterator minibatches) {
    List<Integer> firsts = new ArrayList<>();
    while (minibatches.hasNext()) {
      firsts.add(minibatches.next().getFeatures().getInt(0));
    }
    return firsts;
  }

  @Test
  void shouldCountSamplesAndRestartInEveryEpoch() {
    TrainingData data = TrainingData.of(samples(10, 4), samples(3, 2), samples(5, 2));
    assertEquals(10, data.trainingSize());
    assertEquals(4, data.batch());
    assertEquals(3, data.heldOutSize());
    assertEquals(5, data.testSize());
    assertEquals("", data.input());
    for (int epoch = 0; epoch < 2; epoch++) {
      assertEquals(List.of(0, 4, 8), firsts(data.training(1, epoch, 0)));
      assertEquals(List.of(8), firsts(data.training(1, epoch, 2)));
      assertEquals(List.of(), firsts(data.training(1, epoch, 3)));
      assertEquals(List.of(0, 2), firsts(data.heldOut()));
      assertEquals(List.of(0, 2, 4), firsts(data.test()));
    }
  }

  @Test
  void shouldHoldOutNothingByDefault() {
    TrainingData data = TrainingData.of(samples(4, 4), samples(5, 2));
    assertEquals(0, data.heldOutSize());
    assertThrows(IllegalStateException.class, data::heldOut);
  }

  @Test
  void shouldRefuseMinibatchesOfDifferentSizes() {
    for (int[] sizes : new int[][] {{4, 3, 4}, {3, 4}, {4, 3, 3}}) {
      List<DataSet> minibatches = IntStream.of(sizes).mapToObj(size -> minibatch(0, size)).toList();
      DataSetIterator uneven = new ListOfMinibatches(minibatches);
      assertMessage(
          "training must have minibatches of one size, except for a smaller last one, got others than "
              + sizes[0]
              + " samples",
          () -> TrainingData.of(uneven, samples(1, 1)));
    }
  }

  @Test
  void shouldRefuseIteratorsWithoutSamplesOrReset() {
    DataSetIterator once = new ExistingDataSetIterator(List.of(minibatch(0, 1)).iterator());
    assertBegins(
        "test must be an iterator that can be reset, got ",
        () -> TrainingData.of(samples(1, 1), once));
    DataSetIterator empty = new ListOfMinibatches(List.of());
    assertMessage(
        "training must have samples, got none", () -> TrainingData.of(empty, samples(1, 1)));
  }

  /** Unchanged: ListDataSetIterator would make them minibatches of one size. */
  private static final class ListOfMinibatches extends ExistingDataSetIterator {

    private static final long serialVersionUID = 1L;

    ListOfMinibatches(List<DataSet> minibatches) {
      super(minibatches);
    }
  }

  private double measured(Model network) {
    TrainingSettings settings = TrainingSettings.savingTo(folder.resolve("model.zip")).epochs(10);
    try (StopRequest stop = StopRequest.onSignal(() -> {});
        Training training =
            Training.open(
                settings, TrainingData.of(sequences(true), sequences(true), sequences(true)))) {
      List<EpochRow> rows = training.begin(network, stop).rows();
      EpochRow last = rows.get(rows.size() - 1);
      assertEquals(last.test(), last.heldOut());
      return last.test();
    }
  }

  /** Sequences of unequal length that end in spikes of the other class, which the mask hides. */
  private static DataSetIterator sequences(boolean hasMask) {
    Random random = new Random(1);
    INDArray features = Nd4j.zeros(SAMPLES, FEATURES, STEPS);
    INDArray labels = Nd4j.zeros(SAMPLES, 2);
    INDArray mask = Nd4j.zeros(SAMPLES, STEPS);
    for (int sample = 0; sample < SAMPLES; sample++) {
      int label = sample % 2;
      int length = 3 + random.nextInt(5);
      labels.putScalar(sample, label, 1);
      for (int step = 0; step < STEPS; step++) {
        mask.putScalar(sample, step, step < length ? 1 : 0);
        int shown = step < length ? label : 1 - label;
        for (int i = 0; i < FEATURES; i++) {
          boolean fires = i % 2 == shown && random.nextDouble() < 0.8;
          features.putScalar(new int[] {sample, i, step}, fires ? 1 : 0);
        }
      }
    }
    List<DataSet> minibatches = new ArrayList<>();
    minibatches.add(new DataSet(features, labels, hasMask ? mask : null, null));
    return new ExistingDataSetIterator(minibatches);
  }

  @Test
  void shouldMeasureAccuracyWithTheMasksOfSequences() {
    MultiLayerNetwork network =
        Networks.of(
            Networks.seeded(1).updater(new Adam(0.02)),
            InputType.recurrent(FEATURES, STEPS),
            SpikeEncoding.frames().masked(true).build(),
            new SpikingDense.Builder().nOut(16).build(),
            new LeakyReadOut.Builder().nOut(2).reads(MembraneReadOut.MEAN).build(),
            new LossLayer.Builder(new LossMCXENT()).activation(Activation.SOFTMAX).build());
    ComputationGraph graph = network.toComputationGraph();
    double measured = measured(network);
    assertEquals(network.evaluate(sequences(true)).accuracy(), measured);
    assertNotEquals(network.evaluate(sequences(false)).accuracy(), measured);
    measured = measured(graph);
    Evaluation masked = graph.evaluate(sequences(true));
    assertEquals(masked.accuracy(), measured);
    Evaluation whole = graph.evaluate(sequences(false));
    assertNotEquals(whole.accuracy(), measured);
  }

  private static MultiLayerNetwork network() {
    return Networks.of(
        new NeuralNetConfiguration.Builder(),
        InputType.feedForward(6),
        SpikeEncoding.direct(4).build(),
        new SpikingDense.Builder().nOut(5).build(),
        Networks.softmax(10));
  }

  private static DataSetIterator data(INDArray labels) {
    return new ListDataSetIterator<>(List.of(new DataSet(Nd4j.rand(4, 6), labels)), 4);
  }

  private String refusal(INDArray training, INDArray test, boolean isGraph) {
    TrainingSettings settings = TrainingSettings.savingTo(folder.resolve("model.zip")).epochs(1);
    TrainingData data = TrainingData.of(data(training), data(test));
    try (Training open = Training.open(settings, data)) {
      ComputationGraph graph = network().toComputationGraph();
      return assertThrows(
              IllegalArgumentException.class,
              () -> open.begin(isGraph ? graph : network(), StopRequest.byProgram()))
          .getMessage();
    }
  }

  /** Not refused by the loss with two shapes. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldSayThatLabelsMustBeOneHot(boolean isGraph) {
    INDArray numbers = Nd4j.createFromArray(0f, 3f, 9f, 1f).reshape(4, 1);
    INDArray right = FeatureUtil.toOutcomeMatrix(new int[] {0, 3, 9, 1}, 10);
    assertEquals(RULE + NUMBERS, refusal(numbers, right, isGraph));
    assertEquals(RULE + NUMBERS, refusal(right, numbers, isGraph));
  }

  @Test
  void shouldSayWhereAnEleventhColumnMayComeFrom() {
    INDArray eleven = FeatureUtil.toOutcomeMatrix(new int[] {1, 4, 10, 2}, 11);
    assertEquals(
        RULE
            + "[4, 11]. Possible cause: data with 11 classes for a network of 10, or class numbers"
            + " from 1 that were made one-hot with a column for class 0",
        refusal(eleven, eleven, false));
  }

  private static final int IMAGES = 10;
  private static final int BATCH = 4;

  /** As after the start of a program. */
  private static TrainingData data() {
    ImageAugmenter augmenter = augmenter();
    DataSetIterator training = images();
    training.setPreProcessor(augmenter);
    return TrainingData.of(training, images()).augmentedBy(augmenter);
  }

  private static ImageAugmenter augmenter() {
    return new ImageAugmenter(
        ImageAugmentation.chain(ImageAugmentation.shift(3, 0), ImageAugmentation.cutout(3, 0)), 7);
  }

  private static DataSetIterator images() {
    INDArray pixels = Nd4j.linspace(1, 81, 81).reshape(1, 1, 9, 9);
    return new ListDataSetIterator<>(
        Stream.generate(() -> new DataSet(pixels.dup(), Nd4j.ones(1, 1))).limit(IMAGES).toList(),
        BATCH);
  }

  private static List<INDArray> epoch(TrainingData data, int epoch, int first) {
    List<INDArray> minibatches = new ArrayList<>();
    DataSetIterator iterator = data.training(1, epoch, first);
    while (iterator.hasNext()) {
      minibatches.add(iterator.next().getFeatures().dup());
    }
    return minibatches;
  }

  @Test
  void shouldShowAResumedTrainingTheSameImages() {
    TrainingData whole = data();
    List<INDArray> first = epoch(whole, 0, 0);
    List<INDArray> second = epoch(whole, 1, 0);
    assertNotEquals(first, second);
    assertEquals(second, epoch(data(), 1, 0));
    assertEquals(second.subList(2, 3), epoch(data(), 1, 2));
    assertEquals(List.of(), epoch(data(), 1, 3));
    assertEquals(first, epoch(whole, 0, 0));
  }

  /** A reader makes minibatches before anyone asks for them. */
  @Test
  void shouldShowTheSameImagesWhereOthersAreReadAhead() {
    ImageAugmenter augmenter = augmenter();
    DataSetIterator training = images();
    training.setPreProcessor(augmenter);
    try (PrefetchingIterator ahead = new PrefetchingIterator(training, 2)) {
      TrainingData data = TrainingData.of(ahead, images()).augmentedBy(augmenter);
      List<INDArray> second = epoch(data(), 1, 0);
      assertEquals(second, epoch(data, 1, 0));
      assertEquals(second.subList(1, 3), epoch(data, 1, 1));
      assertEquals(second.subList(2, 3), epoch(data, 1, 2));
    }
    TrainingData unordered = TrainingData.of(new AsyncDataSetIterator(images()), images());
    assertRefused(
        "must not be read ahead by AsyncDataSetIterator", () -> unordered.augmentedBy(augmenter));
  }

  /** An iterator over views of one array, which a change in place would change for good. */
  @Test
  void shouldChangeTheImagesOfEveryEpochAnew() {
    ImageAugmenter augmenter = new ImageAugmenter(ImageAugmentation.shift(3, 0), 7);
    INDArray pixels = Nd4j.linspace(1, 81 * IMAGES, 81 * IMAGES).divi(4);
    INDArray shown = pixels.reshape(IMAGES, 1, 9, 9).dup();
    DataSetIterator views = new ViewIterator(new DataSet(shown.dup(), Nd4j.ones(IMAGES, 1)), BATCH);
    views.setPreProcessor(augmenter);
    TrainingData data = TrainingData.of(views, images()).augmentedBy(augmenter);
    List<INDArray> first = epoch(data, 0, 0);
    assertNotEquals(first, epoch(data, 1, 0));
    assertEquals(first, epoch(data, 0, 0));
  }

  @Test
  void shouldLeaveTheOtherSamplesAlone() {
    TrainingData data = data();
    assertEquals(IMAGES, data.trainingSize());
    assertEquals(BATCH, data.batch());
    assertEquals(images().next().getFeatures(), data.test().next().getFeatures());
  }

  @Test
  void shouldRefuseAnImageBeforeTheFirst() {
    ImageAugmenter augmenter = new ImageAugmenter(ImageAugmentation.shift(1, 0), 1);
    assertMessage("image must be at least 0, got -1", () -> augmenter.begin(-1));
  }
}
