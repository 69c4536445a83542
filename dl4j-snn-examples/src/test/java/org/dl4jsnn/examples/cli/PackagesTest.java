package org.dl4jsnn.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The packages of the examples depend only on those below them, as their overview says. */
class PackagesTest {

  private static final Map<String, Set<String>> BELOW =
      Map.ofEntries(
          Map.entry("support", Set.of()),
          Map.entry("data", Set.of("support")),
          Map.entry("ui", Set.of("support")),
          Map.entry("events", Set.of("data", "support")),
          Map.entry("convert", Set.of("data", "support")),
          Map.entry("spoken", Set.of("support")),
          Map.entry("nir", Set.of("support")),
          Map.entry("deploy", Set.of("support")),
          Map.entry("train", Set.of("events", "spoken", "ui", "data", "support")),
          Map.entry("bench", Set.of("events", "spoken", "ui", "data", "support")),
          Map.entry("live", Set.of("events", "plots", "spoken", "data", "support")),
          Map.entry("plots", Set.of("events", "data", "support")),
          Map.entry("spark", Set.of("data", "support")),
          Map.entry("onnx", Set.of("bench", "plots", "train", "data", "support")),
          Map.entry("notebook", Set.of("support")),
          Map.entry("quickstart", Set.of("data")),
          Map.entry("guide", Set.of()));

  private static final Pattern IMPORT =
      Pattern.compile(
          "^import (?:static )?org\\.dl4jsnn\\.examples\\.(\\w+)\\.", Pattern.MULTILINE);

  @Test
  void shouldDependOnThoseBelowThemAlone() throws IOException {
    List<String> others = new ArrayList<>();
    int files = 0;
    for (String root : List.of("src/main/java", "src/spark/java", "src/onnx/java")) {
      for (Path file : sources(Path.of(root))) {
        String own = file.getParent().getFileName().toString();
        files++;
        IMPORT
            .matcher(Files.readString(file))
            .results()
            .map(found -> found.group(1))
            .filter(used -> BELOW.containsKey(own) && !BELOW.get(own).contains(used))
            .forEach(used -> others.add(file + " uses " + used));
        boolean isKnown = BELOW.containsKey(own) || Set.of("cli", "examples").contains(own);
        assertTrue(isKnown, file + " is in a package without a place");
      }
    }
    assertTrue(files > 80, files + " files");
    assertEquals(List.of(), others);
  }

  private static List<Path> sources(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root.resolve("org/dl4jsnn/examples"))) {
      return all.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }
}
