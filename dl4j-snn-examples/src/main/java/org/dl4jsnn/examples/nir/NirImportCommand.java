package org.dl4jsnn.examples.nir;

import java.nio.file.Path;
import org.deeplearning4j.nn.api.Model;
import org.dl4jsnn.examples.support.ExampleCommand;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.nir.NirGraph;
import org.dl4jsnn.nir.network.NirImport;
import org.dl4jsnn.train.ModelFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a network from a graph and saves it. */
@Command(
    name = "import",
    description = "Make a Deeplearning4j network from a graph.",
    footer = {"%nExample:", "  ${COMMAND-FULL-NAME} network.nir --dialect norse --to network.zip"},
    mixinStandardHelpOptions = true)
final class NirImportCommand extends ExampleCommand {

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
    OptionRules.existing(options.file());
    OptionRules.target("--to", model, options.file());
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
        options.file() + ": ",
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
