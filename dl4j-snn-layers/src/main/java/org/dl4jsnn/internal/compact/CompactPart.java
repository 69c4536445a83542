package org.dl4jsnn.internal.compact;

import java.util.List;
import org.dl4jsnn.spike.FeatureShape;

/**
 * A layer of a network, or a vertex of a graph. It reads places: 0 is the encoding, k the part that
 * is k-th of the list.
 *
 * <ul>
 *   <li>{@link NeuronPart}: synapses and the neurons behind them.
 *   <li>{@link PoolingPart}: pooling without neurons.
 *   <li>{@link DelayPart}: spikes some steps later.
 *   <li>{@link MergePart}: branches that meet.
 *   <li>{@link IntegratorPart}: membranes that do not fire.
 *   <li>{@link ReadOutPart}: a stock output layer.
 * </ul>
 */
public sealed interface CompactPart
    permits NeuronPart, PoolingPart, DelayPart, MergePart, IntegratorPart, ReadOutPart {

  /**
   * What users call it.
   *
   * @return the layer's name, or the vertex's
   */
  String name();

  /**
   * What it reads.
   *
   * @return places
   */
  List<Integer> inputs();

  /**
   * The shape of what it makes.
   *
   * @param inputs the shapes of what it reads
   * @return the shape of a sample
   * @throws IllegalArgumentException if they do not fit
   */
  FeatureShape output(List<FeatureShape> inputs);

  /**
   * Whether it makes spikes.
   *
   * @return false of membranes and of the read-out
   */
  default boolean passesSpikes() {
    return true;
  }
}
