package org.dl4jsnn.runtime;

import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.live.StepSums;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;

/**
 * The events of one time step of a stream, in any order: what an event camera or a cochlea sent in
 * that time. Events at one place add up. A buffer to be used again and again.
 *
 * <pre>{@code
 * StepEvents events = model.newEvents();
 * events.add(1, y, x); // an ON event
 * stream.step(events);
 * events.clear();
 * }</pre>
 *
 * <p>Not thread-safe.
 */
public final class StepEvents {

  private final FeatureShape shape;
  private final StepSums sums;

  StepEvents(FeatureShape shape) {
    this.shape = shape;
    this.sums = StepSums.of(shape, 1);
  }

  /**
   * Adds an event.
   *
   * @param feature its index in array order: (channel · height + y) · width + x, or that of a
   *     vector
   * @throws IllegalArgumentException if it is out of range; the events are unchanged
   */
  public void add(int feature) {
    add(feature, 1);
  }

  /**
   * Adds several events at one place.
   *
   * @param feature its index in array order
   * @param count how many; at least 0
   * @throws IllegalArgumentException if the index is out of range or the count negative; the events
   *     are unchanged
   */
  public void add(int feature, int count) {
    if (feature < 0 || feature >= shape.neurons()) {
      throw new IllegalArgumentException(
          "an event must be at a feature from 0 to "
              + (shape.neurons() - 1)
              + ", got "
              + feature
              + ". Possible cause: another sensor than the model's, "
              + shape);
    }
    Require.atLeast("count of events", count, 0);
    if (count > 0) {
      sums.add(shape.neuronIndex(feature), count);
    }
  }

  /**
   * Adds an event of a sensor.
   *
   * @param channel the channel; of a camera the polarity, 0 OFF and 1 ON
   * @param y its row
   * @param x its column
   * @throws IllegalArgumentException if one is out of range; the events are unchanged
   */
  public void add(int channel, int y, int x) {
    boolean fits =
        channel >= 0
            && channel < shape.channels()
            && y >= 0
            && y < shape.height()
            && x >= 0
            && x < shape.width();
    if (!fits) {
      throw new IllegalArgumentException(
          "an event must be within channels × height × width = "
              + shape
              + ", got channel "
              + channel
              + ", y = "
              + y
              + ", x = "
              + x
              + ". Possible cause: another sensor than the model's");
    }
    sums.add((y * shape.width() + x) * shape.channels() + channel, 1);
  }

  /** Removes all events. */
  public void clear() {
    sums.reset();
  }

  /** The shape of the features. */
  FeatureShape shape() {
    return shape;
  }

  /** Writes them to an empty list, in order; returns the largest count. */
  float writeTo(SpikeEvents events) {
    return sums.copy(events);
  }
}
