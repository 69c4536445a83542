package org.dl4jsnn.event.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.frame.EventFrames;
import org.dl4jsnn.event.frame.FrameOptions;
import org.dl4jsnn.internal.Require;

/**
 * A folder of samples that were made before, a small compressed file each: frames, or events where
 * frames differ from epoch to epoch. Any number of data sets, options and programs can share one.
 *
 * <p>A file is found by its recording's path, size and time of change, the sample's window and all
 * options; so what has changed is made anew, and old files stay until the folder is deleted. A
 * damaged file is noticed by its checksum, made anew, and logged as a warning.
 */
public final class SampleCache {

  private final CacheFiles files;

  private SampleCache(Path folder) {
    files = new CacheFiles(folder);
  }

  /**
   * A cache in a folder.
   *
   * @param folder the folder; made when it is first needed
   * @return the cache
   */
  public static SampleCache in(Path folder) {
    return new SampleCache(Require.given("folder", folder));
  }

  /** Frames of a sample that is not changed at random. */
  EventFrames frames(
      EventDataSet data, EventSample sample, FrameOptions options, Maker<EventFrames> maker)
      throws IOException {
    String name = name(data, sample, options.toString()) + ".frames";
    return get(
        name,
        maker,
        bytes -> FrameCodec.decode(bytes, options.shape(data.sensor())),
        FrameCodec::encode);
  }

  /** Events of a sample. */
  EventTable events(EventDataSet data, EventSample sample, Maker<EventTable> maker)
      throws IOException {
    return get(
        name(data, sample, "") + ".events",
        maker,
        bytes -> EventCodec.decode(bytes, data.sensor()),
        EventCodec::encode);
  }

  private <T> T get(String name, Maker<T> maker, Decoder<T> decoder, Encoder<T> encoder)
      throws IOException {
    Optional<byte[]> held = files.read(name);
    if (held.isPresent()) {
      try {
        return decoder.decode(held.get());
      } catch (IOException e) {
        // Its checksum is right, but it is not what the name says.
        files.warn(name);
      }
    }
    T made = maker.make();
    files.write(name, encoder.encode(made));
    return made;
  }

  private static String name(EventDataSet data, EventSample sample, String options)
      throws IOException {
    Path file = sample.file().toAbsolutePath().normalize();
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    String key =
        String.join(
            "\n",
            file.toString(),
            Long.toString(attributes.size()),
            attributes.lastModifiedTime().toString(),
            sample.window().toString(),
            data.reading().toString(),
            data.sensor().toString(),
            options);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Java must know SHA-256", e);
    }
  }

  /** Makes what is not held. */
  @FunctionalInterface
  interface Maker<T> {
    T make() throws IOException;
  }

  private interface Decoder<T> {
    T decode(byte[] bytes) throws IOException;
  }

  private interface Encoder<T> {
    byte[] encode(T made) throws IOException;
  }
}
