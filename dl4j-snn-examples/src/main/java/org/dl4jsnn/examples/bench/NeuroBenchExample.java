package org.dl4jsnn.examples.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.dl4jsnn.examples.support.ComputingCommand;
import org.dl4jsnn.examples.support.SavedNetwork;
import org.dl4jsnn.monitor.NeuroBench;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the metrics of NeuroBench for a trained network, as its harness names them. */
@Command(
    name = "neurobench",
    description = "NeuroBench's metrics of a trained network, for its first minibatch of images.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class NeuroBenchExample extends ComputingCommand {

  @Option(names = "--model", required = true, description = "The trained network.")
  private Path model;

  @Mixin private TestImages images = new TestImages();

  @Override
  public void checkOptions() {
    images.checkOptions();
  }

  @Override
  protected int run() throws IOException {
    NeuroBench metrics =
        NeuroBench.of(SavedNetwork.load(model), images.inOrder().next().getFeatures());
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("Footprint", metrics.footprint());
    figures.put("ConnectionSparsity", metrics.connectionSparsity());
    figures.put("ParameterCount", metrics.parameterCount());
    figures.put("ActivationSparsity", metrics.activationSparsity());
    figures.put(
        "SynapticOperations",
        Map.of(
            "Effective_MACs", metrics.effectiveMacs(),
            "Effective_ACs", metrics.effectiveAcs(),
            "Dense", metrics.dense()));
    figures.put("MembraneUpdates", metrics.membraneUpdates());
    figures.put(
        "NeuronOperations",
        Map.of(
            "Effective Neuron Ops", metrics.neuronOperations(),
            "Neuron Dense Ops", metrics.denseNeuronOperations()));
    output().print(new ObjectMapper().writeValueAsString(figures));
    return 0;
  }
}
