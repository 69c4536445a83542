package org.dl4jsnn.event.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.frame.EventFrames;
import org.dl4jsnn.event.frame.FrameOptions;
import org.dl4jsnn.internal.Require;

/**
 * A folder of samples made earlier, one small compressed file each: frames, or events if frames
 * differ between epochs. Any number of data sets, options and programs can share a folder.
 *
 * <pre>{@code
 * EventDataSet gestures = EventDataSet.dvsGesture(folder);
 * FrameOptions frames = FrameOptions.of(Slicing.intoEqualParts(10));
 * EventDataSetIterator training =
 *     EventDataSetIterator.builder(gestures, gestures.train(), frames)
 *         .batch(32)
 *         .cache(SampleCache.in(Path.of("target/cache")))
 *         .build();
 * }</pre>
 *
 * <p>The key of a file is its recording's path, size, modification time and a checksum of three of
 * its parts, the sample's window and all options. Samples whose key changed are made anew, and old
 * files stay until the folder is deleted. A checksum reveals damaged files; they are made anew and
 * logged as a warning. If the folder cannot be written or read, samples are made without it, and
 * this is logged once.
 *
 * <p>A slicing without a {@linkplain org.dl4jsnn.event.frame.Slicing#cacheKey() key} is refused.
 */
public final class SampleCache {

  private final CacheFiles files;

  private SampleCache(Path folder) {
    files = new CacheFiles(folder);
  }

  /**
   * {@return a cache in a folder}
   *
   * @param folder the folder; created when first needed
   */
  public static SampleCache in(Path folder) {
    return new SampleCache(Require.given("folder", folder));
  }

  /** The key of the options, which must have one. */
  static String key(FrameOptions options) {
    return options
        .cacheKey()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    ("slicing must have a cacheKey() if frames are cached, got none from %s of %s."
                            + " Let cacheKey() name all settings of the slicing, or leave the cache out")
                        .formatted(options.slicing(), options.slicing().getClass())));
  }

  /** Frames of a sample without augmentation. */
  EventFrames frames(
      EventDataSet data, EventSample sample, FrameOptions options, Maker<EventFrames> maker)
      throws IOException {
    String key = key(options);
    return get(
        () -> SampleKey.of(data, sample, "frames\n" + key),
        ".frames",
        maker,
        bytes -> SampleCodec.decode(bytes, options.shape(data.sensor())),
        SampleCodec::encode);
  }

  /** Events of a sample. */
  EventTable events(EventDataSet data, EventSample sample, Maker<EventTable> maker)
      throws IOException {
    return get(
        () -> SampleKey.of(data, sample, "events"),
        ".events",
        maker,
        bytes -> SampleCodec.decode(bytes, data.sensor()),
        SampleCodec::encode);
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
        // The checksum is right, but the content does not match the name.
        files.warn(name);
      }
    }
    T made = maker.make();
    // It may hold a recording replaced in the meantime.
    if (files.areWritten() && key.equals(keys.make())) {
      files.write(name, encoder.encode(made));
    }
    return made;
  }

  /** Makes content that is not cached. */
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
