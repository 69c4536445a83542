package org.dl4jsnn.examples.train;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Stack;
import java.util.TreeMap;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Named settings: an option that stands for others; explicitly given ones take precedence. */
abstract class Recipes implements IParameterPreprocessor {

  /** What networks for few steps have in common. */
  static final String FEW_STEPS =
      "--encoding direct --threshold 2 --normalize --soft-reset --initial-membrane 0.5"
          + " --saturation-gate --loss cross-entropy --label-smoothing 0.1 --l2 0"
          + " --schedule cosine --warm-up 500 --average-weights 0.999 ";

  private static final String NEGATION = "--no-";

  /**
   * Options that a recipe leaves out if another one is given with another value than the recipe's:
   * they would replace it or contradict it.
   */
  private static final Map<String, String> COMPANIONS =
      Map.of("--weight-decay", "--l2", "--warm-up", "--schedule");

  private final Map<String, String> recipes;

  /** Recipes by name: options, separated by blanks. */
  Recipes(Map<String, String> recipes) {
    this.recipes = new TreeMap<>(recipes);
  }

  @Override
  public boolean preprocess(
      Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> info) {
    if (arguments.isEmpty()) {
      return false; // picocli reports what is missing
    }
    String recipe = arguments.pop();
    if (!recipes.containsKey(recipe)) {
      throw new ParameterException(
          command.commandLine(),
          "--recipe must be one of " + String.join(", ", recipes.keySet()) + ", got " + recipe);
    }
    option.setValue(recipe);
    List<String> words = Arrays.asList(recipes.get(recipe).trim().split("\\s+"));
    // A stack: the last word is pushed first.
    int end = words.size();
    for (int i = words.size() - 1; i >= 0; i--) {
      if (words.get(i).startsWith("--")) {
        String name = words.get(i);
        if (!isGiven(name, arguments, command) && !isReplaced(name, words, arguments, command)) {
          for (int k = end - 1; k >= i; k--) {
            arguments.push(words.get(k));
          }
        }
        end = i;
      }
    }
    return true;
  }

  private static boolean isReplaced(
      String name, List<String> recipe, Stack<String> later, CommandSpec command) {
    String companion = COMPANIONS.get(name);
    if (companion == null || !recipe.contains(companion)) {
      return false;
    }
    String own = recipe.get(recipe.indexOf(companion) + 1);
    return given(companion, later, command).filter(value -> !value.equals(own)).isPresent();
  }

  /** The value of an option that is given before or after the recipe. */
  private static Optional<String> given(String name, Stack<String> later, CommandSpec command) {
    for (int i = 0; i < later.size(); i++) {
      if (later.get(i).startsWith(name + "=")) {
        return Optional.of(later.get(i).substring(name.length() + 1));
      }
      // A stack: what comes next lies below.
      if (i > 0 && later.get(i).equals(name)) {
        return Optional.of(later.get(i - 1));
      }
    }
    return command.findOption(name).stringValues().stream().findFirst();
  }

  /** Whether an option is given before or after the recipe. */
  private static boolean isGiven(String name, Stack<String> later, CommandSpec command) {
    OptionSpec option = command.findOption(positive(name));
    if (option == null) {
      return false;
    }
    return !option.stringValues().isEmpty()
        || later.stream()
            .map(Recipes::positive)
            .anyMatch(
                word ->
                    Arrays.stream(option.names())
                        .anyMatch(other -> word.equals(other) || word.startsWith(other + "=")));
  }

  /** An option under the name that it is declared by, with {@code --no-} taken away. */
  private static String positive(String word) {
    return word.startsWith(NEGATION) ? "--" + word.substring(NEGATION.length()) : word;
  }
}
