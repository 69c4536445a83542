package org.dl4jsnn.data;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.saver.InMemoryModelSaver;
import org.deeplearning4j.earlystopping.scorecalc.DataSetLossCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingTrainer;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.event.EventFormatException;
import org.dl4jsnn.event.TestEvent;
import org.dl4jsnn.event.WrittenFormat;
import org.dl4jsnn.event.augment.EventAugmentation;
import org.dl4jsnn.event.data.EventDataSet;
import org.dl4jsnn.event.frame.FrameOptions;
import org.dl4jsnn.event.frame.FrameShape;
import org.dl4jsnn.event.frame.Slicing;
import org.dl4jsnn.event.frame.UnevenRest;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;

/** From recordings on disk to a network that tells left from right. */
class TrainingFromEventsTest {

  private static final FrameOptions OPTIONS =
      FrameOptions.of(Slicing.intoEqualParts(6)).summing(8, UnevenRest.KEEP).binary();

  @TempDir private Path folder;

  /** Recordings with events in the left half only, or in the right one. */
  private EventDataSet write() throws IOException {
    int half = TestEvent.SENSOR.width() / 2;
    for (int i = 0; i < 40; i++) {
      boolean left = i % 2 == 0;
      List<TestEvent> events =
          TestEvent.random(i, 600).stream().filter(event -> event.x() < half == left).toList();
      Path file = folder.resolve((left ? "left/" : "right/") + i);
      Files.createDirectories(file.getParent());
      Files.write(file, WrittenFormat.N_MNIST.bytes(events));
    }
    return EventDataSet.folderPerClass(folder, TestEvent.SENSOR, 0.5, 1);
  }

  @Test
  void shouldLearnTheSameUnderFitAndTheEarlyStoppingTrainerWithAndWithoutReadingAhead()
      throws IOException {
    EventDataSet data = write();
    EventDataSetIterator test =
        EventDataSetIterator.builder(data, data.test(), OPTIONS).batch(8).build();
    MultiLayerNetwork plain = network(test.shape());
    plain.fit(iterator(data), 3);
    try (PrefetchingIterator ahead = iterator(data).prefetching(2)) {
      MultiLayerNetwork fitted = network(test.shape());
      fitted.fit(ahead, 3);
      assertSameBits(plain.params(), fitted.params());
    }
    assertEquals(plain.evaluate(test).accuracy(), plain.evaluate(test.prefetching(1)).accuracy());

    INDArray stoppedPlain = stopEarly(network(test.shape()), iterator(data), test);
    for (int time = 0; time < 10; time++) {
      try (PrefetchingIterator ahead = iterator(data).prefetching(2)) {
        assertEquals(stoppedPlain, stopEarly(network(test.shape()), ahead, test));
      }
    }
  }

  private static EventDataSetIterator iterator(EventDataSet data) {
    return EventDataSetIterator.builder(data, data.train(), OPTIONS)
        .batch(8)
        .shuffled()
        .augmentation(EventAugmentation.dropEvents(0.2))
        .build();
  }

  /** The parameters after two epochs; the trainer resets before the first one. */
  private static INDArray stopEarly(
      MultiLayerNetwork network, DataSetIterator train, DataSetIterator test) {
    EarlyStoppingConfiguration<MultiLayerNetwork> configuration =
        new EarlyStoppingConfiguration.Builder<MultiLayerNetwork>()
            .epochTerminationConditions(new MaxEpochsTerminationCondition(2))
            .modelSaver(new InMemoryModelSaver<>())
            .scoreCalculator(new DataSetLossCalculator(test, true))
            .build();
    EarlyStoppingResult<MultiLayerNetwork> result =
        new EarlyStoppingTrainer(configuration, network, train).fit();
    assertEquals(
        EarlyStoppingResult.TerminationReason.EpochTerminationCondition,
        result.getTerminationReason(),
        result.getTerminationDetails());
    return network.params();
  }

  @Test
  @Timeout(60)
  void shouldTellFitWhatCannotBeReadAndTrainOnWhenItCan() throws IOException {
    EventDataSet data = write();
    Path damaged = data.train().get(11).file();
    byte[] whole = Files.readAllBytes(damaged);
    EventDataSetIterator source =
        EventDataSetIterator.builder(data, data.train(), OPTIONS).batch(8).build();
    try (PrefetchingIterator ahead = source.prefetching(2)) {
      MultiLayerNetwork network = network(source.shape());
      Files.write(damaged, new byte[] {1, 2, 3});
      UncheckedIOException failure =
          assertThrows(UncheckedIOException.class, () -> network.fit(ahead));
      assertTrue(failure.getMessage().contains(damaged + " at byte 0"), failure.getMessage());
      assertTrue(failure.getCause() instanceof EventFormatException);
      assertThrows(UncheckedIOException.class, () -> network.fit(ahead), "not the rest alone");
      Files.write(damaged, whole);
      ahead.reset();
      int before = network.getIterationCount();
      network.fit(ahead);
      assertEquals(before + 3, network.getIterationCount());
    }
  }

  private static MultiLayerNetwork network(FrameShape shape) {
    return Networks.of(
        Networks.seeded(1).updater(new Adam(0.01)),
        InputType.convolutional3D(
            Convolution3D.DataFormat.NCDHW,
            shape.steps(),
            shape.height(),
            shape.width(),
            shape.channels()),
        SpikeEncoding.frames().build(),
        new SpikingDense.Builder()
            .nOut(16)
            .backprop(new SpatioTemporalBackprop(Surrogate.arctan(1)))
            .build(),
        Networks.softmax(2));
  }
}
