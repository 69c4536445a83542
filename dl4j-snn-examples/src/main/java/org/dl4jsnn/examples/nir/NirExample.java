package org.dl4jsnn.examples.nir;

import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.data.EventDataSetIterator;
import org.dl4jsnn.event.data.EventDataSet;
import org.dl4jsnn.event.frame.FrameOptions;
import org.dl4jsnn.event.frame.Slicing;
import org.dl4jsnn.examples.support.ExampleCommand;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.nir.NirGraph;
import org.dl4jsnn.nir.network.NirImport;
import org.dl4jsnn.nir.network.NirRestore;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands for files of the Neuromorphic Intermediate Representation. */
@Command(
    name = "nir",
    description = "Networks as NIR graphs, exchanged with snnTorch, Norse, sinabs and others.",
    mixinStandardHelpOptions = true,
    subcommands = {
      NirRun.class,
      NirInfo.class,
      NirImportCommand.class,
      NirExportCommand.class,
      NirExample.NirRestoreCommand.class,
      NirExample.NirAccuracyCommand.class
    })
public final class NirExample {

  /** Restores the network from which a file was exported and saves it. */
  @Command(
      name = "restore",
      description = "Restore a network written by \"export\".",
      footer = {"%nExample:", "  ${COMMAND-FULL-NAME} network.nir --to network.zip"},
      mixinStandardHelpOptions = true)
  static final class NirRestoreCommand extends ExampleCommand {

    @Parameters(paramLabel = "FILE", description = "A NIR file written by \"export\".")
    private Path file;

    @Option(
        names = "--to",
        required = true,
        paramLabel = "MODEL.zip",
        description = "Where to save the network.")
    private Path model;

    @Override
    public Integer call() {
      OptionRules.target("--to", model, file);
      NirImportCommand.save(restored(NirDialectOptions.graph(file)), model, output());
      return 0;
    }

    private Model restored(NirGraph graph) {
      return UserError.explained(
          file + ": ",
          () ->
              NirRestore.isOfComputationGraph(graph)
                  ? NirRestore.defaults().computationGraph(graph)
                  : NirRestore.defaults().multiLayerNetwork(graph));
    }
  }

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
  static final class NirAccuracyCommand extends ExampleCommand {

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
        output().print("%d of %d recordings, %.2f %%", right, seen, 100.0 * right / seen);
      } catch (IOException | IllegalArgumentException e) {
        throw new UserError(e.getMessage(), e);
      }
      return 0;
    }
  }
}
