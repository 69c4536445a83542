package org.dl4jsnn.internal.host;

import java.util.Optional;
import org.dl4jsnn.charge.Charges;
import org.dl4jsnn.charge.RecurrentCharge;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.kernel.CurrentSimulation;
import org.dl4jsnn.internal.kernel.GatherWeights;
import org.dl4jsnn.internal.kernel.KernelNeuron;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.kernel.SampleSimulations;
import org.dl4jsnn.internal.spike.DenseSpikeTrain;
import org.dl4jsnn.internal.synapse.HostSynapse;
import org.dl4jsnn.internal.synapse.WeightedHostSynapse;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * A layer of spiking neurons with its current weights, simulated on the CPU without ND4J: (state,
 * train) → (state′, train′), equations 1 to 5 of docs/mathematics.md. Prepared weights are kept for
 * the next window. Thread-safe.
 */
public final class HostLayer {

  private volatile HostSynapse synapse;
  private final RecurrentCharge recurrence;
  private final FeatureShape output;
  private final NeuronDynamics neuron;
  private final KernelProvider kernels;
  private final PreparedKernels prepared;

  /** Kernels of neurons that never fire, which sum currents. */
  private final PreparedKernels currents;

  /** Made on the first call. */
  private volatile Charges charges;

  public HostLayer(
      HostSynapse synapse,
      RecurrentCharge recurrence,
      FeatureShape output,
      NeuronDynamics neuron,
      KernelProvider kernels) {
    this.synapse = synapse;
    this.recurrence = recurrence;
    this.output = output;
    this.neuron = neuron;
    this.kernels = kernels;
    this.prepared = new PreparedKernels();
    this.currents = new PreparedKernels();
  }

  /** The same synapses in front of other neurons, for a simulation by their definition. */
  public HostLayer with(RecurrentCharge recurrent, NeuronDynamics dynamics) {
    HostLayer other = new HostLayer(synapse, recurrent, output, dynamics, kernels);
    other.charges = charges;
    return other;
  }

  /**
   * The synapses of a fully connected layer without a copy of the weights beside its kernels'; the
   * same as before if there are no kernels yet.
   */
  public HostSynapse dropCopy() {
    if (prepared.kept != null
        && prepared.kept.simulations instanceof GatherWeights kernel
        && synapse instanceof WeightedHostSynapse weighted
        && weighted.isFullyConnected()) {
      kernel.packed().ifPresent(packed -> synapse = weighted.packed(packed));
    }
    return synapse;
  }

  /**
   * Simulates a window or a piece of one: a constant current as a whole, other spikes one by one.
   *
   * @throws IllegalArgumentException if the state belongs to other neurons or a membrane potential
   *     exceeds single precision
   */
  public SimulationResult simulate(NeuronState start, SpikeTrain input, Retention kept) {
    return input.isConstant() && recurrence.isNone()
        ? simulateConstant(start, input, kept)
        : simulateSpikes(start, input, kept);
  }

  /** Graded spikes in place of neurons, which have no state. */
  private SimulationResult passOn(NeuronState start, SpikeTrain input) {
    double bound = synapse.currentBound(input.amplitudeBound());
    Optional<SampleSimulations> kernels =
        SafeSums.hold(neuron, start, bound, false)
            ? currents.of(ConstantCurrents.SILENT, NeuronState.atRest(), input)
            : Optional.empty();
    SpikeTrain train = new StepCurrents(output).of(input, kernels, charges()::get);
    return new SimulationResult(train, start, null);
  }

  /**
   * Simulates spike by spike: the cost is proportional to the number of spikes, not to steps ×
   * weights. Each sample runs through the whole window before the next, so its membranes stay in
   * the cache.
   *
   * @throws IllegalArgumentException if the state belongs to other neurons or a membrane potential
   *     exceeds single precision
   */
  public SimulationResult simulateSpikes(NeuronState start, SpikeTrain input, Retention kept) {
    if (neuron.passesCurrents()) {
      return passOn(start, input);
    }
    SimulatedMinibatch minibatch = minibatch(start, input, kept);
    double bound = synapse.currentBound(input.amplitudeBound()) + recurrence.currentBound();
    boolean finite = SafeSums.stayFinite(neuron, start, bound);
    return minibatch.run(
        kernels(start, input, finite).orElseGet(() -> defined(input.shape(), finite)));
  }

  /**
   * Simulates neurons with kernels, from rest, under currents that were summed already, of one
   * sample.
   *
   * @param currents step by step
   * @param input what they are the currents of
   */
  public SimulationResult simulateCurrents(float[] currents, SpikeTrain input, Retention kept) {
    KernelNeuron rule = KernelNeuron.of((SpikingNeuron) neuron);
    return minibatch(NeuronState.atRest(), input, kept)
        .run(
            share -> {
              CurrentSimulation neurons =
                  new CurrentSimulation(output, input.steps(), false, rule, kernels, share);
              return run ->
                  neurons.run(
                      run, step -> CurrentSimulation.of(currents, step * output.neurons(), output));
            });
  }

  private Optional<SampleSimulations> kernels(NeuronState start, SpikeTrain input, boolean finite) {
    return finite && recurrence.isNone() && neuron instanceof SpikingNeuron spiking
        ? prepared.of(KernelNeuron.of(spiking), start, input)
        : Optional.empty();
  }

  private SampleSimulations defined(FeatureShape input, boolean finite) {
    Charges ofSteps = charges();
    return share ->
        new ReferenceSimulation(ofSteps.get(), recurrence, input, output, neuron, finite);
  }

  /**
   * Simulates an input that is the same at every step: its current is computed once for the whole
   * window, and each step only charges, fires, resets and leaks.
   *
   * @throws IllegalArgumentException as {@link #simulateSpikes}, or if the input changes
   */
  public SimulationResult simulateConstant(NeuronState start, SpikeTrain input, Retention kept) {
    Require.not(
        !input.isConstant(),
        "input must be the same at every step, got changing spikes. Possible"
            + " cause: only layers behind SpikeEncoding.direct(T), its currents or a SpikeAccumulation"
            + " have a constant input");
    double bound = synapse.currentBound(input.amplitudeBound());
    if (neuron.passesCurrents() || !SafeSums.hold(neuron, start, bound, false)) {
      return simulateSpikes(start, input, kept);
    }
    SimulatedMinibatch minibatch = minibatch(start, input, kept);
    SpikeTrain anyStep = input.ofAnyStep();
    if (synapse.isWeighted() && neuron instanceof SpikingNeuron spiking && start.isAtRest()) {
      Optional<SampleSimulations> gather = prepared.of(KernelNeuron.of(spiking), start, anyStep);
      if (gather.isPresent()) {
        return minibatch.run(new HeldKernels(gather.get(), minibatch, anyStep));
      }
    }
    if (synapse.passesOn() && anyStep instanceof DenseSpikeTrain currents) {
      return minibatch.run(ConstantCurrents.of(minibatch, currents, kernels));
    }
    Optional<SampleSimulations> silent =
        currents.of(ConstantCurrents.SILENT, NeuronState.atRest(), anyStep);
    return minibatch.run(ConstantCurrents.of(minibatch, anyStep, silent, this::charges, kernels));
  }

  private SimulatedMinibatch minibatch(NeuronState start, SpikeTrain input, Retention kept) {
    return new SimulatedMinibatch(output, neuron, start, input, synapse.isWeighted(), kept);
  }

  private Charges charges() {
    Charges known = charges;
    if (known == null) {
      known = synapse.charges(kernels.rowAdder());
      charges = known;
    }
    return known;
  }

  /**
   * Kernels with reordered weights, kept from the first input on; reordering takes about as long as
   * simulating a small window. Thread-safe.
   */
  private final class PreparedKernels {

    /** An input so many times as dense gets kernels of its own, which depend on the density. */
    private static final double DENSER = 8;

    /** Null before the first input. */
    private volatile Kept kept;

    /** Kernels, and the density of the input that they were made for. */
    private record Kept(SampleSimulations simulations, double density) {}

    /** The kernels for an input; empty if there are none. */
    Optional<SampleSimulations> of(KernelNeuron rule, NeuronState start, SpikeTrain input) {
      Kept known = kept;
      double density = input.density();
      if (known != null && density <= DENSER * known.density) {
        return Optional.of(known.simulations);
      }
      Optional<SampleSimulations> fresh = synapse.kernels(rule, start, input, kernels);
      if (synapse.keepsKernels()) {
        fresh.ifPresent(simulations -> kept = new Kept(simulations, density));
      }
      return fresh;
    }
  }
}
