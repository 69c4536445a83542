package org.dl4jsnn.examples.events;

/** The library's advice on reading recordings, in terms of a command's options. */
public final class OptionNames {

  private static final String AS = "ReadOptions.as";

  private OptionNames() {}

  /** For a command with {@code --as}, {@code --keep-truncated} and {@code --keep-backward}. */
  static String ofFile(Exception refused) {
    return message(refused)
        .replace(AS, "--as")
        .replace("ReadOptions.keepingTruncated", "--keep-truncated")
        .replace(
            "BackwardTimestamps.KEEP and SORT read such files", "--keep-backward reads such files");
  }

  /** For a command with {@code --as} alone. */
  public static String ofStream(Exception refused) {
    return withoutAdvice(message(refused).replace(AS, "--as"));
  }

  /** For a command without any of these options: advice that does not apply is left out. */
  public static String without(Exception refused) {
    return withoutAdvice(message(refused));
  }

  private static String message(Exception refused) {
    return refused.getMessage() == null ? refused.toString() : refused.getMessage();
  }

  private static String withoutAdvice(String message) {
    return message.replaceAll("[;,.] [^;]*(ReadOptions|BackwardTimestamps)\\.[^;]*$", "");
  }
}
