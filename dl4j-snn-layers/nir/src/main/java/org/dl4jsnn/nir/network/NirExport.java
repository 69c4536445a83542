package org.dl4jsnn.nir.network;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.deploy.NormalizationFolding;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.walk.NetworkPart;
import org.dl4jsnn.internal.walk.NetworkWalk;
import org.dl4jsnn.nir.NirDialect;
import org.dl4jsnn.nir.NirGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Exports networks of this library as graphs for other programs and chips (equations 67 to 69 of
 * docs/mathematics.md). A graph's equations are continuous, so a time step turns kept shares into
 * time constants.
 *
 * <pre>{@code
 * NirGraph graph = NirExport.ofTimeStep(1e-3).export(trained);
 * NirFiles.write(graph, Path.of("digits.nir"));
 * }</pre>
 *
 * <p>Normalisations are {@linkplain NormalizationFolding folded} first. Dropout, encodings, losses
 * and activations of stock read-outs are left out: a graph's input is the encoding's output, and
 * its output is that of the last weights, integrators or neurons at every step. The metadata holds
 * everything left out, and {@link NirRestore} makes the same network from it.
 *
 * <p>Neurons and integrators imported with a dialect ({@link NirImport}) become their original
 * nodes, so the program reads them as before, with the weights trained here. The time step must
 * then be the dialect's.
 *
 * <p>Immutable and thread-safe.
 */
public final class NirExport {

  private final double timeStep;
  private final boolean dropsInitial;

  private NirExport(double timeStep, boolean dropsInitial) {
    this.timeStep = Require.positiveFinite("time step", timeStep);
    this.dropsInitial = dropsInitial;
  }

  /**
   * {@return an export of networks}
   *
   * @param seconds dt, the duration of a step in s; positive and finite
   * @throws IllegalArgumentException if the time step is not positive and finite
   */
  public static NirExport ofTimeStep(double seconds) {
    return new NirExport(seconds, false);
  }

  /**
   * {@return the time step of the dialect with which a network was imported, in s; empty if no
   * layer keeps a dialect's node: the network was not imported, or its nodes became neurons of this
   * library}
   *
   * @param network a network
   * @throws IllegalArgumentException if layers have different time steps
   */
  public static OptionalDouble timeStepOf(NeuralNetwork network) {
    double[] steps =
        NetworkWalk.of(Require.given("network", network)).parts().stream()
            .flatMap(part -> Metadata.origin(part).stream())
            .mapToDouble(origin -> NirDialect.ofOrigin(origin).timeStep())
            .distinct()
            .toArray();
    if (steps.length > 1) {
      throw new IllegalArgumentException(
          "layers of a network must have one time step, got " + Arrays.toString(steps) + " s");
    }
    return Arrays.stream(steps).findFirst();
  }

  /**
   * {@return the same, also for layers whose membranes do not start at 0, as in converted networks}
   * A graph cannot hold an initial membrane: other programs start at 0, so every neuron's first
   * spike may come later there. {@link NirRestore} restores the original network.
   */
  public NirExport droppingInitialMembranes() {
    return new NirExport(timeStep, true);
  }

  /**
   * {@return the graph of a network}
   *
   * @param network an initialised network in single precision; not changed
   * @throws NirConversionException if layers have no equivalent nodes; the message names all of
   *     them
   * @throws IllegalArgumentException if the network has another precision
   */
  public NirGraph export(MultiLayerNetwork network) {
    requireSingle(Require.given("network", network).params());
    return folded(NormalizationFolding.fold(network));
  }

  /**
   * {@return the graph of a network}
   *
   * @param network an initialised network in single precision; not changed
   * @throws NirConversionException if layers have no equivalent nodes; the message names all of
   *     them
   * @throws IllegalArgumentException if the network has another precision
   */
  public NirGraph export(ComputationGraph network) {
    requireSingle(Require.given("network", network).params());
    return folded(NormalizationFolding.fold(network));
  }

  private NirGraph folded(NeuralNetwork network) {
    return write(network).graph(Metadata.of(network, timeStep));
  }

  /** The names of a graph's outputs; a sequence has only its last layer. */
  private static Set<String> outputs(NeuralNetwork network) {
    return network instanceof ComputationGraph graph
        ? Set.copyOf(graph.getConfiguration().getNetworkOutputs())
        : Set.of();
  }

  /** Writes nodes. */
  ExportedNodes write(NeuralNetwork network) {
    List<NetworkPart> parts = NetworkWalk.of(network).parts();
    Require.not(
        parts.stream().noneMatch(part -> part.configuration() instanceof SpikeEncoding),
        "network must begin with a SpikeEncoding, got layers of %s. Possible cause: a stock"
            + " network; convert it with SpikingConversion",
        parts.stream().map(NetworkPart::kind).distinct().toList());
    return new ExportRun(timeStep, dropsInitial, parts, outputs(network)).writer();
  }

  private static void requireSingle(INDArray parameters) {
    if (parameters != null && parameters.dataType() != DataType.FLOAT) {
      throw new IllegalArgumentException(
          "parameters must be in single precision, as in graphs, got " + parameters.dataType());
    }
  }
}
