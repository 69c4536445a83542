package org.dl4jsnn.examples.guide;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.model.ModelRefusedException;
import org.dl4jsnn.model.StreamState;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The guide's streams. */
class StreamsTest {

  private static final int STEPS = 12;

  private final MultiLayerNetwork network = Streams.network(5, 3);
  private final INDArray series = Nd4j.rand(4, 5, STEPS);

  private INDArray steps(int first, int end) {
    return series.get(all(), all(), interval(first, end)).dup();
  }

  @Test
  void shouldAnswerPiecesAsTheWindow() {
    int[] answers = Streams.answers(network, List.of(steps(0, 1), steps(1, 8), steps(8, STEPS)));
    assertArrayEquals(network.output(series).argMax(1).toIntVector(), answers);
  }

  @Test
  void shouldGoBackToAPlace() throws ModelRefusedException {
    network.rnnTimeStep(steps(0, 4));
    Streams.change(network, steps(4, 8), steps(8, STEPS));
    StreamState end = StreamState.of(network);
    network.rnnClearPreviousState();
    network.rnnTimeStep(steps(0, 4));
    network.rnnTimeStep(steps(8, STEPS));
    assertEquals(StreamState.of(network), end);
  }
}
