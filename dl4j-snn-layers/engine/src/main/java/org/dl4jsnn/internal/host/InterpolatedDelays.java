package org.dl4jsnn.internal.host;

import org.dl4jsnn.internal.Require;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * Delays between whole steps (equation 90 of docs/mathematics.md): a spike leaves at all steps
 * around its delay d, with the weights of a Gaussian of a given width there, whose sum over the
 * whole steps from 0 to the longest delay is 1. So the spikes that leave change smoothly with d.
 */
public final class InterpolatedDelays {

  /** Weights below this are left out. */
  private static final double NOTHING = 1e-6;

  private final FeatureShape shape;
  private final int longest;

  /** For every delay and step τ, the weight k(τ). */
  private final float[][] weights;

  /** ∂k(τ)/∂d. */
  private final float[][] slopes;

  /** For every delay, the first and the end of the steps whose weight is not 0. */
  private final int[] first;

  private final int[] end;
  private final int neuronsOfOne;

  /**
   * Delays.
   *
   * @param delays d of every channel or neuron, in time steps from 0 to the longest
   * @param width the standard deviation of the Gaussian in time steps
   */
  public InterpolatedDelays(FeatureShape shape, double[] delays, int longest, double width) {
    SpikeDelays.requireCount(delays.length, shape);
    Require.positiveFinite("width of the interpolation", width);
    this.shape = shape;
    this.longest = longest;
    this.neuronsOfOne = shape.neurons() / delays.length;
    this.weights = new float[delays.length][longest + 1];
    this.slopes = new float[delays.length][longest + 1];
    this.first = new int[delays.length];
    this.end = new int[delays.length];
    for (int k = 0; k < delays.length; k++) {
      interpolate(k, delays[k], width);
    }
  }

  private void interpolate(int k, double delay, double width) {
    double[] heights = new double[longest + 1];
    double nearest = (delay - Math.rint(delay)) / width; // so that at least one height is not 0
    double sum = 0;
    double moment = 0;
    for (int step = 0; step <= longest; step++) {
      double distance = (step - delay) / width;
      heights[step] = Math.exp((nearest * nearest - distance * distance) / 2);
      sum += heights[step];
      moment += heights[step] * distance / width;
    }
    first[k] = longest;
    for (int step = 0; step <= longest; step++) {
      double weight = heights[step] / sum;
      if (weight >= NOTHING) {
        first[k] = Math.min(first[k], step);
        end[k] = step + 1;
        weights[k][step] = (float) weight;
        slopes[k][step] = (float) (weight * ((step - delay) / width / width - moment / sum));
      }
    }
  }

  /** The shape of the neurons. */
  public FeatureShape shape() {
    return shape;
  }

  /** The index of the delay of a neuron, by its place in arrays. */
  public int delayOf(int arrayIndex) {
    return arrayIndex / neuronsOfOne;
  }

  /** The spikes that leave within a window, of any amplitude. */
  public SpikeTrain delayed(DelayLine line, SpikeTrain train) {
    line.requireOf(shape, train.minibatch(), longest);
    JoinedSpikes joined = new JoinedSpikes(line, train);
    return MergedSpikeTrains.of(
        shape,
        train.minibatch(),
        train.steps(),
        () -> {
          SpikeEvents events = new SpikeEvents(shape);
          return (sample, step, amplitudes) -> {
            for (int delay = 0; delay <= longest; delay++) {
              if (!joined.read(sample, step - delay, events)) {
                break;
              }
              for (int e = 0; e < events.size(); e++) {
                int k = delayOf(shape.arrayIndex(events.neuron(e)));
                amplitudes[events.neuron(e)] += events.amplitude(e) * weights[k][delay];
              }
            }
          };
        });
  }

  /**
   * Goes back through the delays of one sample.
   *
   * @param left the gradient of the spikes that left, [step][neuron in the order of arrays]
   * @param arrived where to write that of the spikes that arrived, likewise
   * @param delays where to add that of the delays
   */
  public void backprop(
      DelayLine line,
      SpikeTrain train,
      int sample,
      double[][] left,
      double[][] arrived,
      double[] delays) {
    for (int step = 0; step < left.length; step++) {
      for (int i = 0; i < left[step].length; i++) {
        int k = delayOf(i);
        double sum = 0;
        for (int delay = first[k]; delay < Math.min(end[k], left.length - step); delay++) {
          sum += weights[k][delay] * left[step + delay][i];
        }
        arrived[step][i] = sum;
      }
    }
    JoinedSpikes joined = new JoinedSpikes(line, train);
    SpikeEvents events = new SpikeEvents(shape);
    for (int step = -longest; step < left.length; step++) {
      if (joined.read(sample, step, events)) {
        for (int e = 0; e < events.size(); e++) {
          int i = shape.arrayIndex(events.neuron(e));
          int k = delayOf(i);
          double sum = 0;
          int last = Math.min(end[k], left.length - step);
          for (int delay = Math.max(first[k], -step); delay < last; delay++) {
            sum += slopes[k][delay] * left[step + delay][i];
          }
          delays[k] += events.amplitude(e) * sum;
        }
      }
    }
  }
}
