package org.dl4jsnn.examples.guide;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tests that docs/limits.md and the report on rejections name are there. */
class LimitsPageTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern TEST = Pattern.compile("`(\\w+Test)(?:#(\\w+))?`");
  private static final Pattern IS_TEST =
      Pattern.compile("@(Parameterized|Repeated)?Test|@Property");
  private static final List<String> MODULES =
      List.of(
          "dl4j-snn-layers/engine",
          "dl4j-snn-layers/layers",
          "dl4j-snn-layers/events",
          "dl4j-snn-layers/tools",
          "dl4j-snn-layers/nir",
          "dl4j-asf-bp",
          "dl4j-snn-examples");

  @ParameterizedTest
  @CsvSource({"limits.md, 15", "reports/rejections.md, 60"})
  void shouldNameTestsThatAreThere(String page, int least) throws IOException {
    List<MatchResult> named =
        TEST.matcher(Files.readString(ROOT.resolve("docs").resolve(page))).results().toList();
    assertTrue(named.size() > least, "tests named: " + named.size());
    for (MatchResult test : named) {
      Optional<Path> source = source(test.group(1) + ".java");
      assertTrue(source.isPresent(), test.group() + " is in none of " + MODULES);
      if (test.group(2) != null) {
        String code = Files.readString(source.get());
        int method = code.indexOf(" void " + test.group(2) + "(");
        assertTrue(method > 0, test.group() + " has no such method");
        String before = code.substring(code.lastIndexOf("\n\n", method), method);
        assertTrue(IS_TEST.matcher(before).find(), test.group() + " is no test");
      }
    }
  }

  private static Optional<Path> source(String file) throws IOException {
    for (String module : MODULES) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
        Optional<Path> found =
            files.filter(path -> path.getFileName().toString().equals(file)).findFirst();
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }
}
