package org.dl4jsnn.internal.walk;

import java.util.Optional;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Observes the parts of a network while they run. */
@FunctionalInterface
public interface NetworkVisitor {

  /**
   * Called before a part runs, with the first of its inputs and its train; the visitor may change
   * the part.
   */
  default void arrive(NetworkPart part, INDArray input) {}

  /** Called right after a part ran, while it still keeps its pass. */
  void leave(Passage passage);

  /**
   * The pass of a part.
   *
   * @param arriving the train attached to its input; of several inputs that of the first
   * @param train the train attached to its activation
   */
  record Passage(
      NetworkPart part,
      Optional<SpikeTrain> arriving,
      INDArray outcome,
      Optional<SpikeTrain> train) {}
}
