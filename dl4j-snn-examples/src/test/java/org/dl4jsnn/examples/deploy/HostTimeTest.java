package org.dl4jsnn.examples.deploy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Scanner;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.CCompiler;
import org.dl4jsnn.deploy.CExport;
import org.dl4jsnn.deploy.FeatureRange;
import org.dl4jsnn.deploy.IntegerQuantization;
import org.dl4jsnn.deploy.RuntimeExport;
import org.dl4jsnn.examples.data.EmbeddedDigits;
import org.dl4jsnn.internal.kernel.Kernels;
import org.dl4jsnn.runtime.SpikingModel;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a digit takes in C and in the engine on one core of the same host, in turns. */
class HostTimeTest {

  private static final int STEPS = 8;
  private static final int DIGITS = 2000;
  private static final int TURNS = 5;
  private static final FeatureRange PIXELS = new FeatureRange(4, 0, 1);

  @TempDir Path room;

  /** The engine: a model file, and the samples that the C program gets. Prints ms per digit. */
  static final class Engine {

    private static final int ROUNDS = 4;

    public static void main(String[] arguments) throws Exception {
      SpikingModel model = SpikingModel.load(Path.of(arguments[0]));
      float[][] digits = new float[DIGITS][model.inputShape().neurons()];
      try (Scanner given = new Scanner(Path.of(arguments[1]))) {
        given.nextInt();
        given.nextInt();
        for (float[] digit : digits) {
          for (int n = 0; n < digit.length; n++) {
            digit[n] = given.nextInt() / (float) (1 << (PIXELS.bits() - 1));
          }
        }
      }
      double milliseconds = 0;
      for (int round = 0; round < ROUNDS; round++) {
        long start = System.nanoTime();
        for (float[] digit : digits) {
          model.run(digit);
        }
        milliseconds = (System.nanoTime() - start) / 1e6 / DIGITS;
      }
      System.out.println(milliseconds);
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "all.cases", matches = "true")
  void shouldTakeAtMostHalfAsLongAgainInC() throws Exception {
    MultiLayerNetwork network = SpikingNetworks.lenet5().pretrained();
    Path folder = room.resolve("device");
    Path model = room.resolve("digits.snn");
    RuntimeExport.toBits(8).write(network, model);
    CExport.named("digits")
        .features(PIXELS)
        .write(
            IntegerQuantization.toBits(8).membraneBits(16, STEPS, PIXELS).quantize(network),
            folder);
    try (InputStream in = HostTimeTest.class.getResourceAsStream("host.c")) {
      Files.write(folder.resolve("host.c"), in.readAllBytes());
    }
    Path program =
        CCompiler.of("cc", "-O2")
            .program(
                folder.resolve("host"),
                Stream.of("host.c", "snn.c", "digits.c").map(folder::resolve).toList());
    String samples = samples();
    Path given = Files.writeString(room.resolve("samples.txt"), samples);
    String[] engine = engine(model, given);
    double[] c = new double[TURNS];
    double[] java = new double[TURNS];
    for (int turn = 0; turn < TURNS; turn++) {
      c[turn] = last(CCompiler.run(samples, program.toString()));
      java[turn] = last(CCompiler.run("", engine));
    }
    double ratio = median(c) / median(java);
    String times =
        String.format(
            "ms per digit: C %s, engine %s; ratio of medians %.2f",
            Arrays.toString(c), Arrays.toString(java), ratio);
    System.out.println(times);
    assertTrue(ratio <= 1.5, times);
  }

  private static String samples() {
    INDArray digits = EmbeddedDigits.test(DIGITS, DIGITS).next().getFeatures();
    StringBuilder text = new StringBuilder(STEPS + " " + DIGITS + "\n");
    for (float[] digit : digits.toFloatMatrix()) {
      for (float pixel : digit) {
        text.append(Math.round(pixel * (1 << (PIXELS.bits() - 1)))).append(' ');
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** Plain kernels on one thread. */
  private static String[] engine(Path model, Path samples) {
    return new String[] {
      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
      "-D" + Kernels.PROPERTY + "=plain",
      "-Dorg.dl4jsnn.threads=1",
      "-classpath",
      System.getProperty("java.class.path"),
      Engine.class.getName(),
      model.toString(),
      samples.toString()
    };
  }

  private static double last(List<String> lines) {
    return Double.parseDouble(lines.get(lines.size() - 1));
  }

  private static double median(double[] values) {
    return Arrays.stream(values).sorted().toArray()[values.length / 2];
  }
}
