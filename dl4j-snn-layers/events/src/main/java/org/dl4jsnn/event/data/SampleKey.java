package org.dl4jsnn.event.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import org.dl4jsnn.event.ReadOptions;

/**
 * Everything that a cached sample depends on. Samples with equal keys are equal.
 *
 * @param recording the file and its content
 * @param parts texts of everything else, in a fixed order
 */
record SampleKey(FileIdentity recording, List<String> parts) {

  /** To be raised when the same recording, window and options give other events or frames. */
  private static final String VERSION = "2";

  /** Bytes of the hash in a name. */
  private static final int HASH = 16;

  /** What is made of a sample: its events, or frames by options of a key. */
  static SampleKey of(EventDataSet data, EventSample sample, String made) throws IOException {
    ReadOptions reading = data.reading();
    return new SampleKey(
        FileIdentity.of(sample.file()),
        List.of(
            VERSION,
            sample.window().map(w -> w.start() + " to " + w.end()).orElse("whole"),
            "keep truncated " + reading.keepTruncated(),
            "at most " + reading.maximumEvents(),
            "backward " + reading.backward().name(),
            "read as of " + reading.sensor().map(Object::toString).orElse("any size"),
            "format " + reading.format().map(Enum::name).orElse("by content"),
            data.sensor().toString(),
            made));
  }

  /** A name for a file. */
  String hash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      add(digest, recording.file().toString());
      add(digest, Long.toString(recording.size()));
      add(digest, recording.changed().toString());
      add(digest, Long.toString(recording.sample()));
      parts.forEach(part -> add(digest, part));
      return HexFormat.of().formatHex(digest.digest(), 0, HASH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Java must know SHA-256", e);
    }
  }

  /**
   * Each text has its length in front, so that different lists never concatenate to the same text.
   */
  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
    digest.update(bytes);
  }

  /**
   * Identifies a file's content without reading all of it. Size and modification time are not
   * enough: recordings of equal length have equal size, and copying and unpacking keep times.
   *
   * @param file its path, with all links followed
   * @param size in bytes
   * @param changed its modification time
   * @param sample a checksum of its start, middle and end
   */
  record FileIdentity(Path file, long size, FileTime changed, long sample) {

    /** Bytes read at each of the three places: a block of most disks. */
    private static final int BLOCK = 1 << 12;

    static FileIdentity of(Path file) throws IOException {
      Path real = file.toRealPath();
      BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
      long size = attributes.size();
      return new FileIdentity(real, size, attributes.lastModifiedTime(), sample(real, size));
    }

    private static long sample(Path file, long size) throws IOException {
      CRC32 sum = new CRC32();
      ByteBuffer block = ByteBuffer.allocate(BLOCK);
      try (FileChannel channel = FileChannel.open(file)) {
        for (long place : new long[] {0, size / 2, Math.max(0, size - BLOCK)}) {
          block.clear();
          channel.read(block, place);
          sum.update(block.flip());
        }
      }
      return sum.getValue();
    }
  }
}
