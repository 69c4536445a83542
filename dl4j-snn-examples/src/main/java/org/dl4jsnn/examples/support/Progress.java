package org.dl4jsnn.examples.support;

import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** The progress bars of the examples. */
public final class Progress {

  private static final int UPDATE_MILLIS = 500;
  private static final int WIDTH = 100;

  private Progress() {}

  /** A bar with the share done, speed and time left, unless the output is quiet. */
  public static ProgressBar bar(String task, long all, Output output) {
    return builder(task, all, output).build();
  }

  /** The same, with appended text. */
  public static ProgressBarBuilder builder(String task, long all, Output output) {
    ProgressBarBuilder builder =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(all)
            .setUnit("", 1)
            .showSpeed()
            .setStyle(ProgressBarStyle.ASCII)
            .setMaxRenderedLength(WIDTH)
            .setUpdateIntervalMillis(UPDATE_MILLIS);
    return output.isQuiet()
        ? builder.setConsumer(new DelegatingProgressBarConsumer(text -> {}))
        : builder;
  }
}
