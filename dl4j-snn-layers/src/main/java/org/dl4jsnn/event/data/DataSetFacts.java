package org.dl4jsnn.event.data;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.internal.Require;

/**
 * What is known of a published data set, so that a folder can be checked against it. Each data
 * set's class has its facts; {@link DataSetCatalogue} lists them all.
 *
 * @param name what it is called
 * @param classes the number of classes
 * @param train samples to train with; all of them where the publishers split nothing
 * @param validation samples to validate with; 0 where the publishers hold none out
 * @param test samples to test with; 0 where the publishers split nothing
 * @param sensor the size of the recordings; empty for spikes that come from no camera
 * @param recordings the format of the recordings, and what they show
 * @param licence what its publishers allow
 * @param citation the paper that it was published with
 * @param source where it is to be had
 * @param archives MD5 checksums in hexadecimal of the files to download, by their names
 */
public record DataSetFacts(
    String name,
    int classes,
    int train,
    int validation,
    int test,
    Optional<SensorSize> sensor,
    String recordings,
    String licence,
    String citation,
    String source,
    Map<String, String> archives) {

  /**
   * Checks the facts, and sorts the archives by name.
   *
   * @param name what it is called
   * @param classes the number of classes
   * @param train samples to train with
   * @param validation samples to validate with
   * @param test samples to test with
   * @param sensor the size of the recordings
   * @param recordings the format of the recordings
   * @param licence what its publishers allow
   * @param citation the paper
   * @param source where it is to be had
   * @param archives MD5 checksums by file name
   * @throws IllegalArgumentException if a number is too small, or a checksum is none
   */
  public DataSetFacts {
    Require.given("name", name);
    Require.atLeast("classes", classes, 1);
    Require.atLeast("train", train, 1);
    Require.atLeast("validation", validation, 0);
    Require.atLeast("test", test, 0);
    Require.given("sensor", sensor);
    Require.given("recordings", recordings);
    Require.given("licence", licence);
    Require.given("citation", citation);
    Require.given("source", source);
    archives = Collections.unmodifiableMap(new TreeMap<>(archives));
    archives.forEach(
        (file, md5) -> {
          if (!md5.matches("[0-9a-f]{32}")) {
            throw new IllegalArgumentException(
                "MD5 of " + file + " must be 32 hexadecimal digits, got " + md5);
          }
        });
  }

  /**
   * All samples.
   *
   * @return how many there are, whatever they are for
   */
  public int samples() {
    return train + validation + test;
  }
}
