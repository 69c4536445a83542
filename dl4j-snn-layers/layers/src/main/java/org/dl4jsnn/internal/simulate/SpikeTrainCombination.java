package org.dl4jsnn.internal.simulate;

import java.util.List;
import org.dl4jsnn.internal.handover.SpikeGradient;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Combines several spike trains into one where branches of a network meet; linear, so rates combine
 * as spikes do. Stateless.
 *
 * <ul>
 *   <li>{@link SpikeTrainSum}: amplitudes add up.
 *   <li>{@link SpikeTrainConcatenation}: channels follow one another.
 * </ul>
 */
public interface SpikeTrainCombination {

  /**
   * The shape of the combination.
   *
   * @param inputs the shapes of the branches, at least one
   * @return the shape of one sample
   * @throws IllegalArgumentException if they do not fit together
   */
  FeatureShape shape(List<FeatureShape> inputs);

  /**
   * Combines trains with equal numbers of samples and steps.
   *
   * @param trains the spikes of the branches
   * @return their combination
   */
  SpikeTrain combine(List<SpikeTrain> trains);

  /**
   * The part of a gradient that belongs to a branch.
   *
   * @param gradient [rows, …] in the shape of the combination
   * @param inputs the shapes of the branches
   * @param branch index of the branch
   * @return [rows, …] in the branch's shape; may be a view
   */
  INDArray part(INDArray gradient, List<FeatureShape> inputs, int branch);

  /**
   * The part of a time-resolved gradient that belongs to a branch.
   *
   * @param gradient the gradient of the combination
   * @param inputs the shapes of the branches
   * @param branch index of the branch
   * @return a new gradient
   */
  default SpikeGradient part(SpikeGradient gradient, List<FeatureShape> inputs, int branch) {
    SpikeGradient part =
        new SpikeGradient(
            inputs.get(branch),
            gradient.minibatch(),
            gradient.steps(),
            gradient.values().dataType());
    part.values().assign(part(gradient.values(), inputs, branch));
    return part;
  }
}
