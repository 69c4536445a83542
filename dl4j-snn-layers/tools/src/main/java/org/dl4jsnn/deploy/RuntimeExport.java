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
 * Writes trained networks as compact model files. {@link org.dl4jsnn.runtime.SpikingModel} loads
 * and runs them without ND4J, Deeplearning4j or native libraries (docs/deploy.md).
 *
 * <pre>{@code
 * RuntimeExport.inSinglePrecision().write(network, Path.of("digits.snn"));
 * RuntimeExport.toBits(8).write(network, Path.of("digits8.snn")); // a quarter of the size
 * }</pre>
 *
 * In single precision the model fires the same spikes as the network, bit for bit; with rounded
 * weights, the same as the network from {@link WeightQuantization}. Normalisations are folded into
 * weights.
 *
 * <p>A network must have one encoding of the library (built with {@code setInputType}) and spiking
 * layers and vertices of the library with integrate-and-fire, synaptic, adaptive, refractory,
 * integer or linear neurons. It may end with a {@code LeakyReadOut} and a Deeplearning4j output
 * layer with identity, softmax or sigmoid. Everything else is refused by name. Immutable.
 */
public final class RuntimeExport {

  private final int bits;

  private RuntimeExport(int bits) {
    this.bits = bits;
  }

  /** {@return an export that keeps weights in single precision} */
  public static RuntimeExport inSinglePrecision() {
    return new RuntimeExport(0);
  }

  /**
   * Stores weights of spiking layers as integers times a power of two per output channel (equation
   * 36 of docs/mathematics.md). Up to eight bits take one byte, more take two.
   *
   * @param bits bits of a weight, including its sign, from 2 to 16
   * @return the export
   * @throws IllegalArgumentException if the number is out of range
   */
  public static RuntimeExport toBits(int bits) {
    WeightQuantization.toBits(bits);
    return new RuntimeExport(bits);
  }

  /**
   * Writes a network to a file, completely or not at all.
   *
   * @param network a MultiLayerNetwork or a ComputationGraph; not changed
   * @param file the file to write
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
   * @param network a MultiLayerNetwork or a ComputationGraph; not changed
   * @param out the stream; flushed, not closed
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
