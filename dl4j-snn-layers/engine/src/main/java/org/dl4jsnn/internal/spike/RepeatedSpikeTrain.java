package org.dl4jsnn.internal.spike;

import java.util.Optional;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.spike.ConstantSpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;

/** A train of one step, repeated at every step of a window. Its memory does not grow with T. */
public final class RepeatedSpikeTrain implements SpikeTrain {

  private final SpikeTrain step;
  private final int steps;

  /** Whether its amplitudes are numbers of spikes. */
  private final boolean isWindow;

  /** Computed at the first call. */
  private volatile float[] totals;

  /** Repeats a train of currents of a single step. */
  public RepeatedSpikeTrain(SpikeTrain step, int steps) {
    this(step, steps, false);
  }

  private RepeatedSpikeTrain(SpikeTrain step, int steps, boolean isWindow) {
    Require.not(step.steps() != 1, "a repeated train must have one step, got %s", step.steps());
    this.step = step;
    this.steps = steps;
    this.isWindow = isWindow;
  }

  /** The same for another number of steps. */
  public RepeatedSpikeTrain withSteps(int other) {
    return new RepeatedSpikeTrain(step, other, isWindow);
  }

  /** At every step what each neuron of a train fired over the window. */
  public static SpikeTrain ofWindow(SpikeTrain train) {
    return SummedSpikeTrain.counts(train)
        ? new RepeatedSpikeTrain(SummedSpikeTrain.ofWindow(train), train.steps(), true)
        : new ConstantSpikeTrain(train.shape(), train.steps(), train.totals().clone());
  }

  /**
   * What weights add up of a train: its spikes or, once per window, the numbers of a window;
   * nothing of constant currents, which are multiplied.
   */
  public static Optional<SpikeTrain> spikesOf(SpikeTrain train) {
    if (!train.isConstant()) {
      return Optional.of(train);
    }
    boolean isWindow = train instanceof RepeatedSpikeTrain repeated && repeated.isWindow;
    return isWindow ? Optional.of(train.ofAnyStep()) : Optional.empty();
  }

  @Override
  public FeatureShape shape() {
    return step.shape();
  }

  @Override
  public int minibatch() {
    return step.minibatch();
  }

  @Override
  public int steps() {
    return steps;
  }

  @Override
  public boolean unitSpikes() {
    return step.unitSpikes();
  }

  @Override
  public boolean isConstant() {
    return true;
  }

  @Override
  public SpikeTrain ofAnyStep() {
    return step;
  }

  @Override
  public double density() {
    return step.density();
  }

  @Override
  public SpikeTrain scaled(float[] factors) {
    return new RepeatedSpikeTrain(step.scaled(factors), steps, isWindow);
  }

  @Override
  public float amplitudeBound() {
    return step.amplitudeBound();
  }

  @Override
  public void read(int sample, int at, SpikeEvents events) {
    step.read(sample, 0, events);
  }

  @Override
  public float[] totals() {
    float[] known = totals;
    if (known == null) {
      known = step.totals().clone();
      for (int i = 0; i < known.length; i++) {
        known[i] *= steps;
      }
      totals = known;
    }
    return known;
  }
}
