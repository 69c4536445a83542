package org.dl4jsnn.examples.onnx;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.dl4jsnn.runtime.SpikingModel;
import org.dl4jsnn.runtime.SpikingStream;
import org.dl4jsnn.runtime.StepEvents;

/** One side of a comparison on streams: takes the events of slice after slice. */
interface StreamSide extends AutoCloseable {

  /** Which program answers, and how. */
  String engine();

  /** Forgets a recording. */
  void begin();

  /**
   * Takes a slice.
   *
   * @param end its end, in µs
   * @param first its first event
   * @param next the first event after it
   * @return the time that the answer took, in ns
   */
  long step(RecordedStream recording, double end, int first, int next);

  /** The classes' outputs for the recording so far. */
  float[] outputs();

  /** Additions of the recording so far, or multiply-adds. */
  double additions();

  @Override
  default void close() {}

  /** Spikes, by events alone; handing them over is timed, too. */
  final class OfSpikes implements StreamSide {

    private final SpikingStream stream;
    private final StepEvents events;
    private final boolean answers;
    private final double additions;

    /**
     * With an answer for every step, or only in the end.
     *
     * @param additions of a step, as counted elsewhere
     */
    OfSpikes(SpikingModel model, boolean answers, double additions) {
      this.additions = additions;
      this.stream = model.stream();
      this.events = model.newEvents();
      this.answers = answers;
    }

    @Override
    public String engine() {
      return answers ? "SpikingStream.step" : "SpikingStream.advance";
    }

    @Override
    public void begin() {
      stream.reset();
    }

    @Override
    public long step(RecordedStream recording, double end, int first, int next) {
      long start = System.nanoTime();
      events.clear();
      for (int i = first; i < next; i++) {
        events.add(recording.features()[i]);
      }
      if (answers) {
        stream.step(events);
      } else {
        stream.advance(events);
      }
      return System.nanoTime() - start;
    }

    @Override
    public float[] outputs() {
      return stream.outputsSoFar();
    }

    @Override
    public double additions() {
      return additions * stream.steps();
    }
  }

  /**
   * Frames of a sliding window, whose answers are averaged. Only the network is timed, not how a
   * frame is made.
   */
  final class OfFrames implements StreamSide {

    private final OnnxSide side;
    private final OnnxSide.OneFrame frame;
    private final String network;
    private final long windowMicros;
    private final long multiplyAdds;
    private final float[] counts;
    private float[] sums;
    private int steps;

    OfFrames(OnnxSide side, String network, long windowMicros, long multiplyAdds) {
      this.side = side;
      this.network = network;
      this.windowMicros = windowMicros;
      this.multiplyAdds = multiplyAdds;
      frame = side.oneFrame(1, 2, RecordedStream.SIDE, RecordedStream.SIDE);
      counts = new float[frame.values.capacity()];
    }

    @Override
    public String engine() {
      return side.engine() + ", " + network;
    }

    @Override
    public void begin() {
      sums = null;
      steps = 0;
    }

    @Override
    public long step(RecordedStream recording, double end, int first, int next) {
      Arrays.fill(counts, 0);
      recording.count(recording.first(end - windowMicros), next, counts);
      FloatBuffer values = frame.values;
      values.clear();
      values.put(counts);
      long start = System.nanoTime();
      float[] outputs = frame.outputs();
      long time = System.nanoTime() - start;
      if (sums == null) {
        sums = new float[outputs.length];
      }
      for (int i = 0; i < outputs.length; i++) {
        sums[i] += outputs[i];
      }
      steps++;
      return time;
    }

    @Override
    public float[] outputs() {
      return sums;
    }

    @Override
    public double additions() {
      return (double) multiplyAdds * steps;
    }

    @Override
    public void close() {
      frame.close();
      side.close();
    }
  }
}
