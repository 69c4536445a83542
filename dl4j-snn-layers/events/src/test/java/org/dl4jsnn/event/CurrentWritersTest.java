package org.dl4jsnn.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.DataFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other programs look for in the files that {@link EventWriter} writes. */
class CurrentWritersTest {

  @TempDir private Path folder;

  private Path aedat4(String name, List<TestEvent> events) throws IOException {
    return EventWriterTest.Written.AEDAT_4.write(folder.resolve(name), events, TestEvent.SENSOR);
  }

  @Test
  void shouldSayWhereThePacketsOfAnAedat4FileAre() throws IOException, DataFormatException {
    List<TestEvent> events = TestEvent.random(1, 20_000);
    byte[] bytes = Files.readAllBytes(aedat4("a", events));
    ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int header = numbers.getInt(14);
    long position =
        FlatTable.root(bytes, 18, 18 + header, "IOHE").longNumber(Aedat4Header.TABLE_POSITION, -1);
    assertEquals(bytes.length - position - 4, numbers.getInt((int) position));
    FlatTable table = FlatTable.root(bytes, (int) position + 4, bytes.length, "FTAB");
    int from = (int) position + 4 + table.elements(0, Integer.BYTES);
    assertEquals(3, table.length(0));
    int first = 0;
    for (int i = 0; i < 3; i++) {
      int at = from + 4 * i + numbers.getInt(from + 4 * i);
      int fields = at - numbers.getInt(at);
      int packet = (int) numbers.getLong(at + numbers.getShort(fields + 4));
      assertEquals(0, numbers.getInt(at + numbers.getShort(fields + 6)));
      int size = numbers.getInt(at + numbers.getShort(fields + 6) + 4);
      int count = (int) numbers.getLong(at + numbers.getShort(fields + 8));
      assertEquals(numbers.getInt(packet - 4), size);
      assertEquals(count, FlatTable.root(bytes, packet + 4, packet + size, "EVTS").length(0));
      assertEquals(events.get(first).t(), numbers.getLong(at + numbers.getShort(fields + 10)));
      first += count;
      assertEquals(events.get(first - 1).t(), numbers.getLong(at + numbers.getShort(fields + 12)));
    }
    assertEquals(events.size(), first);
  }

  @Test
  void shouldWriteTheSameBytesForTheSameEvents() throws IOException {
    List<TestEvent> events = TestEvent.random(2, 10_000);
    assertArrayEquals(
        Files.readAllBytes(aedat4("a", events)), Files.readAllBytes(aedat4("b", events)));
  }

  private Path evt3(List<TestEvent> events, SensorSize sensor) throws IOException {
    return EventWriterTest.Written.EVT_3.write(folder.resolve("e"), events, sensor);
  }

  private static final SensorSize WIDE = new SensorSize(1280, 720);
  private static final String WIDE_HEADER =
      "% evt 3.0\n% format EVT3;height=720;width=1280\n% geometry 1280x720\n% end\n";

  /** Events at some columns of row 7, at one time. */
  private static List<TestEvent> inRow(int... columns) {
    return IntStream.of(columns).mapToObj(x -> new TestEvent(x, 7, 4097, true)).toList();
  }

  @Test
  void shouldWriteVectorsOfEvt3() throws IOException {
    Bytes expected = new Bytes().text(WIDE_HEADER).little16(0x8001, 0x6001, 0x0007);
    // Five within 32 columns: masks of 12, 12 and 8. Four are just as short one by one.
    expected.little16(0x3800 + 100, 0x4083, 0x4001, 0x5080);
    expected.little16(0x2800 + 500, 0x2800 + 511, 0x2800 + 512, 0x2800 + 513);
    // Too close to the edge for a whole vector.
    for (int x = 1270; x < 1280; x++) {
      expected.little16(0x2800 + x);
    }
    int[] columns = {100, 101, 107, 112, 131, 500, 511, 512, 513};
    int[] atTheEdge = IntStream.range(1270, 1280).toArray();
    List<TestEvent> events =
        inRow(IntStream.concat(IntStream.of(columns), IntStream.of(atTheEdge)).toArray());
    byte[] bytes = Files.readAllBytes(evt3(events, WIDE));
    assertArrayEquals(expected.toArray(), bytes, new String(bytes, StandardCharsets.ISO_8859_1));
  }

  @Test
  void shouldWriteEvt3ThatPropheseesReaderTakesWhole() throws IOException {
    Random random = new Random(3);
    List<TestEvent> events = new ArrayList<>();
    long t = 0;
    for (int run = 0; run < 2000; run++) {
      int y = random.nextInt(720);
      boolean on = random.nextBoolean();
      int step = 1 + random.nextInt(12);
      int x = random.nextInt(1280);
      for (int i = random.nextInt(40); i >= 0 && x < 1280; i--) {
        events.add(new TestEvent(x, y, t, on));
        x += 1 + random.nextInt(step);
      }
      // Pauses of up to 4 s, within which TIME_HIGH may wrap by less than a round.
      t += random.nextInt(50) == 0 ? random.nextInt(4_000_000) : random.nextInt(300);
    }
    byte[] file = Files.readAllBytes(evt3(events, WIDE));
    PropheseeEvt3 reader = new PropheseeEvt3(1280, 720);
    assertEquals(events, reader.read(file, WIDE_HEADER.length()));
    assertTrue(reader.vectors() > 500, reader.vectors() + " vectors");
    assertEquals(events, TestEvent.of(EventFiles.read(folder.resolve("e"))));
  }

  @Test
  void shouldKeepTimeOverLongPausesInEvt3() throws IOException {
    List<TestEvent> events = new ArrayList<>();
    for (long t : new long[] {0, 1L << 23, 1L << 24, 3L << 24, (1L << 36) - 1}) {
      events.add(new TestEvent(1, 2, t, true));
    }
    Path file = evt3(events, TestEvent.SENSOR);
    assertEquals(events, TestEvent.of(EventFiles.read(file)));
    byte[] bytes = Files.readAllBytes(file);
    int header = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("% end\n") + 6;
    assertEquals(events, new PropheseeEvt3(34, 34).read(bytes, header));
    // Every 128th of the 2^24 values of TIME_HIGH.
    assertTrue(Files.size(file) < 263_000, Files.size(file) + " bytes");
  }
}
