package org.dl4jsnn.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cameras that record images and motion beside events, in AEDAT 2.0 and 3.1. */
class DavisDecoderTest {

  @TempDir private Path folder;

  private static Bytes old(String chip) {
    return new Bytes().text("#!AER-DAT2.0\r\n# AEChip: " + chip + "\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "eu.seebetter.ini.chips.davis.DAVIS240C, 240, 180",
    "eu.seebetter.ini.chips.davis.Davis346B, 346, 260",
    "eu.seebetter.ini.chips.davis.Davis640, 640, 480"
  })
  void shouldFindTheUpperLeftOfEachChip(String chip, int width, int height) throws IOException {
    long upperLeft = (height - 1L) * 0x400000 + (width - 1) * 0x1000;
    Recorded file = Recorded.in(folder, old(chip).big32(upperLeft + 0x800, 5, 0, 6));
    assertEquals(
        List.of(new TestEvent(0, 0, 5, true), new TestEvent(width - 1, height - 1, 6, false)),
        file.events());
    assertEquals(new SensorSize(width, height), file.table().sensor());
  }

  @Test
  void shouldCountFramesMotionAndExternalEvents() throws IOException {
    Bytes bytes = old("DAVIS240C").big32(0x80000123L, 1, 0x80000C00L, 1, 0x80000455L, 2);
    Recorded file = Recorded.in(folder, bytes.big32(0x400, 2, 0x800, 3, 0x80000000L, 4));
    assertEquals(List.of(new TestEvent(239, 179, 3, true)), file.events());
    assertEquals(
        List.of(
            "left out: 1 external events",
            "left out: 3 words of frames",
            "left out: 1 words of motion"),
        file.notes());
  }

  @Test
  void shouldRefuseOtherChipsAndPlacesOffTheSensor() throws IOException {
    Recorded.in(folder, old("eu.seebetter.ini.chips.davis.DAVIS1024").big32(0, 0))
        .assertRefused(14, "AEChip must be a DVS128, or a DAVIS240, DAVIS346 or DAVIS640, got");
    Recorded.in(folder, old("DAVIS240C").big32(240 * 0x1000, 0))
        .assertRefused(35, "(x, y) must be on the sensor of 240 x 180, got (-1, 179)");
  }

  @Test
  void shouldReadADavisInAedat31() throws IOException {
    Bytes bytes =
        new Bytes().text("#!AER-DAT3.1\r\n#Format: RAW\r\n#Source 1: DAVIS346\r\n#!END-HEADER\r\n");
    Aedat31Writer.packet(bytes, 2, 40, 0, 1).raw(new byte[40]);
    Aedat31Writer.packet(bytes, 3, 36, 0, 2).raw(new byte[72]);
    Aedat31Writer.packet(bytes, 1, 8, 0, 1).little32(345 * 131072L + 259 * 4 + 3, 77);
    Recorded file = Recorded.in(folder, bytes);
    assertEquals(List.of(new TestEvent(345, 259, 77, true)), file.events());
    assertEquals(new SensorSize(346, 260), file.table().sensor());
    assertEquals(List.of("left out: 2 packets of other kinds (frames, motion, …)"), file.notes());
  }
}
