package org.dl4jsnn.event;

import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.exceptions.HdfFilterException;
import io.jhdf.filter.PipelineFilterWithData;
import io.jhdf.object.datatype.BitField;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.EnumDataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.OrderedDataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dl4jsnn.internal.Require;

/**
 * A column of numbers in an HDF5 file: a one-dimensional data set, a member of a compound data set,
 * or a column of a two-dimensional one. One chunk is in memory at a time.
 */
final class Hdf5Column {

  /**
   * The largest chunk in bytes, as the file states it; programs write a few MiB at most. The
   * library unpacks what is there: from gzip up to 1,100 times the bytes in the file.
   */
  private static final int LARGEST_CHUNK = 1 << 26;

  /**
   * The filters of packed columns that can be unpacked, gzip, shuffle and checksums: built into
   * HDF5 and the library.
   */
  private static final Set<Integer> KNOWN_FILTERS = Set.of(1, 2, 3);

  /** From the HDF Group's list of registered filters; ECF chose its number itself. */
  private static final Map<Integer, String> OTHER_FILTERS =
      Map.of(
          36559, "ECF, Prophesee's own",
          32001, "Blosc",
          32026, "Blosc2",
          32015, "Zstandard",
          32004, "LZ4",
          32000, "LZF",
          32008, "bitshuffle",
          4, "SZIP");

  /** The library's message about a filter that it lacks. */
  private static final Pattern MISSING_FILTER = Pattern.compile("id=(\\d{1,9})");

  private final Dataset dataset;
  final long rows;
  private final int rowBytes;
  private final NumberField field;

  /** Rows per chunk; all rows if there are no chunks. */
  private final long chunkRows;

  private ByteBuffer chunk;
  private long chunkStart = -1;

  private Hdf5Column(Dataset dataset, NumberField field) {
    this.dataset = dataset;
    this.field = field;
    long[] axes = dataset.getDimensionsAsLong();
    rows = axes[0];
    int columns = axes.length == 2 ? Math.toIntExact(axes[1]) : 1;
    rowBytes = Math.multiplyExact(dataset.getDataType().getSize(), columns);
    chunkRows = chunkRows(columns);
  }

  /**
   * A column.
   *
   * @param dataset with one or two axes
   * @param type the type of its numbers
   * @param offset the offset of the number in its row
   * @throws IllegalArgumentException if it cannot be read, with the reason
   */
  static Hdf5Column of(Dataset dataset, DataType type, int offset) {
    requireKnownFilters(dataset);
    return new Hdf5Column(dataset, field(type, offset));
  }

  /** Refuses filters that are not supported, by name. */
  private static void requireKnownFilters(Dataset dataset) {
    try {
      for (PipelineFilterWithData filter : dataset.getFilters()) {
        if (!KNOWN_FILTERS.contains(filter.getId())) {
          throw unknownFilter(filter.getId(), filter.getName());
        }
      }
    } catch (HdfFilterException e) {
      Matcher id = MISSING_FILTER.matcher(String.valueOf(e.getMessage()));
      throw id.find() ? unknownFilter(Integer.parseInt(id.group(1)), "an unknown one") : e;
    }
  }

  private static IllegalArgumentException unknownFilter(int id, String name) {
    return new IllegalArgumentException(
        ("must be uncompressed or compressed by gzip, got %s (filter %s). Possible"
                + " cause: a program that expects readers with the same plug-in; h5repack -f"
                + " GZIP=4, with that plug-in, makes a readable file")
            .formatted(OTHER_FILTERS.getOrDefault(id, name), id));
  }

  private static NumberField field(DataType type, int offset) {
    DataType plain = type instanceof EnumDataType names ? names.getBaseType() : type;
    int size = plain.getSize();
    NumberField.Kind kind;
    if (plain instanceof FixedPoint number && (size == 1 || size == 2 || size == 4 || size == 8)) {
      kind = number.isSigned() ? NumberField.Kind.SIGNED : NumberField.Kind.UNSIGNED;
    } else if (plain instanceof BitField && size == 1) {
      kind = NumberField.Kind.UNSIGNED;
    } else if (plain instanceof FloatingPoint && (size == 4 || size == 8)) {
      kind = NumberField.Kind.FLOATING;
    } else {
      throw new IllegalArgumentException(
          "must be of numbers of 1 to 8 bytes, got " + plain.getClass().getSimpleName() + size);
    }
    ByteOrder order =
        plain instanceof OrderedDataType ordered ? ordered.getByteOrder() : ByteOrder.LITTLE_ENDIAN;
    return new NumberField(kind, offset, size, order);
  }

  private long chunkRows(int columns) {
    if (rowBytes <= 0 || field.offset() + field.size() > rowBytes) {
      throw new IllegalArgumentException("must have numbers within its rows, got " + rowBytes);
    }
    if (!(dataset instanceof ChunkedDataset chunked)) {
      if (rows > 0 && !(dataset instanceof ContiguousDataset)) {
        throw new IllegalArgumentException(
            "must be contiguous or in chunks, got " + dataset.getDataLayout());
      }
      return rowsInOnePiece();
    }
    int[] axes = chunked.getChunkDimensions();
    if (axes.length > 1 && axes[1] != columns) {
      throw new IllegalArgumentException(
          "must have chunks of whole rows, of " + columns + " columns, got " + axes[1]);
    }
    if (axes[0] < 1 || (long) axes[0] * rowBytes > LARGEST_CHUNK) {
      throw new IllegalArgumentException(
          "must have chunks of 1 row to " + LARGEST_CHUNK + " bytes, got " + axes[0] + " rows");
    }
    requireChunks(axes[0]);
    return axes[0];
  }

  /** The library lists all chunks, and places them by their first row as an int. */
  private void requireChunks(int rowsOfChunk) {
    Require.not(
        rows > Integer.MAX_VALUE,
        "must have at most %s rows in chunks, got %s. Possible cause: a very long"
            + " recording; write it as several files",
        Integer.MAX_VALUE,
        rows);
    long size = dataset.getHdfFile().size();
    Require.not(
        rows / rowsOfChunk > size,
        "must have fewer chunks than the file has bytes, %s, got %s",
        size,
        rows / rowsOfChunk);
  }

  /** One buffer, whose size is an int, holds such a column. */
  private long rowsInOnePiece() {
    long most = Integer.MAX_VALUE / rowBytes;
    if (rows > most) {
      throw new IllegalArgumentException(
          String.format(
              "must have at most 2 GiB in one piece, %s rows, got %s. Possible cause: a long "
                  + "recording; h5repack -l %s:CHUNK=65536%s makes chunks of it",
              most,
              rows,
              dataset.getPath(),
              (dataset.getDimensionsAsLong().length == 2 ? "x4" : "")));
    }
    return Math.max(1, rows);
  }

  boolean isWhole() {
    return field.isWhole();
  }

  /** A number; floating-point numbers are seconds and become microseconds. */
  long read(long row) {
    if (chunkStart < 0 || row < chunkStart || row >= chunkStart + chunkRows) {
      load(row);
    }
    return field.read(chunk, Math.toIntExact((row - chunkStart) * rowBytes));
  }

  private void load(long row) {
    long start = row - row % chunkRows;
    if (dataset instanceof ChunkedDataset chunked) {
      int[] place = new int[dataset.getDimensionsAsLong().length];
      place[0] = Math.toIntExact(start);
      chunk = ByteBuffer.wrap(chunked.getDecompressedChunk(place));
    } else {
      chunk = ((ContiguousDataset) dataset).getBuffer();
    }
    chunk.order(field.order());
    chunkStart = start;
  }
}
