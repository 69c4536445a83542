package org.dl4jsnn.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import org.nd4j.shade.jackson.databind.ObjectMapper;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The program snn: its commands, their help, and what programs read of them. */
class SnnTest {

  @TempDir private Path folder;

  private final CommandLineRun run = new CommandLineRun();

  @Test
  void shouldHaveTheCommandsOfAllExamples() {
    CommandLine snn = Snn.commandLine(null);
    for (String command :
        List.of(
            "train mnist",
            "train cifar10",
            "train dvs",
            "train spoken",
            "predict",
            "plot raster",
            "events info",
            "ui",
            "bench",
            "bench bits",
            "nir import",
            "nir export",
            "convert",
            "deploy",
            "stream",
            "completion")) {
      CommandLine found = snn;
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
    for (String line : lines) {
      assertTrue(line.startsWith("snn "), line);
      String[] arguments = line.substring("snn ".length()).split(" ");
      Snn.commandLine(arguments).parseArgs(arguments);
    }
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
    assertEquals("Train VGG7 on CIFAR-10 with ASF-BP.", cifar10.usageMessage().description()[0]);
  }

  private static CommandSpec spec(CommandLine root, String group, String name) {
    return root.getSubcommands().get(group).getSubcommands().get(name).getCommandSpec();
  }

  @Test
  void shouldNameItsExitCodesInItsHelp() {
    assertEquals(0, run.executeSnn("--help"));
    run.assertPrinted("Exit codes:");
    run.assertPrinted("SNN_OPTS");
    assertFalse(run.output().contains("\u001b"), "colours without a terminal");
  }

  @Test
  void shouldPrintNothingButAnObjectAsJson() throws Exception {
    assertEquals(0, run.executeSnn("predict", "--digit", "1", "--json"));
    Map<?, ?> answer = new ObjectMapper().readValue(run.output(), Map.class);
    assertEquals(
        List.of("input", "class", "output", "settled_step", "steps"), List.copyOf(answer.keySet()));
    assertEquals("test digit 1", answer.get("input"));
    assertEquals(1, run.output().strip().lines().count());
  }

  @Test
  void shouldPrintATrainingsResultAlone() throws Exception {
    MnistFolder.write(folder, 32, 16);
    String model = folder.resolve("model.zip").toString();
    String train = "train mnist --steps 2 --batch 16 --epochs 1 --data " + folder;
    assertEquals(0, run.executeSnn((train + " --json --model " + model).split(" ")), run.errors());
    Map<?, ?> result = new ObjectMapper().readValue(run.output(), Map.class);
    assertEquals(1, result.get("epochs"));
    assertEquals(model, result.get("model"));
    String accuracy =
        String.format(
            Locale.ROOT, "Test accuracy: %.2f %%", 100 * (Double) result.get("test_accuracy"));

    run.clear();
    assertEquals(0, run.executeSnn((train + " --quiet --model " + model).split(" ")), run.errors());
    assertEquals(List.of(accuracy, "Saved to " + model), run.output().lines().toList());
  }

  @Test
  void shouldMakeAShellCompleteCommandsAndOptions() {
    assertEquals(0, run.executeSnn("completion"));
    run.assertPrinted("complete -F _complete_snn -o default snn");
    run.assertPrinted("--epochs");
  }

  @Test
  void shouldNameTheProfileWhateverTheOptions() {
    assumeTrue(ServiceLoader.load(AddedExample.class).findFirst().isEmpty(), "-Pspark is there");
    assertEquals(1, run.execute("spark", "--master", "spark://host:7077", "--epochs", "3"));
    run.assertComplained("must run with Maven's profile spark");
    run.assertComplained("mvn -q -B -Pspark compile exec:exec -Dexample=spark");
  }
}
