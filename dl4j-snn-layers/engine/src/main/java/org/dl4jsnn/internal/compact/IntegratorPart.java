package org.dl4jsnn.internal.compact;

import java.util.List;
import org.dl4jsnn.internal.host.IntegratorDecays;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.dl4jsnn.spike.FeatureShape;

/**
 * Leaky integrators without firing.
 *
 * @param weights [nIn, n]
 * @param bias [n], or empty
 * @param outputs n
 * @param decays λ, and β with a synaptic current
 * @param reads what to read of the membranes
 */
public record IntegratorPart(
    String name,
    int input,
    float[] weights,
    float[] bias,
    int outputs,
    IntegratorDecays decays,
    MembraneReadOut reads)
    implements CompactPart {

  @Override
  public List<Integer> inputs() {
    return List.of(input);
  }

  @Override
  public FeatureShape output(List<FeatureShape> inputs) {
    return FeatureShape.vector(outputs);
  }

  /**
   * Whether the integrators have a single leak and nothing else; false for leaks per neuron or a
   * synaptic current.
   */
  boolean isPlain() {
    return decays.leaks().length == 1 && decays.synaptic() == null;
  }

  @Override
  public boolean passesSpikes() {
    return false;
  }
}
