package org.dl4jsnn.examples.support;

import java.io.IOException;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.FieldPosition;
import java.util.Locale;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** The progress bars of the examples, on terminals only: a file would hold thousands of them. */
public final class Progress {

  private static final int UPDATE_MILLIS = 500;
  private static final int WIDTH = 100;

  /** Set for a program whose standard error another one passes on. */
  private static final String PROPERTY = "snn.terminal";

  private Progress() {}

  /** A bar with the share done, speed and time left, unless the output is quiet. */
  public static ProgressBar bar(String task, long all, String unit, Output output) {
    return builder(task, all, unit, output).build();
  }

  /** The same, with appended text. */
  public static ProgressBarBuilder builder(String task, long all, String unit, Output output) {
    ProgressBarBuilder builder =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(all)
            .setUnit(" " + unit, 1)
            .showSpeed(new Speed())
            .setStyle(ProgressBarStyle.ASCII)
            .setMaxRenderedLength(WIDTH)
            .setUpdateIntervalMillis(UPDATE_MILLIS);
    return output.isQuiet() || !isStandardError()
        ? builder.setConsumer(new DelegatingProgressBarConsumer(text -> {}))
        : builder;
  }

  /** Whole numbers, and a digit more where one matters. */
  static final class Speed extends DecimalFormat {

    private static final long serialVersionUID = 1L;
    private static final int SLOW = 10;

    Speed() {
      super("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT));
    }

    @Override
    public StringBuffer format(double number, StringBuffer to, FieldPosition position) {
      setMaximumFractionDigits(number < SLOW ? 1 : 0);
      return super.format(number, to, position);
    }
  }

  /** The option of Java that tells a program what this one knows. */
  public static String terminalOption() {
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
