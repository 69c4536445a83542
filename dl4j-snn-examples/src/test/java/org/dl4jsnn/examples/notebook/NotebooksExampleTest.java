package org.dl4jsnn.examples.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.dl4jsnn.examples.cli.Examples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import picocli.CommandLine;

class NotebooksExampleTest {

  @TempDir private Path folder;

  @Test
  void shouldTellJupyterHowToStartTheKernel() throws IOException {
    StringWriter printed = new StringWriter();
    CommandLine line = Examples.commandLine("notebooks").setOut(new PrintWriter(printed));
    assertEquals(0, line.execute("notebooks", "--kernels", folder.toString()));
    Path file = folder.resolve("dl4j-snn").resolve("kernel.json");
    assertTrue(printed.toString().contains(file.toString()), printed.toString());
    JsonNode specification = new ObjectMapper().readTree(file.toFile());
    JsonNode command = specification.get("argv");
    assertEquals("{connection_file}", command.get(command.size() - 1).asText());
    assertTrue(Files.exists(Path.of(command.get(command.size() - 2).asText())));
    assertTrue(Files.exists(Path.of(command.get(command.size() - 3).asText())));
    assertTrue(Files.isExecutable(Path.of(command.get(0).asText())));
    String classPath = specification.at("/env/RJK_CLASSPATH").asText();
    // Its classes, or in a whole build its jar.
    assertTrue(classPath.contains(Path.of("dl4j-asf-bp", "target").toString()), classPath);
    assertTrue(classPath.contains(";"), classPath);
    assertEquals("message", specification.get("interrupt_mode").asText());
  }

  @Test
  void shouldSayWhatItCannotWrite() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    StringWriter printed = new StringWriter();
    CommandLine line = Examples.commandLine("notebooks").setErr(new PrintWriter(printed));
    assertEquals(1, line.execute("notebooks", "--kernels", file.toString()));
    assertTrue(
        printed.toString().startsWith("Cannot write a kernel to " + file), printed.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, , home/.local/share/jupyter",
    "Linux, XDG_DATA_HOME, else/jupyter",
    "Linux, JUPYTER_DATA_DIR, else",
    "Mac OS X, , home/Library/Jupyter",
    "Windows 11, , home/jupyter",
    "Windows 11, APPDATA, else/jupyter",
  })
  void shouldKnowWhereJupyterLooks(String system, String variable, Path expected) {
    Map<String, String> environment = variable == null ? Map.of() : Map.of(variable, "else");
    assertEquals(expected, NotebooksExample.ownData(system, environment, Path.of("home")));
  }
}
