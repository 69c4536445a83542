package org.dl4jsnn.internal.simulate;

import java.util.Arrays;
import org.dl4jsnn.internal.kernel.FireRule;
import org.dl4jsnn.internal.kernel.StepCharge;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.synapse.SimulatedWindow;

/**
 * Follows the membrane potentials of a layer that was simulated before, sample by sample and step
 * by step. Neurons are reset where the recorded spikes say so, whichever engine fired them. Scratch
 * memory, one a task.
 */
public final class MembraneReplay {

  /** Looks at nothing. */
  public static final Observer NOBODY = (step, membrane, spikes) -> {};

  private final SimulatedWindow window;
  private final FireRule rule;
  private final StepCharge charge;
  private final SpikeEvents arriving;
  private final SpikeEvents fired;

  /** The current of one sample at any step, where the input is constant. */
  private float[] current;

  private int sampleOfCurrent = -1;

  /** Looks at a step. Neurons are in order of position and channel. */
  @FunctionalInterface
  public interface Observer {

    /**
     * Called once a step.
     *
     * @param step index of the step, from 0
     * @param membrane the membrane potentials after charging, before firing; not to be written to
     * @param spikes the spikes of the step
     */
    void observe(int step, float[] membrane, SpikeEvents spikes);
  }

  /**
   * A replay.
   *
   * @param window what was simulated
   * @param charge the currents, from {@link org.dl4jsnn.synapse.Synapse#charges()}
   */
  public MembraneReplay(SimulatedWindow window, StepCharge charge) {
    this.window = window;
    this.rule = FireRule.of(window.neuron());
    this.charge = charge;
    this.arriving = new SpikeEvents(window.input().shape());
    this.fired = new SpikeEvents(window.output().shape());
  }

  /**
   * The membrane potentials before the first step.
   *
   * @return one a neuron, in order of position and channel
   */
  public float[] start() {
    float[] membrane = new float[window.output().shape().neurons()];
    Arrays.fill(membrane, rule.initialMembrane());
    return membrane;
  }

  /**
   * Runs some steps.
   *
   * @param sample index of the sample
   * @param first the first step
   * @param end the step after the last
   * @param membrane the membrane potentials before the first step; afterwards those before {@code
   *     end}
   * @param observer looks at every step
   */
  public void run(int sample, int first, int end, float[] membrane, Observer observer) {
    for (int step = first; step < end; step++) {
      window.output().read(sample, step, fired);
      charge(sample, step, membrane);
      observer.observe(step, membrane, fired);
      reset(membrane);
    }
  }

  private void charge(int sample, int step, float[] membrane) {
    if (!window.input().isConstant()) {
      window.input().read(sample, step, arriving);
      charge.charge(arriving, membrane);
      return;
    }
    if (sample != sampleOfCurrent) {
      current = new float[membrane.length];
      window.input().read(sample, step, arriving);
      charge.charge(arriving, current);
      sampleOfCurrent = sample;
    }
    for (int i = 0; i < membrane.length; i++) {
      membrane[i] += current[i];
    }
  }

  private void reset(float[] membrane) {
    for (int e = 0; e < fired.size(); e++) {
      int neuron = fired.neuron(e);
      membrane[neuron] =
          rule.subtractive() ? membrane[neuron] - rule.threshold() : rule.resetValue();
    }
    if (rule.leak() != 1) {
      for (int i = 0; i < membrane.length; i++) {
        membrane[i] *= rule.leak();
      }
    }
  }
}
