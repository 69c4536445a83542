package org.dl4jsnn.internal.simulate;

import java.util.Arrays;
import org.dl4jsnn.internal.array.ArrayRuns;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.handover.SpikeGradient;
import org.dl4jsnn.internal.host.SpikeDelays;
import org.dl4jsnn.internal.parallel.ParallelSamples;

/** Propagates gradients in time back through delays (equation 78 of docs/mathematics.md). */
public final class DelayAdjoint {

  private final SpikeDelays delays;

  /** The delays of all neurons in the order of arrays. */
  private final int[] steps;

  /** The distinct delays. */
  private final int[] different;

  /** Creates the adjoint of delays. */
  public DelayAdjoint(SpikeDelays delays) {
    this.delays = delays;
    this.steps = delays.steps();
    this.different = Arrays.stream(steps).distinct().toArray();
  }

  /**
   * Propagates a gradient of the spikes that left back to those that arrived. Spikes that leave
   * after the window have no gradient, and spikes from before it are constant.
   */
  public SpikeGradient backprop(SpikeGradient gradient) {
    SpikeGradient below = SpikeGradient.like(gradient, delays.shape());
    ParallelSamples.run(
        gradient.minibatch(),
        () -> {
          double[] from = new double[steps.length];
          double[] to = new double[steps.length];
          ArrayRuns left = new ArrayRuns(gradient.values());
          ArrayRuns arrived = new ArrayRuns(below.values());
          return sample -> {
            for (int step = 0; step < gradient.steps(); step++) {
              Arrays.fill(to, 0);
              for (int delay : different) {
                if (delay < gradient.steps() - step) {
                  left.read(gradient.row(sample, step + delay) * from.length, from);
                  copy(delay, from, to);
                }
              }
              arrived.write(below.row(sample, step) * to.length, to);
            }
          };
        });
    HostArrays.written(below.values());
    return below;
  }

  /** Copies the values of the neurons with a given delay. */
  private void copy(int delay, double[] from, double[] to) {
    for (int i = 0; i < steps.length; i++) {
      if (steps[i] == delay) {
        to[i] = from[i];
      }
    }
  }
}
