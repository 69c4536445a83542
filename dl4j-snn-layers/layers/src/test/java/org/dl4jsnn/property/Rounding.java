package org.dl4jsnn.property;

import java.util.Arrays;
import org.dl4jsnn.charge.StepCharge;
import org.dl4jsnn.internal.kernel.KernelNeuron;
import org.dl4jsnn.internal.simulate.MembraneReplay;
import org.dl4jsnn.neuron.Neurons;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.SimulatedWindow;
import org.dl4jsnn.synapse.Synapse;

/**
 * What engines promise where sums are not exact: they add in different orders, so each is off by
 * its rounding. A neuron fires the same spikes in all of them up to the first step at which its
 * membrane is nearer to the threshold than these errors; from there on it may diverge.
 *
 * <p>The bound: an addition is off by at most u = 2⁻²⁴ of its result. A step of n events, whose
 * magnitudes sum up to S, takes n + 2 additions (with those of bias and membrane), all of partial
 * sums below |membrane| + S. Errors shrink with the leak, and end at a hard reset.
 */
final class Rounding {

  private static final double UNIT = 0x1p-24;

  /** Each of the two engines is off. */
  private static final int ENGINES = 2;

  private final LayerCase drawn;
  private final SpikeTrain input;
  private final KernelNeuron rule;
  private final FeatureShape shape;

  Rounding(LayerCase drawn, SpikeTrain input, FeatureShape shape) {
    this.drawn = drawn;
    this.input = input;
    this.rule = KernelNeuron.of(drawn.neuron());
    this.shape = shape;
  }

  /** Returns what is wrong, or null where the trains agree as far as is promised. */
  String difference(Synapse synapse, SpikeTrain one, SpikeTrain other) {
    SimulatedWindow window = new SimulatedWindow(synapse, drawn.neuron(), input, one);
    for (int sample = 0; sample < input.minibatch(); sample++) {
      Sample pair = new Sample(sample, other);
      MembraneReplay replay = new MembraneReplay(window, MembraneReplay.charges(synapse).get());
      replay.run(sample, 0, input.steps(), replay.start(sample), pair);
      if (pair.difference != null) {
        return pair.difference;
      }
    }
    return null;
  }

  private final class Sample implements MembraneReplay.Observer {

    private final int sample;
    private final SpikeTrain other;
    private final StepCharge magnitudes = MembraneReplay.charges(drawn.magnitudes()).get();
    private final SpikeEvents arriving = new SpikeEvents(input.shape());
    private final SpikeEvents positive = new SpikeEvents(input.shape());
    private final SpikeEvents others = new SpikeEvents(shape);
    private final float[] sums = new float[shape.neurons()];
    private final double[] error = new double[shape.neurons()];
    private final boolean[] fired = new boolean[shape.neurons()];
    private final boolean[] otherFired = new boolean[shape.neurons()];

    private final boolean[] parted = new boolean[shape.neurons()];

    private String difference;

    Sample(int sample, SpikeTrain other) {
      this.sample = sample;
      this.other = other;
    }

    @Override
    public void observe(int step, Neurons neurons) {
      float[] membrane = neurons.variable(0);
      int events = readMagnitudes(step);
      other.read(sample, step, others);
      Arrays.fill(fired, false);
      for (int k = 0; k < neurons.firedCount(); k++) {
        fired[neurons.fired(k)] = true;
      }
      mark(others, otherFired);
      for (int neuron = 0; neuron < membrane.length; neuron++) {
        double size = Math.abs(membrane[neuron]) + sums[neuron];
        error[neuron] += ENGINES * (events + 2) * UNIT * size;
        double distance = Math.abs((double) membrane[neuron] - rule.threshold());
        if (fired[neuron] != otherFired[neuron] && !parted[neuron]) {
          parted[neuron] = true;
          if (distance > error[neuron]) {
            difference =
                String.format(
                    "neuron %d of sample %d at step %d: membrane %s, threshold %s, error bound %s",
                    neuron, sample, step, membrane[neuron], rule.threshold(), error[neuron]);
          }
        }
        reset(neuron, membrane[neuron]);
      }
    }

    private int readMagnitudes(int step) {
      input.read(sample, step, arriving);
      positive.clear();
      for (int e = 0; e < arriving.size(); e++) {
        positive.add(arriving.position(e), arriving.channel(e), Math.abs(arriving.amplitude(e)));
      }
      Arrays.fill(sums, 0);
      magnitudes.charge(positive, sums);
      return arriving.size();
    }

    private void mark(SpikeEvents spikes, boolean[] marks) {
      Arrays.fill(marks, false);
      for (int e = 0; e < spikes.size(); e++) {
        marks[spikes.neuron(e)] = true;
      }
    }

    private void reset(int neuron, float membrane) {
      if (fired[neuron]) {
        error[neuron] =
            rule.subtractive() ? error[neuron] + ENGINES * UNIT * Math.abs(membrane) : 0;
      }
      error[neuron] = rule.leak() * error[neuron] + ENGINES * UNIT * Math.abs(membrane);
    }
  }
}
