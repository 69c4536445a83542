package org.dl4jsnn.examples.guide;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
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
import org.dl4jsnn.monitor.StreamedOutput;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The guide's streams. */
class StreamsTest {

  private static final int STEPS = 12;

  private final MultiLayerNetwork network = Streams.network(5, 3);
  private final INDArray series = Nd4j.rand(4, 5, STEPS);

  private INDArray steps(int first, int end) {
    return series.get(all(), all(), interval(first, end)).dup();
  }

  @Test
  void shouldAnswerPiecesAsTheWindow() {
    int[] answers = Streams.answers(network, List.of(steps(0, 1), steps(1, 8), steps(8, STEPS)));
    assertArrayEquals(network.output(series).argMax(1).toIntVector(), answers);
  }

  @Test
  void shouldGoBackToAPlace() throws ModelRefusedException {
    network.rnnTimeStep(steps(0, 4));
    Streams.change(network, steps(4, 8), steps(8, STEPS));
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
    MultiLayerNetwork learning = Streams.losses(2, 2);
    for (int epoch = 0; epoch < 100; epoch++) {
      learning.fit(features, Streams.overTime(labels, steps));
    }
    assertEquals(labels.argMax(1), Streams.classes(learning, features));
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
    List<Integer> answers = RecordingFiles.answers(network, camera);

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
}
