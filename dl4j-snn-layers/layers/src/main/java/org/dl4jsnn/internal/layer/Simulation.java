package org.dl4jsnn.internal.layer;

import java.util.Optional;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.internal.FiniteFlow;
import org.dl4jsnn.internal.host.LearnedNeuron;
import org.dl4jsnn.internal.host.Retention;
import org.dl4jsnn.internal.host.SimulationResult;
import org.dl4jsnn.internal.memory.SpikeTrainMemory;
import org.dl4jsnn.internal.simulate.Engines;
import org.dl4jsnn.internal.simulate.EventDrivenEngine;
import org.dl4jsnn.internal.simulate.HostLayers;
import org.dl4jsnn.internal.simulate.SimulationEngine;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.AverageSynapse;
import org.dl4jsnn.synapse.Recurrence;
import org.dl4jsnn.synapse.SimulatedWindow;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.buffer.DataType;

/** The simulation of a layer's neurons over a window, from the spikes below to their own. */
record Simulation(
    InputCurrents currents,
    Recurrence recurrence,
    NeuronDynamics neuron,
    NeuronState start,
    SpikeTrain train,
    DataType dataType) {

  /** Of a whole window; neurons may be charged with currents that are the same at every step. */
  SimulationResult ofWindow(Retention kept, HostLayers layers) {
    Optional<SpikeTrain> steady =
        recurrence == Recurrence.NONE ? currents.steady(train) : Optional.empty();
    return steady.isPresent() ? charge(steady.get()) : byStep(kept, layers);
  }

  /** Of neurons that someone looks at step by step, or whose stream goes on. */
  SimulationResult byStep(Retention kept, HostLayers layers) {
    return simulate(currents.simulated(), train, kept, layers);
  }

  /** What was simulated. */
  SimulatedWindow result(SpikeTrain spikes) {
    return new SimulatedWindow(currents.simulated(), recurrence, neuron, start, train, spikes);
  }

  private SimulationResult charge(SpikeTrain steady) {
    if (neuron.passesCurrents()) {
      float[] values = steady.ofAnyStep().totals();
      FiniteFlow.require(values, steady.shape().neurons(), "currents that are too large");
      return new SimulationResult(steady, start, null);
    }
    Window2D.Axis one = new Window2D.Axis(1, 1, 0, 1, false);
    Synapse oneByOne =
        new AverageSynapse(new PoolingWindows(new Window2D(one, one), steady.shape()));
    return simulate(oneByOne, steady, Retention.NOTHING, HostLayers.FRESH);
  }

  private SimulationResult simulate(
      Synapse synapse, SpikeTrain below, Retention kept, HostLayers layers) {
    SpikeTrainMemory.requirePacked(below.minibatch(), synapse.outputShape(), below.steps());
    SimulationEngine engine =
        neuron.passesCurrents()
            ? EventDrivenEngine.of(recurrence, layers)
            : Engines.choose(synapse, recurrence, below, dataType, layers);
    return engine.simulate(synapse, LearnedNeuron.simplest(neuron), start, below, kept);
  }
}
