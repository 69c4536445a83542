package org.dl4jsnn.spike;

import org.dl4jsnn.Internal;
import org.dl4jsnn.internal.Magnitudes;

/**
 * A train that is the same at every step: a constant current into every neuron. Its memory does not
 * grow with T.
 */
public final class ConstantSpikeTrain implements SpikeTrain {

  private final FeatureShape shape;
  private final int steps;
  private final float[] current;
  private final boolean unitSpikes;
  private final double density;
  private final float[] totals;

  /**
   * Creates a train from its current; the array is not copied.
   *
   * @param shape the shape of the neurons
   * @param steps T
   * @param current the amplitude of every neuron at any step, in the order of arrays [minibatch,
   *     channels, height, width]
   */
  public ConstantSpikeTrain(FeatureShape shape, int steps, float[] current) {
    this.shape = shape;
    this.steps = steps;
    this.current = current;
    this.totals = new float[current.length];
    int events = 0;
    int ones = 0;
    for (int i = 0; i < current.length; i++) {
      totals[i] = steps * current[i];
      events += current[i] != 0 ? 1 : 0;
      ones += current[i] == 1 ? 1 : 0;
    }
    this.unitSpikes = events == ones;
    this.density = (double) events / current.length;
  }

  @Override
  public FeatureShape shape() {
    return shape;
  }

  @Override
  public int minibatch() {
    return current.length / shape.neurons();
  }

  @Override
  public int steps() {
    return steps;
  }

  @Override
  public boolean unitSpikes() {
    return unitSpikes;
  }

  @Override
  public boolean isConstant() {
    return true;
  }

  @Override
  @Internal
  public SpikeTrain ofAnyStep() {
    return new ConstantSpikeTrain(shape, 1, current);
  }

  @Override
  public double density() {
    return density;
  }

  @Override
  @Internal
  public float amplitudeBound() {
    return Magnitudes.largest(current);
  }

  @Override
  public void read(int sample, int step, SpikeEvents events) {
    events.clear();
    int positions = shape.positions();
    int first = sample * shape.neurons();
    for (int position = 0; position < positions; position++) {
      for (int channel = 0; channel < shape.channels(); channel++) {
        float amplitude = current[first + channel * positions + position];
        if (amplitude != 0) {
          events.add(position, channel, amplitude);
        }
      }
    }
  }

  @Override
  public float[] totals() {
    return totals;
  }

  /** Constant too, so a current computed once still serves for the whole window. */
  @Override
  public SpikeTrain scaled(float[] factors) {
    float[] scaled = new float[current.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = current[i] * factors[i];
    }
    return new ConstantSpikeTrain(shape, steps, scaled);
  }
}
