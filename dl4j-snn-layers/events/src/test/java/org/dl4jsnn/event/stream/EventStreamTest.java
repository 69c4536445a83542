package org.dl4jsnn.event.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.dl4jsnn.event.BackwardTimestamps;
import org.dl4jsnn.event.EventFormat;
import org.dl4jsnn.event.EventFormatException;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.EventWriter;
import org.dl4jsnn.event.ReadOptions;
import org.dl4jsnn.event.SensorSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class EventStreamTest {

  private static final SensorSize SENSOR = new SensorSize(34, 34);
  private static final Path NAME = Path.of("camera");
  private static final ReadOptions STRICT = ReadOptions.defaults();

  /** The line that files begin with, and what a network sends does not. */
  private static final int AEDAT_LINE = "#!AER-DAT4.0\r\n".length();

  private static final int PACKET = 8192;

  @TempDir private Path folder;

  private static EventTable events(int count) {
    EventTable events = new EventTable("test", SENSOR);
    for (int i = 0; i < count; i++) {
      events.add(7 * i % 34, 11 * i % 34, 1000 + 37L * i, i % 3 == 0);
    }
    return events;
  }

  private byte[] written(EventFormat format, EventTable events) throws IOException {
    Path file = folder.resolve("recording-" + events.size() + format.name());
    try (EventWriter writer =
        format == EventFormat.EVT_3
            ? EventWriter.evt3(file, SENSOR)
            : EventWriter.aedat4Lz4(file, SENSOR)) {
      writer.write(events);
      writer.finish();
    }
    return Files.readAllBytes(file);
  }

  /** As iniVation's programs send it: no first line, and no table after the packets. */
  private byte[] sent(EventTable events) throws IOException {
    byte[] file = written(EventFormat.AEDAT_4, events);
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int headerEnd = AEDAT_LINE + Integer.BYTES + bytes.getInt(AEDAT_LINE);
    int packetsEnd = headerEnd;
    for (int packets = (events.size() + PACKET - 1) / PACKET; packets > 0; packets--) {
      packetsEnd += 2 * Integer.BYTES + bytes.getInt(packetsEnd + Integer.BYTES);
    }
    for (int i = AEDAT_LINE; i < headerEnd - Long.BYTES; i++) {
      if (bytes.getLong(i) == packetsEnd) {
        bytes.putLong(i, -1); // says that there is no table
        return Arrays.copyOfRange(file, AEDAT_LINE, packetsEnd);
      }
    }
    throw new IllegalStateException("the header must say where the table is");
  }

  private static void assertSame(EventTable expected, EventStream stream) throws Exception {
    int event = 0;
    for (EventTable piece = stream.next(); piece.size() > 0; piece = stream.next()) {
      for (int i = 0; i < piece.size(); i++, event++) {
        assertEquals(expected.t(event), piece.t(i));
        assertEquals(expected.x(event), piece.x(i));
        assertEquals(expected.y(event), piece.y(i));
        assertEquals(expected.on(event), piece.on(i));
      }
    }
    assertEquals(expected.size(), event);
  }

  @Test
  void shouldReadWhatIsWrittenAndAedat4AlsoWithoutItsLine() throws Exception {
    EventTable events = events(20_000);
    for (byte[] bytes :
        List.of(
            written(EventFormat.EVT_3, events),
            written(EventFormat.AEDAT_4, events),
            sent(events))) {
      try (EventStream stream = stream(bytes)) {
        assertEquals(Optional.of(SENSOR), stream.sensor());
        assertSame(events, stream);
      }
    }
  }

  @Test
  void shouldNotWaitForMoreThanHasCome() throws Exception {
    EventTable events = events(100);
    byte[] bytes = written(EventFormat.EVT_3, events);
    PipedInputStream in = new PipedInputStream(1 << 16);
    try (PipedOutputStream out = new PipedOutputStream(in);
        EventStream stream = open(in, out, bytes, bytes.length - 3)) {
      // Half a word is there; the reader does not wait for the event that it ends.
      EventTable first = stream.next();
      assertEquals(99, first.size());
      out.write(bytes, bytes.length - 3, 3);
      assertEquals(1, stream.next().size());
    }
  }

  @Test
  @Timeout(30)
  void shouldNotWaitForMoreWhenAskedForWarnings() throws Exception {
    EventTable events = events(100);
    byte[] bytes = written(EventFormat.EVT_3, events);
    PipedInputStream in = new PipedInputStream(1 << 16);
    try (PipedOutputStream out = new PipedOutputStream(in)) {
      out.write(bytes);
      try (EventStream stream = EventStream.of(in, NAME, STRICT.atMost(100))) {
        assertEquals(100, stream.next().size());
        assertEquals(0, stream.next().size());
        assertEquals(List.of(), stream.warnings());
      }
      in.close();
    }
  }

  @Test
  void shouldGiveAPacketOfAedat4WhenItIsWhole() throws Exception {
    byte[] bytes = sent(events(PACKET + 100));
    PipedInputStream in = new PipedInputStream(1 << 18);
    try (PipedOutputStream out = new PipedOutputStream(in);
        EventStream stream = open(in, out, bytes, bytes.length - 10)) {
      assertEquals(PACKET, stream.next().size());
      out.write(bytes, bytes.length - 10, 10);
      assertEquals(100, stream.next().size());
    }
  }

  private static EventStream open(
      PipedInputStream in, PipedOutputStream out, byte[] bytes, int first) throws IOException {
    out.write(bytes, 0, first);
    return EventStream.of(in, NAME, STRICT);
  }

  @Test
  void shouldReadFromAProgramOfThisMachineThatListens() throws Exception {
    EventTable events = events(20_000);
    byte[] bytes = sent(events);
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread sender =
          new Thread(
              () -> {
                try (Socket socket = server.accept();
                    OutputStream out = socket.getOutputStream()) {
                  for (int from = 0; from < bytes.length; from += 1000) {
                    out.write(bytes, from, Math.min(1000, bytes.length - from));
                    out.flush();
                  }
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      sender.start();
      try (EventStream stream = EventStream.connect(server.getLocalPort(), STRICT)) {
        assertSame(events, stream);
      }
      sender.join();
    }
  }

  /** In another Java, since this one's standard input is that of the tests' runner. */
  @Test
  void shouldReadTheStandardInput() throws Exception {
    Path file = folder.resolve("recording.raw");
    Files.write(file, written(EventFormat.EVT_3, events(3000)));
    Path output = folder.resolve("output");
    // Apart: Java itself writes there if it is given options by a variable.
    Path errors = folder.resolve("errors");
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-classpath",
                System.getProperty("java.class.path"),
                CountsStandardInput.class.getName())
            .redirectInput(file.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    assertEquals(0, program.waitFor(), () -> text(errors));
    assertEquals(List.of("3000 events on 34 x 34", "then -1"), text(output).lines().toList());
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void shouldNameSendersAsPathsThatEverySystemHas() {
    assertEquals(
        Path.of("port-7-of-fe80--1"),
        ReaderStream.name(InetSocketAddress.createUnresolved("fe80::1", 7)));
  }

  @Test
  void shouldSayThatNothingListens() throws Exception {
    int port;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = server.getLocalPort();
    }
    assertThrows(IOException.class, () -> EventStream.connect(port, STRICT));
  }

  @Test
  void shouldGiveWhatCameBeforeDamage() throws Exception {
    byte[] damaged = damaged(100);
    try (EventStream stream = stream(damaged)) {
      assertEquals(100, stream.next().size());
      EventFormatException e = assertThrows(EventFormatException.class, stream::next);
      assertEquals("camera", e.file());
      assertEquals(damaged.length - 2, e.offset());
      assertThrows(EventFormatException.class, stream::next);
    }
  }

  /** Ends in a word of a type that does not exist. */
  private byte[] damaged(int events) throws IOException {
    byte[] bytes = written(EventFormat.EVT_3, events(events));
    byte[] damaged = Arrays.copyOf(bytes, bytes.length + 2);
    damaged[bytes.length + 1] = (byte) 0x10;
    return damaged;
  }

  @Test
  void shouldRefuseAPacketThatIsCutUnlessItMay() throws Exception {
    byte[] bytes = sent(events(PACKET + 100));
    byte[] cut = Arrays.copyOf(bytes, bytes.length - 10);
    try (EventStream stream = stream(cut)) {
      assertEquals(PACKET, stream.next().size());
      assertThrows(EventFormatException.class, stream::next);
    }
    try (EventStream stream = stream(cut, STRICT.keepingTruncated())) {
      assertEquals(PACKET, stream.next().size());
      assertEquals(0, stream.next().size());
      assertEquals(1, stream.warnings().size());
    }
  }

  @Test
  void shouldRefuseOtherFormats() {
    for (String other :
        new String[] {
          "", "GET / HTTP/1.1\r\n", "#!AER-DAT2.0\r\n", "\u0089HDF\r\n", "% Version 2\n"
        }) {
      byte[] bytes = other.getBytes(StandardCharsets.ISO_8859_1);
      assertThrows(EventFormatException.class, () -> stream(bytes), other);
    }
    ReadOptions asHdf5 = STRICT.as(EventFormat.HDF5);
    assertThrows(IllegalArgumentException.class, () -> stream(new byte[9], asHdf5));
  }

  private static EventStream stream(byte[] bytes) throws IOException {
    return stream(bytes, STRICT);
  }

  private static EventStream stream(byte[] bytes, ReadOptions options) throws IOException {
    return EventStream.of(new ByteArrayInputStream(bytes), NAME, options);
  }

  @Test
  void shouldReadEvt3WithoutAHeaderIfToldSo() throws Exception {
    EventTable events = events(100);
    byte[] bytes = written(EventFormat.EVT_3, events);
    int end = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("% end\n") + 6;
    byte[] bare = Arrays.copyOfRange(bytes, end, bytes.length);
    ReadOptions options = STRICT.as(EventFormat.EVT_3).sensor(34, 34);
    try (EventStream stream = stream(bare, options)) {
      assertSame(events, stream);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REFUSE")
  void shouldRefuseToLetTimesGoBackwards(BackwardTimestamps backward) {
    ReadOptions options = STRICT.backward(backward);
    assertThrows(IllegalArgumentException.class, () -> stream(new byte[9], options));
  }

  @Test
  void shouldReplayAtItsOwnPaceOrFaster() throws Exception {
    EventTable events = events(20_000);
    Path file = folder.resolve("recording.raw");
    Files.write(file, written(EventFormat.EVT_3, events));
    for (double speed : new double[] {1, 20}) {
      HandClock clock = new HandClock();
      clock.pass(12_345);
      try (EventStream stream = EventStream.replay(file, STRICT, speed, clock)) {
        int event = 0;
        for (EventTable piece = stream.next(); piece.size() > 0; piece = stream.next()) {
          event += piece.size();
          long since = events.t(event - 1) - events.t(0);
          assertEquals(12_345 + (long) (since * 1000 / speed), clock.nanos());
          assertTrue(piece.t(piece.size() - 1) - piece.t(0) < 1000);
        }
        assertEquals(20_000, event);
      }
    }
  }

  @Test
  void shouldWaitAtATinySpeed() throws Exception {
    HandClock clock = new HandClock();
    clock.pass(5);
    EventStream stream = EventStream.replay(events(100), 1e-300, clock);
    stream.next();
    stream.next();
    assertTrue(clock.nanos() > TimeUnit.DAYS.toNanos(36_500), clock.nanos() + " ns");
  }

  private record Stopped(Runnable waiting) implements StreamClock {
    @Override
    public long nanos() {
      return 0;
    }

    @Override
    public void waitUntil(long nanos) throws InterruptedException {
      waiting.run();
      new CountDownLatch(1).await();
    }
  }

  @Test
  void shouldEndTheWaitOfAReplayWhenItIsClosed() throws Exception {
    CountDownLatch waits = new CountDownLatch(1);
    EventStream stream = EventStream.replay(events(10), 1, new Stopped(waits::countDown));
    FutureTask<EventTable> reading =
        new FutureTask<>(
            () -> {
              EventTable piece = stream.next();
              assertFalse(Thread.currentThread().isInterrupted(), "it is no interrupt of others");
              return piece;
            });
    new Thread(reading).start();
    waits.await();
    stream.close();
    assertEquals(0, reading.get(50, TimeUnit.SECONDS).size());
    assertEquals(0, stream.next().size());
  }

  @Test
  void shouldPassOnAnInterruptWhileAReplayWaits() {
    StreamClock interrupted = new Stopped(() -> Thread.currentThread().interrupt());
    EventStream stream = EventStream.replay(events(10), 1, interrupted);
    assertThrows(InterruptedException.class, stream::next);
  }

  @Test
  void shouldRefuseAnInvalidSpeed() {
    for (double speed : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> EventStream.replay(events(10), speed, new HandClock()));
    }
  }

  @Test
  void shouldReplayWhatIsInFrontOfDamage() throws Exception {
    Path file = Files.write(folder.resolve("damaged.raw"), damaged(500));
    try (EventStream stream = EventStream.replay(file, STRICT, 1, new HandClock())) {
      int events = 0;
      while (events < 500) {
        events += stream.next().size();
      }
      assertEquals(500, events);
      assertThrows(EventFormatException.class, stream::next);
    }
  }
}
