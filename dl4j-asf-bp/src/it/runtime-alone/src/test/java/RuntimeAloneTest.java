import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.dl4jsnn.it.runtime.RunModels;
import org.dl4jsnn.runtime.SpikingModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs models in separate processes: on this Java and, if there is one, on another, with vector
 * kernels and without. The class path has only the engine's jar and the program.
 */
class RuntimeAloneTest {

  private static final System.Logger LOG = System.getLogger(RuntimeAloneTest.class.getName());

  private static Path placeOf(Class<?> type) {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
  }

  /** Homes of this Java, of one that the build names, and of those beside this one. */
  private static TreeSet<Path> homes() throws IOException {
    TreeSet<Path> homes = new TreeSet<>();
    Path own = Path.of(System.getProperty("java.home")).toRealPath();
    homes.add(own);
    String other = System.getProperty("other.jdk", "");
    if (!other.isBlank() && !other.contains("@")) {
      homes.add(Path.of(other).toRealPath());
    }
    try (Stream<Path> beside = Files.list(own.getParent())) {
      for (Path home : beside.filter(RuntimeAloneTest::isJava).toList()) {
        homes.add(home.toRealPath());
      }
    }
    if (homes.size() == 1) {
      LOG.log(
          System.Logger.Level.WARNING,
          "models run on one Java alone, {0}: there is no other beside it. -Dother.jdk=HOME names"
              + " one",
          own);
    }
    return homes;
  }

  /** A Java of version 17 or later. */
  private static boolean isJava(Path home) {
    try {
      return Files.isExecutable(home.resolve("bin/java"))
          && Files.readString(home.resolve("release"))
              .matches("(?s).*JAVA_VERSION=\"(1[7-9]|[2-9]\\d).*");
    } catch (IOException e) {
      return false; // without a release file it is not taken for a JDK
    }
  }

  static List<List<String>> commands() throws IOException {
    List<List<String>> commands = new ArrayList<>();
    for (Path home : homes()) {
      String java = home.resolve("bin/java").toString();
      commands.add(List.of(java));
      commands.add(List.of(java, "--add-modules", "jdk.incubator.vector"));
      commands.add(
          List.of(java, "--add-modules", "jdk.incubator.vector", "-Dorg.dl4jsnn.kernels=plain"));
    }
    return commands;
  }

  @ParameterizedTest
  @MethodSource("commands")
  void shouldGiveTheLibrarysResults(List<String> java) throws Exception {
    List<String> command = new ArrayList<>(java);
    command.addAll(
        List.of(
            "-cp",
            placeOf(SpikingModel.class) + File.pathSeparator + placeOf(RunModels.class),
            RunModels.class.getName()));
    Path output = Files.createTempFile("runtime-alone", ".txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    assertTrue(process.waitFor(2, TimeUnit.MINUTES), "too slow: " + command);
    String text = Files.readString(output);
    assertEquals(0, process.exitValue(), text);
    assertTrue(text.contains("results are the library's"), text);
  }

  @Test
  void shouldHaveNothingElseOnTheClassPath() {
    for (String other :
        List.of(
            "org.nd4j.linalg.factory.Nd4j",
            "org.deeplearning4j.nn.api.Layer",
            "org.slf4j.Logger",
            "org.nd4j.shade.jackson.annotation.JsonProperty",
            "org.dl4jsnn.conf.SpikingDense")) {
      assertThrows(ClassNotFoundException.class, () -> Class.forName(other), other);
    }
  }
}
