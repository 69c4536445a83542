package org.dl4jsnn.internal.host;

import java.util.List;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * Adds spike trains: where spikes of several branches coincide, one event of their summed amplitude
 * goes on; where they cancel, none.
 */
public final class SummedTrains {

  private SummedTrains() {}

  /**
   * Adds trains.
   *
   * @param trains of the same shape, samples and steps
   * @return their sum
   */
  public static SpikeTrain of(List<SpikeTrain> trains) {
    FeatureShape shape = trains.get(0).shape();
    return MergedSpikeTrains.of(
        shape,
        trains,
        () -> {
          SpikeEvents events = new SpikeEvents(shape);
          return (sample, step, amplitudes) -> {
            for (SpikeTrain train : trains) {
              train.read(sample, step, events);
              for (int e = 0; e < events.size(); e++) {
                amplitudes[events.neuron(e)] += events.amplitude(e);
              }
            }
          };
        });
  }
}
