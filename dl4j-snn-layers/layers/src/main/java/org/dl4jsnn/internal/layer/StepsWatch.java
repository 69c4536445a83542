package org.dl4jsnn.internal.layer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns, once per layer, of a window of one step where the network was built for more: the next
 * call begins again from rest, although a stream may be meant.
 */
final class StepsWatch {

  private static final Logger LOG = LoggerFactory.getLogger(StepsWatch.class);

  private final EncodingSettings layer;
  private boolean hasWarned;

  StepsWatch(EncodingSettings layer) {
    this.layer = layer;
  }

  /** Checks a window, which is no piece of a stream. */
  void look(int steps) {
    int built = layer.stepsOfType();
    if (steps == 1 && built > 1 && !hasWarned) {
      hasWarned = true;
      LOG.warn(
          "{}: features have one time step, and the network was built for {}. Give all steps of a"
              + " sample at once, or, if they arrive one by one, call rnnTimeStep, which keeps the"
              + " neurons' state: every other call begins at rest",
          layer.name(),
          built);
    }
  }
}
