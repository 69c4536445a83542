package org.dl4jsnn.event;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * ES-ImageNet: a NumPy archive ({@code .npz}) of two arrays, {@code pos} of ON events and {@code
 * neg} of OFF ones. Events of one step are unordered; those of {@code pos} come first.
 */
final class EsImageNetDecoder extends BlockDecoder {

  private static final String ARCHIVE = "PK\u0003\u0004";
  private static final String ON = "pos.npy";
  private static final String OFF = "neg.npy";

  /** The offset of the name of an archive's first file. */
  private static final int NAME = 30;

  /**
   * The largest size in bytes of the archive and of an array: 8 steps have 12.6 million at most.
   */
  private static final int LARGEST = 1 << 24;

  /** The record at the end of an archive without a comment. */
  private static final byte[] END = {'P', 'K', 5, 6};

  private static final int END_BYTES = 22;

  private static final String RULE = "it must be a NumPy archive of pos.npy and neg.npy, got: ";

  private final StepEventsArray on;
  private final StepEventsArray off;

  /** Events of both arrays by time; at equal times the first array comes first. */
  private final int[] order;

  private boolean taken;

  private EsImageNetDecoder(StepEventsArray on, StepEventsArray off) {
    this.on = on;
    this.off = off;
    long[] times = new long[on.size() + off.size()];
    for (int i = 0; i < times.length; i++) {
      times[i] = i < on.size() ? on.t(i) : off.t(i - on.size());
    }
    order = TimeOrder.of(times, times.length);
  }

  /** Whether a source begins with such an archive. */
  static boolean isNext(ByteSource source) throws IOException {
    return startsWith(source, 0, ARCHIVE)
        && (startsWith(source, NAME, ON) || startsWith(source, NAME, OFF));
  }

  private static boolean startsWith(ByteSource source, int at, String text) throws IOException {
    for (int i = 0; i < text.length(); i++) {
      if (source.peek(at + i) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  static EsImageNetDecoder open(ByteSource source) throws IOException {
    Map<String, StepEventsArray> arrays = new HashMap<>();
    source.begin(0);
    try (ZipInputStream archive = archive(source)) {
      for (ZipEntry entry = archive.getNextEntry();
          entry != null && arrays.size() < 2;
          entry = archive.getNextEntry()) {
        GrowingBytes bytes = new GrowingBytes(LARGEST);
        bytes.addAll(archive);
        arrays.put(entry.getName(), StepEventsArray.of(bytes));
      }
    } catch (EOFException | ZipException | IllegalArgumentException e) {
      throw damaged(source, e.getMessage(), e);
    }
    if (!arrays.containsKey(ON) || !arrays.containsKey(OFF)) {
      throw damaged(source, arrays.keySet().toString(), null);
    }
    return new EsImageNetDecoder(arrays.get(ON), arrays.get(OFF));
  }

  /** Read into memory: a sample has a few hundred KiB. Its end shows that the file is whole. */
  private static ZipInputStream archive(ByteSource source) throws IOException {
    GrowingBytes bytes = new GrowingBytes(LARGEST);
    source.read(LARGEST + 1, bytes);
    int end = bytes.size() - END_BYTES;
    for (int i = 0; i < END.length; i++) {
      if (end < 0 || bytes.array()[end + i] != END[i]) {
        throw new EOFException("an archive without an end");
      }
    }
    return new ZipInputStream(new ByteArrayInputStream(bytes.array(), 0, bytes.size()));
  }

  private static EventFormatException damaged(ByteSource source, String found, Throwable cause) {
    return source.failureAt(
        0,
        RULE + found + ". Possible cause: a damaged file, or an archive with other arrays",
        cause);
  }

  @Override
  public EventFormat format() {
    return EventFormat.ES_IMAGENET;
  }

  @Override
  public Optional<SensorSize> sensor() {
    return Optional.empty();
  }

  @Override
  int nextBlock(ByteSource source) {
    int events = taken ? 0 : order.length;
    taken = true;
    return events;
  }

  @Override
  void unpack(int from, int to, EventRun run) {
    int event = run.start;
    for (int i = from; i < to; i++) {
      boolean isOn = order[i] < on.size();
      StepEventsArray array = isOn ? on : off;
      int row = isOn ? order[i] : order[i] - on.size();
      if ((array.x(row) | array.y(row)) >>> 15 != 0) {
        break;
      }
      run.place[event] = EventWord.of(array.x(row), array.y(row), isOn);
      run.t[event] = array.t(row);
      event++;
    }
    run.endAt(event);
  }

  @Override
  void add(int event, ByteSource source, DecodedEvents sink) throws EventFormatException {
    boolean isOn = order[event] < on.size();
    StepEventsArray array = isOn ? on : off;
    int row = isOn ? order[event] : order[event] - on.size();
    sink.add(array.x(row), array.y(row), array.t(row), isOn);
  }

  @Override
  public List<String> leftOut() {
    return List.of();
  }
}
