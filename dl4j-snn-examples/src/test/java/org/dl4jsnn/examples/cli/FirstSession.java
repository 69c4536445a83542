package org.dl4jsnn.examples.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The session that docs/start.md shows: commands, and what each prints. */
final class FirstSession {

  private static final Path PAGE = Path.of("..", "docs", "start.md");
  private static final String PROMPT = "$ snn ";
  private static final String ANYTHING = "…";
  private static final Pattern BLOCK = Pattern.compile("```console\\R(.*?)```", Pattern.DOTALL);

  private FirstSession() {}

  /**
   * A command.
   *
   * @param arguments of the program
   * @param printed the lines below it; one of three dots stands for any lines
   */
  record Step(List<String> arguments, List<String> printed) {

    /** Whether the command runs until it is stopped. */
    boolean isServer() {
      return arguments.get(0).equals("ui");
    }

    /** The first line that a run has not printed in its place; empty if there is none. */
    String missingIn(String output) {
      List<String> lines = output.lines().filter(line -> !line.isBlank()).map(Step::shape).toList();
      int next = 0;
      boolean isAnywhere = false;
      for (String line : printed) {
        if (line.equals(ANYTHING)) {
          isAnywhere = true;
          continue;
        }
        int found = lines.subList(next, lines.size()).indexOf(shape(line));
        if (found < 0 || found > 0 && !isAnywhere) {
          return line;
        }
        next += found + 1;
        isAnywhere = false;
      }
      return next == lines.size() || isAnywhere ? "" : "the end, before: " + lines.get(next);
    }

    /** A line without what differs from run to run: folders, numbers, the width of columns. */
    private static String shape(String line) {
      return line.replaceAll("/\\S*/", "/")
          .replaceAll("\\d[\\d,.]*", "#")
          .replaceAll("\\s+", " ")
          .strip();
    }
  }

  /** The steps in order. */
  static List<Step> steps() throws IOException {
    List<String> lines =
        BLOCK
            .matcher(Files.readString(PAGE))
            .results()
            .map(MatchResult::group)
            .flatMap(String::lines)
            .filter(line -> !line.startsWith("```"))
            .toList();
    List<Step> steps = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith(PROMPT)) {
        String[] arguments = line.substring(PROMPT.length()).split(" ");
        steps.add(new Step(Arrays.asList(arguments), new ArrayList<>()));
      } else {
        steps.get(steps.size() - 1).printed().add(line);
      }
    }
    return steps;
  }
}
