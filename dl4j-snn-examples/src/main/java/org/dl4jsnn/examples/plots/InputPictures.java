package org.dl4jsnn.examples.plots;

import org.dl4jsnn.examples.events.OnOffPictures;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;

/** A network's input as pictures of its time steps. */
final class InputPictures {

  /** The number of channels of event frames; the first is OFF. */
  private static final int POLARITIES = 2;

  private InputPictures() {}

  /**
   * Draws one sample of an encoding's spikes. Two channels are OFF and ON; otherwise positive
   * spikes of any channel are ON and negative spikes OFF.
   *
   * @param most the most pictures; with more steps, each shows the sum of several
   */
  static OnOffPictures of(SpikeTrain train, int sample, int most) {
    FeatureShape shape = train.shape();
    int count = Math.min(most, train.steps());
    OnOffPictures pictures = new OnOffPictures(count, shape.width(), shape.height());
    SpikeEvents events = new SpikeEvents(shape);
    for (int step = 0; step < train.steps(); step++) {
      train.read(sample, step, events);
      int picture = (int) ((long) step * count / train.steps());
      for (int e = 0; e < events.size(); e++) {
        float amplitude = events.amplitude(e);
        boolean on = shape.channels() == POLARITIES ? events.channel(e) == 1 : amplitude > 0;
        int x = events.position(e) % shape.width();
        int y = events.position(e) / shape.width();
        pictures.add(picture, x, y, on, Math.abs(amplitude));
      }
    }
    return pictures;
  }
}
