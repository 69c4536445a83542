package org.dl4jsnn.internal.host;

import java.util.List;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * Adds spike trains: coinciding spikes of several branches become one event with their summed
 * amplitude, or none if they cancel.
 */
public final class SummedTrains {

  private SummedTrains() {}

  /**
   * Adds trains.
   *
   * @param trains trains with equal shape, samples and steps
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
