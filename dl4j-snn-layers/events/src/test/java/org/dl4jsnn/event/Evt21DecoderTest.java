package org.dl4jsnn.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Evt21DecoderTest {

  private static final String HEADER = "% format EVT21;height=720;width=1280\n% end\n";

  @TempDir private Path folder;

  @Test
  void shouldSpreadAMaskToTheRight() throws IOException {
    Bytes bytes =
        new Bytes()
            .text(HEADER)
            .little32(0, 0x80000003L)
            .little32(0x80000005L, 0x10000000L + 7 * 0x400000L + 1000 * 0x800L + 719);
    assertEquals(
        List.of(
            new TestEvent(1000, 719, 199, true),
            new TestEvent(1002, 719, 199, true),
            new TestEvent(1031, 719, 199, true)),
        Recorded.in(folder, bytes).events());
  }

  @Test
  void shouldCountWhatItLeavesOutAndRefuseWhatItDoesNotKnow() throws IOException {
    Bytes bytes =
        new Bytes()
            .text(HEADER)
            .little32(1, 0)
            .little32(0, 0x80000000L, 0, 0xA0000000L, 0, 0xE0000000L, 1, 0);
    Recorded file = Recorded.in(folder, bytes);
    assertEquals(List.of(new TestEvent(0, 0, 0, false)), file.events());
    assertEquals(
        List.of(
            "left out: 1 events before the first TIME_HIGH",
            "left out: 1 external triggers",
            "left out: 1 words of monitoring"),
        file.notes());
    Recorded.in(folder, new Bytes().text(HEADER).little32(0, 0x30000000L))
        .assertRefused(
            HEADER.length(), "the type of a word must be 0, 1, 8, 10 or 13 to 15, got 3");
  }

  @Test
  void shouldKnowTheFormatByTheOldHeaderToo() throws IOException {
    Bytes bytes = new Bytes().text("% evt 2.1\n% endianness legacy\n% end\n");
    Recorded file = Recorded.in(folder, bytes.little32(0x80000000L, 0, 3 * 0x800 + 2, 1));
    assertEquals(List.of(new TestEvent(3, 2, 0, false)), file.events());
    assertEquals("EVT 2.1", file.table().format());
  }

  /** As Prophesee's reader decides. */
  @ParameterizedTest
  @CsvSource({
    "integrator_name Prophesee, system_ID 49, true",
    "camera_integrator_name Prophesee, system_ID 54, true",
    "date 2023-03-29, system_ID 49, true",
    "integrator_name Prophesee, system_ID 55, false",
    "integrator_name Prophesee, system_ID 0, false",
    "integrator_name Prophesee, system_ID none, false",
    "integrator_name Prophesee, plugin_name other, false",
    "camera_integrator_name Other, system_ID 49, false",
    "endianness little, system_ID 49, false",
    "format EVT21;endianness=little;height=720;width=1280, system_ID 49, false",
    "endianness legacy, system_ID 55, true",
  })
  void shouldKnowTheOrderByTheCameraIfTheHeaderNamesNone(
      String first, String second, boolean legacy) throws IOException {
    Bytes bytes =
        new Bytes()
            .text(
                "% format EVT21;height=720;width=1280\n% " + first + "\n% " + second + "\n% end\n");
    long[] halves = {0x80000000L, 0, 3 * 0x800 + 2, 1};
    for (int i = 0; i < halves.length; i++) {
      bytes.little32(halves[legacy ? i : i ^ 1]);
    }
    assertEquals(List.of(new TestEvent(3, 2, 0, false)), Recorded.in(folder, bytes).events());
  }
}
