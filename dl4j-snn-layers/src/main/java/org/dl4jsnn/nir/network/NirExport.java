package org.dl4jsnn.nir.network;

import java.util.List;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.deploy.NormalizationFolding;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.walk.NetworkPart;
import org.dl4jsnn.internal.walk.NetworkWalk;
import org.dl4jsnn.nir.NirGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Networks of this library as graphs that other programs and chips take (equations 67 to 69 of
 * docs/mathematics.md). A graph's equations are continuous, so that a time step turns shares that
 * are kept into time constants.
 *
 * <p>Normalisations are {@linkplain NormalizationFolding folded} first. Dropout is left out, and so
 * are encodings, losses and the activations of stock read-outs: a graph's input is what an encoding
 * makes, its output what the last weights, integrators or neurons give at every step. All of them
 * are in the metadata, from which {@link NirRestore} makes the same network.
 *
 * <p>Neurons and integrators that a dialect made ({@link NirImport}) become the nodes that they
 * came from, so that the program reads them as before, with weights that were trained on here. The
 * time step must then be the dialect's.
 *
 * <p>Immutable, and for any number of threads.
 */
public final class NirExport {

  private final double timeStep;
  private final boolean dropsInitial;

  private NirExport(double timeStep, boolean dropsInitial) {
    this.timeStep = Require.positiveFinite("time step", timeStep);
    this.dropsInitial = dropsInitial;
  }

  /**
   * An export.
   *
   * @param seconds dt, the time that a step stands for, s; positive and finite
   * @return the export
   * @throws IllegalArgumentException if the time step breaks its rule
   */
  public static NirExport withTimeStep(double seconds) {
    return new NirExport(seconds, false);
  }

  /**
   * The same, also of layers whose membranes do not begin at 0, as those of converted networks do
   * not. A graph has no place for where a membrane begins: other programs begin at 0, so that every
   * neuron's first spike may come later there. {@link NirRestore} gives the network back as it is.
   *
   * @return the export
   */
  public NirExport droppingInitialMembranes() {
    return new NirExport(timeStep, true);
  }

  /**
   * A network as a graph.
   *
   * @param network an initialised network of single precision; left as it is
   * @return the graph
   * @throws NirConversionException if layers have no nodes that do the same; the message has all of
   *     them
   * @throws IllegalArgumentException if the network is of another precision
   */
  public NirGraph export(MultiLayerNetwork network) {
    requireSingle(Require.given("network", network).params());
    MultiLayerNetwork folded = NormalizationFolding.fold(network);
    ExportedNodes writer = write(folded);
    return writer.graph(Metadata.of(folded, timeStep));
  }

  /**
   * A network as a graph.
   *
   * @param network an initialised network of single precision; left as it is
   * @return the graph
   * @throws NirConversionException if layers have no nodes that do the same; the message has all of
   *     them
   * @throws IllegalArgumentException if the network is of another precision
   */
  public NirGraph export(ComputationGraph network) {
    requireSingle(Require.given("network", network).params());
    ComputationGraph folded = NormalizationFolding.fold(network);
    ExportedNodes writer = write(folded);
    return writer.graph(Metadata.of(folded, timeStep));
  }

  ExportedNodes write(NeuralNetwork network) {
    List<NetworkPart> parts = NetworkWalk.of(network).parts();
    if (parts.stream().noneMatch(part -> part.configuration() instanceof SpikeEncoding)) {
      throw new IllegalArgumentException(
          "network must begin with a SpikeEncoding, got layers of "
              + parts.stream().map(NetworkPart::kind).distinct().toList()
              + ". Possible cause: a stock network; SpikingConversion makes a spiking one of it");
    }
    return new ExportRun(timeStep, dropsInitial, parts).writer();
  }

  private static void requireSingle(INDArray parameters) {
    if (parameters != null && parameters.dataType() != DataType.FLOAT) {
      throw new IllegalArgumentException(
          "parameters must be of single precision, as those of graphs are, got "
              + parameters.dataType());
    }
  }
}
