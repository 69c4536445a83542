package org.dl4jsnn.examples.guide;

import org.dl4jsnn.neuron.NeuronDynamics;
import org.nd4j.shade.jackson.annotation.JsonProperty;

// begin neuron
/**
 * A neuron that tires: every spike raises its threshold, which falls back from step to step.
 *
 * <pre>
 *  charge  u ← u + c
 *  fire    s = 1 where u &gt; θ + a
 *  reset   u ← u - (θ + a)        where it fired
 *  tire    a ← decay · a + rise · s
 * </pre>
 *
 * Source of the idea: Bellec et al., "Long short-term memory and Learning-to-learn in networks of
 * spiking neurons", NeurIPS 2018.
 *
 * @param threshold θ, of a neuron that has rested
 * @param rise what a spike adds to the threshold
 * @param decay the share of a that is left after a step
 */
public record AdaptiveThreshold(
    @JsonProperty("threshold") float threshold,
    @JsonProperty("rise") float rise,
    @JsonProperty("decay") float decay)
    implements NeuronDynamics {

  private static final long serialVersionUID = 1L;

  @Override
  public State start(int neurons) {
    float[] membrane = new float[neurons];
    float[] adaptation = new float[neurons];
    return (currents, fires) -> {
      for (int i = 0; i < neurons; i++) {
        membrane[i] += currents[i];
        float limit = threshold + adaptation[i];
        fires[i] = membrane[i] > limit;
        membrane[i] -= fires[i] ? limit : 0;
        adaptation[i] = decay * adaptation[i] + (fires[i] ? rise : 0);
      }
    };
  }
}
// end neuron
