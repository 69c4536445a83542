package org.dl4jsnn.examples.plots;

import org.dl4jsnn.examples.events.OnOffImages;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * A network's input as images of its time steps.
 *
 * @param images one per step, or per several steps
 * @param colours what their colours mean; empty if there is nothing to explain
 */
record InputImages(OnOffImages images, String colours) {

  /** The number of channels of event frames; the first is OFF. */
  private static final int POLARITIES = 2;

  /**
   * Draws one sample of an encoding's spikes. Two channels are OFF and ON; otherwise positive
   * spikes of any channel are drawn like ON and negative ones like OFF, and all in black if none is
   * negative.
   *
   * @param most the most images; with more steps, each shows the sum of several
   */
  static InputImages of(SpikeTrain train, int sample, int most) {
    FeatureShape shape = train.shape();
    int count = Math.min(most, train.steps());
    boolean hasPolarities = shape.channels() == POLARITIES;
    boolean isSigned = !hasPolarities && hasNegative(train, sample);
    OnOffImages images =
        new OnOffImages(count, shape.width(), shape.height(), hasPolarities || isSigned);
    SpikeEvents events = new SpikeEvents(shape);
    for (int step = 0; step < train.steps(); step++) {
      train.read(sample, step, events);
      int image = (int) ((long) step * count / train.steps());
      for (int e = 0; e < events.size(); e++) {
        float amplitude = events.amplitude(e);
        boolean on = hasPolarities ? events.channel(e) == 1 : amplitude > 0;
        int x = events.position(e) % shape.width();
        int y = events.position(e) / shape.width();
        images.add(image, x, y, on, Math.abs(amplitude));
      }
    }
    String colours = isSigned ? "positive red, negative blue" : "";
    return new InputImages(images, hasPolarities ? "ON red, OFF blue, both dark" : colours);
  }

  private static boolean hasNegative(SpikeTrain train, int sample) {
    SpikeEvents events = new SpikeEvents(train.shape());
    for (int step = 0; step < train.steps(); step++) {
      train.read(sample, step, events);
      for (int e = 0; e < events.size(); e++) {
        if (events.amplitude(e) < 0) {
          return true;
        }
      }
    }
    return false;
  }
}
