package org.dl4jsnn.event;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.io.NumpyHeader;

/**
 * ES-ImageNet: a NumPy archive ({@code .npz}) of two arrays, {@code pos} of ON events and {@code
 * neg} of OFF ones. Events of one step are unordered; those of {@code pos} come first.
 */
final class EsImageNetDecoder extends ColumnsDecoder {

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

  private boolean taken;

  /** Events of both arrays by time; at equal times the first array comes first. */
  private EsImageNetDecoder(StepEventsArray on, StepEventsArray off) {
    super(EventFormat.ES_IMAGENET, Optional.empty(), on.size() + off.size());
    long[] times = new long[t.length];
    for (int i = 0; i < times.length; i++) {
      times[i] = i < on.size() ? on.number(i, 2) : off.number(i - on.size(), 2);
    }
    int[] order = TimeOrder.of(times, times.length);
    for (int i = 0; i < order.length; i++) {
      boolean isOn = order[i] < on.size();
      StepEventsArray array = isOn ? on : off;
      int row = isOn ? order[i] : order[i] - on.size();
      y[i] = NumpyDecoder.coordinate(array.number(row, 0));
      x[i] = NumpyDecoder.coordinate(array.number(row, 1));
      t[i] = times[order[i]];
      p[i] = (byte) (isOn ? 1 : 0);
    }
  }

  /** Whether a source begins with such an archive. */
  static boolean isNext(ByteSource source) throws IOException {
    return source.startsWith(0, FormatRecognition.ZIP)
        && (source.startsWith(NAME, ON) || source.startsWith(NAME, OFF));
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
        "it must be a NumPy archive of pos.npy and neg.npy, got: "
            + found
            + ". Possible cause: a damaged file, or an archive with other arrays",
        cause);
  }

  @Override
  int nextBlock(ByteSource source) {
    int events = taken ? 0 : t.length;
    taken = true;
    return events;
  }

  /** A NumPy array [events, 3] of whole numbers: row, column and step of each event. */
  private record StepEventsArray(ByteBuffer bytes, NumberField field, int size) {

    private static final Pattern TYPE = Pattern.compile("([<>|=])([iu])([1248])");
    private static final int COLUMNS = 3;

    /** Every pixel of 256 x 256 in each of 8 steps. */
    private static final int MOST = 8 << 16;

    /** Reads an array; another one or a damaged one is refused. */
    static StepEventsArray of(GrowingBytes file) {
      byte[] whole = Arrays.copyOf(file.array(), file.size());
      NumpyHeader header = NumpyHeader.of(whole);
      Matcher type = TYPE.matcher(header.descr());
      boolean isUsual = type.matches() && !header.fortranOrder();
      Require.not(!isUsual, "whole numbers in C order are needed, not %s", header.descr());
      long[] shape = header.shape();
      int bytesOfNumber = Integer.parseInt(type.group(3));
      long rest = whole.length - header.length();
      Require.not(
          shape.length == 2 && shape[0] > MOST,
          "at most %s events, 8 steps of 256 x 256 pixels, are needed, not %s",
          MOST,
          shape[0]);
      // The shape is checked before it is multiplied, because the product might overflow.
      Require.not(
          shape.length != 2
              || shape[1] != COLUMNS
              || shape[0] > rest
              || shape[0] * COLUMNS * bytesOfNumber != rest,
          "a shape [events, 3] that fits its bytes is needed");
      ByteOrder order = type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
      NumberField.Kind kind =
          type.group(2).equals("i") ? NumberField.Kind.SIGNED : NumberField.Kind.UNSIGNED;
      ByteBuffer numbers = ByteBuffer.wrap(whole, header.length(), (int) rest).slice().order(order);
      return new StepEventsArray(
          numbers, new NumberField(kind, 0, bytesOfNumber, order), (int) shape[0]);
    }

    /** The row, column or step of an event. */
    long number(int event, int column) {
      return field.read(bytes, (event * COLUMNS + column) * field.size());
    }
  }
}
