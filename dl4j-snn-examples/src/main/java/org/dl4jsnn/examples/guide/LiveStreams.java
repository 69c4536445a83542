package org.dl4jsnn.examples.guide;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.event.frame.EventFrames;
import org.dl4jsnn.event.frame.FrameOptions;
import org.dl4jsnn.event.frame.FrameShape;
import org.dl4jsnn.event.frame.Slicing;
import org.dl4jsnn.event.stream.EventSlice;
import org.dl4jsnn.event.stream.EventStream;
import org.dl4jsnn.event.stream.SliceOptions;
import org.dl4jsnn.event.stream.SlicedStream;
import org.dl4jsnn.model.StreamState;
import org.dl4jsnn.monitor.StreamedOutput;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A network that watches a camera, as docs/events.md shows it. */
final class LiveStreams {

  private LiveStreams() {}

  static List<Integer> answers(MultiLayerNetwork network, EventStream camera)
      throws IOException, InterruptedException {
    List<Integer> answers = new ArrayList<>();
    // begin live
    FrameOptions options = FrameOptions.of(Slicing.intoEqualParts(1)); // a slice is one time step
    Function<EventSlice, INDArray> frame =
        slice -> {
          EventFrames frames = EventFrames.of(slice.events(), slice.window(), options);
          FrameShape shape = frames.shape();
          return Nd4j.createFromArray(frames.values())
              .reshape(1, shape.channels(), 1, shape.height(), shape.width());
        };
    int window = 30; // T of the training
    StreamedOutput rehearsal = new StreamedOutput(network.clone()); // has a state of its own
    SliceOptions warm =
        SliceOptions.defaults().warmingUp(slice -> rehearsal.feed(frame.apply(slice)));
    StreamState.clear(network);
    StreamedOutput output = new StreamedOutput(network);
    try (SlicedStream slices = SlicedStream.start(camera, 10_000, warm)) { // µs
      for (Optional<EventSlice> next = slices.next(); next.isPresent(); next = slices.next()) {
        if (output.steps() == window) { // or the answer averages over all that was ever seen
          StreamState.clear(network);
          output = new StreamedOutput(network);
        }
        EventSlice slice = next.get();
        answers.add(output.feed(frame.apply(slice)).classes(1)[0]);
        slices.answered(slice); // for slices.figures()
      }
    }
    // end live
    return answers;
  }
}
