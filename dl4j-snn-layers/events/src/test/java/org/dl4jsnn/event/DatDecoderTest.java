package org.dl4jsnn.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatDecoderTest {

  private static final String HEADER = "% Data file containing CD events.\n% Version 2\n";

  @TempDir private Path folder;

  @Test
  void shouldMapEventsToTheConvention() throws IOException {
    Recorded recorded =
        Recorded.in(
            folder,
            new Bytes()
                .text(HEADER)
                .bytes(0, 8)
                .little32(9, 1L << 28 | 5 << 14 | 300, 0xFFFFFFFFL, 7 << 14 | 2, 3, 0));
    assertEquals(
        List.of(
            new TestEvent(300, 5, 9, true),
            new TestEvent(2, 7, 0xFFFFFFFFL, false),
            new TestEvent(0, 0, 0x100000003L, false)),
        recorded.events());
    assertEquals(new SensorSize(301, 8), recorded.table().sensor());
    assertEquals(
        List.of("the file states no sensor size; the smallest that holds the events is used"),
        recorded.notes());
  }

  @Test
  void shouldRefuseEventsOffTheSensorThatTheHeaderStates() throws IOException {
    String header = HEADER + "% Width 304\n% Height 240\n";
    Recorded.in(folder, new Bytes().text(header).bytes(0, 8).little32(0, 0, 0, 304))
        .assertRefused(
            header.length() + 10, "(x, y) must be on the sensor of 304 x 240, got (304, 0)");
  }

  @Test
  void shouldRefuseDamagedHeaders() throws IOException {
    assertRefused("% Width 0\n% Height 5\n", "the sensor's width must be from 1 to 32768, got 0");
    assertRefused("% Width 99999999999\n", "the sensor's width must be from 1 to 32768, got 9999");
    assertRefused("% Width 5\n", "the sensor's height must be from 1 to 32768, got none");
  }

  private void assertRefused(String lines, String expected) throws IOException {
    Recorded.in(folder, new Bytes().text(HEADER + lines).bytes(0, 8).little32(0, 0))
        .assertRefused(HEADER.length(), expected);
  }

  @Test
  void shouldRefuseOtherVersionsAndTypes() throws IOException {
    Recorded.in(folder, new Bytes().text("% Data file containing CD events\n% Version 1\n"))
        .assertRefused(0, "Version of a .dat file must be 2, got 1");
    Recorded.in(folder, new Bytes().text(HEADER).bytes(14, 8))
        .assertRefused(HEADER.length(), "events must be of type 0 or 12 and size 8, got type 14");
    Recorded.in(folder, new Bytes().text(HEADER).bytes(0))
        .assertRefused(HEADER.length(), "the type and size of events must follow the header");
  }

  @Test
  void shouldRefuseOtherPolarities() throws IOException {
    Recorded.in(folder, new Bytes().text(HEADER).bytes(0, 8).little32(0, 2L << 28))
        .assertRefused(HEADER.length() + 2, "the polarity must be 0 or 1, got 2");
  }
}
