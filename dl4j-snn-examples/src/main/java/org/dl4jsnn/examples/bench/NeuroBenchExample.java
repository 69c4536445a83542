package org.dl4jsnn.examples.bench;

import java.nio.file.Path;
import java.util.Locale;
import org.dl4jsnn.examples.support.ComputingCommand;
import org.dl4jsnn.examples.support.SavedNetwork;
import org.dl4jsnn.monitor.NeuroBench;
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
  protected int run() {
    NeuroBench metrics =
        NeuroBench.of(SavedNetwork.load(model), images.inOrder().next().getFeatures());
    output()
        .print(
            String.format(
                Locale.ROOT,
                "{\"Footprint\":%d,\"ConnectionSparsity\":%.4f,\"ActivationSparsity\":%.4f,"
                    + "\"SynapticOperations\":{\"Effective_MACs\":%.1f,\"Effective_ACs\":%.1f,"
                    + "\"Dense\":%.1f},\"MembraneUpdates\":%.1f,\"NeuronOperations\":"
                    + "{\"Effective\":%.1f,\"Dense\":%.1f}}",
                metrics.footprint(),
                metrics.connectionSparsity(),
                metrics.activationSparsity(),
                metrics.effectiveMacs(),
                metrics.effectiveAcs(),
                metrics.dense(),
                metrics.membraneUpdates(),
                metrics.neuronOperations(),
                metrics.denseNeuronOperations()));
    return 0;
  }
}
