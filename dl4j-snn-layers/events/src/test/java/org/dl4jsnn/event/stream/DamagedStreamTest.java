package org.dl4jsnn.event.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.dl4jsnn.event.EventFiles;
import org.dl4jsnn.event.EventFormatException;
import org.dl4jsnn.event.EventReader;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.EventWriter;
import org.dl4jsnn.event.ReadOptions;
import org.dl4jsnn.event.SensorSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged stream gives the events and the exception that a file with the same bytes gives. */
class DamagedStreamTest {

  private static final SensorSize SENSOR = new SensorSize(34, 34);
  private static final int CASES = Integer.getInteger("fuzz.cases", 300);

  @TempDir private Path folder;

  @Test
  void shouldReadDamagedEvt3AsAFile() throws Exception {
    Path file = folder.resolve("whole.raw");
    try (EventWriter writer = EventWriter.evt3(file, SENSOR)) {
      write(writer);
    }
    byte[] bytes = Files.readAllBytes(file);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    damage(bytes, text.indexOf("% end\n") + "% end\n".length());
  }

  @Test
  void shouldReadDamagedAedat4AsAFile() throws Exception {
    for (boolean packed : new boolean[] {false, true}) {
      Path file = folder.resolve("whole.aedat4");
      try (EventWriter writer =
          packed ? EventWriter.aedat4Lz4(file, SENSOR) : EventWriter.aedat4(file, SENSOR)) {
        write(writer);
      }
      byte[] bytes = Files.readAllBytes(file);
      int line = "#!AER-DAT4.0\r\n".length();
      int header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(line);
      damage(bytes, line + Integer.BYTES + header);
    }
  }

  private static void write(EventWriter writer) throws IOException {
    for (int i = 0; i < 400; i++) {
      writer.accept(7 * i % 34, 11 * i % 34, 1000 + 37L * i, i % 3 == 0);
    }
    writer.finish();
  }

  private void damage(byte[] whole, int headerEnd) throws IOException {
    Path file = folder.resolve("damaged");
    for (int seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      byte[] bytes = whole.clone();
      if (random.nextBoolean()) {
        bytes = Arrays.copyOf(bytes, headerEnd + random.nextInt(bytes.length - headerEnd));
      }
      for (int i = random.nextInt(4); i > 0 && bytes.length > headerEnd; i--) {
        bytes[headerEnd + random.nextInt(bytes.length - headerEnd)] ^=
            (byte) (1 << random.nextInt(8));
      }
      Files.write(file, bytes);
      List<String> ofFile = new ArrayList<>();
      try (EventReader reader = EventFiles.open(file, ReadOptions.defaults())) {
        readAll(() -> reader.next(1), ofFile);
      }
      List<String> ofStream = new ArrayList<>();
      try (EventStream stream =
          EventStream.of(new InPieces(bytes, random), file, ReadOptions.defaults())) {
        readAll(stream::next, ofStream);
      }
      assertEquals(ofFile, ofStream, "seed " + seed);
    }
  }

  private static void readAll(ScriptedStream.Step next, List<String> into) {
    try {
      for (EventTable piece = next.run(); piece.size() > 0; piece = next.run()) {
        for (int i = 0; i < piece.size(); i++) {
          into.add(piece.x(i) + " " + piece.y(i) + " " + piece.t(i) + " " + piece.on(i));
        }
      }
    } catch (EventFormatException e) {
      into.add(e.getMessage());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Bytes that come in pieces of 1 to 50. */
  private static final class InPieces extends ByteArrayInputStream {

    private final Random random;

    InPieces(byte[] bytes, Random random) {
      super(bytes);
      this.random = random;
    }

    @Override
    public synchronized int available() {
      return 0;
    }

    @Override
    public synchronized int read(byte[] to, int from, int length) {
      return super.read(to, from, Math.min(length, 1 + random.nextInt(50)));
    }
  }
}
