package org.dl4jsnn.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.dl4jsnn.examples.data.MnistFolder;
import org.dl4jsnn.examples.support.AddedExample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The program snn: its commands, their help, and what programs read of them. */
class SnnTest {

  @TempDir private Path folder;

  private final CommandLineRun run = new CommandLineRun();

  @Test
  void shouldHaveTheCommandsOfAllExamples() {
    for (String command :
        List.of("train spoken", "events info", "bench", "bench bits", "nir import", "completion")) {
      CommandLine found = Snn.commandLine(null);
      for (String name : command.split(" ")) {
        found = found.getSubcommands().get(name);
        assertNotNull(found, command);
      }
      assertEquals("snn " + command, found.getCommandSpec().qualifiedName());
    }
    assertTrue(Examples.commandLine().getSubcommands().containsKey("benchmark"));
  }

  @Test
  void shouldUnderstandTheExamplesInItsOwnHelp() {
    List<String> lines = new ArrayList<>();
    addExamples(Snn.commandLine(null), lines);
    assertTrue(lines.size() > 35, lines.toString());
    lines.forEach(line -> assertUnderstood(line.substring("snn ".length())));
  }

  static void assertUnderstood(String command) {
    String[] arguments = command.split(" ");
    Snn.commandLine(arguments).parseArgs(arguments);
  }

  /** docs/commands.md names what there is, and nothing else. */
  @Test
  void shouldBeOnItsPageWithEveryCommand() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("..", "docs", "commands.md"));
    List<String> commands = lines.stream().filter(line -> line.startsWith("    snn ")).toList();
    assertTrue(commands.size() > 6, commands.toString());
    commands.forEach(line -> assertUnderstood(line.strip().substring("snn ".length())));
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

  private static void addExamples(CommandLine command, List<String> lines) {
    if (command.getCommandSpec().name().equals("completion")) {
      return;
    }
    List<String> own =
        command.getUsageMessage().lines().filter(line -> line.startsWith("  snn ")).toList();
    boolean isGroup = !(command.getCommand() instanceof Callable);
    assertTrue(isGroup || !own.isEmpty(), command.getCommandSpec().qualifiedName());
    own.forEach(line -> lines.add(line.strip()));
    new TreeSet<>(command.getSubcommands().keySet())
        .forEach(name -> addExamples(command.getSubcommands().get(name), lines));
  }

  @Test
  void shouldListACommandThatTheArgumentsDoNotNameWithoutReadingItsOptions() {
    CommandLine snn = Snn.commandLine(new String[] {"train", "mnist"});
    CommandSpec mnist = spec(snn, "train", "mnist");
    CommandSpec cifar10 = spec(snn, "train", "cifar10");
    assertNotNull(mnist.findOption("--epochs"));
    assertEquals(null, cifar10.findOption("--epochs"));
    assertEquals(
        "Train VGG7, a residual network or another one on CIFAR-10 with ASF-BP.",
        cifar10.usageMessage().description()[0]);
  }

  private static CommandSpec spec(CommandLine root, String group, String name) {
    return root.getSubcommands().get(group).getSubcommands().get(name).getCommandSpec();
  }

  @Test
  void shouldNameItsExitCodesInItsHelp() {
    run.assertSnnDone("--help");
    run.assertPrinted("Exit codes:");
    run.assertPrinted("SNN_OPTS");
    assertFalse(run.output().contains("\u001b"), "colours without a terminal");
  }

  @Test
  void shouldPrintNothingButAnObjectAsJson() throws Exception {
    run.assertSnnDone("predict --digit 1 --json");
    Map<?, ?> answer = run.json();
    assertEquals(
        List.of("input", "class", "output", "settled_step", "steps"), List.copyOf(answer.keySet()));
    assertEquals("test digit 1", answer.get("input"));
  }

  @Test
  void shouldPrintATrainingsResultAlone() throws Exception {
    MnistFolder.write(folder, 32, 16);
    String model = folder.resolve("model.zip").toString();
    String train = "train mnist --steps 2 --batch 16 --epochs 1 --data %s --model %s";
    run.assertSnnDone(train + " --json", folder, model);
    Map<?, ?> result = run.json();
    assertEquals(1, result.get("epochs"));
    assertEquals(model, result.get("model"));
    String accuracy =
        String.format(
            Locale.ROOT, "Test accuracy: %.2f %%", 100 * (Double) result.get("test_accuracy"));

    run.clear();
    run.assertSnnDone(train + " --quiet", folder, model);
    assertEquals(List.of(accuracy, "Saved to " + model), run.output().lines().toList());
  }

  @Test
  void shouldMakeAShellCompleteCommandsAndOptions() {
    run.assertSnnDone("completion");
    run.assertPrinted("complete -F _complete_snn -o default snn");
    run.assertPrinted("--epochs");
  }

  @Test
  void shouldNameTheProfileWhateverTheOptions() {
    assumeTrue(ServiceLoader.load(AddedExample.class).findFirst().isEmpty(), "a profile is there");
    run.assertRefused(
        "must run with Maven's profile spark", "spark --master spark://host:7077 --epochs 3");
    run.assertComplained("mvn -q -B -Pspark compile exec:exec -Dexample=spark");
    run.assertSnnRefused("must run with Maven's profile onnx", "bench rival --network vgg7");
  }
}
