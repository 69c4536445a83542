package org.dl4jsnn.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.dl4jsnn.event.EventFiles;
import org.dl4jsnn.examples.support.UserError;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A user's mistake at the command line ends in one line that says what is wrong, and the cure. */
class UsageErrorsTest {

  @TempDir private Path folder;

  private final CommandLineRun run = new CommandLineRun();

  @BeforeEach
  void makeFiles() throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "Nothing but text.");
    Files.createDirectory(folder.resolve("empty"));
    for (String name : List.of("damaged.zip", "zip.snn")) {
      Files.write(folder.resolve(name), Arrays.copyOf(new byte[] {'P', 'K', 3, 4}, 1000));
    }
    Files.writeString(folder.resolve("random.snn"), "Random bytes.");
    Files.write(
        folder.resolve("cut.nir"), new byte[] {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 26, '\n'});
    Files.write(
        folder.resolve("compact.snn"),
        new byte[] {(byte) 0x89, 'S', 'N', 'N', '\r', '\n', 26, '\n'});
  }

  static Stream<Arguments> mistakes() throws IOException {
    String table;
    try (var resource = UsageErrorsTest.class.getResourceAsStream("/cli/mistakes.txt")) {
      table = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    }
    List<Arguments> mistakes = new ArrayList<>();
    Matcher rows = Pattern.compile("^snn (.*)\\n(\\d) (.*)$", Pattern.MULTILINE).matcher(table);
    while (rows.find()) {
      mistakes.add(Arguments.of(rows.group(1), Integer.parseInt(rows.group(2)), rows.group(3)));
    }
    return mistakes.stream();
  }

  @ParameterizedTest(name = "snn {0}")
  @MethodSource("mistakes")
  void shouldEndInOneLine(String command, int exit, String line) {
    int values = command.split("[$]", -1).length - 1;
    int code =
        run.executeSnn(command.replace("$", "%s"), Collections.nCopies(values, folder).toArray());
    assertEquals(
        line + System.lineSeparator(), run.errors().replace(folder.toString(), "$"), command);
    assertEquals(exit, code);
  }

  @Test
  void shouldSayThatAPortIsInUse() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      int port = taken.getLocalPort();
      run.assertSnnRefused(
          "Possible cause: another",
          "train mnist --ui --ui-port %s --model %s/model.zip",
          port,
          folder);
      assertOneLine("--ui-port must be free on 127.0.0.1, got " + port + ": ");
    }
  }

  @Test
  void shouldTellADeviceFromAFileThatIsMissing() {
    String device = "/dev/null";
    assumeTrue(Files.exists(Path.of(device)));
    assertEquals(1, run.executeSnn("nir info %s", device));
    assertOneLine("Cannot read /dev/null: it is a device or a pipe, but a file is needed");
    run.clear();
    assertEquals(1, run.executeSnn("deploy --to %s", device));
    assertOneLine("--to must be a file, got the device or pipe /dev/null");
  }

  static Stream<Arguments> failures() {
    IOException full = new FileSystemException("/a/b.snn", null, "No space left on device");
    IOException refused = new AccessDeniedException("/a/b.zip");
    IOException missing = new NoSuchFileException("/a/b.bin");
    IOException damaged =
        assertThrows(IOException.class, () -> EventFiles.read(Path.of("pom.xml")));
    DL4JInvalidInputException layers = new DL4JInvalidInputException("steps must be few, got 400");
    return Stream.of(
        Arguments.of(
            new UserError("Cannot write /a/b.snn: " + full),
            "Cannot write /a/b.snn: No space left on device"),
        Arguments.of(
            new UserError("Cannot write /a/b.zip: " + refused),
            "Cannot write /a/b.zip: no permission for /a/b.zip"),
        Arguments.of(
            new IllegalStateException(new UncheckedIOException(damaged)), damaged.getMessage()),
        Arguments.of(
            new UncheckedIOException(missing), "Cannot read or write: there is no /a/b.bin"),
        Arguments.of(
            new IllegalStateException(new DL4JInvalidInputException(layers)), layers.getMessage()),
        Arguments.of(
            new DL4JInvalidInputException(
                new DL4JInvalidInputException("layer 'a': odd", new IllegalArgumentException())),
            "layer 'a': odd"),
        Arguments.of(missing, "Cannot read or write: there is no /a/b.bin"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void shouldSayInWordsWhatFailed(Exception failure, String line) {
    assertEquals(line, UsageErrors.message(failure, "snn train mnist"));
  }

  @ParameterizedTest
  @CsvSource({
    "C:\\my models\\b 1.snn: C:\\my models\\b 1.snn: full, C:\\my models\\b 1.snn: full",
    "/a b: /a b: no permission, /a b: no permission",
    "conv1: 1: x, conv1: 1: x",
    "a/b: b: x, a/b: b: x"
  })
  void shouldNameAFileOnce(String message, String line) {
    assertEquals(line, UsageErrors.oneLine(message));
  }

  @Test
  void shouldSayHowToGiveJavaMoreMemory() {
    String line =
        UsageErrors.message(
            new IllegalStateException(new OutOfMemoryError("Java heap space")), "snn train mnist");
    assertTrue(
        line.matches(
            "Java ran out of memory, with a heap of [0-9,]+ MB: Java heap space\\. Give it more, such"
                + " as SNN_OPTS=-Xmx4g, or choose smaller --batch or --steps"),
        line);
  }

  @Test
  void shouldKeepTheTraceOfUnexpectedFailures() throws IOException {
    String line = UsageErrors.message(new IllegalStateException("a\nb"), "snn train mnist");
    String begin =
        "snn train mnist failed unexpectedly: java.lang.IllegalStateException: a b. The"
            + " stack trace is in ";
    assertTrue(line.startsWith(begin), line);
    Path trace = Path.of(line.substring(begin.length()));
    assertTrue(Files.readString(trace).contains("\tat " + UsageErrorsTest.class.getName()));
    Files.delete(trace);
  }

  @Test
  void shouldShowATraceIfAsked() {
    run.assertSnnRefused("\tat org.dl4jsnn.examples", "train mnist --epochs 0 --trace");
  }

  private void assertOneLine(String begin) {
    assertTrue(run.errors().startsWith(begin), run.errors());
    assertFalse(run.errors().strip().contains("\n"), run.errors());
  }
}
