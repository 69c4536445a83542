package org.dl4jsnn.monitor.health;

import static org.dl4jsnn.Messages.assertRefused;
import static org.dl4jsnn.Messages.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.dl4jsnn.LogOf;
import org.dl4jsnn.monitor.health.ui.HealthUpdate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class HealthFilesTest {

  private static final LayerHealth.Rates RATES =
      new LayerHealth.Rates(
          0.1, 0.2, 0, 0.2, List.of(0.5, 0.25, 0.125, 0.125, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0));

  @TempDir private Path folder;

  private static EpochHealth epoch(int number) {
    return new EpochHealth(
        number,
        number * 10,
        3,
        List.of(
            new LayerHealth(
                "odd, \"quoted\" <name>",
                RATES,
                OptionalDouble.of(0.8 / number),
                OptionalDouble.of(Double.NaN),
                OptionalDouble.of(0.125 / number),
                Optional.of(new LayerHealth.Energy(1e6 / 3, 12, false, 3e5, 55.2)),
                Set.of(LayerCondition.BROKEN_GRADIENT, LayerCondition.SILENT)),
            new LayerHealth(
                "pool",
                RATES,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                Set.of())));
  }

  @Test
  void shouldReadBackWhatItWrote() throws Exception {
    Path file = folder.resolve("health.csv");
    HealthSink csv = HealthSink.csv(file);
    csv.report(epoch(1));
    csv.report(epoch(2));
    assertEquals(List.of(epoch(1), epoch(2)), HealthRows.read(file));
    List<String> lines = Files.readAllLines(file);
    assertEquals(5, lines.size());
    assertTrue(lines.get(0).startsWith("epoch,iteration,looks,layer,rate,silent,saturated,slope,"));
    assertTrue(
        lines
            .get(0)
            .endsWith(
                ",conditions,rates_to,bin_1,bin_2,bin_3,bin_4,bin_5,bin_6,bin_7,bin_8,bin_9,bin_10"));
    assertTrue(
        lines.get(1).startsWith("1,10,3,\"odd, \"\"quoted\"\" <name>\",0.1,0.2,0.0,0.8,NaN,"));
    assertEquals(
        "1,10,3,pool,0.1,0.2,0.0,,,,,,,,,,0.2,0.5,0.25,0.125,0.125,0.0,0.0,0.0,0.0,0.0,0.0",
        lines.get(2));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void shouldGoOnFromEarlierEpochsWithoutRepeatingOne() throws Exception {
    Path file = folder.resolve("health.csv");
    HealthSink.csv(file, List.of(epoch(1), epoch(2), epoch(3))).report(epoch(2));
    assertEquals(List.of(epoch(1), epoch(2)), HealthRows.read(file));
  }

  @Test
  void shouldSayWhatItCannotRead() throws Exception {
    Path other = Files.writeString(folder.resolve("other.csv"), "a,b\n1,2\n");
    assertRefused("got 'a,b'", () -> HealthRows.read(other));
    assertThrows(IllegalArgumentException.class, () -> HealthRows.parse(List.of("1,2,3")));
    Path damaged =
        Files.writeString(folder.resolve("damaged.csv"), HealthRows.header() + "\n1,2,3\n");
    String message =
        assertThrows(IllegalArgumentException.class, () -> HealthRows.read(damaged)).getMessage();
    assertTrue(message.startsWith(damaged + " must be"), message);
    assertTrue(message.endsWith("got 3: 1,2,3"), message);
  }

  @Test
  void shouldWarnOnceWhereItCannotWriteAndMakeUpForItWhenItCan() throws Exception {
    Path later = folder.resolve("later");
    Path file = later.resolve("health.csv");
    HealthSink csv = HealthSink.csv(file);
    HealthSink html = HealthSink.html(later.resolve("health.html"));
    try (LogOf log = new LogOf(ReportFile.class)) {
      for (HealthSink sink : List.of(csv, html)) {
        sink.report(epoch(1));
        sink.report(epoch(2));
      }
      List<String> warnings = log.messages(Level.WARN);
      assertEquals(2, warnings.size(), warnings.toString());
      assertTrue(warnings.get(0).startsWith("Cannot write the health of spikes to " + file));
    }
    Files.createDirectory(later);
    csv.report(epoch(3));
    html.report(epoch(3));
    assertEquals(List.of(epoch(1), epoch(2), epoch(3)), HealthRows.read(file));
    assertTrue(Files.readString(later.resolve("health.html")).contains("Epoch 3, iteration 30"));
  }

  @Test
  void shouldMakeAPageThatNeedsNothingElse() throws Exception {
    Path file = folder.resolve("health.html");
    HealthSink html = HealthSink.html(file, List.of(epoch(1)));
    html.report(epoch(2));
    html.report(epoch(3));
    String page = Files.readString(file);
    assertSays(page, "odd, &quot;quoted&quot; &lt;name&gt;", "<b>silent</b>: Balance the network");
    assertFalse(page.contains("<script") || page.contains("href="), page);
    // No gradient was a number, so that its chart is left out.
    assertFalse(page.contains("Norm of the gradient"), page);
    assertTrue(page.contains("Energy of a sample, nJ"), page);
    // The rates reach 0.2, and so does the histogram.
    assertTrue(page.contains("firing rates from 0 to 0.2"), page);
    for (String part : page.split("(?=<svg)")) {
      if (part.startsWith("<svg")) {
        String svg = part.substring(0, part.indexOf("</svg>") + 6);
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new java.io.StringReader(svg)));
      }
    }
    assertTrue(HealthPage.of(List.of()).contains("No epoch has ended yet"));
  }

  @Test
  void shouldSurviveAStorage() {
    HealthUpdate update = new HealthUpdate("session", 12, epoch(4));
    HealthUpdate restored = new HealthUpdate();
    restored.decode(update.encode());
    assertEquals(epoch(4), restored.epoch());
    assertEquals("session", restored.getSessionID());
    assertEquals(12, restored.getTimeStamp());
    assertEquals(update.encode().length, update.encodingLengthBytes());
  }
}
