package org.dl4jsnn.internal.walk;

import java.util.Optional;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Looks at the parts of a network while they run. */
@FunctionalInterface
public interface NetworkVisitor {

  /**
   * Called before a part runs, which may be changed now.
   *
   * @param part the part
   * @param input what it works on, with its train beside it; of several inputs the first
   */
  default void arrive(NetworkPart part, INDArray input) {}

  /**
   * Called right after a part ran, which still knows everything of its pass.
   *
   * @param passage what was seen of it
   */
  void leave(Passage passage);

  /**
   * What is seen of a part.
   *
   * @param part the part
   * @param arriving the train beside what it worked on; of several inputs that of the first
   * @param outcome its activation
   * @param train the train beside its activation
   */
  record Passage(
      NetworkPart part,
      Optional<SpikeTrain> arriving,
      INDArray outcome,
      Optional<SpikeTrain> train) {}
}
