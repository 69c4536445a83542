package org.dl4jsnn.internal.host;

import java.util.Arrays;
import org.dl4jsnn.charge.RecurrentCharge;
import org.dl4jsnn.charge.StepCharge;
import org.dl4jsnn.internal.kernel.SampleRun;
import org.dl4jsnn.internal.kernel.SampleSimulation;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * Simulates any synapses and any neuron by definition, step by step. All engines use it for neurons
 * and synapses without a kernel and for layers whose membranes may exceed single precision, so they
 * fire the same spikes or refuse with the same message. Adds in the order of the kernels.
 */
final class ReferenceSimulation implements SampleSimulation {

  private final StepCharge charge;
  private final RecurrentCharge recurrence;
  private final SteppedNeurons neurons;
  private final SpikeEvents events;
  private final boolean finite;

  /** The current of any step if the input is constant. */
  private final float[] current;

  /**
   * A simulation.
   *
   * @param finite whether no charged neuron can exceed single precision
   */
  ReferenceSimulation(
      StepCharge charge,
      RecurrentCharge recurrence,
      FeatureShape input,
      FeatureShape output,
      NeuronDynamics dynamics,
      boolean finite) {
    this.charge = charge;
    this.recurrence = recurrence;
    this.neurons = new SteppedNeurons(dynamics, output);
    this.events = new SpikeEvents(input);
    this.finite = finite;
    this.current = new float[output.neurons()];
  }

  @Override
  public void run(SampleRun run) {
    SpikeTrain input = run.input();
    neurons.start(run.start());
    for (int step = 0; step < input.steps(); step++) {
      charge(input, run.sample(), step);
      if (!finite) {
        neurons.requireFinite(step, run.sample());
      }
      neurons.step(step, run.words());
      recurrence.charge(neurons.neurons(), neurons.charged());
    }
    neurons.end(run.end());
  }

  private void charge(SpikeTrain input, int sample, int step) {
    float[] charged = neurons.charged();
    if (!input.isConstant()) {
      input.read(sample, step, events);
      charge.charge(events, charged);
      return;
    }
    if (step == 0) {
      Arrays.fill(current, 0);
      input.read(sample, step, events);
      charge.charge(events, current);
    }
    for (int neuron = 0; neuron < charged.length; neuron++) {
      charged[neuron] += current[neuron];
    }
  }
}
