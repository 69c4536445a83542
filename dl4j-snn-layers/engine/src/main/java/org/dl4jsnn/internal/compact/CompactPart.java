package org.dl4jsnn.internal.compact;

import java.util.List;
import org.dl4jsnn.spike.FeatureShape;

/**
 * A layer of a network, or a vertex of a graph. It reads places: 0 is the encoding, k the k-th part
 * of the list.
 *
 * <ul>
 *   <li>{@link NeuronPart}: synapses and their neurons.
 *   <li>{@link PoolingPart}: pooling without neurons.
 *   <li>{@link DelayPart}: delayed spikes.
 *   <li>{@link AccumulationPart}: spikes counted over the window.
 *   <li>{@link MergePart}: joined branches.
 *   <li>{@link IntegratorPart}: membranes that do not fire.
 *   <li>{@link ReadOutPart}: a stock output layer.
 * </ul>
 */
public sealed interface CompactPart
    permits NeuronPart,
        PoolingPart,
        DelayPart,
        AccumulationPart,
        MergePart,
        IntegratorPart,
        ReadOutPart {

  /** The user's name for it. */
  String name();

  /** Its inputs. */
  List<Integer> inputs();

  /** The shape of its output. Throws an IllegalArgumentException if they do not fit. */
  FeatureShape output(List<FeatureShape> inputs);

  /** Whether it outputs spikes; false for membranes and the read-out. */
  default boolean passesSpikes() {
    return true;
  }
}
