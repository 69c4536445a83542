package org.dl4jsnn.examples.nir;

import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.examples.support.ExampleCommand;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.SavedNetwork;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.nir.NirFiles;
import org.dl4jsnn.nir.NirGraph;
import org.dl4jsnn.nir.network.NirExport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a saved network as a NIR file. */
@Command(
    name = "export",
    description = "Write a network of this library as a NIR file.",
    footer = {"%nExample:", "  ${COMMAND-FULL-NAME} network.zip --dt 1e-3 --to network.nir"},
    mixinStandardHelpOptions = true)
final class NirExportCommand extends ExampleCommand {

  @Parameters(paramLabel = "MODEL.zip", description = "A saved network.")
  private Path model;

  @Option(
      names = "--dt",
      paramLabel = "SECONDS",
      description =
          "The duration of a step; default: that of the import, if the network keeps the nodes of "
              + "another program.")
  private Double timeStep;

  @Option(names = "--to", required = true, paramLabel = "FILE.nir", description = "Where to write.")
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
