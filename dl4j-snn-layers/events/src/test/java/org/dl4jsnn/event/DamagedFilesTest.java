package org.dl4jsnn.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a file holds, it is read or refused by {@link EventFormatException}, in little time and
 * in memory that the file's own length bounds. {@code -Pfuzz} tries more files.
 */
class DamagedFilesTest {

  private static final int CASES = Integer.getInteger("fuzz.cases", 150);
  private static final int EVENTS = 300;

  /** The thread's, so that other processes do not count. */
  private static final long MOST_NANOSECONDS = TimeUnit.SECONDS.toNanos(2);

  /** The buffer, a header line and its text, messages. */
  private static final long FIXED_BYTES = 2 << 20;

  /**
   * The library's tables, 200 KiB for each of some 43 packets, and an occasional window of 8 MiB.
   */
  private static final long ZSTANDARD_BYTES = 32 << 20;

  /** At most six events per byte (vectors of EVT 3.0), each held up to three times when sorted. */
  private static final long BYTES_A_BYTE = 6 * 100;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void shouldReadOrRefuseWhateverAFileHolds(WrittenFormat written) throws IOException {
    byte[] whole = written.bytes(TestEvent.random(1, EVENTS));
    Path file = folder.resolve("damaged");
    // Loads classes and starts logging, which does not count as the reader's memory.
    Files.write(file, whole);
    assertEquals(EVENTS, EventFiles.read(file, written.options()).size());
    int refused = 0;
    for (int seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      byte[] damaged = Mutations.of(whole, random);
      Files.write(file, damaged);
      ReadOptions options = options(written, random);
      int which = seed;
      Supplier<String> what = () -> written + ", seed " + which + ", " + options;
      long bytes = THREADS.getCurrentThreadAllocatedBytes();
      long nanoseconds = THREADS.getCurrentThreadCpuTime();
      try {
        check(EventFiles.read(file, options), damaged.length);
      } catch (EventFormatException e) {
        refused++;
        assertEquals(file.toString(), e.file(), what);
        assertTrue(e.offset() >= 0 && e.offset() <= damaged.length, () -> what.get() + ": " + e);
        assertTrue(e.getMessage().contains(" must "), () -> what.get() + ": " + e);
      } catch (RuntimeException | Error e) {
        throw new AssertionError(what.get(), e);
      }
      long took = THREADS.getCurrentThreadCpuTime() - nanoseconds;
      long allocated = THREADS.getCurrentThreadAllocatedBytes() - bytes;
      assertTrue(took < MOST_NANOSECONDS, () -> what.get() + ": " + took + " ns");
      assertTrue(
          allocated < fixedBytes(written) + BYTES_A_BYTE * damaged.length,
          () -> what.get() + ": " + allocated + " bytes");
      if (options.backward() != BackwardTimestamps.SORT) {
        int piece = 1 + random.nextInt(EVENTS);
        assertEquals(inPieces(file, options, Integer.MAX_VALUE), inPieces(file, options, piece));
      }
    }
    assertTrue(refused > CASES / 10, "damage was found in " + refused);
    assertTrue(refused < CASES, "some damage cannot be seen");
  }

  private static long fixedBytes(WrittenFormat written) {
    return written == WrittenFormat.AEDAT_4_ZSTD ? FIXED_BYTES + ZSTANDARD_BYTES : FIXED_BYTES;
  }

  private static ReadOptions options(WrittenFormat written, Random random) {
    BackwardTimestamps[] treatments = BackwardTimestamps.values();
    return new ReadOptions(
        random.nextBoolean(),
        random.nextInt(4) == 0 ? 1 + random.nextInt(EVENTS) : Long.MAX_VALUE,
        treatments[random.nextInt(treatments.length)],
        random.nextBoolean() ? Optional.of(TestEvent.SENSOR) : Optional.empty(),
        random.nextBoolean() ? Optional.of(written.format) : Optional.empty());
  }

  /** All events and warnings, or why the file was refused. */
  private static List<?> inPieces(Path file, ReadOptions options, int maximum) throws IOException {
    List<TestEvent> events = new ArrayList<>();
    try (EventReader reader = EventFiles.open(file, options)) {
      EventTable piece = reader.next(maximum);
      while (piece.size() > 0) {
        events.addAll(TestEvent.of(piece));
        piece = reader.next(maximum);
      }
      return List.of(events, reader.warnings(), reader.notes());
    } catch (EventFormatException e) {
      return List.of(e.getMessage());
    }
  }

  private static void check(EventTable table, int fileLength) {
    assertTrue(table.size() <= 6 * fileLength);
    for (int i = 0; i < table.size(); i++) {
      assertTrue(table.sensor().contains(table.x(i), table.y(i)));
      assertTrue(table.t(i) >= 0);
    }
  }

  /** Files of other programs, in layouts that no writer here has. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "like-m3ed.h5",
        "like-e2vid.h5",
        "like-metavision.h5",
        "like-v2e.h5",
        "steps.npz",
        "steps-packed.npz"
      })
  void shouldReadOrRefuseWhateverAMadeFileHolds(String name) throws IOException {
    byte[] whole = Files.readAllBytes(MadeEvents.copy(folder, name));
    int refused = 0;
    for (int seed = 0; seed < 2 * CASES; seed++) {
      Path file = Files.write(folder.resolve("damaged"), Mutations.of(whole, new Random(seed)));
      try {
        EventTable table = EventFiles.read(file);
        assertTrue(table.size() <= 1 << 20, name + ", seed " + seed + ": " + table);
      } catch (EventFormatException e) {
        refused++;
      } catch (RuntimeException | Error e) {
        throw new AssertionError(name + ", seed " + seed, e);
      }
    }
    assertTrue(refused > CASES / 5, refused + " refused");
  }
}
