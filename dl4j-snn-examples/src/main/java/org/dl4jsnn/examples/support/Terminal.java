package org.dl4jsnn.examples.support;

import java.io.IOException;

/** Whether somebody watches the standard error as it comes. */
public final class Terminal {

  /** Set for a program whose standard error another one passes on. */
  private static final String PROPERTY = "snn.terminal";

  private Terminal() {}

  /** The option of Java that tells a program what this one knows. */
  public static String option() {
    return "-D" + PROPERTY + "=" + isStandardError();
  }

  /** Whether the standard error is a terminal, and no file or pipe. */
  public static boolean isStandardError() {
    String told = System.getProperty(PROPERTY);
    return told == null ? isTerminal() : Boolean.parseBoolean(told);
  }

  /** Java knows only of the standard output; the test of a shell knows of the error, too. */
  private static boolean isTerminal() {
    ProcessBuilder test = new ProcessBuilder("test", "-t", "2").inheritIO();
    try {
      return test.start().waitFor() == 0;
    } catch (IOException e) {
      // There is no such program on Windows. Nothing else tells of the standard error, and Java 22
      // to 24 have a console even without a terminal.
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
