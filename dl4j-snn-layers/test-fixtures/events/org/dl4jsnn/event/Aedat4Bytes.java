package org.dl4jsnn.event;

import io.airlift.compress.zstd.ZstdCompressor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A recording that was not ended properly and so has no table of packets; with a packet of motion
 * before every packet of events. The FlatBuffers lie as in a real recording.
 */
final class Aedat4Bytes {

  /** Few, so that a cut loses few, but not so few that long recordings have too many packets. */
  private static final int FEWEST_OF_PACKET = 7;

  private static final int MOST_PACKETS = 300;

  private final int compression;
  private final ZstdCompressor zstandard = new ZstdCompressor();

  /** By the format's code: 0 none, 1 LZ4, 3 Zstandard. */
  Aedat4Bytes(int compression) {
    this.compression = compression;
  }

  byte[] write(List<TestEvent> events) {
    Bytes bytes = new Bytes().text("#!AER-DAT4.0\r\n").raw(header(34, 34));
    int ofPacket = Math.max(FEWEST_OF_PACKET, events.size() / MOST_PACKETS);
    for (int from = 0; from < events.size(); from += ofPacket) {
      packet(bytes, 2, flat("IMUS", 0, new byte[0]));
      int to = Math.min(events.size(), from + ofPacket);
      packet(bytes, 0, events(events.subList(from, to)));
    }
    return bytes.toArray();
  }

  byte[] header(int width, int height) {
    return header(
        """
        <dv version="2.0">
          <node name="outInfo" path="/mainloop/Recorder/outInfo/">
            <node name="2" path="/mainloop/Recorder/outInfo/2/">
              <attr key="typeIdentifier" type="string">IMUS</attr>
            </node>
            <node name="0" path="/mainloop/Recorder/outInfo/0/">
              <attr key="typeIdentifier" type="string">EVTS</attr>
              <node name="info" path="/mainloop/Recorder/outInfo/0/info/">
                <attr key="sizeX" type="int">%d</attr>
                <attr key="sizeY" type="int">%d</attr>
              </node>
            </node>
          </node>
        </dv>
        """
            .formatted(width, height),
        -1);
  }

  byte[] header(String xml, long tablePosition) {
    byte[] text = xml.getBytes(StandardCharsets.UTF_8);
    // The root at 24; fields at 4 (compression), 12 (position), 8 (text) from there.
    byte[] table =
        new Bytes()
            .little32(24)
            .text("IOHE")
            .little32(0)
            .little16(0, 10, 20, 4, 12, 8)
            .little32(10, compression, 12)
            .little32(tablePosition, tablePosition >> 32)
            .little32(text.length)
            .raw(text)
            .bytes(0)
            .toArray();
    return new Bytes().little32(table.length).raw(table).toArray();
  }

  static byte[] events(List<TestEvent> events) {
    Bytes elements = new Bytes();
    for (TestEvent event : events) {
      elements.little32(event.t(), event.t() >> 32).little16(event.x(), event.y());
      elements.little32(event.on() ? 1 : 0);
    }
    return flat("EVTS", events.size(), elements.toArray());
  }

  /** A table with one field, a vector. */
  static byte[] flat(String identifier, int count, byte[] elements) {
    byte[] table =
        new Bytes()
            .little32(16)
            .text(identifier)
            .little16(0, 6, 8, 4)
            .little32(6, 4, count)
            .raw(elements)
            .toArray();
    return new Bytes().little32(table.length).raw(table).toArray();
  }

  void packet(Bytes bytes, int stream, byte[] content) {
    byte[] packed = packed(content);
    bytes.little32(stream, packed.length).raw(packed);
  }

  byte[] packed(byte[] content) {
    if (compression == 0) {
      return content;
    }
    if (compression == 1) {
      ByteBuffer frame = Lz4Frame.pack(content);
      byte[] bytes = new byte[frame.remaining()];
      frame.get(bytes);
      return bytes;
    }
    byte[] bytes = new byte[zstandard.maxCompressedLength(content.length)];
    return Arrays.copyOf(
        bytes, zstandard.compress(content, 0, content.length, bytes, 0, bytes.length));
  }
}
