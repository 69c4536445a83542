package org.dl4jsnn.event.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.frame.EventFrames;
import org.dl4jsnn.event.frame.FrameOptions;
import org.dl4jsnn.internal.Require;

/**
 * A folder of samples that were made before, a small compressed file each: frames, or events where
 * frames differ from epoch to epoch. Any number of data sets, options and programs can share one.
 *
 * <p>A file is found by its recording's path, size, time of change and a checksum of three of its
 * parts, the sample's window and all options; so what has changed is made anew, and old files stay
 * until the folder is deleted. A damaged file is noticed by its checksum, made anew, and logged as
 * a warning. Where the folder cannot be written or read, samples are made without it, and that is
 * logged once.
 *
 * <p>Frames of a slicing without a {@linkplain org.dl4jsnn.event.frame.Slicing#cacheKey() key} are
 * refused.
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

  /**
   * What tells options from others.
   *
   * @throws IllegalArgumentException if nothing does
   */
  static String key(FrameOptions options) {
    return options
        .cacheKey()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "slicing must have a cacheKey() where frames are kept in a cache, got none from "
                        + options.slicing()
                        + " of "
                        + options.slicing().getClass()
                        + ". Let cacheKey() name all settings of the slicing, or leave the cache"
                        + " out"));
  }

  /** Frames of a sample that is not changed at random. */
  EventFrames frames(
      EventDataSet data, EventSample sample, FrameOptions options, Maker<EventFrames> maker)
      throws IOException {
    String key = key(options);
    return get(
        () -> SampleKey.frames(data, sample, key),
        ".frames",
        maker,
        bytes -> FrameCodec.decode(bytes, options.shape(data.sensor())),
        FrameCodec::encode);
  }

  /** Events of a sample. */
  EventTable events(EventDataSet data, EventSample sample, Maker<EventTable> maker)
      throws IOException {
    return get(
        () -> SampleKey.events(data, sample),
        ".events",
        maker,
        bytes -> EventCodec.decode(bytes, data.sensor()),
        EventCodec::encode);
  }

  private <T> T get(
      Maker<SampleKey> keys, String kind, Maker<T> maker, Decoder<T> decoder, Encoder<T> encoder)
      throws IOException {
    SampleKey key = keys.make();
    String name = key.hash() + kind;
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
    // A recording that was replaced meanwhile may be in it.
    if (files.areWritten() && key.equals(keys.make())) {
      files.write(name, encoder.encode(made));
    }
    return made;
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
