package org.dl4jsnn.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        .assertRefused(HEADER.length(), "the type of a word must be 0, 1, 8, 10, 14 or 15, got 3");
  }

  @Test
  void shouldKnowTheFormatByTheOldHeaderToo() throws IOException {
    Bytes bytes = new Bytes().text("% evt 2.1\n% endianness legacy\n% end\n");
    Recorded file = Recorded.in(folder, bytes.little32(0x80000000L, 0, 3 * 0x800 + 2, 1));
    assertEquals(List.of(new TestEvent(3, 2, 0, false)), file.events());
    assertEquals("EVT 2.1", file.table().format());
  }
}
