package org.dl4jsnn.examples.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.TimeWindow;
import org.dl4jsnn.event.frame.EventFrames;
import org.dl4jsnn.event.frame.FrameOptions;
import org.dl4jsnn.event.frame.Slicing;
import org.dl4jsnn.event.stream.EventStream;
import org.dl4jsnn.event.stream.StreamClock;
import org.dl4jsnn.model.StreamState;
import org.dl4jsnn.monitor.StreamedOutput;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The network of docs/events.md that watches a camera. */
class LiveStreamsTest {

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
