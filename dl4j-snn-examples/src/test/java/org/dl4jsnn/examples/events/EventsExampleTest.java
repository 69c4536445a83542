package org.dl4jsnn.examples.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.ObjectMapper;

class EventsExampleTest {

  /** N-MNIST's layout: x, y, polarity and 23 bits of time in µs. */
  private static final byte[] RECORDING = {
    3, 4, (byte) 0x80, 0, 10, // 10 µs, ON
    5, 6, 0, 0, 10, // 10 µs, OFF
    1, 1, 0, 0x27, 0x19, // 10,009 µs, the last of the first 10 ms
    1, 1, 0, 0x27, 0x1A, // 10,010 µs
    7, 2, 0, 0x4E, 0x2A // 20,010 µs
  };

  @TempDir private Path folder;
  private final CommandLineRun run = new CommandLineRun();

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("recording"), bytes);
  }

  @Test
  void shouldSayWhatARecordingHolds() throws IOException {
    Path file = file(RECORDING);
    assertEquals(0, run.execute("events", "info", file.toString()), run.errors());
    assertEquals(
        String.join(
            System.lineSeparator(),
            "File         " + file,
            "Format       N-MNIST",
            "Sensor       8 x 7 (smallest that holds the events)",
            "Events       5 (1 ON, 4 OFF)",
            "First event  10 µs",
            "Last event   20010 µs",
            "Duration     0.020000 s",
            "Mean rate    250 events/s, 2.5 per 10 ms",
            "Peak rate    3 per 10 ms",
            "Note         the file states no sensor size; the smallest that holds the events is used",
            ""),
        run.output());
  }

  @Test
  void shouldReportItAsJson() throws IOException {
    Path file = file(RECORDING);
    assertEquals(0, run.execute("events", "info", file.toString(), "--json"), run.errors());
    Map<?, ?> told = new ObjectMapper().readValue(run.output(), Map.class);
    assertEquals("N-MNIST", told.get("format"));
    assertEquals(
        List.of(8, 7, false),
        List.of(told.get("width"), told.get("height"), told.get("sensor_known")));
    assertEquals(List.of(5, 1), List.of(told.get("events"), told.get("on_events")));
    assertEquals(List.of(10, 20010), List.of(told.get("first_us"), told.get("last_us")));
    assertEquals(List.of(), told.get("warnings"));
    assertEquals(1, run.output().lines().count());
  }

  @Test
  void shouldSayWhatIsWrongWithAFile() throws IOException {
    byte[] damaged = RECORDING.clone();
    damaged[14] = 0;
    damaged[13] = 0;
    Path file = file(Arrays.copyOf(damaged, 23));
    assertEquals(1, run.execute("events", "info", file.toString()));
    assertEquals(1, run.execute("events", "info", "--as=N_MNIST", file.toString()));
    assertTrue(run.errors().contains(file + " at byte 10: t must not go backwards"), run.errors());
    assertEquals(
        1, run.execute("events", "info", "--as=n_mnist", "--keep-backward", file.toString()));
    assertTrue(run.errors().contains(file + " at byte 20: the file must end with"), run.errors());
    assertEquals("", run.output());
    assertEquals(
        0,
        run.execute(
            "events", "info", "--as=n_mnist", "--keep-backward", "--keep-truncated", file + ""),
        run.errors());
    assertTrue(run.output().contains("Events       4 (1 ON, 3 OFF)"), run.output());
    assertTrue(run.output().contains("Warning      truncated: ends at byte 20"), run.output());
    assertTrue(run.output().contains("Warning      1 events go backwards"), run.output());
  }

  @Test
  void shouldSayThatAFileIsMissing() {
    assertEquals(1, run.execute("events", "info", folder.resolve("missing").toString()));
    assertTrue(run.errors().startsWith("Cannot read "), run.errors());
  }

  @Test
  void shouldSayTheSensorOfARecordingWithoutEvents() throws IOException {
    String header = "% evt 3.0\n% geometry 640x480\n% end\n";
    Path file = file(header.getBytes(StandardCharsets.US_ASCII));
    assertEquals(
        0, run.execute("events", "info", file.toString(), "--keep-truncated"), run.errors());
    assertTrue(run.output().contains("Sensor       640 x 480"), run.output());
  }
}
