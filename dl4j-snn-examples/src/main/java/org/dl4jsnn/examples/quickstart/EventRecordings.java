package org.dl4jsnn.examples.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.data.EventDataSetIterator;
import org.dl4jsnn.event.EventWriter;
import org.dl4jsnn.event.camera.SimulatedCamera;
import org.dl4jsnn.event.data.EventDataSet;
import org.dl4jsnn.event.frame.FrameOptions;
import org.dl4jsnn.event.frame.FrameShape;
import org.dl4jsnn.event.frame.Slicing;
import org.dl4jsnn.event.frame.UnevenRest;
import org.dl4jsnn.examples.data.EmbeddedDigits;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.zoo.ReadOutLoss;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.nd4j.linalg.learning.config.Adam;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Digits in front of a simulated event camera: recordings in the layout of N-MNIST, frames from
 * events, and a network that learns them. With the real N-MNIST, {@code
 * EventDataSet.nMnist(folder)} is all that is needed. Notebook 5 explains it.
 */
public final class EventRecordings {

  private static final Logger log = LoggerFactory.getLogger(EventRecordings.class);

  private static final int TRAIN = 600;
  private static final int TEST = 200;
  private static final int EPOCHS = 5;
  private static final int STEPS = 10;

  private EventRecordings() {}

  public static void main(String[] args) throws IOException {
    run(TRAIN, TEST, EPOCHS, Path.of("target", "quickstart", "recordings"));
  }

  /** Returns the accuracy on test recordings. */
  static double run(int train, int test, int epochs, Path folder) throws IOException {
    record(train, test, folder);
    EventDataSet data = EventDataSet.nMnist(folder);
    log.info("{}", data);

    FrameOptions options = frames(STEPS);
    EventDataSetIterator training =
        EventDataSetIterator.builder(data, data.train(), options)
            .batch(30)
            .seed(1)
            .shuffled()
            .build();
    MultiLayerNetwork network = network(options.shape(data.sensor()));
    network.fit(training, epochs);
    double accuracy =
        network
            .evaluate(EventDataSetIterator.builder(data, data.test(), options).batch(50).build())
            .accuracy();
    log.info("accuracy on test recordings {}", accuracy);
    return accuracy;
  }

  /** Records the first embedded digits, some for training, the next ones for testing. */
  static void record(int train, int test, Path folder) throws IOException {
    SimulatedCamera camera = SimulatedCamera.nMnist(1);
    for (int digit = 0; digit < train + test; digit++) {
      String label = Integer.toString(EmbeddedDigits.label(digit));
      Path file = folder.resolve(Path.of(digit < train ? "Train" : "Test", label, digit + ".bin"));
      Files.createDirectories(file.getParent());
      try (EventWriter writer = EventWriter.nMnist(file, camera.settings().sensor())) {
        camera.record(EmbeddedDigits.image(digit).enlarged(112, 112), digit, writer::accept);
        writer.finish();
      }
    }
  }

  static FrameOptions frames(int steps) {
    return FrameOptions.of(Slicing.intoEqualParts(steps)).summing(2, UnevenRest.LEAVE_OUT);
  }

  static MultiLayerNetwork network(FrameShape shape) {
    return SpikingNetworks.vgg7Dvs()
        .layers("16C3-AP2-32C3-AP2-64")
        .frames(FeatureShape.image(shape.channels(), shape.height(), shape.width()))
        .steps(shape.steps())
        .normalization(new CurrentNormalization())
        .reset(Reset.bySubtraction())
        .loss(ReadOutLoss.CROSS_ENTROPY)
        .updater(new Adam(2e-3))
        .seed(1)
        .init();
  }
}
