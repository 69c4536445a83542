package org.dl4jsnn.event;

import io.jhdf.HdfFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.dl4jsnn.internal.event.DamagedHdf5;

/**
 * HDF5, read by the library jhdf: tables of events in one of the layouts of {@link Hdf5Layout}.
 * Such a file is not read from front to back, so errors name byte 0 and the row.
 */
final class Hdf5Decoder extends ColumnsDecoder {

  static final String MAGIC = "\u0089HDF\r\n\u001A\n";

  /** Rows checked at once. */
  private static final int BLOCK = 1 << 14;

  private static final String CAUSE = "Possible cause: a damaged file";

  private final HdfFile file;
  private final Hdf5Layout layout;
  private final long rows;
  private long blockStart;
  private long blockEnd;

  private Hdf5Decoder(HdfFile file, Hdf5Layout layout) {
    super(EventFormat.HDF5, layout.sensor(), BLOCK);
    this.file = file;
    this.layout = layout;
    rows = layout.columns().get(EventColumn.T).rows;
  }

  static Hdf5Decoder open(ByteSource source) throws IOException {
    if (source.isPacked()) {
      throw source.failure(
          "an HDF5 file must not be compressed by gzip as a whole",
          "a gzipped file",
          "a download; unpack it first");
    }
    requireWhole(source);
    HdfFile file =
        reading(source, "it must be an HDF5 file", () -> DamagedHdf5.open(source.file()));
    try {
      Hdf5Layout layout =
          reading(source, "it must be a table of events", () -> Hdf5Layout.find(file));
      source.moveToEnd();
      return new Hdf5Decoder(file, layout);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** The superblock holds the end of the file; its version determines the offset. */
  private static void requireWhole(ByteSource source) throws IOException {
    int version = source.peek(MAGIC.length());
    int place = version == 0 ? 40 : version == 1 ? 44 : 28;
    int bytesOfAnAddress = source.peek(version < 2 ? 13 : 9);
    if (bytesOfAnAddress != Long.BYTES || !source.begin(place + Long.BYTES)) {
      return;
    }
    long end = (long) ByteSource.LITTLE_LONG.get(source.buffer(), source.position() + place);
    long size = source.offset() + source.rest();
    if (end < 0 || end > size) {
      throw source.failureAt(
          size,
          "the file must end with a whole record",
          "the end before byte " + Long.toUnsignedString(end) + ", where the header places it",
          "a truncated file");
    }
  }

  private interface Reading<T> {
    T get() throws IOException;
  }

  /** The library throws many types of exceptions for a damaged file. */
  private static <T> T reading(ByteSource source, String rule, Reading<T> reading)
      throws IOException {
    try {
      return reading.get();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (OutOfMemoryError e) {
      // Sizes in indices of chunks are the library's alone to read.
      throw source.failureAt(
          0,
          rule + ", got a size that does not fit into memory: " + e.getMessage() + ". " + CAUSE,
          e);
    } catch (RuntimeException | StackOverflowError e) {
      throw source.failureAt(0, rule + ", got: " + withCause(DamagedHdf5.reason(e)), e);
    }
  }

  private static String withCause(String found) {
    return String.valueOf(found).contains("Possible cause: ") ? found : found + ". " + CAUSE;
  }

  @Override
  int nextBlock(ByteSource source) throws IOException {
    blockStart = blockEnd;
    int events = (int) Math.min(BLOCK, rows - blockStart);
    if (events <= 0) {
      return 0;
    }
    reading(source, "rows from " + blockStart + " on must be readable", () -> load(events));
    blockEnd += events;
    return events;
  }

  private int load(int events) {
    Hdf5Column columnX = layout.columns().get(EventColumn.X);
    Hdf5Column columnY = layout.columns().get(EventColumn.Y);
    Hdf5Column columnT = layout.columns().get(EventColumn.T);
    Hdf5Column columnP = layout.columns().get(EventColumn.P);
    for (int i = 0; i < events; i++) {
      long row = blockStart + i;
      x[i] = NumpyDecoder.coordinate(columnX.read(row));
      y[i] = NumpyDecoder.coordinate(columnY.read(row));
      t[i] = sum(columnT.read(row), layout.offset());
      long polarity = columnP.read(row);
      p[i] = (byte) (EventColumn.isPolarity(polarity) ? polarity : 2);
    }
    return events;
  }

  /** A time with its offset; one that does not fit is refused as a negative one is. */
  private static long sum(long time, long offset) {
    long sum = time + offset;
    boolean overflows = ((time ^ sum) & (offset ^ sum)) < 0;
    return overflows ? Long.MIN_VALUE : sum;
  }

  @Override
  void add(int event, ByteSource source, DecodedEvents sink) throws EventFormatException {
    if (!EventColumn.isPolarity(p[event])) {
      throw source.failureAt(
          0, "p must be 0 or 1, or -1 or 1, in row " + (blockStart + event) + ". " + CAUSE);
    }
    super.add(event, source, sink);
  }

  /** Also of rows that are not in memory yet: the source is at its end. */
  @Override
  boolean pending() {
    return super.pending() || blockEnd < rows;
  }

  @Override
  public void close() {
    file.close();
  }
}
