package org.dl4jsnn.kernel;

import java.util.Arrays;
import org.dl4jsnn.spike.BitLayout;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * Simulates average pooling of any window and neuron. The events of a window are summed before they
 * are divided by its size, so that the current is the correctly rounded average, as a dense
 * implementation computes it.
 */
public final class AverageSimulation implements SampleSimulation {

  private final int[][] windowsOfInput;
  private final float windowSize;
  private final int channels;
  private final int[] places;
  private final BitLayout layout;
  private final FireRule rule;
  private final SpikeEvents events;
  private final float[] sums;
  private final float[] membrane;

  /**
   * A simulation.
   *
   * @param windowsOfInput for every input neuron the output neurons whose window holds it
   * @param windowSize positions of a window
   * @param input the input's shape
   * @param output the output's shape
   * @param rule the neurons
   */
  public AverageSimulation(
      int[][] windowsOfInput,
      int windowSize,
      FeatureShape input,
      FeatureShape output,
      FireRule rule) {
    this.windowsOfInput = windowsOfInput;
    this.windowSize = windowSize;
    this.channels = output.channels();
    this.layout = BitLayout.of(output);
    this.places = layout.places(output);
    this.rule = rule;
    this.events = new SpikeEvents(input);
    this.sums = new float[output.neurons()];
    this.membrane = new float[output.neurons()];
  }

  @Override
  public void run(SpikeTrain input, int sample, int[] words, float[] totals, int offset) {
    Arrays.fill(membrane, rule.initialMembrane());
    Arrays.fill(totals, offset, offset + membrane.length, 0);
    for (int step = 0; step < input.steps(); step++) {
      input.read(sample, step, events);
      charge();
      fire(step, words, totals, offset);
    }
  }

  private void charge() {
    for (int e = 0; e < events.size(); e++) {
      for (int neuron : windowsOfInput[events.neuron(e)]) {
        sums[neuron] += events.amplitude(e);
      }
    }
    for (int e = 0; e < events.size(); e++) {
      for (int neuron : windowsOfInput[events.neuron(e)]) {
        // The first event of a window brings in the whole sum; for the others it is zero.
        membrane[neuron] += sums[neuron] / windowSize;
        sums[neuron] = 0;
      }
    }
  }

  private void fire(int step, int[] words, float[] totals, int offset) {
    for (int position = 0, neuron = 0; position < places.length; position++) {
      for (int channel = 0; channel < channels; channel++, neuron++) {
        float u = membrane[neuron];
        if (u > rule.threshold()) {
          words[layout.plane(step, channel) + places[position]] |= 1 << channel;
          totals[offset + channel * places.length + position]++;
          u = rule.subtractive() ? u - rule.threshold() : rule.resetValue();
        }
        membrane[neuron] = u * rule.leak();
      }
    }
  }
}
