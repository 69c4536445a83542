package org.dl4jsnn.examples.live;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.camera.GreyImage;
import org.dl4jsnn.event.camera.SimulatedCamera;
import org.dl4jsnn.event.frame.EventFrames;
import org.dl4jsnn.event.frame.FrameOptions;
import org.dl4jsnn.event.frame.FrameShape;
import org.dl4jsnn.event.frame.Slicing;
import org.dl4jsnn.event.frame.UnevenRest;
import org.dl4jsnn.examples.data.Digits;
import org.dl4jsnn.examples.data.MnistFiles;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.zoo.ReadOutLoss;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.util.FeatureUtil;

/** Digits in front of a simulated camera, one after the other, and a small network for them. */
final class LiveDigits {

  /** A network that is trained in seconds needs no more. */
  static final int TRAINING = 800;

  private static final int EPOCHS = 4;
  private static final int MINIBATCH = 32;
  private static final double LEARNING_RATE = 2e-3;
  private static final String LAYERS = "16C3-AP2-32C3-AP2-64";
  private static final int SCREEN = 112;
  private static final long SEED = 1;

  private final SimulatedCamera camera = SimulatedCamera.nMnist(SEED);
  private final MnistFiles files = MnistFiles.embedded();

  /** Trains on digits that are not shown; one value of a frame counts pixels × pixels. */
  MultiLayerNetwork trained(int steps, int pixels, int training) {
    FrameOptions options =
        FrameOptions.of(Slicing.intoEqualParts(steps)).summing(pixels, UnevenRest.LEAVE_OUT);
    FrameShape shape = options.shape(camera.settings().sensor());
    Digits digits = files.training();
    List<EventFrames> frames =
        IntStream.range(0, training)
            .parallel()
            .mapToObj(i -> EventFrames.of(record(digits, i), options))
            .toList();
    MultiLayerNetwork network =
        SpikingNetworks.vgg7Dvs()
            .layers(LAYERS)
            .frames(FeatureShape.image(shape.channels(), shape.height(), shape.width()))
            .steps(shape.steps())
            .classes(Digits.CLASSES)
            .reset(Reset.bySubtraction())
            .normalization(new CurrentNormalization())
            .loss(ReadOutLoss.CROSS_ENTROPY)
            .updater(new Adam(LEARNING_RATE))
            .seed(SEED)
            .init();
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      for (int from = 0; from < training; from += MINIBATCH) {
        int to = Math.min(training, from + MINIBATCH);
        int[] labels = Arrays.copyOfRange(digits.labels(), from, to);
        network.fit(
            minibatch(frames.subList(from, to)),
            FeatureUtil.toOutcomeMatrix(labels, Digits.CLASSES));
      }
    }
    return network;
  }

  private static INDArray minibatch(List<EventFrames> frames) {
    return Nd4j.concat(
        0, frames.stream().map(SteppedNetwork.LibraryNetwork::array).toArray(INDArray[]::new));
  }

  private EventTable record(Digits digits, int index) {
    GreyImage image = GreyImage.ofBytes(Digits.SIDE, Digits.SIDE, digits.images()[index]);
    return camera.record(image.enlarged(SCREEN, SCREEN), index);
  }

  /** Test digits, each from the beginning of a span of time on that is as long as a recording. */
  EventTable inTurn(int count, long micros) {
    Digits digits = files.test();
    List<EventTable> recordings =
        IntStream.range(0, count).parallel().mapToObj(i -> record(digits, i)).toList();
    EventTable all = new EventTable("simulated", camera.settings().sensor());
    for (int digit = 0; digit < count; digit++) {
      EventTable events = recordings.get(digit);
      long shift = digit * micros - events.t(0);
      for (int i = 0; i < events.size() && events.t(i) - events.t(0) < micros; i++) {
        all.add(events.x(i), events.y(i), events.t(i) + shift, events.on(i));
      }
    }
    return all;
  }

  /** The digits that are shown. */
  int label(long digit) {
    return files.test().labels()[Math.toIntExact(digit)];
  }

  int mostShown() {
    return files.test().size();
  }
}
