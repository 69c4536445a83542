package org.dl4jsnn.event.frame;

import java.util.function.IntConsumer;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.TimeWindow;
import org.dl4jsnn.internal.Require;

/**
 * A sample as frames: numbers of events, [channels, T, height, width]. Counts are exact up to 2^24
 * events per value.
 *
 * @param values in the order of the shape; not copied
 * @param shape their shape
 */
public record EventFrames(float[] values, FrameShape shape) {

  /**
   * Checks the number of values.
   *
   * @param values in the order of the shape
   * @param shape their shape
   * @throws IllegalArgumentException if it does not match the shape
   */
  public EventFrames {
    if (values.length != shape.size()) {
      throw new IllegalArgumentException(
          "values of frames of " + shape + " must be " + shape.size() + ", got " + values.length);
    }
  }

  /**
   * {@return frames of a whole recording}
   *
   * @param events the events
   * @param options how they become frames
   * @throws IllegalArgumentException if the options do not fit the sensor
   */
  public static EventFrames of(EventTable events, FrameOptions options) {
    return of(events, TimeWindow.of(events), options);
  }

  /**
   * {@return frames of a part of a recording}
   *
   * @param events the events; those outside the window are left out
   * @param window the window to slice
   * @param options how they become frames
   * @throws IllegalArgumentException if the options do not fit the sensor
   * @throws IllegalStateException if a custom slicing returns invalid steps
   */
  public static EventFrames of(EventTable events, TimeWindow window, FrameOptions options) {
    FrameShape shape = options.shape(events.sensor());
    float[] values = new float[shape.size()];
    features(
        events,
        window,
        options,
        index -> values[index] = options.isBinary() ? 1 : values[index] + 1);
    return new EventFrames(values, shape);
  }

  /**
   * The places that events of a part of a recording have in its frames: for a network that takes
   * events as they are, without frames.
   *
   * @param events the events; those outside the window are left out
   * @param window the window to slice
   * @param options how they would become frames
   * @param feature receives the index of every event's value in array order
   * @throws IllegalArgumentException if the options do not fit the sensor
   * @throws IllegalStateException if a custom slicing returns invalid steps
   */
  public static void features(
      EventTable events, TimeWindow window, FrameOptions options, IntConsumer feature) {
    Require.given("window", window);
    FrameShape shape = options.shape(events.sensor());
    int[] steps = steps(events, window, options.slicing());
    for (int i = 0; i < steps.length; i++) {
      int row = events.y(i) / options.window();
      int column = events.x(i) / options.window();
      if (steps[i] != Slicing.OUTSIDE && row < shape.height() && column < shape.width()) {
        int channel = options.polaritiesApart() && events.on(i) ? 1 : 0;
        feature.accept(shape.index(channel, steps[i], row, column));
      }
    }
  }

  /** The step of every event, checked because a custom slicing may be wrong. */
  private static int[] steps(EventTable events, TimeWindow window, Slicing slicing) {
    int[] steps = slicing.stepsOf(events, window);
    if (steps.length != events.size()) {
      throw new IllegalStateException(
          String.format(
              "a slicing must return a step for each of %d events, got %d steps from %s",
              events.size(), steps.length, slicing));
    }
    for (int step : steps) {
      if (step < Slicing.OUTSIDE || step >= slicing.steps()) {
        throw new IllegalStateException(
            String.format(
                "a slicing must return steps from 0 to %d, or OUTSIDE (-1), got %d from %s",
                slicing.steps() - 1, step, slicing));
      }
    }
    return steps;
  }
}
