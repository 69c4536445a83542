package org.dl4jsnn.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.deploy.RuntimeExport;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.walk.NetworkWalk;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The library still writes the models, and fires the spikes, of the consumer {@code runtime-alone}
 * in dl4j-asf-bp, which has only the runtime. {@code -Druntime.write=true} writes them anew.
 */
class ConsumerModelsTest {

  private static final Path FOLDER =
      Path.of("../../dl4j-asf-bp/src/it/runtime-alone/src/main/resources");

  private static final int SAMPLES = 2;
  private static final double ROUNDING = 1e-6;

  /** Bits of the weights of each model; 0 for single precision. */
  private static final Map<ExportedNetwork, Integer> MODELS = new LinkedHashMap<>();

  static {
    MODELS.put(ExportedNetwork.IMAGES, 8);
    MODELS.put(ExportedNetwork.SIGNED_POISSON, 0);
    MODELS.put(ExportedNetwork.POOLINGS, 0);
    MODELS.put(ExportedNetwork.MAXIMA_AT_THE_END, 16);
    MODELS.put(ExportedNetwork.RESIDUAL, 0);
    MODELS.put(ExportedNetwork.RECURRENT, 0);
    MODELS.put(ExportedNetwork.ONE_TO_ONE, 8);
    MODELS.put(ExportedNetwork.ADAPTIVE, 0);
    MODELS.put(ExportedNetwork.REFRACTORY, 8);
    MODELS.put(ExportedNetwork.DELTA, 0);
    MODELS.put(ExportedNetwork.DELAYS, 0);
    MODELS.put(ExportedNetwork.SYNAPTIC_READ_OUT, 0);
    MODELS.put(ExportedNetwork.PROGRAM, 0);
    MODELS.put(ExportedNetwork.TUNED_LATENCY, 0);
  }

  @Test
  void shouldStillWriteWhatTheConsumerRuns() throws IOException {
    StringBuilder expected = new StringBuilder();
    for (Map.Entry<ExportedNetwork, Integer> each : MODELS.entrySet()) {
      ExportedNetwork exported = each.getKey();
      int bits = each.getValue();
      NeuralNetwork network = withParameters(exported);
      byte[] bytes =
          SameAsLibrary.bytes(
              bits == 0 ? RuntimeExport.inSinglePrecision() : RuntimeExport.toBits(bits), network);
      String name = exported.name().toLowerCase(Locale.ROOT) + ".snn";
      note(name, exported, SameAsLibraryTest.rounded(network, bits), expected);
      Path file = FOLDER.resolve(name);
      if (Boolean.getBoolean("runtime.write")) {
        Files.write(file, bytes);
      } else {
        assertArrayEquals(Files.readAllBytes(file), bytes, name);
      }
    }
    Path file = FOLDER.resolve("expected.txt");
    if (Boolean.getBoolean("runtime.write")) {
      Files.writeString(file, expected);
    } else {
      assertSame(Files.readAllLines(file), expected.toString().lines().toList());
    }
  }

  /** Spikes are the same; outputs may differ as the consumer allows, since stock layers round. */
  private static void assertSame(List<String> noted, List<String> now) {
    assertEquals(noted.size(), now.size());
    for (int line = 0; line < noted.size(); line++) {
      String[] words = noted.get(line).split(" ");
      if (!words[2].equals("outputs")) {
        assertEquals(noted.get(line), now.get(line));
      } else {
        String[] answer = now.get(line).split(" ");
        assertEquals(List.of(words).subList(0, 3), List.of(answer).subList(0, 3));
        assertArrayEquals(values(words), values(answer), ROUNDING, noted.get(line));
      }
    }
  }

  private static double[] values(String[] words) {
    return Arrays.stream(words).skip(3).mapToDouble(Double::parseDouble).toArray();
  }

  /** Of Java's generator, which is the same everywhere. */
  private static NeuralNetwork withParameters(ExportedNetwork exported) {
    NeuralNetwork network = exported.network();
    INDArray parameters = network.params();
    Random random = new Random(exported.ordinal());
    for (long i = 0; i < parameters.length(); i++) {
      parameters.putScalar(i, random.nextGaussian() * 0.15);
    }
    return network;
  }

  private static void note(
      String name, ExportedNetwork exported, NeuralNetwork network, StringBuilder expected) {
    INDArray features = features(exported);
    expected.append(name).append(" features ").append(features.length() / SAMPLES).append('\n');
    Map<String, SpikeTrain> trains = new LinkedHashMap<>();
    NetworkWalk.of(network)
        .run(
            new INDArray[] {features},
            false,
            passage -> {
              if (passage.part().place() > 0) {
                passage.train().ifPresent(train -> trains.put(passage.part().name(), train));
              }
            });
    INDArray outputs = Networks.output(network, features);
    for (int sample = 0; sample < SAMPLES; sample++) {
      for (Map.Entry<String, SpikeTrain> train : trains.entrySet()) {
        // A dropout layer is not there in inference.
        if (!train.getKey().equals("layer3") || exported != ExportedNetwork.IMAGES) {
          expected
              .append(name + " " + sample + " " + train.getKey() + " ")
              .append(digest(train.getValue(), sample) + "\n");
        }
      }
      StringJoiner values = new StringJoiner(" ", name + " " + sample + " outputs ", "\n");
      for (float value : HostArrays.floats(outputs.get(interval(sample, sample + 1), all()))) {
        values.add(String.valueOf((float) (Math.rint(value * 1e7) / 1e7)));
      }
      expected.append(values);
    }
  }

  /** The same numbers as in the consumer. */
  private static INDArray features(ExportedNetwork exported) {
    INDArray shaped = exported.features(SAMPLES, 1);
    int count = (int) shaped.length() / SAMPLES;
    boolean spikes = shaped.rank() == 3;
    float[] x = new float[count * SAMPLES];
    for (int i = 0; i < x.length; i++) {
      int number = (i % count * 37 + i / count * 11) % 101;
      x[i] = spikes ? (number > 50 ? 1 : 0) : number / 80f - 0.2f;
    }
    return Nd4j.create(x, shaped.shape(), 'c');
  }

  private static String digest(SpikeTrain train, int sample) {
    SpikeEvents events = new SpikeEvents(train.shape());
    long hash = 17;
    int count = 0;
    for (int step = 0; step < train.steps(); step++) {
      train.read(sample, step, events);
      count += events.size();
      for (int e = 0; e < events.size(); e++) {
        hash = 31 * hash + step;
        hash = 31 * hash + events.neuron(e);
        hash = 31 * hash + Float.floatToIntBits(events.amplitude(e));
      }
    }
    return count + " " + Long.toHexString(hash);
  }
}
