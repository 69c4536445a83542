package org.dl4jsnn.examples.ui;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.dl4jsnn.examples.support.ExampleCommand;
import org.dl4jsnn.examples.support.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the statistics that a training kept with {@code --stats}. */
@Command(
    name = UiExample.NAME,
    description = "Show earlier trainings, kept with --stats, in Deeplearning4j's UI.",
    showDefaultValues = true)
public final class UiExample extends ExampleCommand {

  public static final String NAME = "ui";

  @Option(names = "--stats", required = true, description = "The statistics file of a training.")
  private Path file;

  @Mixin private UiOptions.UiAddress address;

  @Override
  public void checkOptions() {
    address.check();
    StatsFile.requireReadable(file);
  }

  @Override
  public Integer call() throws IOException {
    checkOptions();
    StatsFile.checkExisting(file);
    Output output = output();
    StatsStorage storage = StatsFile.open(file);
    try {
      List<String> sessions = storage.listSessionIDs();
      for (String session : sessions.stream().sorted().toList()) {
        output.print(
            "Session %s: %d points",
            session,
            storage.getAllUpdateTimes(session, StatsListener.TYPE_ID, StatsSession.WORKER).length);
      }
      UiServer server = address.start();
      server.attach(storage);
      address.announce(server, output);
      output.print("Ctrl-C ends it");
      server.awaitStop();
    } finally {
      storage.close();
    }
    return 0;
  }
}
