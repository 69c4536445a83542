package org.dl4jsnn.internal.kernel;

import java.util.Arrays;
import org.dl4jsnn.spike.BitLayout;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;

/** Simulates average pooling of any window and neuron. */
public final class AverageSimulation implements SampleSimulation {

  private final AverageCharge charge;
  private final int channels;
  private final int[] places;
  private final BitLayout layout;
  private final FireRule rule;
  private final SpikeEvents events;
  private final float[] membrane;

  /**
   * A simulation.
   *
   * @param geometry which windows hold which inputs
   * @param rule the neurons
   */
  public AverageSimulation(PoolingGeometry geometry, FireRule rule) {
    FeatureShape output = geometry.output();
    this.charge = new AverageCharge(geometry);
    this.channels = output.channels();
    this.layout = BitLayout.of(output);
    this.places = layout.places(output);
    this.rule = rule;
    this.events = new SpikeEvents(geometry.input());
    this.membrane = new float[output.neurons()];
  }

  @Override
  public void run(SpikeTrain input, int sample, int[] words, float[] totals, int offset) {
    Arrays.fill(membrane, rule.initialMembrane());
    Arrays.fill(totals, offset, offset + membrane.length, 0);
    for (int step = 0; step < input.steps(); step++) {
      input.read(sample, step, events);
      charge.charge(events, membrane);
      fire(step, words, totals, offset);
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
