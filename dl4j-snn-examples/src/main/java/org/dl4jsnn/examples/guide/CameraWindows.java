package org.dl4jsnn.examples.guide;

import java.util.function.Consumer;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.frame.EventFrames;
import org.dl4jsnn.event.frame.FrameOptions;
import org.dl4jsnn.event.frame.Slicing;
import org.dl4jsnn.event.frame.UnevenRest;
import org.dl4jsnn.event.stream.EventSlice;
import org.dl4jsnn.runtime.SpikingModel;
import org.dl4jsnn.runtime.SpikingStream;
import org.dl4jsnn.runtime.StepEvents;

/** The windows of one camera: T slices each, at the end of which the network has decided. */
public final class CameraWindows {

  /**
   * What the model was trained on, and how much may wait.
   *
   * @param sensor of the camera
   * @param pixels k: a value of a frame sums the events of k x k pixels
   * @param slice the duration of a time step, in µs
   * @param steps T, the slices of a window
   * @param waiting the most slices that wait for the network
   */
  public record Settings(SensorSize sensor, int pixels, long slice, int steps, int waiting) {}

  /**
   * The answer to a window.
   *
   * @param window its number, from 0 for each camera
   * @param decision the class
   * @param output of the class
   * @param slices that the network has seen: T, unless some were dropped or the stream ended
   */
  public record Decision(long window, int decision, float output, long slices) {}

  private final FrameOptions frames;
  private final int steps;
  private final SpikingStream stream;
  private final StepEvents events;
  private final Consumer<Decision> decisions;
  private long window;

  CameraWindows(SpikingModel model, Settings settings, Consumer<Decision> decisions) {
    if (!model.hasTimeAxis()) {
      throw new IllegalArgumentException("the model must take frames, got a " + model);
    }
    frames =
        FrameOptions.of(Slicing.intoEqualParts(1)).summing(settings.pixels(), UnevenRest.LEAVE_OUT);
    steps = settings.steps();
    stream = model.stream();
    events = model.newEvents();
    this.decisions = decisions;
  }

  // begin windows
  /** Runs the network for one time step; decides if this ends a window. */
  void take(EventSlice slice) {
    long now = slice.number() / steps; // dropped slices count: windows stay where they are
    if (now != window) {
      end();
      window = now;
    }
    events.clear();
    EventFrames.features(slice.events(), slice.window(), frames, events::add);
    stream.advance(events);
    if ((slice.number() + 1) % steps == 0) {
      end();
    }
  }

  // end windows

  /** Decides by the slices so far, if there are any; the next window begins at rest. */
  void end() {
    if (stream.steps() > 0) {
      float[] outputs = stream.outputsSoFar();
      int largest = 0;
      for (int i = 1; i < outputs.length; i++) {
        largest = outputs[i] > outputs[largest] ? i : largest;
      }
      decisions.accept(new Decision(window, largest, outputs[largest], stream.steps()));
      stream.reset();
    }
  }
}
