package org.dl4jsnn.internal.simulate;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.kernel.KernelNeuron;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.kernel.PackedWeights;
import org.dl4jsnn.internal.kernel.RowAdder;
import org.dl4jsnn.internal.kernel.WholeRowAdder;
import org.dl4jsnn.internal.kernel.WholeWeights;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.internal.synapse.WeightedHostSynapse;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.DenseSynapse;

/**
 * The currents of a fully connected layer in one sample, summed from ND4J's own weights: each row
 * that a spike uses is read once, for all steps. With one sample this is faster than comparing
 * these rows with prepared ones (docs/decisions/0063). Sums in another order than the kernels' have
 * the same bits where they are exact, which is checked as rows are read.
 */
final class RowCurrents {

  /** With a bit each. */
  private static final int MOST_STEPS = Byte.SIZE;

  /** Rows that are read in one turn. */
  private static final int ROWS_AT_ONCE = 32;

  private final DenseSynapse synapse;
  private final float[] scales;
  private final float[] bias;
  private final KernelNeuron rule;
  private final KernelProvider kernels;
  private final SpikeTrain input;
  private final int outputs;

  /** For every input neuron, a bit for each step at which it fires. */
  private final byte[] stepsOf;

  /** The neurons that fire; those that fire at the same steps are neighbours. */
  private final int[] firing;

  private RowCurrents(
      DenseSynapse synapse,
      float[] scales,
      float[] bias,
      KernelNeuron rule,
      KernelProvider kernels,
      SpikeTrain input) {
    this.synapse = synapse;
    this.scales = scales;
    this.bias = bias;
    this.rule = rule;
    this.kernels = kernels;
    this.input = input;
    this.outputs = synapse.outputShape().neurons();
    this.stepsOf = new byte[input.shape().neurons()];
    SpikeEvents events = new SpikeEvents(input.shape());
    for (int step = 0; step < input.steps(); step++) {
      input.read(0, step, events);
      for (int e = 0; e < events.size(); e++) {
        stepsOf[events.neuron(e)] |= (byte) (1 << step);
      }
    }
    this.firing = firing();
  }

  private int[] firing() {
    int[] next = new int[(1 << MOST_STEPS) + 1];
    for (byte steps : stepsOf) {
      next[Byte.toUnsignedInt(steps) + 1]++;
    }
    int silent = next[1];
    next[1] = 0;
    for (int steps = 1; steps < next.length; steps++) {
      next[steps] += next[steps - 1];
    }
    int[] neurons = new int[stepsOf.length - silent];
    for (int neuron = 0; neuron < stepsOf.length; neuron++) {
      if (stepsOf[neuron] != 0) {
        neurons[next[Byte.toUnsignedInt(stepsOf[neuron])]++] = neuron;
      }
    }
    return neurons;
  }

  /**
   * The currents, step by step, with the bias.
   *
   * @param known the weights as they were prepared, at whatever time
   * @return empty for other inputs than the spikes of one sample at few steps, or if sums might not
   *     be exact
   */
  static Optional<float[]> of(
      DenseSynapse synapse,
      WeightedHostSynapse known,
      SpikingNeuron neuron,
      KernelProvider kernels,
      SpikeTrain input) {
    boolean fits =
        input.minibatch() == 1
            && !input.isConstant()
            && input.unitSpikes()
            && input.steps() <= MOST_STEPS
            && known.kernel() instanceof PackedWeights
            && kernels.wholeRowAdder().isPresent()
            && HostArrays.areInPlace(synapse.weights());
    if (!fits || !WeightComparison.holds(known.bias(), synapse.bias())) {
      return Optional.empty();
    }
    return ((PackedWeights) known.kernel())
        .scales()
        .map(
            scales ->
                new RowCurrents(
                    synapse,
                    scales,
                    known.bias().values(),
                    KernelNeuron.of(neuron),
                    kernels,
                    input))
        .flatMap(RowCurrents::sum);
  }

  private Optional<float[]> sum() {
    FloatBuffer weights = HostArrays.buffer(synapse.weights());
    float[] rounding = new float[outputs];
    for (int output = 0; output < outputs; output++) {
      rounding[output] = WholeRowAdder.ROUNDING * scales[output];
    }
    List<Sums> parts = Collections.synchronizedList(new ArrayList<>());
    ParallelSamples.run(
        (firing.length + ROWS_AT_ONCE - 1) / ROWS_AT_ONCE,
        () -> {
          Sums sums = new Sums(weights, rounding);
          parts.add(sums);
          return turn -> {
            int end = Math.min(firing.length, (turn + 1) * ROWS_AT_ONCE);
            for (int k = turn * ROWS_AT_ONCE; k < end && sums.areMultiples; k++) {
              sums.add(firing[k]);
            }
          };
        });
    Reference.reachabilityFence(synapse.weights());
    Sums all = new Sums(weights, rounding);
    parts.forEach(all::add);
    return all.areExact() ? Optional.of(all.currents) : Optional.empty();
  }

  /** What one thread summed. */
  private final class Sums {

    private final FloatBuffer weights;
    private final float[] rounding;
    private final RowAdder adder = kernels.rowAdder();
    private final WholeRowAdder whole = kernels.wholeRowAdder().orElseThrow();
    private final float[] row = new float[outputs];
    private final float[] magnitudes = new float[outputs];
    private final float[] currents = new float[Math.multiplyExact(input.steps(), outputs)];
    private boolean areMultiples = true;

    /** The sum of the last rows, whose inputs fire at the same steps. */
    private final float[] alike = new float[outputs];

    private byte stepsOfAlike;

    Sums(FloatBuffer weights, float[] rounding) {
      this.weights = weights;
      this.rounding = rounding;
    }

    void add(int neuron) {
      if (stepsOf[neuron] != stepsOfAlike) {
        addAlike();
        stepsOfAlike = stepsOf[neuron];
      }
      weights.get(input.shape().arrayIndex(neuron) * outputs, row);
      areMultiples &= whole.add(row, rounding, alike, magnitudes, outputs);
    }

    private void addAlike() {
      for (int step = 0; step < input.steps(); step++) {
        if ((stepsOfAlike >> step & 1) != 0) {
          adder.add(1, alike, 0, currents, step * outputs, outputs);
        }
      }
      Arrays.fill(alike, 0);
    }

    void add(Sums part) {
      part.addAlike();
      areMultiples &= part.areMultiples;
      adder.add(1, part.magnitudes, 0, magnitudes, 0, outputs);
      adder.add(1, part.currents, 0, currents, 0, currents.length);
    }

    /** Whether everything so far is exact, and remains so with the bias, which is added. */
    boolean areExact() {
      double bound = 0;
      for (int output = 0; output < outputs && areMultiples; output++) {
        double magnitude = magnitudes[output];
        double added = bias.length == 0 ? 0 : bias[output];
        areMultiples =
            magnitude < WholeRowAdder.LARGEST * scales[output]
                && WholeWeights.areExact(magnitude, added, scales[output], rule, input.steps());
        bound = Math.max(bound, magnitude + Math.abs(added));
      }
      for (int step = 0; step < input.steps() && bias.length > 0; step++) {
        adder.add(1, bias, 0, currents, step * outputs, outputs);
      }
      return areMultiples && rule.staysFinite(bound, 0);
    }
  }
}
