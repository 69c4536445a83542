package org.dl4jsnn.examples.nir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.data.EventDataSetIterator;
import org.dl4jsnn.event.data.EventDataSet;
import org.dl4jsnn.event.frame.FrameOptions;
import org.dl4jsnn.event.frame.Slicing;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.nir.network.NirImport;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The accuracy of a graph as a network on recordings: the answer is the digit whose neuron fires
 * most.
 */
@Command(
    name = "accuracy",
    description = "Accuracy on test recordings in N-MNIST's layout, 300 steps of 1 ms.",
    footer = {
      "%nExample:",
      "  ${COMMAND-FULL-NAME} network.nir --dialect sinabs --data recordings"
    },
    mixinStandardHelpOptions = true)
final class NirAccuracyCommand implements Callable<Integer> {

  private static final int STEPS = 300;
  private static final long MICROSECONDS = 1000;
  private static final int BATCH = 10;

  @Mixin private NirDialectOptions options;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FOLDER",
      description = "Recordings of N-MNIST, or of \"events simulate\".")
  private Path folder;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    try {
      MultiLayerNetwork network =
          NirImport.by(options.dialect()).multiLayerNetwork(options.graph());
      EventDataSet recordings = EventDataSet.nMnist(folder);
      int right = 0;
      int seen = 0;
      EventDataSetIterator test =
          EventDataSetIterator.builder(
                  recordings,
                  recordings.test(),
                  FrameOptions.of(Slicing.byTime(MICROSECONDS, STEPS)))
              .batch(BATCH)
              .build();
      while (test.hasNext()) {
        DataSet minibatch = test.next();
        INDArray found = network.output(minibatch.getFeatures()).argMax(1);
        INDArray labels = minibatch.getLabels().argMax(1);
        right += found.eq(labels).castTo(DataType.INT32).sumNumber().intValue();
        seen += minibatch.numExamples();
      }
      Output.of(spec).print("%d of %d recordings, %.2f %%", right, seen, 100.0 * right / seen);
    } catch (IOException | IllegalArgumentException e) {
      throw new UserError(e.getMessage(), e);
    }
    return 0;
  }
}
