package org.dl4jsnn.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Aedat2DecoderTest {

  private static final String HEADER = "#!AER-DAT2.0\r\n";

  @TempDir private Path folder;

  private Recorded recorded(long... words) throws IOException {
    return Recorded.in(folder, new Bytes().text(HEADER).big32(words));
  }

  @Test
  void shouldMapAddressesToTheConvention() throws IOException {
    // Raw (0, 0) is at the lower right; bit 0 set is OFF.
    Recorded recorded = recorded(0x0000, 10, 0x7FFF, 20, 0x0302, 30);
    assertEquals(
        List.of(
            new TestEvent(127, 127, 10, true),
            new TestEvent(0, 0, 20, false),
            new TestEvent(126, 124, 30, true)),
        recorded.events());
    assertEquals(new SensorSize(128, 128), recorded.table().sensor());
  }

  @Test
  void shouldTakeTimesWithoutSignAndUnwrapThem() throws IOException {
    EventTable table = recorded(0, 0x7FFFFFFFL, 0, 0xFFFFFFF0L, 0, 5).table();
    assertEquals(0x7FFFFFFFL, table.t(0));
    assertEquals(0xFFFFFFF0L, table.t(1));
    assertEquals(0x100000005L, table.t(2));
  }

  @Test
  void shouldLeaveOutExternalEvents() throws IOException {
    Recorded recorded = recorded(0, 1, 0x8000, 2, 0, 3);
    assertEquals(2, recorded.table().size());
    assertEquals(List.of("left out: 1 external events"), recorded.notes());
  }

  @Test
  void shouldRefuseLargeAddresses() throws IOException {
    recorded(0, 1, 0x10000, 2)
        .assertRefused(HEADER.length() + 8, "the address must be below 65536, got 0x10000");
  }

  @Test
  void shouldRefuseOtherChips() throws IOException {
    Recorded.in(
            folder,
            new Bytes().text(HEADER + "# AEChip: eu.seebetter.ini.chips.sbret10.SBret10\r\n"))
        .assertRefused(
            HEADER.length(),
            "AEChip must be a DVS128, or a DAVIS240, DAVIS346 or DAVIS640, got"
                + " eu.seebetter.ini.chips.sbret10.SBret10");
  }

  @Test
  void shouldNotMistakeDataForAHeader() throws IOException {
    Recorded marked =
        Recorded.in(
            folder, new Bytes().text(HEADER + "#End Of ASCII Header\r\n").text("#\n").big32(0));
    marked.assertRefused(HEADER.length() + 22, "the file must end with a whole record, got 6");
  }
}
