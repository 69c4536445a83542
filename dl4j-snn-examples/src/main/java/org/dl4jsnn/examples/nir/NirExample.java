package org.dl4jsnn.examples.nir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.data.EventDataSetIterator;
import org.dl4jsnn.event.data.EventDataSet;
import org.dl4jsnn.event.frame.FrameOptions;
import org.dl4jsnn.event.frame.Slicing;
import org.dl4jsnn.examples.support.ExampleCommand;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.SavedNetwork;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.nir.NirFiles;
import org.dl4jsnn.nir.NirGraph;
import org.dl4jsnn.nir.NirSimulation;
import org.dl4jsnn.nir.NumpyArray;
import org.dl4jsnn.nir.network.NirExport;
import org.dl4jsnn.nir.network.NirImport;
import org.dl4jsnn.nir.network.NirRestore;
import org.dl4jsnn.train.ModelFile;
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
      NirExample.NirRun.class,
      NirInfo.class,
      NirExample.NirImportCommand.class,
      NirExample.NirExportCommand.class,
      NirExample.NirRestoreCommand.class,
      NirExample.NirAccuracyCommand.class
    })
public final class NirExample {

  /** Restores the network from which a file was exported and saves it. */
  @Command(
      name = "restore",
      description = "Restore a network written by \"export\".",
      footer = {"%nExample:", "  ${COMMAND-FULL-NAME} network.nir --to network.zip"})
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
      })
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

  /** Makes a network from a graph and saves it. */
  @Command(
      name = "import",
      description = "Make a Deeplearning4j network from a graph.",
      footer = {
        "%nExample:",
        "  ${COMMAND-FULL-NAME} network.nir --dialect norse --to network.zip"
      })
  static final class NirImportCommand extends ExampleCommand {

    @Mixin private NirDialectOptions options;

    @Option(
        names = "--steps",
        description = "Steps for features without a time axis; default: features have one.")
    private Integer steps;

    @Option(
        names = "--to",
        required = true,
        paramLabel = "MODEL.zip",
        description = "Where to save the network.")
    private Path model;

    @Override
    public void checkOptions() {
      OptionRules.existing(options.file);
      OptionRules.target("--to", model, options.file);
      OptionRules.within("--steps", steps, 1, Integer.MAX_VALUE);
    }

    @Override
    public Integer call() {
      checkOptions();
      NirImport importing = NirImport.by(options.dialect());
      if (steps != null) {
        importing = importing.direct(steps);
      }
      save(network(options.graph(), importing), model, output());
      return 0;
    }

    private Model network(NirGraph graph, NirImport importing) {
      return UserError.explained(
          options.file + ": ",
          () ->
              importing.isChain(graph)
                  ? importing.multiLayerNetwork(graph)
                  : importing.computationGraph(graph));
    }

    static void save(Model network, Path model, Output output) {
      ModelFile.save(network, model);
      output.print(
          "%s with %,d %s: %s",
          network.getClass().getSimpleName(),
          network.numParams(),
          network.numParams() == 1 ? "parameter" : "parameters",
          model);
    }
  }

  /** Writes a saved network as a NIR file. */
  @Command(
      name = "export",
      description = "Write a network of this library as a NIR file.",
      footer = {"%nExample:", "  ${COMMAND-FULL-NAME} network.zip --dt 1e-3 --to network.nir"})
  static final class NirExportCommand extends ExampleCommand {

    @Parameters(paramLabel = "MODEL.zip", description = "A saved network.")
    private Path model;

    @Option(
        names = "--dt",
        paramLabel = "SECONDS",
        description =
            "The duration of a step; default: that of the import, if the network keeps the nodes of "
                + "another program.")
    private Double timeStep;

    @Option(
        names = "--to",
        required = true,
        paramLabel = "FILE.nir",
        description = "Where to write.")
    private Path file;

    @Option(
        names = "--drop-initial",
        description = "Also export membranes that do not start at 0; in the file they start at 0.")
    private boolean dropInitial;

    @Override
    public void checkOptions() {
      OptionRules.positive("--dt", timeStep);
      OptionRules.model(model);
      OptionRules.target("--to", file, model);
    }

    @Override
    public Integer call() {
      checkOptions();
      try {
        NirGraph graph = graph();
        NirFiles.write(graph, file);
        output().print("Saved %d nodes to %s", graph.nodes().size(), file.toAbsolutePath());
      } catch (IllegalArgumentException e) {
        throw new UserError(
            e.getMessage().replace("Use droppingInitialMembranes()", "Use --drop-initial"), e);
      } catch (IOException e) {
        throw new UserError("Cannot write " + file + ": " + e, e);
      }
      return 0;
    }

    private NirGraph graph() {
      NeuralNetwork network = SavedNetwork.load(model);
      return network instanceof ComputationGraph graph
          ? export(graph).export(graph)
          : export(network).export((MultiLayerNetwork) network);
    }

    private NirExport export(NeuralNetwork network) {
      double dt =
          timeStep != null
              ? timeStep
              : NirExport.timeStepOf(network)
                  .orElseThrow(
                      () ->
                          new UserError(
                              "--dt must be given, since the network does not say how long a step"
                                  + " is. Possible cause: it was not imported from a NIR file, or its"
                                  + " neurons became this library's own"));
      NirExport export = NirExport.ofTimeStep(dt);
      return dropInitial ? export.droppingInitialMembranes() : export;
    }
  }

  /** Runs a graph like a program. */
  @Command(
      name = "run",
      description = "Run a graph on an input, as a program does.",
      footer = {
        "%nExample:",
        "  ${COMMAND-FULL-NAME} network.nir --dialect snntorch --input in.npy --to out.npy"
      })
  static final class NirRun extends ExampleCommand {

    @Mixin private NirDialectOptions options;

    @Option(
        names = "--input",
        required = true,
        paramLabel = "IN.npy",
        description = "A NumPy array: the input, [T, ...input shape].")
    private Path input;

    @Option(
        names = "--to",
        required = true,
        paramLabel = "OUT.npy",
        description = "Where to write the output, [T, ...output shape].")
    private Path output;

    @Override
    public Integer call() {
      OptionRules.target("--to", output, input);
      OptionRules.target("--to", output, options.file);
      NirSimulation simulation = simulation();
      NumpyArray given = given(simulation.inputShape());
      float[] answer = UserError.explained(input + ": ", () -> simulation.run(given.values()));
      int[] shape = inTime(given.shape()[0], simulation.outputShape());
      try {
        NumpyArray.of(shape, answer).write(output);
      } catch (IOException e) {
        throw new UserError("Cannot write " + output + ": " + e, e);
      }
      double sum = IntStream.range(0, answer.length).mapToDouble(i -> answer[i]).sum();
      Output out = output();
      out.print("Dialect  %s", options.dialect());
      out.print("Output   %s, sum %s", Arrays.toString(shape), sum);
      return 0;
    }

    private NirSimulation simulation() {
      return UserError.explained(
          options.file + ": ", () -> NirSimulation.of(options.graph(), options.dialect()));
    }

    private NumpyArray given(int[] shape) {
      OptionRules.existing(input);
      NumpyArray array =
          UserError.explained("Cannot read " + input + ": ", () -> NumpyArray.read(input));
      int[] given = array.shape();
      int steps = given.length > 0 ? given[0] : 0;
      if (given.length > 0 && steps == 0) {
        throw UserError.of(
            "%s must have at least one step, T on its first axis, got %s. Possible cause: an empty"
                + " recording",
            input, Arrays.toString(given));
      }
      if (given.length == 0 || !Arrays.equals(given, inTime(steps, shape))) {
        throw UserError.of(
            "%s must be of shape [T, %s, got %s. Possible cause: a minibatch, or axes in another"
                + " order",
            input, Arrays.toString(shape).substring(1), Arrays.toString(given));
      }
      return array;
    }

    private static int[] inTime(int steps, int[] shape) {
      return IntStream.concat(IntStream.of(steps), Arrays.stream(shape)).toArray();
    }
  }
}
