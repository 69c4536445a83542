package org.dl4jsnn.internal.spike;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.dl4jsnn.internal.FiniteFlow;
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

  /** At every step what each neuron of a train fired over the window. */
  public static SpikeTrain ofWindow(SpikeTrain train) {
    boolean isCount = SummedSpikeTrain.isPacked(train) || train.unitSpikes();
    return new RepeatedSpikeTrain(total(train), train.steps(), isCount);
  }

  private static SpikeTrain total(SpikeTrain train) {
    if (SummedSpikeTrain.isCountable(train)) {
      return SummedSpikeTrain.ofWindow(train);
    }
    float[] totals = train.totals();
    FiniteFlow.require(totals, train.shape().neurons(), "amplitudes that are too large");
    return new ConstantSpikeTrain(train.shape(), 1, totals);
  }

  /**
   * Merges trains once for all steps if they are the same at every step.
   *
   * @param merge makes a train of several with as many steps
   */
  public static SpikeTrain merged(
      List<SpikeTrain> trains, Function<List<SpikeTrain>, SpikeTrain> merge) {
    int steps = trains.get(0).steps();
    if (!trains.stream().allMatch(SpikeTrain::isConstant)) {
      return merge.apply(trains);
    }
    return new RepeatedSpikeTrain(
        merge.apply(trains.stream().map(SpikeTrain::ofAnyStep).toList()),
        steps,
        trains.stream().allMatch(RepeatedSpikeTrain::isWindow));
  }

  /**
   * What weights are added for: the spikes of a train or, once, the numbers of a window. Empty for
   * constant currents, which weights are multiplied by.
   */
  public static Optional<SpikeTrain> spikesOf(SpikeTrain train) {
    if (!train.isConstant()) {
      return Optional.of(train);
    }
    return isWindow(train) ? Optional.of(train.ofAnyStep()) : Optional.empty();
  }

  /** Whether a train has the numbers of spikes of a window at every step. */
  public static boolean isWindow(SpikeTrain train) {
    return train instanceof RepeatedSpikeTrain repeated && repeated.isWindow;
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
