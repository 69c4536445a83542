package org.dl4jsnn.examples.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dl4jsnn.examples.support.ChildProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.shade.jackson.databind.JsonNode;

/**
 * Runs every notebook, all in one kernel and on less data: cells must run, whatever they print.
 * With {@code -Dall.cases=true} they have all of their data. With {@code -Dnotebooks.write=true}
 * each also has its own kernel, as a reader's would, and the outputs are written into the files:
 * run it so after changing a notebook.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NotebooksTest {

  private static final boolean WRITE = Boolean.getBoolean("notebooks.write");

  private static final boolean ALL_DATA = WRITE || Boolean.getBoolean("all.cases");

  /** The sizes of the notebooks' data, as patterns, and smaller ones. */
  private static final Map<String, String> LESS =
      Map.of(
          "(EmbeddedDigits\\.training)\\(\\d+,", "$1(60,",
          "(EmbeddedDigits\\.test)\\(\\d+, 100\\)", "$1(40, 40)",
          "\\{2, 4, 8, 16, 32, 64\\}", "{2, 4, 8}",
          "range\\(0, 800\\)", "range(0, 100)",
          "digit < 600", "digit < 60");

  /**
   * Of the kernel's Java, for less data. Deeplearning4j asks for a collection after every epoch,
   * each of which would look at all that JShell knows.
   */
  private static final List<String> LITTLE_DATA =
      Stream.concat(ChildProcess.SHORT.stream(), Stream.of("-XX:+DisableExplicitGC")).toList();

  @TempDir private Path scratch;

  /** The kernel of all notebooks; null before the first one, and if each has its own. */
  private Kernel shared;

  /** Imports of the shared kernel, which would compile each of them again. */
  private final Set<String> imported = new HashSet<>();

  private static List<Path> notebooks() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.filter(file -> file.toString().endsWith(".ipynb")).sorted().toList();
    }
  }

  private static Path folder() {
    return Path.of("notebooks").toAbsolutePath();
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void shouldRun(Path file) throws IOException, InterruptedException {
    Notebook notebook = Notebook.read(file);
    assertEquals(NotebooksExample.JupyterKernelSpec.NAME, notebook.kernel());
    if (!WRITE) {
      if (shared == null) {
        shared = started(notebook);
      }
      run(notebook, shared);
      return;
    }
    try (Kernel own = started(notebook)) {
      run(notebook, own);
    }
    notebook.write();
  }

  @AfterAll
  void closeKernel() {
    if (shared != null) {
      shared.close();
    }
  }

  private void run(Notebook notebook, Kernel kernel) {
    for (Notebook.Cell cell : notebook.code()) {
      String name = notebook.name() + ", cell " + cell.number();
      String source = source(cell);
      Kernel.Executed executed = execute(kernel, name, source);
      for (JsonNode output : executed.outputs()) {
        failOnError(name, source, output);
      }
      if (WRITE) {
        cell.set(executed.count(), executed.outputs());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void shouldBeCommittedWithOutputs(Path file) throws IOException {
    assumeFalse(WRITE);
    Notebook notebook = Notebook.read(file);
    boolean anyImage = false;
    int expected = 1;
    for (Notebook.Cell cell : notebook.code()) {
      String name = notebook.name() + ", cell " + cell.number();
      assertEquals(
          expected++,
          cell.content().at("/execution_count").asInt(),
          name + " must have been run after the one before it. Cure: -Dnotebooks.write=true");
      for (JsonNode output : cell.outputs()) {
        assertFalse(output.get("output_type").asText().equals("error"), name);
        anyImage |= output.toString().contains("image/png");
      }
    }
    assertTrue(anyImage, notebook.name() + " has no image");
  }

  private Kernel started(Notebook notebook) throws IOException, InterruptedException {
    List<String> options = ALL_DATA ? List.of() : LITTLE_DATA;
    return Kernel.start(
        NotebooksExample.JupyterKernelSpec.ofThisProgram(), options, notebook.folder(), scratch);
  }

  private String source(Notebook.Cell cell) {
    String source = cell.source();
    if (!WRITE) {
      source =
          source
              .lines()
              .filter(line -> !line.startsWith("import ") || imported.add(line))
              .collect(Collectors.joining("\n"));
    }
    if (!ALL_DATA) {
      for (Map.Entry<String, String> less : LESS.entrySet()) {
        source = source.replaceAll(less.getKey(), less.getValue());
      }
    }
    return source;
  }

  private static Kernel.Executed execute(Kernel kernel, String name, String source) {
    try {
      return kernel.execute(source);
    } catch (IOException e) {
      throw new AssertionError(name + ": " + e.getMessage() + "\n" + source, e);
    }
  }

  private static void failOnError(String name, String source, JsonNode output) {
    if (output.get("output_type").asText().equals("error")) {
      StringBuilder trace = new StringBuilder();
      // Without the colours of a terminal.
      output
          .get("traceback")
          .forEach(l -> trace.append(l.asText().replaceAll("\u001b\\[[\\d;]*m", "")).append('\n'));
      fail(
          "%s: %s: %s%n%s%nThe cell:%n%s"
              .formatted(
                  name,
                  output.get("ename").asText(),
                  output.get("evalue").asText(),
                  trace,
                  source));
    }
  }
}
