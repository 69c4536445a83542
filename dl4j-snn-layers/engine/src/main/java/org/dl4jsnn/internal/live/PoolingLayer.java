package org.dl4jsnn.internal.live;

import java.util.List;
import org.dl4jsnn.internal.compact.PoolingPart;
import org.dl4jsnn.internal.synapse.PoolingGeometry;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;

/**
 * Pooling without neurons: sums, means or maxima of the amplitudes of a step (equation 54 of
 * docs/mathematics.md).
 *
 * @param output the output's shape, with as many neurons as windows
 */
public record PoolingLayer(PoolingGeometry geometry, FeatureShape output, PoolingPart.Kind kind)
    implements StatelessLayer {

  @Override
  public PartScratch newScratch() {
    return PartScratch.ofSums(
        output,
        switch (kind) {
          case MAXIMUM -> StepSums.maxima(output, geometry.windowSize());
          case MEAN -> StepSums.of(output, geometry.windowSize());
          default -> StepSums.of(output, 1);
        });
  }

  @Override
  public void run(PartScratch scratch, List<SpikeEvents> inputs) {
    SpikeEvents events = inputs.get(0);
    int channels = output.channels();
    for (int e = 0; e < events.size(); e++) {
      int position = events.position(e);
      int window = geometry.firstWindow(position);
      for (int row = 0; row < geometry.rows(position); row++, window += geometry.width()) {
        for (int column = 0; column < geometry.columns(position); column++) {
          int neuron = (window + column) * channels + events.channel(e);
          scratch.sums.add(neuron, events.amplitude(e));
        }
      }
    }
    scratch.sums.drain(scratch.fired);
  }
}
