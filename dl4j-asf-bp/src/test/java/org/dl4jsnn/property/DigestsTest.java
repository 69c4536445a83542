package org.dl4jsnn.property;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;
import org.dl4jsnn.internal.kernel.Kernels;
import org.dl4jsnn.internal.kernel.OwnLoops;
import org.dl4jsnn.property.RandomNetworkPlan.Precision;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Networks answer and learn the same with other kernels and on another Java: answers, gradients and
 * parameters after an update of random networks, as numbers of a few bytes. Also a program, which
 * prints them there.
 */
class DigestsTest {

  /** The beginning of a line. */
  private static final String MARK = "digest";

  private static final int GENERATOR_SIZE = 1000;
  private static final int NETWORKS = 20;
  private static final int LONGEST_MINUTES = 60;
  private static final String OTHER_JDK = "other.jdk";
  private static final String VECTOR_MODULE = "--add-modules=jdk.incubator.vector";

  private final long seed = Tries.seed();
  private final int networks = NETWORKS * Tries.factor();

  @Test
  void shouldBeTheSameWithPlainKernels() throws Exception {
    assumeTrue(Kernels.vectorModulePresent(), "this Java has no jdk.incubator.vector");
    // Plain kernels leave convolutions and products to ND4J, which adds in its own order.
    System.setProperty(OwnLoops.CONVOLUTIONS.property(), "nd4j");
    System.setProperty(OwnLoops.PRODUCTS.property(), "nd4j");
    try {
      // Plain kernels run for seconds, most of which the optimising compiler would take.
      assertSame(
          Path.of(System.getProperty("java.home")),
          VECTOR_MODULE,
          "-Dorg.dl4jsnn.kernels=plain",
          "-XX:TieredStopAtLevel=1");
    } finally {
      System.clearProperty(OwnLoops.CONVOLUTIONS.property());
      System.clearProperty(OwnLoops.PRODUCTS.property());
    }
  }

  /** The other Java is -Dother.jdk=HOME. */
  @Test
  void shouldBeTheSameOnAnotherJava() throws Exception {
    String home = System.getProperty(OTHER_JDK, "");
    assumeTrue(!home.isEmpty(), "name a second JDK with -D" + OTHER_JDK + "=HOME");
    assertSame(Path.of(home), VECTOR_MODULE);
  }

  private void assertSame(Path home, String... options) throws Exception {
    List<String> expected = of(seed, networks);
    List<String> actual = elsewhere(home, options);
    assertEquals(expected.size(), actual.size(), "networks that were done");
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i), actual.get(i));
    }
  }

  private List<String> elsewhere(Path home, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/java").toString());
    command.addAll(List.of(options));
    command.add("-XX:+UseSerialGC");
    command.add("-classpath");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(DigestsTest.class.getName());
    command.add(Long.toString(seed));
    command.add(Integer.toString(networks));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<String> lines;
    try (var reader = process.inputReader()) {
      lines = reader.lines().filter(line -> line.startsWith(MARK)).toList();
    }
    assertTrue(process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES));
    assertEquals(0, process.exitValue());
    return lines;
  }

  /**
   * Prints one line per network.
   *
   * @param arguments seed and number of the networks
   */
  public static void main(String[] arguments) {
    of(Long.parseLong(arguments[0]), Integer.parseInt(arguments[1])).forEach(System.out::println);
  }

  /** One line per network. */
  private static List<String> of(long seed, int networks) {
    List<String> lines = new ArrayList<>();
    for (RandomNetworkPlan plan : plans(seed, networks)) {
      lines.add(of(plan));
    }
    return lines;
  }

  private static List<RandomNetworkPlan> plans(long seed, int networks) {
    Arbitrary<RandomNetworkPlan> any =
        RandomNetworkPlan.any(Arithmetic.ROUGH, Precision.SINGLE, Precision.DOUBLE)
            .map(RandomNetworkPlan::tame);
    List<RandomNetworkPlan> plans = new ArrayList<>();
    // Outside of properties, jqwik must be told when its stores begin and end.
    JqwikSession.run(
        () -> {
          RandomGenerator<RandomNetworkPlan> generator = any.generator(GENERATOR_SIZE);
          Random random = new Random(seed);
          for (int i = 0; i < networks; i++) {
            plans.add(generator.next(random).value());
          }
        });
    return plans;
  }

  private static String of(RandomNetworkPlan plan) {
    DrawnNetwork network = DrawnNetwork.of(plan);
    INDArray features = network.features();
    INDArray labels = network.labels();
    int rates = 0;
    for (INDArray ofLayer : network.rates(features)) {
      rates = 31 * rates + digest(ofLayer);
    }
    int gradient = digest(network.gradient(features, labels));
    network.fit(features, labels);
    return String.format(
        "%s: rates %08x, gradient %08x, parameters %08x of %s",
        MARK, rates, gradient, digest(network.parameters()), plan);
  }

  private static int digest(INDArray array) {
    return Arrays.hashCode(array.dup('c').castTo(DataType.DOUBLE).data().asDouble());
  }
}
