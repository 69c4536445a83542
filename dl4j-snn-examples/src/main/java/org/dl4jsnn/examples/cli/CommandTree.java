package org.dl4jsnn.examples.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dl4jsnn.examples.support.AddedExample;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Builds the command line of all programs. A command that the arguments do not name is only listed,
 * because reading its options would load Deeplearning4j classes.
 */
final class CommandTree {

  private static final Map<String, String> GROUPS =
      Map.of(
          "train", "Train a network.",
          "plot", "Draw networks, spikes and trainings.");

  private final CommandLine root;
  private final List<String> words;

  /** By name, the commands of Maven's profiles that are active. */
  private final Map<String, Class<?>> added =
      ServiceLoader.load(AddedExample.class).stream()
          .map(ServiceLoader.Provider::type)
          .collect(
              Collectors.toMap(type -> type.getAnnotation(Command.class).name(), type -> type));

  private CommandTree(CommandLine root, List<String> words) {
    this.root = root;
    this.words = words;
  }

  /**
   * Builds a command line for these words; null builds every command completely. A command without
   * a name is left out.
   */
  static CommandLine of(Object program, Function<Program, String> names, String[] words) {
    CommandLine root = new CommandLine(program);
    CommandTree tree = new CommandTree(root, words == null ? null : Arrays.asList(words));
    for (Program command : Program.ALL) {
      String path = names.apply(command);
      if (path != null) {
        tree.add(path, tree.commandLine(path, command));
      }
    }
    configure(root);
    return root;
  }

  private void add(String path, CommandLine command) {
    CommandLine parent = root;
    int blank = path.indexOf(' ');
    if (blank > 0) {
      String group = path.substring(0, blank);
      if (!root.getSubcommands().containsKey(group)) {
        root.addSubcommand(group, new CommandLine(group(group)));
      }
      parent = root.getSubcommands().get(group);
    }
    parent.addSubcommand(path.substring(blank + 1), command);
  }

  private static CommandSpec group(String name) {
    CommandSpec group = CommandSpec.create().mixinStandardHelpOptions(true);
    group.usageMessage().description(GROUPS.get(name));
    return group;
  }

  private CommandLine commandLine(String path, Program command) {
    String name = path.substring(path.indexOf(' ') + 1);
    Class<?> type = added.getOrDefault(command.example(), command.type());
    CommandSpec spec = isNamed(name) ? CommandSpec.forAnnotatedObject(type) : listed(type);
    // Its help must show this name, not the annotation's.
    spec.name(name);
    if (!command.usage().isEmpty()) {
      spec.usageMessage().footer(footer(command.usage()));
    }
    return new CommandLine(spec);
  }

  private boolean isNamed(String name) {
    return words == null || words.contains(name);
  }

  private static CommandSpec listed(Class<?> type) {
    CommandSpec spec = CommandSpec.create();
    Command command = type.getAnnotation(Command.class);
    spec.usageMessage().description(command.description()).hidden(command.hidden());
    return spec;
  }

  private static String[] footer(List<String> usage) {
    String[] lines = new String[usage.size() + 1];
    lines[0] = usage.size() == 1 ? "%nExample:" : "%nExamples:";
    for (int i = 0; i < usage.size(); i++) {
      lines[i + 1] = ("  ${COMMAND-FULL-NAME} " + usage.get(i)).stripTrailing();
    }
    return lines;
  }

  private static void configure(CommandLine root) {
    root.setCaseInsensitiveEnumValuesAllowed(true);
    root.setParameterExceptionHandler(UsageErrors::wrongUsage);
    root.setExecutionExceptionHandler(UsageErrors::failed);
    root.setUsageHelpAutoWidth(true);
    version(root, root.getCommandSpec().version());
  }

  private static void version(CommandLine command, String[] version) {
    command.getCommandSpec().version(version);
    command.getSubcommands().values().forEach(below -> version(below, version));
  }
}
