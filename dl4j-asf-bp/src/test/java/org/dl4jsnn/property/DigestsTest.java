package org.dl4jsnn.property;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dl4jsnn.internal.kernel.Kernels;
import org.dl4jsnn.internal.kernel.OwnLoops;
import org.junit.jupiter.api.Test;

/** Networks answer and learn the same with other kernels and on another Java. */
class DigestsTest {

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
    List<String> expected = Digests.of(seed, networks);
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
    command.add(Digests.class.getName());
    command.add(Long.toString(seed));
    command.add(Integer.toString(networks));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<String> lines;
    try (var reader = process.inputReader()) {
      lines = reader.lines().filter(line -> line.startsWith(Digests.MARK)).toList();
    }
    assertTrue(process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES));
    assertEquals(0, process.exitValue());
    return lines;
  }
}
