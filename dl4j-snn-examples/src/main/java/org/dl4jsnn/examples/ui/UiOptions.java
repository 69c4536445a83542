package org.dl4jsnn.examples.ui;

import java.net.InetAddress;
import java.nio.file.Path;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.ThisMachine;
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

  public void check() {
    address.check();
    OptionRules.atLeast("--ui-every", every, 1);
    OptionRules.atLeast("--live-every", liveEvery, 0);
    if (stats != null) {
      StatsFile.check(stats);
    }
  }

  /** The address of Deeplearning4j's pages. */
  static final class UiAddress {

    private static final int MAXIMAL_PORT = 65535;

    @Option(names = "--ui-port", description = "Port of the UI; 0: any free port.")
    int port = 9000;

    @Option(
        names = "--ui-host",
        description =
            "Address that the UI listens on. 0.0.0.0: every network interface; then anyone who can "
                + "reach this machine can view the UI without a password.")
    String host = "127.0.0.1";

    void check() {
      OptionRules.within("--ui-port", port, 0, MAXIMAL_PORT);
      resolved();
    }

    private InetAddress resolved() {
      return ThisMachine.address("--ui-host", host);
    }

    /** Starts the server at this address. */
    UiServer start() {
      return UiServer.start(resolved(), port);
    }

    /** Prints a server's address and who may view it. */
    void announce(UiServer server, Output output) {
      InetAddress address = resolved();
      output.print("UI: %s/train", server.getAddress());
      if (!address.isLoopbackAddress()) {
        output.warning(
            "Warning: the UI listens on %s, where other machines may reach it without a password",
            address.getHostAddress());
      }
    }
  }
}
