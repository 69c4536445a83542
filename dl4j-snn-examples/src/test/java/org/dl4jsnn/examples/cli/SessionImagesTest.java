package org.dl4jsnn.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.event.frame.FrameShape;
import org.dl4jsnn.examples.cli.FirstSession.Step;
import org.dl4jsnn.examples.train.EpochLogs;
import org.dl4jsnn.examples.train.EventNetworkOptions;
import org.dl4jsnn.train.EpochRow;
import org.dl4jsnn.train.ModelFile;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.schedule.FixedSchedule;

/** The images that the session of docs/start.md draws, by networks that are not trained. */
@Tag("slow")
@Timeout(600)
class SessionImagesTest {

  /** The session's images, and how many panels each has. */
  static final Map<String, Integer> PANELS =
      Map.of("curves.png", 2, "raster.png", 7, "stream.png", 1);

  private static final int STEPS = 20;

  @TempDir private Path folder;
  private final CommandLineRun run = new CommandLineRun();

  @Test
  void shouldBeSoundAtTwentySteps() throws IOException {
    ModelFile.save(SpikingNetworks.lenet5().steps(STEPS).init(), folder.resolve("digits.zip"));
    EpochLogs.write(folder.resolve("digits.zip"), epoch(1, 0.3, 0.95), epoch(2, 0.1, 0.96));
    ModelFile.save(overFrames(), folder.resolve("events.zip"));
    run(
        "events",
        "simulate",
        "--to=" + folder.resolve("recordings"),
        "--first=18",
        "--test-first=62");
    List<String> drawn = new ArrayList<>();
    for (Step step : FirstSession.steps()) {
      String last = step.arguments().get(step.arguments().size() - 1);
      if (last.endsWith(".png")) {
        List<String> arguments =
            new ArrayList<>(step.arguments().stream().map(this::here).toList());
        if (arguments.get(0).equals("stream")) {
          arguments.addAll(List.of("--data=" + folder.resolve("recordings"), "--set=n-mnist"));
          arguments.add("--steps=" + STEPS);
        }
        run(arguments.toArray(String[]::new));
        ImageFrames.assertSound(folder.resolve(last), PANELS.get(last));
        drawn.add(last);
      }
    }
    assertEquals(PANELS.keySet().stream().sorted().toList(), drawn.stream().sorted().toList());
  }

  private static MultiLayerNetwork overFrames() {
    EventNetworkOptions options = new EventNetworkOptions();
    options.network = "4C3-AP2-16";
    FrameShape frames = new FrameShape(2, STEPS, 34, 34);
    return options.spiking(frames, 10, new FixedSchedule(1e-3), 1);
  }

  private static EpochRow epoch(int epoch, double loss, double accuracy) {
    return new EpochRow(epoch, 10 * epoch, 1e-3, loss, Double.NaN, accuracy, 3, 50, List.of());
  }

  /** An argument, with the files of the session in the test's folder. */
  private String here(String argument) {
    return argument.replaceAll(
        "[a-z-]+\\.(zip|csv|png)$", Matcher.quoteReplacement(folder + "/") + "$0");
  }

  private void run(String... arguments) {
    run.clear();
    assertEquals(0, run.executeSnn(arguments), run.errors());
  }
}
