package org.dl4jsnn.internal.kernel;

import java.util.Arrays;
import org.dl4jsnn.spike.BitLayout;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * Simulates any layer step by step and looks at every membrane potential: for layers that {@link
 * FireRule#staysFinite} cannot vouch for. All engines hand such layers to this simulation, so that
 * they all fire the same spikes or refuse with the same message. Adds in the order of the
 * event-driven engine.
 */
public final class CarefulSimulation implements SampleSimulation {

  private final StepCharge charge;
  private final FeatureShape output;
  private final BitLayout layout;
  private final int[] places;
  private final FireRule rule;
  private final SpikeEvents events;
  private final float[] membrane;

  /** The current of any step, where the input is constant. */
  private final float[] current;

  /**
   * A simulation.
   *
   * @param charge the currents
   * @param input the input's shape
   * @param output the output's shape
   * @param rule the neurons
   */
  public CarefulSimulation(
      StepCharge charge, FeatureShape input, FeatureShape output, FireRule rule) {
    this.charge = charge;
    this.output = output;
    this.layout = BitLayout.of(output);
    this.places = layout.places(output);
    this.rule = rule;
    this.events = new SpikeEvents(input);
    this.membrane = new float[output.neurons()];
    this.current = new float[output.neurons()];
  }

  /**
   * Simulates.
   *
   * @throws IllegalArgumentException if a membrane potential becomes infinite or NaN
   */
  @Override
  public void run(SpikeTrain input, int sample, int[] words, float[] totals, int offset) {
    Arrays.fill(membrane, rule.initialMembrane());
    Arrays.fill(totals, offset, offset + membrane.length, 0);
    for (int step = 0; step < input.steps(); step++) {
      charge(input, sample, step);
      for (int neuron = 0; neuron < membrane.length; neuron++) {
        FiniteMembrane.require(
            "membrane potentials", membrane[neuron], output, neuron, step, sample);
        if (membrane[neuron] > rule.threshold()) {
          fire(neuron, step, words);
          totals[offset + output.arrayIndex(neuron)]++;
        }
        membrane[neuron] *= rule.leak();
      }
    }
  }

  private void charge(SpikeTrain input, int sample, int step) {
    if (!input.isConstant()) {
      input.read(sample, step, events);
      charge.charge(events, membrane);
      return;
    }
    if (step == 0) {
      Arrays.fill(current, 0);
      input.read(sample, step, events);
      charge.charge(events, current);
    }
    for (int neuron = 0; neuron < membrane.length; neuron++) {
      membrane[neuron] += current[neuron];
    }
  }

  private void fire(int neuron, int step, int[] words) {
    int channel = neuron % output.channels();
    int position = neuron / output.channels();
    words[layout.plane(step, channel) + places[position]] |= 1 << channel;
    membrane[neuron] = rule.subtractive() ? membrane[neuron] - rule.threshold() : rule.resetValue();
  }
}
