package org.dl4jsnn.deploy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dl4jsnn.internal.io.AtomicFile;
import org.dl4jsnn.internal.io.AtomicFiles;
import org.dl4jsnn.neuron.NeuronParameter;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Writes integer layers as NumPy arrays, with a description of the network. */
final class IntegerArrays {

  private static final int LARGEST_BYTE = 127;

  private IntegerArrays() {}

  static void write(Path folder, IntegerNetwork<?> chip) throws IOException {
    requireNamesOfFiles(chip);
    Map<String, AtomicFile.Writer> files = new LinkedHashMap<>();
    for (Map.Entry<String, IntegerNetwork.Layer> entry : chip.layersByKey().entrySet()) {
      for (Numbers numbers : of(entry.getValue())) {
        files.put(file(entry.getKey(), numbers), out -> write(numbers, out));
      }
    }
    byte[] description = NetworkDescription.of(chip);
    files.put("network.json", out -> out.write(description));
    AtomicFiles.replace(folder, files);
  }

  /** File systems of Windows and macOS take upper and lower case for the same. */
  private static void requireNamesOfFiles(IntegerNetwork<?> chip) {
    Map<String, String> keys = new HashMap<>();
    for (String key : chip.layersByKey().keySet()) {
      String other = keys.putIfAbsent(key.toLowerCase(Locale.ROOT), key);
      if (other != null) {
        throw new IllegalArgumentException(
            ("names of integer layers must differ in more than upper and lower case, got %s and"
                    + " %s, whose files would replace each other on Windows and macOS")
                .formatted(other, key));
      }
    }
  }

  /** The files of a layer by what they hold. */
  static Map<String, String> files(String key, IntegerNetwork.Layer layer) {
    Map<String, String> files = new LinkedHashMap<>();
    of(layer).forEach(numbers -> files.put(numbers.name(), file(key, numbers)));
    return files;
  }

  /** A vertex may have any name, but its file must stay in the folder. */
  private static String file(String key, Numbers numbers) {
    String escaped = URLEncoder.encode(key, StandardCharsets.UTF_8).replace("*", "%2A");
    return escaped + "." + numbers.name() + ".npy";
  }

  /** An array. */
  private record Numbers(String name, int[] values, DataType type, long... shape) {}

  private static List<Numbers> of(IntegerNetwork.Layer layer) {
    int channels = layer.units().length;
    int[] recurrent = layer.recurrentWeights();
    DataType narrow =
        isEightBit(layer.weights()) && isEightBit(recurrent) ? DataType.INT8 : DataType.INT16;
    List<Numbers> all = new ArrayList<>();
    all.add(new Numbers("weight", layer.weights(), narrow, layer.shape()));
    if (recurrent.length > 0) {
      long[] shape =
          recurrent.length == channels ? new long[] {channels} : new long[] {channels, channels};
      all.add(new Numbers("recurrent", recurrent, narrow, shape));
    }
    if (layer.bias().length > 0) {
      all.add(new Numbers("bias", layer.bias(), DataType.INT32, channels));
    }
    for (NeuronParameter numbers : layer.dynamics().parameters()) {
      int[] values =
          Arrays.stream(numbers.ofChannels(channels)).mapToInt(value -> (int) value).toArray();
      all.add(new Numbers(file(numbers.name()), values, DataType.INT32, channels));
    }
    return all;
  }

  /** A parameter's name, shortened as the first versions named its file. */
  private static String file(String parameter) {
    return switch (parameter) {
      case "reset value" -> "reset";
      case "initial membrane" -> "initial";
      case NeuronParameter.SYNAPTIC_DECAY -> "synaptic";
      default -> parameter.replace(' ', '-');
    };
  }

  private static boolean isEightBit(int[] values) {
    for (int value : values) {
      if (Math.abs(value) > LARGEST_BYTE) {
        return false;
      }
    }
    return true;
  }

  private static void write(Numbers numbers, OutputStream out) throws IOException {
    try (INDArray array =
        Nd4j.createFromArray(numbers.values()).reshape(numbers.shape()).castTo(numbers.type())) {
      out.write(Nd4j.toNpyByteArray(array));
    }
  }
}
