package org.dl4jsnn.internal.compact;

import java.util.List;
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
 * @param leak λ, from 0 to 1
 * @param reads what is read of the membranes
 */
public record IntegratorPart(
    String name,
    int input,
    float[] weights,
    float[] bias,
    int outputs,
    double leak,
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

  @Override
  public boolean passesSpikes() {
    return false;
  }
}
