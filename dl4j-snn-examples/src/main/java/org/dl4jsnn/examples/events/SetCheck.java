package org.dl4jsnn.examples.events;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dl4jsnn.event.EventFiles;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.cochlea.CochleaFile;
import org.dl4jsnn.event.data.DataSetFacts;
import org.dl4jsnn.event.data.EventDataSet;
import org.dl4jsnn.event.data.EventSample;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.UserError;

/**
 * Checks a folder against a data set's facts: samples and classes, whether all recordings are
 * there, one recording per class, and the checksums of archives next to them.
 */
final class SetCheck {

  private final PublishedSet set;
  private final Path folder;
  private final Output out;
  private final List<String> differences = new ArrayList<>();

  SetCheck(PublishedSet set, Path folder, Output out) {
    this.set = set;
    this.folder = folder;
    this.out = out;
  }

  /** Checks and prints the findings; returns the differences, a few words each. */
  List<String> run() throws IOException {
    DataSetFacts facts = set.facts;
    out.print("Data set     %s", facts.name());
    out.print("Recordings   %s", facts.recordings());
    out.print("Licence      %s", facts.licence());
    out.print("Published    %s", facts.citation());
    Optional<EventDataSet> data = set.open(folder);
    PublishedSet.Counts counts = data.isPresent() ? set.count(data.get()) : set.words(folder);
    compare("Classes", counts.classes(), facts.classes());
    compare("Training", counts.train(), facts.train());
    compare("Held out", counts.heldOut(), facts.heldOut());
    compare("Test", counts.test(), facts.test());
    if (data.isPresent()) {
      checkFiles(data.get());
      read(data.get());
    }
    checkArchives();
    return differences;
  }

  private void compare(String what, int found, int expected) {
    if (found > 0 || expected > 0) {
      out.print("%-12s %d of %d", what, found, expected);
    }
    if (found != expected) {
      differences.add(what + " " + found + " instead of " + expected);
    }
  }

  /** Some sets are counted by the lines of their tables. */
  private void checkFiles(EventDataSet data) {
    List<Path> missing =
        Stream.of(data.train(), data.heldOut(), data.test())
            .flatMap(List::stream)
            .map(EventSample::file)
            .distinct()
            .filter(file -> !Files.isRegularFile(file))
            .toList();
    if (!missing.isEmpty()) {
      out.print("Missing      %d recordings, such as %s", missing.size(), missing.get(0));
      differences.add(missing.size() + " recordings missing");
    }
  }

  private void read(EventDataSet data) throws IOException {
    Map<Integer, EventSample> first = new LinkedHashMap<>();
    for (List<EventSample> samples : List.of(data.train(), data.test())) {
      for (EventSample sample : samples) {
        if (!first.containsKey(sample.label()) && Files.isRegularFile(sample.file())) {
          first.put(sample.label(), sample);
        }
      }
    }
    long events = 0;
    for (EventSample sample : first.values()) {
      EventTable table = EventFiles.read(sample.file(), data.reading());
      events += table.size();
      if (table.sensor().width() > data.sensor().width()
          || table.sensor().height() > data.sensor().height()) {
        differences.add(sample.file() + " has " + table.sensor());
      }
    }
    out.print(
        "Read         %d recordings, one per class, of %d events on average, on %s",
        first.size(), events / Math.max(1, first.size()), data.sensor());
  }

  private void checkArchives() throws IOException {
    for (Map.Entry<String, String> archive : set.facts.archives().entrySet()) {
      Path file = folder.resolve(archive.getKey());
      if (Files.isRegularFile(file)) {
        boolean same = md5(file).equals(archive.getValue());
        out.print("Archive      %s: %s", archive.getKey(), same ? "as published" : "differs");
        if (!same) {
          differences.add("the checksum of " + archive.getKey());
        }
      }
    }
  }

  private static String md5(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file);
        DigestInputStream in = new DigestInputStream(bytes, MessageDigest.getInstance("MD5"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }

  /** The published data sets, and how to open a folder of each. */
  enum PublishedSet {
    CIFAR10_DVS(DataSetFacts.CIFAR10_DVS, EventDataSet::cifar10Dvs),
    DVS_GESTURE(DataSetFacts.DVS_GESTURE, EventDataSet::dvsGesture),
    ES_IMAGENET(DataSetFacts.ES_IMAGENET, EventDataSet::esImageNet),
    N_CALTECH101(DataSetFacts.N_CALTECH101, folder -> EventDataSet.nCaltech101(folder, 0.1, 1)),
    N_CARS(DataSetFacts.N_CARS, EventDataSet::nCars),
    N_MNIST(DataSetFacts.N_MNIST, EventDataSet::nMnist),
    SHD(DataSetFacts.SHD, null),
    SSC(DataSetFacts.SSC, null);

    private interface Opening {
      EventDataSet open(Path folder) throws IOException;
    }

    /** The number of samples in a folder. */
    record Counts(int train, int heldOut, int test, int classes) {}

    final DataSetFacts facts;

    /** Null for spikes from sound, which are not camera recordings. */
    private final Opening opening;

    PublishedSet(DataSetFacts facts, Opening opening) {
      this.facts = facts;
      this.opening = opening;
    }

    /** The data set of a name. */
    static PublishedSet named(String name) {
      return Arrays.stream(values())
          .filter(
              set -> set.facts.name().equalsIgnoreCase(name) || set.name().equalsIgnoreCase(name))
          .findFirst()
          .orElseThrow(
              () ->
                  UserError.of(
                      "--set must be one of %s, got %s",
                      Arrays.stream(values())
                          .map(set -> set.facts.name())
                          .collect(Collectors.joining(", ")),
                      name));
    }

    /** The camera recordings; empty for spikes from sound. */
    Optional<EventDataSet> open(Path folder) throws IOException {
      return opening == null ? Optional.empty() : Optional.of(opening.open(folder));
    }

    /** The samples in files of spikes from sound; a missing file has none. */
    Counts words(Path folder) throws IOException {
      List<Integer> counts = new ArrayList<>();
      int classes = 0;
      for (String part : List.of("train", "valid", "test")) {
        Path file = folder.resolve(name().toLowerCase(Locale.ROOT) + "_" + part + ".h5");
        if (Files.exists(file)) {
          try (CochleaFile words = CochleaFile.open(file)) {
            counts.add(words.samples().size());
            classes = Math.max(classes, words.classes().size());
          }
        } else {
          counts.add(0);
        }
      }
      return new Counts(counts.get(0), counts.get(1), counts.get(2), classes);
    }

    /** The samples of a data set; without a published split, all are for training. */
    Counts count(EventDataSet data) {
      int test = data.test().size();
      int train = data.train().size();
      boolean split = facts.test() > 0;
      long classes =
          Stream.of(data.train(), data.heldOut(), data.test())
              .flatMap(List::stream)
              .map(EventSample::label)
              .distinct()
              .count();
      return new Counts(
          split ? train : train + test, data.heldOut().size(), split ? test : 0, (int) classes);
    }
  }
}
