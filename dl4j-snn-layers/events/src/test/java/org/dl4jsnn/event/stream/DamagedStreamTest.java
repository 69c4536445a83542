package org.dl4jsnn.event.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
import org.dl4jsnn.event.InPieces;
import org.dl4jsnn.event.ReadOptions;
import org.dl4jsnn.event.TestEvent;
import org.dl4jsnn.event.WrittenFormat;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A damaged stream gives the events and the exception that a file with the same bytes gives. */
class DamagedStreamTest {

  private static final int CASES = Integer.getInteger("fuzz.cases", 300);

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(names = {"EVT_3", "AEDAT_4", "AEDAT_4_LZ4"})
  void shouldReadADamagedStreamAsAFile(WrittenFormat written) throws Exception {
    byte[] bytes = written.bytes(TestEvent.random(1, 400));
    int line = "#!AER-DAT4.0\r\n".length();
    int headerEnd =
        written == WrittenFormat.EVT_3
            ? written.bytes(List.of()).length
            : line
                + Integer.BYTES
                + ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(line);
    damage(bytes, headerEnd);
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
          EventStream.of(
              new InPieces(bytes, piece -> 1 + random.nextInt(50)), file, ReadOptions.defaults())) {
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
}
