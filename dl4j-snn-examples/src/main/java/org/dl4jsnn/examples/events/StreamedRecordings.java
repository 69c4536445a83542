package org.dl4jsnn.examples.events;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.monitor.OutputOverTime;
import org.dl4jsnn.monitor.StreamedOutput;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** A network's answers to recordings in pieces, and the time per piece. */
final class StreamedRecordings {

  private static final double NANOS = 1e6;

  /** Recordings that are not timed, while Java compiles. */
  static final int WARM_UP = 20;

  private final MultiLayerNetwork network;
  private final int steps;
  private final int piece;
  private final int[] right;
  private int recordings;
  private final List<Double> millis = new ArrayList<>();

  /**
   * Creates a run that has not been fed yet.
   *
   * @param network a network for frames
   * @param steps T per recording
   * @param piece steps per piece; the last may have fewer
   */
  StreamedRecordings(MultiLayerNetwork network, int steps, int piece) {
    this.network = network;
    this.steps = steps;
    this.piece = piece;
    this.right = new int[(steps + piece - 1) / piece];
  }

  /** Feeds one recording, [1, channels, T, height, width]. */
  void feed(INDArray frames, int label) {
    network.rnnClearPreviousState();
    StreamedOutput stream = new StreamedOutput(network);
    for (int i = 0; i < right.length; i++) {
      INDArray next =
          frames
              .get(
                  NDArrayIndex.all(),
                  NDArrayIndex.all(),
                  NDArrayIndex.interval(i * piece, stepsAfter(i)),
                  NDArrayIndex.all(),
                  NDArrayIndex.all())
              .dup();
      long start = System.nanoTime();
      OutputOverTime answers = stream.feed(next);
      right[i] += answers.classes(answers.steps())[0] == label ? 1 : 0;
      if (recordings >= WARM_UP) {
        millis.add((System.nanoTime() - start) / NANOS);
      }
    }
    recordings++;
  }

  int pieces() {
    return right.length;
  }

  /** The number of steps seen after a piece. */
  int stepsAfter(int index) {
    return Math.min(steps, (index + 1) * piece);
  }

  /** The share of right answers after a piece. */
  double accuracy(int index) {
    return (double) right[index] / recordings;
  }

  /** The time of every timed piece. */
  double[] latencies() {
    return millis.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
