package org.dl4jsnn.model;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.walk.NetworkPart;
import org.dl4jsnn.internal.walk.NetworkWalk;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network's position in its stream: the state of all its layers between two calls of {@code
 * rnnTimeStep}. Use it to switch between streams, to return to the same place, or to continue in
 * another process with the same model. The spikes afterwards are the same, bit for bit. Immutable.
 *
 * <pre>{@code
 * network.rnnTimeStep(features); // of one client
 * StreamState client = StreamState.of(network);
 *
 * StreamState.clear(network); // serve another one, then
 * client.restore(network);
 * }</pre>
 *
 * <pre>
 *  magic, version                                   4 bytes each
 *  layers; for each: name, state variables          UTF, 4 bytes
 *    for each: name, type, axes, their sizes        UTF, UTF, 4 bytes, 8 bytes each
 *              the numbers                          8 bytes each, double precision
 *  CRC-32 of all above                              8 bytes
 * </pre>
 */
public final class StreamState {

  private static final int MAGIC = 0x534E4E53;
  private static final int VERSION = 1;
  private static final int MOST_AXES = 5;

  /** Keyed by the layers' keys in the network, then by the names of their variables. */
  private final Map<String, Map<String, INDArray>> layers;

  private StreamState(Map<String, Map<String, INDArray>> layers) {
    this.layers = layers;
  }

  /**
   * {@return the present state of a network: the state, as copies}
   *
   * @param network a MultiLayerNetwork or ComputationGraph that is not in use at the same time
   * @throws IllegalArgumentException if the network is of another type
   */
  public static StreamState of(NeuralNetwork network) {
    Map<String, Map<String, INDArray>> layers = new LinkedHashMap<>();
    for (NetworkPart part : NetworkWalk.of(network).parts()) {
      if (part.layer() instanceof RecurrentLayer layer) {
        layers.put(part.key(), copy(layer.rnnGetPreviousState()));
      }
    }
    return new StreamState(layers);
  }

  private static Map<String, INDArray> copy(Map<String, INDArray> state) {
    Map<String, INDArray> copy = new LinkedHashMap<>();
    state.forEach((name, array) -> copy.put(name, array.detach().dup('c')));
    return copy;
  }

  /**
   * Sets the state of a network. If a layer refuses it, no layer changes.
   *
   * @param network a network with the same layers, not in use at the same time
   * @throws IllegalArgumentException if other layers carry a state, or a layer refuses its state
   */
  public void restore(NeuralNetwork network) {
    StreamState before = of(network);
    if (!before.layers.keySet().equals(layers.keySet())) {
      throw new IllegalArgumentException(
          ("layers that carry a state must be %s, got %s. Possible cause: the state of"
                  + " another network")
              .formatted(layers.keySet(), before.layers.keySet()));
    }
    try {
      set(network);
    } catch (RuntimeException e) {
      before.set(network);
      throw e;
    }
  }

  /**
   * Ends the streams of a network: the next {@code rnnTimeStep} starts a new one. The same as
   * {@code network.rnnClearPreviousState()}, but also for frozen layers, which a ComputationGraph
   * of Deeplearning4j 1.0.0-M2.1 skips.
   *
   * @param network a MultiLayerNetwork or ComputationGraph that is not in use at the same time
   * @throws IllegalArgumentException if the network is of another type
   */
  public static void clear(NeuralNetwork network) {
    for (NetworkPart part : NetworkWalk.of(network).parts()) {
      if (part.layer() instanceof RecurrentLayer layer) {
        layer.rnnClearPreviousState();
      }
    }
  }

  private void set(NeuralNetwork network) {
    for (NetworkPart part : NetworkWalk.of(network).parts()) {
      if (part.layer() instanceof RecurrentLayer layer) {
        Map<String, INDArray> state = copy(layers.get(part.key()));
        if (state.isEmpty()) {
          layer.rnnClearPreviousState();
        } else {
          layer.rnnSetPreviousState(state);
        }
      }
    }
  }

  /** {@return the state as bytes, for storage or transfer} */
  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(MAGIC);
      out.writeInt(VERSION);
      out.writeInt(layers.size());
      for (Map.Entry<String, Map<String, INDArray>> layer : layers.entrySet()) {
        out.writeUTF(layer.getKey());
        out.writeInt(layer.getValue().size());
        for (Map.Entry<String, INDArray> variable : layer.getValue().entrySet()) {
          out.writeUTF(variable.getKey());
          write(variable.getValue(), out);
        }
      }
      out.writeLong(checksum(bytes.toByteArray(), bytes.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // cannot happen in memory
    }
    return bytes.toByteArray();
  }

  private static void write(INDArray array, DataOutputStream out) throws IOException {
    out.writeUTF(array.dataType().name());
    out.writeInt(array.rank());
    for (long size : array.shape()) {
      out.writeLong(size);
    }
    for (double number : array.castTo(DataType.DOUBLE).dup('c').data().asDouble()) {
      out.writeDouble(number);
    }
  }

  /**
   * {@return a state from its bytes} Takes no more memory than the bytes themselves, whatever sizes
   * they claim.
   *
   * @param bytes as {@link #toBytes} made them
   * @throws ModelRefusedException if the bytes are no such state, are damaged, or are of another
   *     version
   */
  public static StreamState fromBytes(byte[] bytes) throws ModelRefusedException {
    Require.given("bytes", bytes);
    requireWhole(bytes);
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      in.skipBytes(2 * Integer.BYTES);
      Map<String, Map<String, INDArray>> layers = new LinkedHashMap<>();
      for (int layer = in.readInt(); layer > 0; layer--) {
        String name = in.readUTF();
        Map<String, INDArray> variables = new LinkedHashMap<>();
        for (int variable = in.readInt(); variable > 0; variable--) {
          String of = in.readUTF();
          variables.put(of, read(in));
        }
        layers.put(name, variables);
      }
      if (in.available() != Long.BYTES) {
        throw refused("it must end after its last layer, got " + in.available() + " bytes more");
      }
      return new StreamState(layers);
    } catch (EOFException e) {
      throw refused("it must be complete, got its end");
    } catch (ModelRefusedException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      throw refused("its numbers must be valid, got: " + e.getMessage());
    }
  }

  private static void requireWhole(byte[] bytes) throws ModelRefusedException {
    if (bytes.length < 3 * Integer.BYTES + Long.BYTES) {
      throw refused("it must have a header, got " + bytes.length + " bytes");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    if (buffer.getInt(0) != MAGIC) {
      throw refused("it must begin with " + MAGIC + ", got " + buffer.getInt(0));
    }
    if (buffer.getInt(Integer.BYTES) != VERSION) {
      throw refused("its version must be " + VERSION + ", got " + buffer.getInt(Integer.BYTES));
    }
    int end = bytes.length - Long.BYTES;
    if (buffer.getLong(end) != checksum(bytes, end)) {
      throw refused("its checksum must match its bytes, got another. It is damaged");
    }
  }

  private static INDArray read(DataInputStream in) throws IOException {
    DataType type = DataType.valueOf(in.readUTF());
    if (!type.isNumerical()) {
      throw refused("numbers must have a numerical type, got " + type);
    }
    int axes = in.readInt();
    if (axes < 1 || axes > MOST_AXES) {
      throw refused("an array must have 1 to " + MOST_AXES + " axes, got " + axes);
    }
    long[] shape = new long[axes];
    long left = in.available() / Double.BYTES;
    long numbers = 1;
    for (int i = 0; i < axes; i++) {
      shape[i] = in.readLong();
      if (shape[i] < 1 || shape[i] > left / numbers) {
        throw refused("an array must fit into the remaining bytes, got more");
      }
      numbers *= shape[i];
    }
    double[] values = new double[Math.toIntExact(numbers)];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readDouble();
    }
    return Nd4j.createFromArray(values).reshape('c', shape).castTo(type);
  }

  private static long checksum(byte[] bytes, int length) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes, 0, length);
    return checksum.getValue();
  }

  private static ModelRefusedException refused(String why) {
    return new ModelRefusedException("the state of a stream", why, null);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StreamState that && Arrays.equals(toBytes(), that.toBytes());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(toBytes());
  }
}
