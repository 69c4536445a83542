package org.dl4jsnn.internal.simulate;

import java.util.Arrays;
import org.dl4jsnn.internal.kernel.Charges;
import org.dl4jsnn.internal.kernel.FiniteMembrane;
import org.dl4jsnn.internal.kernel.StepCharge;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.BinarySpikeTrain;
import org.dl4jsnn.spike.BitLayout;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.Synapse;

/**
 * Simulates neurons of {@linkplain NeuronDynamics dynamics of one's own} on the CPU: currents spike
 * by spike, then all neurons, step after step. Samples run in parallel.
 */
public final class StepwiseEngine implements SimulationEngine {

  private final NeuronDynamics dynamics;

  /**
   * An engine.
   *
   * @param dynamics what the neurons do; they take the place of the {@link SpikingNeuron} that
   *     {@link #simulate} is given
   */
  public StepwiseEngine(NeuronDynamics dynamics) {
    this.dynamics = dynamics;
  }

  @Override
  public String name() {
    return "stepwise";
  }

  @Override
  public SpikeTrain simulate(Synapse synapse, SpikingNeuron neuron, SpikeTrain input) {
    Charges charges = synapse.charges();
    boolean finite = charges.currentBound(input.amplitudeBound()) <= Float.MAX_VALUE / 2;
    FeatureShape shape = synapse.outputShape();
    int minibatch = input.minibatch();
    int[][] words = new int[minibatch][];
    float[] totals = new float[Math.multiplyExact(minibatch, shape.neurons())];
    ParallelSamples.run(
        minibatch,
        () -> {
          Sample scratch = new Sample(input, shape, charges.get(), finite);
          return sample -> words[sample] = scratch.run(sample, totals);
        });
    return new BinarySpikeTrain(shape, input.steps(), words, totals);
  }

  /** Scratch memory of one task. */
  private final class Sample {

    private final SpikeTrain input;
    private final FeatureShape shape;
    private final StepCharge charge;

    /** Whether currents are known to be finite. */
    private final boolean finite;

    private final BitLayout layout;
    private final int[] places;
    private final SpikeEvents arriving;
    private final float[] currents;
    private final boolean[] fires;

    Sample(SpikeTrain input, FeatureShape shape, StepCharge charge, boolean finite) {
      this.input = input;
      this.shape = shape;
      this.charge = charge;
      this.finite = finite;
      layout = BitLayout.of(shape);
      places = layout.places(shape);
      arriving = new SpikeEvents(input.shape());
      currents = new float[shape.neurons()];
      fires = new boolean[shape.neurons()];
    }

    /** Returns the sample's spikes, and counts them. */
    int[] run(int sample, float[] totals) {
      int[] words = layout.words(input.steps());
      NeuronDynamics.State state = start();
      for (int step = 0; step < input.steps(); step++) {
        if (step == 0 || !input.isConstant()) {
          Arrays.fill(currents, 0);
          input.read(sample, step, arriving);
          charge.charge(arriving, currents);
          if (!finite) {
            requireFinite(step, sample);
          }
        }
        Arrays.fill(fires, false);
        step(state);
        pack(step, words, totals, sample * shape.neurons());
      }
      return words;
    }

    private NeuronDynamics.State start() {
      try {
        return dynamics.start(shape.neurons());
      } catch (RuntimeException e) {
        throw failure(e);
      }
    }

    private void step(NeuronDynamics.State state) {
      try {
        state.step(currents, fires);
      } catch (RuntimeException e) {
        throw failure(e);
      }
    }

    /** What fails in a custom neuron is the neuron's fault, and not that of the input. */
    private IllegalStateException failure(RuntimeException e) {
      return new IllegalStateException("the custom neuron " + dynamics + " failed: " + e, e);
    }

    /** What dynamics make of a current is theirs to check; they are given finite ones. */
    private void requireFinite(int step, int sample) {
      for (int neuron = 0; neuron < currents.length; neuron++) {
        FiniteMembrane.require("currents", currents[neuron], shape, neuron, step, sample);
      }
    }

    private void pack(int step, int[] words, float[] totals, int first) {
      for (int neuron = 0; neuron < fires.length; neuron++) {
        if (fires[neuron]) {
          int channel = neuron % shape.channels();
          int position = neuron / shape.channels();
          words[layout.plane(step, channel) + places[position]] |= 1 << channel % BitLayout.WORD;
          totals[first + shape.arrayIndex(neuron)]++;
        }
      }
    }
  }
}
