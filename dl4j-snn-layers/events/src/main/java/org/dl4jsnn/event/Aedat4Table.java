package org.dl4jsnn.event;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The table at the end of an AEDAT 4 file. With it, programs find packets without reading the whole
 * file.
 */
final class Aedat4Table {

  /** Fields of an entry, in order. */
  private static final int POSITION = 0;

  private static final int PACKET = 1;
  private static final int EVENTS = 2;
  private static final int FIRST = 3;
  private static final int LAST = 4;
  private static final int FIELDS = 5;

  private record Entry(long position, int stream, int size, long events, long first, long last) {}

  private final List<Entry> entries = new ArrayList<>();

  /**
   * Adds a packet.
   *
   * @param position where its bytes begin, after the stream number and the size
   * @param first time of its first event in µs
   * @param last time of its last event in µs
   */
  void add(long position, int stream, int size, long events, long first, long last) {
    entries.add(new Entry(position, stream, size, events, first, last));
  }

  /** The table as a FlatBuffer after its size. */
  ByteBuffer bytes() {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    // By default a field that is 0 is omitted, and readers disagree on what that means.
    builder.forceDefaults(true);
    int[] offsets = new int[entries.size()];
    for (int i = 0; i < offsets.length; i++) {
      Entry entry = entries.get(i);
      builder.startTable(FIELDS);
      builder.addLong(POSITION, entry.position, 0);
      builder.addLong(EVENTS, entry.events, 0);
      builder.addLong(FIRST, entry.first, 0);
      builder.addLong(LAST, entry.last, 0);
      // A struct is stored inline; like everything here, it is built back to front.
      builder.prep(Integer.BYTES, 2 * Integer.BYTES);
      builder.putInt(entry.size);
      builder.putInt(entry.stream);
      builder.addStruct(PACKET, builder.offset(), 0);
      offsets[i] = builder.endTable();
    }
    int vector = builder.createVectorOfTables(offsets);
    builder.startTable(1);
    builder.addOffset(Aedat4Decoder.ELEMENTS, vector, 0);
    builder.finishSizePrefixed(builder.endTable(), Aedat4Decoder.TABLE);
    return builder.dataBuffer();
  }
}
