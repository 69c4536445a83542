package org.dl4jsnn.examples.ui;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dl4jsnn.examples.support.OptionRules;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * How a training is monitored: in Deeplearning4j's UI, in a statistics file, both, or not at all.
 */
public final class UiOptions {

  @Option(names = "--ui", description = "Show the training in Deeplearning4j's UI.")
  public boolean ui;

  @Mixin public UiAddress address = new UiAddress();

  @Option(names = "--ui-every", description = "Minibatches between points of the UI's charts.")
  int every = 10;

  @Option(
      names = "--live-every",
      description =
          "Minibatches between looks at a sample's spikes, shown on the UI's page /spiking. 0: "
              + "none.")
  int liveEvery = 20;

  @Option(
      names = "--stats",
      description =
          "File that keeps what the UI's pages show, except /spiking, for the command ui to open"
              + " later. An existing file is added to.")
  public Path stats;

  /** As command-line options of another command. */
  public List<String> options() {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--ui-every=" + every,
                "--live-every=" + liveEvery,
                "--ui-port=" + address.port,
                "--ui-host=" + address.host));
    if (ui) {
      options.add("--ui");
    }
    if (stats != null) {
      options.add("--stats=" + stats);
    }
    return options;
  }

  public void check() {
    address.check();
    OptionRules.atLeast("--ui-every", every, 1);
    OptionRules.atLeast("--live-every", liveEvery, 0);
    if (stats != null) {
      StatsFile.check(stats);
    }
  }
}
