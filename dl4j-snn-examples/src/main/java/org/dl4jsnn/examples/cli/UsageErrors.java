package org.dl4jsnn.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.exception.DL4JException;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.train.TrainingException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports an error in one line: what is wrong and how to fix it. */
final class UsageErrors {

  /** What is said of results that nobody got. */
  static final String UNWRITABLE =
      "Cannot write to standard output. Possible cause: the disk is full, or the program that reads"
          + " it has ended";

  private static final int MOST_SUGGESTIONS = 3;
  private static final int BITS_OF_A_MEGABYTE = 20;

  /** Messages that are only a path, and their meaning. */
  private static final Map<String, String> FILES =
      Map.of(
          "java\\.nio\\.file\\.NoSuchFileException: ", "there is no ",
          "java\\.nio\\.file\\.FileAlreadyExistsException: ", "a file is in the way of the folder ",
          "java\\.nio\\.file\\.AccessDeniedException: ", "no permission for ",
          "java\\.nio\\.file\\.NotDirectoryException: ", "this is no folder: ",
          "java\\.nio\\.file\\.FileSystemException: ", "",
          "java\\.io\\.(FileNotFound|IO)Exception: ", "");

  private static final Pattern CHOICES =
      Pattern.compile("expected one of \\[(.*)] \\(case-\\S+\\) but was '(.*)'$");

  private UsageErrors() {}

  /** An invalid command line. */
  static int wrongUsage(ParameterException mistake, String[] arguments) {
    CommandLine command = mistake.getCommandLine();
    StringBuilder line = new StringBuilder(oneLine(message(mistake)));
    List<String> suggestions = suggestions(mistake);
    if (!suggestions.isEmpty()) {
      line.append(". Did you mean ").append(String.join(", or ", suggestions)).append('?');
    } else if (!command.getSubcommands().isEmpty()) {
      line.append(". Commands: ").append(String.join(", ", command.getSubcommands().keySet()));
    }
    line.append(line.charAt(line.length() - 1) == '?' ? " " : ". ");
    line.append("Help: ").append(command.getCommandSpec().qualifiedName()).append(" --help");
    command.getErr().println(line);
    return ExitCode.USAGE;
  }

  private static String message(ParameterException mistake) {
    if (!(mistake instanceof UnmatchedArgumentException unmatched)) {
      return inWords(mistake.getMessage());
    }
    String kind = "argument";
    if (unmatched.isUnknownOption()) {
      kind = "option";
    } else if (!mistake.getCommandLine().getSubcommands().isEmpty()) {
      kind = "command";
    }
    // The next word may be its value.
    return "Unknown " + kind + ": '" + unmatched.getUnmatched().get(0) + "'";
  }

  /** Picocli's message without the names of Java's types and constants. */
  private static String inWords(String message) {
    // It repeats the word for options that take pairs.
    String line = message.replace("option option", "option");
    line = line.replaceAll("' is not an? (int|long)$", "' is not a whole number");
    line = line.replaceAll("' is not an? (float|double)$", "' is not a number");
    Matcher choices = CHOICES.matcher(line);
    if (!choices.find()) {
      return line;
    }
    // It lists a constant's name and its text, which need not be the same.
    List<String> listed =
        Stream.of(choices.group(1).split(", "))
            .map(value -> value.toLowerCase(Locale.ROOT))
            .distinct()
            .toList();
    String values =
        listed.stream()
            .filter(value -> value.indexOf('_') < 0 || !listed.contains(value.replace('_', '-')))
            .collect(Collectors.joining(", "));
    return choices.replaceFirst(
        Matcher.quoteReplacement("must be one of " + values + ", got '" + choices.group(2) + "'"));
  }

  private static List<String> suggestions(ParameterException mistake) {
    if (!(mistake instanceof UnmatchedArgumentException unmatched)) {
      return List.of();
    }
    return unmatched.getSuggestions().stream().limit(MOST_SUGGESTIONS).toList();
  }

  /** A valid command that failed. */
  static int failed(Exception failure, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    OptionSpec trace = command.getCommandSpec().root().findOption(Snn.ProgramOptions.TRACE);
    if (Boolean.TRUE.equals(trace.getValue())) {
      failure.printStackTrace(err);
    } else {
      err.println(message(failure, command.getCommandSpec().qualifiedName()));
    }
    return ExitCode.SOFTWARE;
  }

  /** What failed, in one line. */
  static String message(Throwable failure, String command) {
    if (failure instanceof UserError || failure instanceof TrainingException) {
      return oneLine(failure.getMessage());
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      // Deeplearning4j wraps a layer's exception in one of the same type.
      boolean isRefusedInput =
          cause instanceof DL4JException
              && (cause.getCause() == null || cause.getCause() instanceof IllegalArgumentException);
      if (cause instanceof UserError || isRefusedInput) {
        return oneLine(cause.getMessage());
      }
      if (cause instanceof IOException file) {
        return oneLine(told(file));
      }
      if (cause instanceof OutOfMemoryError) {
        return oneLine(
            String.format(
                Locale.ROOT,
                "Java ran out of memory, with a heap of %,d MB: %s. Give it more, such as"
                    + " SNN_OPTS=-Xmx4g, or choose smaller --batch or --steps",
                Runtime.getRuntime().maxMemory() >> BITS_OF_A_MEGABYTE,
                cause.getMessage()));
      }
    }
    return oneLine(
        String.format("%s failed unexpectedly: %s. %s", command, failure, whereTrace(failure)));
  }

  /** Java's own messages may be the name of a file alone. */
  private static String told(IOException failure) {
    boolean isOurs = failure.getClass().getName().startsWith("org.dl4jsnn.");
    return isOurs ? failure.getMessage() : "Cannot read or write: " + failure;
  }

  private static String whereTrace(Throwable failure) {
    try {
      Path file = Files.createTempFile("snn-", "-trace.txt");
      try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
        failure.printStackTrace(out);
      }
      return "The stack trace is in " + file;
    } catch (IOException e) {
      return "With " + Snn.ProgramOptions.TRACE + " it shows the stack trace (" + e + ")";
    }
  }

  /** Without line breaks, and with the meaning of Java's file exceptions. */
  static String oneLine(String message) {
    String line = message.strip().replaceAll("\\s*\\R\\s*", " ");
    for (Map.Entry<String, String> meaning : FILES.entrySet()) {
      line = line.replaceAll(meaning.getKey(), meaning.getValue());
    }
    // A message that names its file, after one that did so already.
    return line.replaceAll("(?<!\\S)(\\S.*?): \\1: ", "$1: ");
  }
}
