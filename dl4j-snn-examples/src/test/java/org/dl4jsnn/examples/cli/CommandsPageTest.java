package org.dl4jsnn.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** docs/commands.md names what there is, and nothing else. */
class CommandsPageTest {

  private final List<String> lines;

  CommandsPageTest() throws IOException {
    lines = Files.readAllLines(Path.of("..", "docs", "commands.md"));
  }

  @Test
  void shouldShowCommandsThatTheProgramUnderstands() {
    List<String> commands =
        lines.stream()
            .filter(line -> line.startsWith("    snn "))
            .map(line -> line.substring("    snn ".length()))
            .toList();
    assertTrue(commands.size() > 6, commands.toString());
    for (String command : commands) {
      String[] arguments = command.split(" ");
      Snn.commandLine(arguments).parseArgs(arguments);
    }
  }

  @Test
  void shouldNameEveryCommand() {
    String page = String.join("\n", lines);
    List<String> missing = new ArrayList<>();
    for (CommandLine command : Snn.commandLine(null).getSubcommands().values()) {
      String name = command.getCommandSpec().qualifiedName();
      if (!page.contains("`" + name)) {
        missing.add(name);
      } else if (!name.equals("snn bench")) {
        String row = lines.stream().filter(line -> line.startsWith("| `" + name)).toList() + "";
        command.getSubcommands().keySet().stream()
            .filter(below -> !row.contains("`" + below + "`") && !row.contains(" " + below + "`"))
            .forEach(below -> missing.add(name + " " + below));
      }
    }
    assertEquals(List.of(), missing);
  }
}
