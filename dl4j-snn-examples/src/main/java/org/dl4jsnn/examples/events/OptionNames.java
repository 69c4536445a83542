package org.dl4jsnn.examples.events;

/** The library's advice on reading recordings, with options in place of its own methods. */
public final class OptionNames {

  private OptionNames() {}

  /**
   * A message for a command that has these options.
   *
   * @param message the library's message
   * @return the message with options
   */
  public static String of(String message) {
    return message
        .replace("ReadOptions.as", "--as")
        .replace("ReadOptions.keepingTruncated", "--keep-truncated")
        .replace(
            "BackwardTimestamps.KEEP and SORT read such files", "--keep-backward reads such files");
  }
}
