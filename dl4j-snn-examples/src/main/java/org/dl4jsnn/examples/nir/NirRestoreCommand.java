package org.dl4jsnn.examples.nir;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.api.Model;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.model.ModelRefusedException;
import org.dl4jsnn.nir.NirGraph;
import org.dl4jsnn.nir.network.NirRestore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Restores the network from which a file was exported and saves it. */
@Command(
    name = "restore",
    description = "Restore a network written by \"export\".",
    footer = {"%nExample:", "  ${COMMAND-FULL-NAME} network.nir --to network.zip"},
    mixinStandardHelpOptions = true)
final class NirRestoreCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "A NIR file written by \"export\".")
  private Path file;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "MODEL.zip",
      description = "Where to save the network.")
  private Path model;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    OptionRules.target("--to", model, file);
    NirImportCommand.save(restored(NirDialectOptions.graph(file)), model, Output.of(spec));
    return 0;
  }

  private Model restored(NirGraph graph) {
    try {
      return NirRestore.isOfComputationGraph(graph)
          ? NirRestore.defaults().computationGraph(graph)
          : NirRestore.defaults().multiLayerNetwork(graph);
    } catch (ModelRefusedException | IllegalArgumentException e) {
      throw new UserError(file + ": " + e.getMessage(), e);
    }
  }
}
