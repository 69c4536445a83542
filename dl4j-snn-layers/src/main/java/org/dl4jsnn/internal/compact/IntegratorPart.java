package org.dl4jsnn.internal.compact;

import java.util.List;
import org.dl4jsnn.internal.host.IntegratorDecays;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.dl4jsnn.spike.FeatureShape;

/**
 * Leaky integrators that do not fire.
 *
 * @param name what users call it
 * @param input the place that it reads
 * @param weights [nIn, n]
 * @param bias [n], or empty
 * @param outputs n
 * @param decays λ, and β where there is a synaptic current
 * @param reads what is read of the membranes
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
   * Whether one leak is all that integrators keep by.
   *
   * @return false of leaks of every neuron, and with a synaptic current
   */
  boolean isPlain() {
    return decays.leaks().length == 1 && decays.synaptic() == null;
  }

  @Override
  public boolean passesSpikes() {
    return false;
  }
}
