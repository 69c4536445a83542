package org.dl4jsnn.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Evt3DecoderTest {

  private static final String HEADER = "% evt 3.0\n% geometry 1280x720\n";
  private static final int Y = 0x0000;
  private static final int X = 0x2000;
  private static final int BASE = 0x3000;
  private static final int VECTOR_12 = 0x4000;
  private static final int VECTOR_8 = 0x5000;
  private static final int LOW = 0x6000;
  private static final int HIGH = 0x8000;
  private static final int ON = 0x800;

  @TempDir private Path folder;

  private Recorded recorded(int... words) throws IOException {
    return Recorded.in(folder, new Bytes().text(HEADER).little16(words));
  }

  @Test
  void shouldMapEventsToTheConvention() throws IOException {
    Recorded recorded = recorded(HIGH + 1, LOW + 2, Y + 719, X + ON + 1279, Y + 0x800 + 3, X + 7);
    assertEquals(
        List.of(new TestEvent(1279, 719, 4098, true), new TestEvent(7, 3, 4098, false)),
        recorded.events());
    assertEquals(new SensorSize(1280, 720), recorded.table().sensor());
  }

  @Test
  void shouldSpreadVectorsOutFromTheirFirstX() throws IOException {
    Recorded recorded =
        recorded(
            HIGH,
            LOW,
            Y,
            BASE + ON + 100,
            VECTOR_12 + 0b1000_0000_0001,
            VECTOR_12,
            VECTOR_8 + 0xF02,
            VECTOR_8 + 1);
    assertEquals(
        List.of(100, 111, 125, 132), recorded.events().stream().map(TestEvent::x).toList());
    assertEquals(4, recorded.table().onEvents());
  }

  @Test
  void shouldUnwrapTimeHigh() throws IOException {
    EventTable table = recorded(HIGH + 4095, LOW + 9, Y, X, HIGH, LOW + 1, X).table();
    assertEquals((4095 << 12) + 9, table.t(0));
    assertEquals((1 << 24) + 1, table.t(1));
  }

  @Test
  void shouldNotPutOldLowerBitsUnderNewUpperOnes() throws IOException {
    EventTable table = recorded(HIGH, LOW + 4095, Y, X, HIGH, X, HIGH + 1, X, LOW + 5, X).table();
    assertEquals(
        List.of(4095L, 4095L, 4096L, 4101L),
        TestEvent.of(table).stream().map(TestEvent::t).toList());
  }

  @Test
  void shouldLeaveOutTriggersMonitoringAndWhatHasNoPlace() throws IOException {
    Recorded recorded =
        recorded(X, Y, X, HIGH, VECTOR_8 + 1, 0xA000, 0xE000, 0x7000, 0xF000, X + 4);
    assertEquals(List.of(new TestEvent(4, 0, 0, false)), recorded.events());
    assertEquals(
        List.of(
            "left out: 2 events before the first TIME_HIGH and y",
            "left out: 1 external triggers",
            "left out: 1 vectors without a first x",
            "left out: 3 words of monitoring"),
        recorded.notes());
  }

  @Test
  void shouldRefuseReservedTypesAndVectorsOffTheSensor() throws IOException {
    recorded(HIGH, 0x1000)
        .assertRefused(
            HEADER.length() + 2, "the type of a word must be 0, 2 to 8, 10, 14 or 15, got 1");
    assertEquals(5, recorded(HIGH, Y, BASE + 1275, VECTOR_12 + 0b1_1111).table().size());
    recorded(HIGH, Y, BASE + 1275, VECTOR_12 + 0b11_1111)
        .assertRefused(
            HEADER.length() + 6, "(x, y) must be on the sensor of 1280 x 720, got (1280, 0)");
  }

  @Test
  void shouldStayOffTheSensorBehindManyEmptyVectors() {
    Evt3State state = new Evt3State();
    state.vectorX = SensorSize.LARGEST - 1;
    state.passMask(12);
    state.passMask(8);
    assertEquals(SensorSize.LARGEST, state.vectorX);
  }
}
