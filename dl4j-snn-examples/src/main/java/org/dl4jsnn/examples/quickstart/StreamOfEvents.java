package org.dl4jsnn.examples.quickstart;

import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.data.EventDataSetIterator;
import org.dl4jsnn.event.data.EventDataSet;
import org.dl4jsnn.event.frame.FrameOptions;
import org.dl4jsnn.monitor.StreamedOutput;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A trained network watches a recording piece by piece, as it would come from a camera, and answers
 * after each piece. Notebook 6 explains it.
 */
public final class StreamOfEvents {

  private static final Logger log = LoggerFactory.getLogger(StreamOfEvents.class);

  private static final int TRAIN = 600;
  private static final int TEST = 50;
  private static final int EPOCHS = 4;
  private static final int STEPS = 30;
  private static final int PIECE = 5;
  private static final int RECORDING_MILLIS = 315;

  private StreamOfEvents() {}

  public static void main(String[] args) throws IOException {
    run(TRAIN, TEST, EPOCHS, Path.of("target", "quickstart", "stream"));
  }

  /** Returns whether the last answer of the stream equals that of the whole window. */
  static boolean run(int train, int test, int epochs, Path folder) throws IOException {
    EventRecordings.record(train, test, folder);
    EventDataSet data = EventDataSet.nMnist(folder);
    FrameOptions options = EventRecordings.frames(STEPS);
    MultiLayerNetwork network = EventRecordings.network(options.shape(data.sensor()));
    network.fit(
        EventDataSetIterator.builder(data, data.train(), options)
            .batch(30)
            .seed(1)
            .shuffled()
            .build(),
        epochs);

    DataSet recording =
        EventDataSetIterator.builder(data, data.test(), options).batch(1).build().next();
    INDArray frames = recording.getFeatures(); // [1, channels, T, height, width]
    network.rnnClearPreviousState();
    StreamedOutput stream = new StreamedOutput(network);
    INDArray answer = null;
    for (int step = 0; step < STEPS; step += PIECE) {
      answer = stream.feed(piece(frames, step, step + PIECE)).after(PIECE);
      log.info(
          "after {} ms: a {}, with {}",
          RECORDING_MILLIS * (step + PIECE) / STEPS,
          answer.argMax(1).getInt(0),
          answer.maxNumber());
    }
    log.info("it is a {}", recording.getLabels().argMax(1).getInt(0));
    return answer.equalsWithEps(network.output(frames), 1e-5);
  }

  private static INDArray piece(INDArray frames, int from, int to) {
    return frames
        .get(
            NDArrayIndex.all(),
            NDArrayIndex.all(),
            NDArrayIndex.interval(from, to),
            NDArrayIndex.all(),
            NDArrayIndex.all())
        .dup();
  }
}
