package org.dl4jsnn.contract;

import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.FeatureShape;
import java.util.Arrays;

/** A train spelled out, for comparisons. */
public final class Spikes {

  private Spikes() {}

  /** The amplitudes by sample, step and neuron, neurons in the order of arrays. */
  public static float[][][] of(SpikeTrain train) {
    FeatureShape shape = train.shape();
    float[][][] spikes = new float[train.minibatch()][train.steps()][shape.neurons()];
    SpikeEvents events = new SpikeEvents(shape);
    for (int sample = 0; sample < train.minibatch(); sample++) {
      for (int step = 0; step < train.steps(); step++) {
        train.read(sample, step, events);
        for (int e = 0; e < events.size(); e++) {
          spikes[sample][step][shape.arrayIndex(events.neuron(e))] = events.amplitude(e);
        }
      }
    }
    return spikes;
  }

  /** The first steps of every sample. */
  public static float[][][] firstSteps(float[][][] spikes, int steps) {
    float[][][] first = new float[spikes.length][][];
    for (int sample = 0; sample < spikes.length; sample++) {
      first[sample] = Arrays.copyOf(spikes[sample], steps);
    }
    return first;
  }

  /** Some samples, in the order of their indices. */
  public static float[][][] samples(float[][][] spikes, int... indices) {
    float[][][] picked = new float[indices.length][][];
    for (int i = 0; i < indices.length; i++) {
      picked[i] = spikes[indices[i]];
    }
    return picked;
  }

  /** The sum of all amplitudes' magnitudes: 0 for a silent train. */
  public static double activity(float[][][] spikes) {
    double sum = 0;
    for (float[][] sample : spikes) {
      for (float[] step : sample) {
        for (float amplitude : step) {
          sum += Math.abs(amplitude);
        }
      }
    }
    return sum;
  }
}
