package org.dl4jsnn.internal.simulate;

import java.util.Optional;
import org.dl4jsnn.charge.Charges;
import org.dl4jsnn.charge.StepCharge;
import org.dl4jsnn.internal.kernel.Kernels;
import org.dl4jsnn.internal.kernel.NumberedSpikes;
import org.dl4jsnn.internal.synapse.SynapseAdjoint;
import org.dl4jsnn.internal.synapse.TrainCharge;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.Neurons;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.synapse.SimulatedWindow;
import org.dl4jsnn.synapse.Synapse;

/**
 * Replays the neurons of a layer that was simulated before, sample by sample and step by step.
 * Neurons are reset according to the recorded spikes, whichever engine fired them. Scratch memory,
 * one per task.
 */
public final class MembraneReplay {

  /** An observer that does nothing. */
  public static final Observer NOBODY = (step, neurons) -> {};

  private static final int CHARGED = 0;

  private final SimulatedWindow window;
  private final NeuronDynamics dynamics;
  private final Neurons atRest;
  private final TrainCharge charge;
  private final NumberedSpikes fired;

  /** The current of one sample at any step, if the input is constant. */
  private float[] current;

  private int sampleOfCurrent = -1;

  /** Observes a step. */
  @FunctionalInterface
  public interface Observer {

    /**
     * Called once per step, from 0, with the neurons after charging, before the reset, and which of
     * them fired; not to be written to.
     */
    void observe(int step, Neurons neurons);
  }

  /** Creates a replay of a simulation with the currents from {@link #charges}. */
  public MembraneReplay(SimulatedWindow window, StepCharge charge) {
    this(window, TrainCharge.of(charge, window.input().shape()));
  }

  /** Creates a replay of a simulation with the currents from an adjoint. */
  public MembraneReplay(SimulatedWindow window, TrainCharge charge) {
    FeatureShape shape = window.output().shape();
    this.window = window;
    this.dynamics = window.neuron();
    this.atRest = Neurons.of(dynamics, shape.neurons(), shape.channels());
    this.charge = charge;
    this.fired = NumberedSpikes.ofNeurons(shape);
  }

  /** The currents of a layer: makes a charge per task, with a copy of the current weights. */
  public static Charges charges(Synapse synapse) {
    return HostSynapses.of(synapse).charges(Kernels.chosen().rowAdder());
  }

  /**
   * The adjoint of a layer's synapses event by event, with a copy of the current weights.
   *
   * @param inputs whether the gradient of the inputs is wanted
   */
  public static Optional<SynapseAdjoint> adjoint(Synapse synapse, boolean inputs) {
    return HostSynapses.of(synapse).adjoint(Kernels.chosen(), inputs);
  }

  /** The neurons before the first step of a sample. */
  public Neurons start(int sample) {
    Neurons neurons = atRest.copy();
    neurons.start(window.start().singles(sample));
    return neurons;
  }

  /**
   * Runs the steps from the first up to, but without, an end; the neurons are those before the
   * first step, and on return those before the end.
   */
  public void run(int sample, int first, int end, Neurons neurons, Observer observer) {
    for (int step = first; step < end; step++) {
      fired.read(window.output(), sample, step);
      charge(sample, step, neurons.variable(CHARGED));
      neurons.clearFired();
      for (int e = 0; e < fired.size(); e++) {
        neurons.fire(fired.number(e));
      }
      observer.observe(step, neurons);
      dynamics.reset(neurons);
      window.recurrence().charge(neurons, neurons.variable(CHARGED));
    }
  }

  private void charge(int sample, int step, float[] charged) {
    if (!window.input().isConstant()) {
      charge.charge(window.input(), sample, step, charged);
      return;
    }
    if (sample != sampleOfCurrent) {
      current = new float[charged.length];
      charge.charge(window.input(), sample, step, current);
      sampleOfCurrent = sample;
    }
    for (int i = 0; i < charged.length; i++) {
      charged[i] += current[i];
    }
  }
}
