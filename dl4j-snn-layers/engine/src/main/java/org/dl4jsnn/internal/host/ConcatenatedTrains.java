package org.dl4jsnn.internal.host;

import java.util.ArrayList;
import java.util.List;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;

/** Concatenates the channels of spike trains. */
public final class ConcatenatedTrains {

  private ConcatenatedTrains() {}

  /**
   * Concatenates trains.
   *
   * @param shape the shape of the result: the same rows and columns, the channels of all trains
   * @param trains trains with equal samples and steps
   */
  public static SpikeTrain of(FeatureShape shape, List<SpikeTrain> trains) {
    List<FeatureShape> inputs = trains.stream().map(SpikeTrain::shape).toList();
    return MergedSpikeTrains.of(
        shape,
        trains,
        () -> {
          List<SpikeEvents> events = new ArrayList<>();
          inputs.forEach(input -> events.add(new SpikeEvents(input)));
          return (sample, step, amplitudes) -> {
            int channel = 0;
            for (int branch = 0; branch < inputs.size(); branch++) {
              SpikeEvents part = events.get(branch);
              trains.get(branch).read(sample, step, part);
              for (int e = 0; e < part.size(); e++) {
                int neuron = part.position(e) * shape.channels() + channel + part.channel(e);
                amplitudes[neuron] = part.amplitude(e);
              }
              channel += inputs.get(branch).channels();
            }
          };
        });
  }
}
