package org.dl4jsnn.examples.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.frame.FrameShape;
import org.dl4jsnn.event.stream.EventStream;
import org.dl4jsnn.event.stream.StreamClock;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.junit.jupiter.api.Test;

/** The network of docs/events.md that watches a camera. */
class LiveStreamsTest {

  @Test
  void shouldAnswerEverySlice() throws Exception {
    EventTable events = new EventTable("test", new SensorSize(8, 8));
    for (int i = 0; i < 300; i++) {
      events.add(i % 8, i / 8 % 8, 100L * i, i % 2 == 0);
    }
    var network =
        SpikingNetworks.vgg7Dvs()
            .layers("4C3-AP2-16")
            .frames(new FrameShape(2, 3, 8, 8))
            .classes(5)
            .init();
    // Three slices may wait, so none is dropped.
    EventStream camera = EventStream.replay(events, 1000, StreamClock.system());
    assertEquals(3, LiveStreams.answers(network, camera).size());
  }
}
