package org.dl4jsnn.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.dl4jsnn.neuron.IntegerNeuron;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Writes integer layers as NumPy arrays. */
final class IntegerArrays {

  private static final int LARGEST_BYTE = 127;

  private IntegerArrays() {}

  static void write(Path folder, Map<String, IntegerLayer> layers) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, IntegerLayer> entry : layers.entrySet()) {
      write(folder, entry.getKey(), entry.getValue());
    }
  }

  private static void write(Path folder, String key, IntegerLayer layer) throws IOException {
    IntegerNeuron neuron = layer.neuron();
    int channels = layer.units().length;
    int[] recurrent = layer.recurrentWeights();
    DataType narrow =
        isEightBit(layer.weights()) && isEightBit(recurrent) ? DataType.INT8 : DataType.INT16;
    write(folder, key + ".weight", layer.weights(), narrow, layer.shape());
    if (recurrent.length > 0) {
      long[] shape =
          recurrent.length == channels ? new long[] {channels} : new long[] {channels, channels};
      write(folder, key + ".recurrent", recurrent, narrow, shape);
    }
    if (layer.bias().length > 0) {
      write(folder, key + ".bias", layer.bias(), DataType.INT32, channels);
    }
    write(
        folder, key + ".threshold", each(neuron.thresholds(), channels), DataType.INT32, channels);
    write(folder, key + ".leak", each(neuron.leaks(), channels), DataType.INT32, channels);
    write(folder, key + ".reset", each(neuron.resetValues(), channels), DataType.INT32, channels);
    write(
        folder,
        key + ".initial",
        each(neuron.initialMembranes(), channels),
        DataType.INT32,
        channels);
  }

  private static boolean isEightBit(int[] values) {
    for (int value : values) {
      if (Math.abs(value) > LARGEST_BYTE) {
        return false;
      }
    }
    return true;
  }

  private static int[] each(int[] values, int channels) {
    int[] each = new int[channels];
    for (int c = 0; c < channels; c++) {
      each[c] = values[values.length == 1 ? 0 : c];
    }
    return each;
  }

  private static void write(Path folder, String name, int[] values, DataType type, long... shape)
      throws IOException {
    try (INDArray array = Nd4j.createFromArray(values).reshape(shape).castTo(type)) {
      Files.write(folder.resolve(name + ".npy"), Nd4j.toNpyByteArray(array));
    }
  }
}
