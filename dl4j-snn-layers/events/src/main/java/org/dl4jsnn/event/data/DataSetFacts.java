package org.dl4jsnn.event.data;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.internal.Require;

/**
 * Facts of a published data set, against which a folder can be checked. Each data set's class has
 * its facts; {@link #all} lists all of them.
 *
 * @param name its name
 * @param classes the number of classes
 * @param train the number of training samples; all samples if the publishers define no split
 * @param heldOut the number of samples held out; 0 if the publishers hold none out
 * @param test the number of test samples; 0 if the publishers define no split
 * @param sensor the size of the recordings; empty for spikes not from a camera
 * @param recordings the format and content of the recordings
 * @param licence its licence
 * @param citation the paper to cite
 * @param source where to get it
 * @param archives hexadecimal MD5 checksums of the files to download, by name
 */
public record DataSetFacts(
    String name,
    int classes,
    int train,
    int heldOut,
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
   * @param name its name
   * @param classes the number of classes
   * @param train the number of training samples
   * @param heldOut the number of samples held out
   * @param test the number of test samples
   * @param sensor the size of the recordings
   * @param recordings the format of the recordings
   * @param licence its licence
   * @param citation the paper
   * @param source where to get it
   * @param archives MD5 checksums by file name
   * @throws IllegalArgumentException if a number is too small or a checksum is malformed
   */
  public DataSetFacts {
    Require.given("name", name);
    Require.atLeast("classes", classes, 1);
    Require.atLeast("train", train, 1);
    Require.atLeast("heldOut", heldOut, 0);
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
   * The published data sets that the library reads.
   *
   * @return their facts: camera recordings sorted by name, then spoken words
   */
  public static List<DataSetFacts> all() {
    return List.of(
        Cifar10Dvs.FACTS,
        DvsGesture.FACTS,
        EsImageNet.FACTS,
        NCaltech101.FACTS,
        NCars.FACTS,
        NMnist.FACTS,
        HeidelbergSpikes.SHD,
        HeidelbergSpikes.SSC);
  }

  /**
   * The number of all samples.
   *
   * @return training, held-out and test samples together
   */
  public int samples() {
    return train + heldOut + test;
  }
}
