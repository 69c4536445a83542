package org.dl4jsnn.event.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.event.TestEvent;
import org.dl4jsnn.event.WrittenFormat;
import org.dl4jsnn.event.augment.DropEvents;
import org.dl4jsnn.event.frame.FrameOptions;
import org.dl4jsnn.event.frame.FrameShape;
import org.dl4jsnn.event.frame.Slicing;
import org.dl4jsnn.event.frame.UnevenRest;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.gradient.surrogate.ArctanSurrogate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.AsyncDataSetIterator;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

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
    return FolderPerClass.split(folder, TestEvent.SENSOR, 0.5, 1);
  }

  @Test
  void learnsFromMinibatchesMadeAhead() throws IOException {
    EventDataSet data = write();
    EventDataSetIterator train =
        EventDataSetIterator.builder(data, data.train(), OPTIONS)
            .batch(8)
            .shuffled()
            .augmentation(new DropEvents(0.2))
            .build();
    MultiLayerNetwork network = network(train.shape());
    AsyncDataSetIterator ahead = train.prefetching(2);
    network.fit(ahead, 10);
    ahead.shutdown();
    EventDataSetIterator test =
        EventDataSetIterator.builder(data, data.test(), OPTIONS).batch(8).build();
    assertEquals(1, network.evaluate(test).accuracy());
    assertEquals(1, network.evaluate(test.prefetching(1)).accuracy());
  }

  private static MultiLayerNetwork network(FrameShape shape) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(0.01))
                .list()
                .layer(SpikeEncoding.frames().build())
                .layer(
                    new SpikingDense.Builder()
                        .nOut(16)
                        .backprop(new SpatioTemporalBackprop(new ArctanSurrogate(1)))
                        .build())
                .layer(
                    new OutputLayer.Builder(new LossMCXENT())
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(
                    InputType.convolutional3D(
                        Convolution3D.DataFormat.NCDHW,
                        shape.steps(),
                        shape.height(),
                        shape.width(),
                        shape.channels()))
                .build());
    network.init();
    return network;
  }
}
