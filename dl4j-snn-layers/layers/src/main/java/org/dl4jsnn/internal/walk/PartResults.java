package org.dl4jsnn.internal.walk;

import java.util.List;
import java.util.stream.Stream;
import org.dl4jsnn.internal.handover.AttachedSpikeTrains;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The outputs of parts, each kept until the last part has read it. */
final class PartResults {

  private final INDArray[] features;
  private final INDArray[] outcomes;

  /** By place: the number of parts that have yet to read it. */
  private final int[] readers;

  /**
   * Starts without outputs.
   *
   * @param features the network's inputs
   * @param parts the parts that will run
   */
  PartResults(INDArray[] features, List<NetworkPart> parts) {
    this.features = features;
    this.outcomes = new INDArray[parts.size()];
    this.readers = new int[parts.size()];
    for (NetworkPart part : parts) {
      if (!part.isReadOut()) {
        part.inputs().stream().filter(place -> place >= 0).forEach(place -> readers[place]++);
      }
    }
  }

  /** The inputs of a part. */
  List<INDArray> inputsOf(NetworkPart part) {
    return part.inputs().stream()
        .map(place -> place < 0 ? features[-1 - place] : outcomes[place])
        .toList();
  }

  /** Keeps the output of a part. */
  void put(NetworkPart part, INDArray outcome) {
    outcomes[part.place()] = outcome;
  }

  /** Releases inputs that a part was the last to read, and its output if no part reads it. */
  void leave(NetworkPart part) {
    for (int place : part.inputs()) {
      if (place >= 0 && --readers[place] == 0) {
        release(place);
      }
    }
    if (readers[part.place()] == 0) {
      release(part.place());
    }
  }

  /** Releases everything that is left. */
  void release() {
    for (int place = 0; place < outcomes.length; place++) {
      release(place);
    }
  }

  private void release(int place) {
    INDArray outcome = outcomes[place];
    outcomes[place] = null;
    // Stock layers may pass on the same array that they get.
    if (outcome != null && Stream.of(outcomes).noneMatch(other -> other == outcome)) {
      AttachedSpikeTrains.release(outcome);
    }
  }
}
