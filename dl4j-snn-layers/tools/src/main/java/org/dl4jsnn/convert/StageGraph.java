package org.dl4jsnn.convert;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * The computation of a non-spiking network.
 *
 * @param features its input
 * @param last the input of its read-out's function
 * @param readOut the name of the output layer
 * @param activation the function of the read-out
 * @param loss the loss that it was trained with, or that suits the function
 * @param channelsLast whether its features are [minibatch, height, width, channels]
 * @param flat channels, rows and columns of such an image; otherwise null
 */
record StageGraph(
    Stage features,
    Stage last,
    String readOut,
    IActivation activation,
    ILossFunction loss,
    boolean channelsLast,
    int[] flat) {

  /** The number of readers of each stage. */
  Map<Stage, Integer> readers() {
    Map<Stage, Integer> readers = new IdentityHashMap<>();
    Map<Stage, Boolean> seen = new IdentityHashMap<>();
    Deque<Stage> open = new ArrayDeque<>();
    open.add(last);
    readers.put(last, 1);
    while (!open.isEmpty()) {
      Stage stage = open.remove();
      if (seen.put(stage, true) == null) {
        for (Stage input : stage.inputs()) {
          readers.merge(input, 1, Integer::sum);
          open.add(input);
        }
      }
    }
    return readers;
  }
}
