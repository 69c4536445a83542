package org.dl4jsnn.internal.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.dl4jsnn.internal.contract.Cases;
import org.dl4jsnn.internal.kernel.Kernels;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plain and vectorised kernels agree, on this Java and on another one if there is any. */
@Tag("slow")
class KernelAgreementTest {

  @Test
  void shouldAgreeOnThisJava() {
    assumeTrue(Kernels.vectorModulePresent(), "this Java has no jdk.incubator.vector");
    assertTrue(KernelAgreement.check() > 100);
  }

  /** The other Java is -Dother.jdk=HOME, or found next to this one. */
  @Test
  void shouldAgreeOnAnotherJava() throws IOException, InterruptedException {
    Optional<Path> home = otherJdk();
    assumeTrue(
        home.isPresent(),
        "no second JDK of Java 17 or later found; name one with -Dother.jdk=HOME");
    assertAgreement(home.get());
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 16})
  void shouldAgreeWithShorterVectors(int bytes) throws IOException, InterruptedException {
    assumeTrue(Kernels.vectorModulePresent(), "this Java has no jdk.incubator.vector");
    assertAgreement(Path.of(System.getProperty("java.home")), "-XX:MaxVectorSize=" + bytes);
  }

  private static void assertAgreement(Path home, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/java").toString());
    command.addAll(compilation());
    command.addAll(List.of(options));
    command.addAll(
        List.of(
            "--add-modules",
            "jdk.incubator.vector",
            "-Dall.cases=" + Cases.all(),
            "-classpath",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            KernelAgreement.class.getName()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertTrue(process.waitFor(5, TimeUnit.MINUTES));
    assertEquals(0, process.exitValue());
  }

  /**
   * When this JVM compiles, and how it collects garbage: by default most of the time goes there.
   */
  private static List<String> compilation() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.matches("-XX:(Tier\\w+=\\d+|\\+Use\\w+GC)"))
        .toList();
  }

  private static Optional<Path> otherJdk() throws IOException {
    String named = System.getProperty("other.jdk", "");
    if (!named.isEmpty()) {
      return Optional.of(Path.of(named));
    }
    Path siblings = Path.of(System.getProperty("java.home")).getParent();
    try (Stream<Path> homes = Files.list(siblings)) {
      List<Path> others = homes.filter(KernelAgreementTest::isOther).sorted().toList();
      return others.stream().findFirst();
    }
  }

  private static boolean isOther(Path home) {
    File release = home.resolve("release").toFile();
    if (!Files.isExecutable(home.resolve("bin/java")) || !release.isFile()) {
      return false;
    }
    Properties properties = new Properties();
    try (var in = Files.newInputStream(release.toPath())) {
      properties.load(in);
    } catch (IOException e) {
      return false; // a folder that cannot be read is no JDK to test with
    }
    String version = properties.getProperty("JAVA_VERSION", "").replace("\"", "");
    int feature = version.matches("\\d+.*") ? Integer.parseInt(version.split("\\D")[0]) : 0;
    return feature >= 17 && feature != Runtime.version().feature();
  }
}
