package org.dl4jsnn.deploy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.internal.compact.CompactModel;
import org.dl4jsnn.internal.compact.CompactWriter;
import org.dl4jsnn.internal.io.AtomicFile;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Writes trained networks as compact model files, which {@link org.dl4jsnn.runtime.SpikingModel}
 * loads and runs without ND4J, Deeplearning4j and natives (docs/deploy.md).
 *
 * <pre>
 * RuntimeExport.inSinglePrecision().write(network, Path.of("digits.snn"));
 * RuntimeExport.toBits(8).write(network, Path.of("digits.snn"));     // a quarter as long
 * </pre>
 *
 * In single precision the model fires the spikes of the network, bit for bit; rounded to some bits,
 * those of the network that {@link WeightQuantization} makes. Normalisations are folded into
 * weights.
 *
 * <p>A network has one encoding of the library (made with {@code setInputType}), spiking layers and
 * vertices of the library with integrate-and-fire, synaptic, adaptive or refractory neurons, those
 * of whole numbers or of a NIR dialect, and at its end perhaps a {@code LeakyReadOut} and an output
 * layer of Deeplearning4j with identity, softmax or sigmoid. Everything else is refused by name.
 * Immutable.
 */
public final class RuntimeExport {

  private final int bits;

  private RuntimeExport(int bits) {
    this.bits = bits;
  }

  /**
   * Weights as they are.
   *
   * @return the export
   */
  public static RuntimeExport inSinglePrecision() {
    return new RuntimeExport(0);
  }

  /**
   * Weights of spiking layers as integers of some bits times a power of two for every output
   * channel (equation 36 of docs/mathematics.md). Up to eight bits take a byte, more take two.
   *
   * @param bits of a weight, its sign included, from 2 to 16
   * @return the export
   * @throws IllegalArgumentException if there are fewer or more
   */
  public static RuntimeExport toBits(int bits) {
    WeightQuantization.toBits(bits);
    return new RuntimeExport(bits);
  }

  /**
   * Writes a network to a file, which is there as a whole or not at all.
   *
   * @param network a MultiLayerNetwork or a ComputationGraph, left as it is
   * @param file its place
   * @throws IOException if it cannot be written
   * @throws IllegalArgumentException if the runtime cannot run the network; the message names the
   *     layer and the reason
   */
  public void write(NeuralNetwork network, Path file) throws IOException {
    CompactModel model = model(network);
    AtomicFile.replace(file, out -> CompactWriter.write(model, out));
  }

  /**
   * Writes a network.
   *
   * @param network a MultiLayerNetwork or a ComputationGraph, left as it is
   * @param out where to; flushed, not closed
   * @throws IOException if it cannot be written
   * @throws IllegalArgumentException as {@link #write(NeuralNetwork, Path)}
   */
  public void write(NeuralNetwork network, OutputStream out) throws IOException {
    CompactWriter.write(model(network), out);
  }

  private CompactModel model(NeuralNetwork network) {
    if (network instanceof Model model
        && model.params() != null
        && model.params().dataType() == DataType.DOUBLE) {
      throw new IllegalArgumentException(
          "parameters must be of single or half precision, since the runtime computes in single"
              + " precision, got DOUBLE. Possible cause: dataType(DataType.DOUBLE); convert with"
              + " network.convertDataType(DataType.FLOAT)");
    }
    if (bits == 0) {
      return NetworkReader.read(network, 0);
    }
    WeightQuantization rounding = WeightQuantization.toBits(bits);
    if (network instanceof MultiLayerNetwork sequence) {
      return NetworkReader.read(rounding.quantize(sequence), bits);
    }
    return NetworkReader.read(
        network instanceof ComputationGraph graph ? rounding.quantize(graph) : network, bits);
  }
}
