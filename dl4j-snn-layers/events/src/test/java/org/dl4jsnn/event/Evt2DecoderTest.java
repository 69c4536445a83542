package org.dl4jsnn.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Evt2DecoderTest {

  private static final String HEADER = "% evt 2.0\n";
  private static final long HIGH = 8L << 28;
  private static final long ON = 1L << 28;

  @TempDir private Path folder;

  private Recorded recorded(String lines, long... words) throws IOException {
    return Recorded.in(folder, new Bytes().text(HEADER + lines).little32(words));
  }

  @Test
  void shouldMapEventsToTheConvention() throws IOException {
    assertEquals(
        List.of(new TestEvent(639, 479, 130, true), new TestEvent(0, 1, 191, false)),
        recorded("", HIGH + 2, ON | 2 << 22 | 639 << 11 | 479, 63 << 22 | 1).events());
  }

  @Test
  void shouldUnwrapTimeHigh() throws IOException {
    EventTable table = recorded("", HIGH + 0xFFFFFFF, 0, HIGH + 1, 0).table();
    assertEquals(0xFFFFFFFL * 64, table.t(0));
    assertEquals((0x10000000L + 1) * 64, table.t(1));
  }

  @Test
  void shouldLeaveOutTriggersMonitoringMotionAndWhatHasNoTime() throws IOException {
    Recorded recorded = recorded("", 0, 0, HIGH, 10L << 28, 13L << 28, 14L << 28, 15L << 28, 0);
    assertEquals(1, recorded.table().size());
    assertEquals(
        List.of(
            "left out: 2 events before the first TIME_HIGH",
            "left out: 1 external triggers",
            "left out: 2 words of monitoring",
            "left out: 1 words of motion"),
        recorded.notes().subList(0, 4));
  }

  @Test
  void shouldRefuseReservedTypes() throws IOException {
    recorded("", HIGH, 5L << 28)
        .assertRefused(
            HEADER.length() + 4, "the type of a word must be 0, 1, 8, 10 or 13 to 15, got 5");
  }

  @Test
  void shouldTakeTheSizeFromTheHeader() throws IOException {
    assertSensor("% geometry 320x200\n", 320, 200);
    assertSensor("% format EVT2;height=720;width=1280\n", 1280, 720);
    assertSensor("% plugin_name hal_plugin_gen31_fx3\n", 640, 480);
    assertSensor("% plugin_name hal_plugin_gen41_evk3\n", 1280, 720);
    assertSensor("% sensor_name IMX636\n% plugin_name hal_plugin_prophesee\n", 1280, 720);
    assertSensor("% plugin_name unknown\n", 3, 4);
  }

  private void assertSensor(String lines, int width, int height) throws IOException {
    EventTable table = recorded(lines, HIGH, 2 << 11 | 3).table();
    assertEquals(new SensorSize(width, height), table.sensor());
  }

  @Test
  void shouldRefuseWhatIsNotASize() throws IOException {
    recorded("% geometry 320\n")
        .assertRefused(HEADER.length(), "the sensor's height must be from 1 to 32768, got none");
    recorded("% geometry wide\n")
        .assertRefused(HEADER.length(), "the sensor's width must be from 1 to 32768, got wide");
    recorded("% format EVT2;width=5\n")
        .assertRefused(HEADER.length(), "the sensor's height must be from 1 to 32768, got none");
  }
}
