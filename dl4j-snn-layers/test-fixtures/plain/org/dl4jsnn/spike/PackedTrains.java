package org.dl4jsnn.spike;

import org.dl4jsnn.internal.spike.BinarySpikeTrain;
import org.dl4jsnn.internal.spike.BitLayout;

/** Trains of ordinary spikes as neurons fire them. */
public final class PackedTrains {

  private PackedTrains() {}

  /** The same spikes bit-packed. */
  public static BinarySpikeTrain of(SpikeTrain train) {
    FeatureShape shape = train.shape();
    BitLayout layout = BitLayout.of(shape);
    int[] places = layout.places(shape);
    int[][] words = new int[train.minibatch()][];
    SpikeEvents events = new SpikeEvents(shape);
    for (int sample = 0; sample < words.length; sample++) {
      words[sample] = layout.words(train.steps());
      for (int step = 0; step < train.steps(); step++) {
        train.read(sample, step, events);
        for (int e = 0; e < events.size(); e++) {
          int plane = layout.plane(step, events.channel(e));
          words[sample][plane + places[events.position(e)]] |= 1 << events.channel(e);
        }
      }
    }
    return new BinarySpikeTrain(shape, train.steps(), words);
  }
}
