package org.dl4jsnn.examples.ui;

import java.net.InetAddress;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.ThisMachine;
import picocli.CommandLine.Option;

/** The address of Deeplearning4j's pages. */
public final class UiAddress {

  private static final int MAXIMAL_PORT = 65535;

  @Option(names = "--ui-port", description = "Port of the UI; 0: any free port.")
  public int port = 9000;

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
