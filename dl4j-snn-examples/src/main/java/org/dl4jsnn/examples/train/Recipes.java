package org.dl4jsnn.examples.train;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Stack;
import java.util.TreeMap;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Named settings: an option that stands for others; explicitly given ones take precedence. */
abstract class Recipes implements IParameterPreprocessor {

  private static final String NEGATION = "--no-";

  private final Map<String, String> recipes;

  /**
   * Creates recipes.
   *
   * @param recipes the options of each recipe by name, separated by blanks
   */
  Recipes(Map<String, String> recipes) {
    this.recipes = new TreeMap<>(recipes);
  }

  @Override
  public boolean preprocess(
      Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> info) {
    if (arguments.isEmpty()) {
      return false; // picocli reports what is missing
    }
    String name = arguments.pop();
    if (!recipes.containsKey(name)) {
      throw new ParameterException(
          command.commandLine(),
          "--recipe must be one of " + String.join(", ", recipes.keySet()) + ", got " + name);
    }
    option.setValue(name);
    List<String> words = Arrays.asList(recipes.get(name).trim().split("\\s+"));
    // A stack: the last word is pushed first.
    int end = words.size();
    for (int i = words.size() - 1; i >= 0; i--) {
      if (words.get(i).startsWith("--")) {
        if (!isGiven(words.get(i), arguments, command)) {
          for (int k = end - 1; k >= i; k--) {
            arguments.push(words.get(k));
          }
        }
        end = i;
      }
    }
    return true;
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
