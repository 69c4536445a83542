package org.dl4jsnn.examples.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.examples.ui.TrainingUi;
import org.dl4jsnn.monitor.health.EpochHealth;
import org.dl4jsnn.monitor.health.FiringRateListener;
import org.dl4jsnn.monitor.health.HealthRows;
import org.dl4jsnn.monitor.health.HealthSink;
import org.dl4jsnn.monitor.health.SpikeHealthListener;
import org.dl4jsnn.monitor.health.ui.SpikingRouter;
import picocli.CommandLine.Option;

/** How a training monitors its spiking layers. */
final class HealthOptions {

  private static final String CSV = ".csv";

  @Option(
      names = "--health",
      paramLabel = "FILE.csv",
      description =
          "Report the health of each spiking layer after every epoch: rates, slope, gradient, "
              + "operations and energy, on the terminal, in this file, and on a page next to it "
              + "(FILE.html); with --ui also on the UI's page /spiking. Files of an earlier "
              + "training are kept as ….old.")
  Path file;

  @Option(names = "--health-interval", description = "Minibatches between looks at the layers.")
  int interval = 50;

  void check() {
    OptionRules.atLeast("--health-interval", interval, 1);
    if (file != null && !file.toString().endsWith(CSV)) {
      throw new UserError("--health must name a file that ends in .csv, got " + file);
    }
  }

  /** The page next to the file. */
  Path page() {
    String name = file.getFileName().toString();
    String stem = name.substring(0, name.length() - CSV.length());
    return file.resolveSibling(stem + ".html");
  }

  /**
   * The listener of the layers: a reporter, which may continue an earlier file, or one that only
   * warns.
   */
  TrainingListener listener(boolean resumed, TrainingUi ui, Output output) {
    if (file == null) {
      return new FiringRateListener();
    }
    List<EpochHealth> earlier = resumed && Files.exists(file) ? read() : List.of();
    SpikeHealthListener.Builder builder =
        new SpikeHealthListener.Builder()
            .interval(interval)
            .reportTo(epoch -> output.print("%n%s", epoch.table()))
            .reportTo(HealthSink.csv(file, earlier))
            .reportTo(HealthSink.html(page(), earlier));
    ui.pages().ifPresent(pages -> builder.reportTo(shown(pages, ui.session(), earlier)));
    return builder.build();
  }

  private List<EpochHealth> read() {
    try {
      return HealthRows.read(file);
    } catch (IOException e) {
      throw new UserError("Cannot read --health " + file + ": " + e, e);
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "--health must name a file of the training resumed: " + e.getMessage(), e);
    }
  }

  private static HealthSink shown(
      StatsStorageRouter pages, String session, List<EpochHealth> earlier) {
    SpikingRouter router = new SpikingRouter(pages, session);
    earlier.forEach(router::report);
    return router;
  }
}
