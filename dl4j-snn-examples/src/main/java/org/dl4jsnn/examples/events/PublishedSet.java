package org.dl4jsnn.examples.events;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dl4jsnn.event.cochlea.CochleaFile;
import org.dl4jsnn.event.data.DataSetFacts;
import org.dl4jsnn.event.data.EventDataSet;
import org.dl4jsnn.event.data.EventSample;
import org.dl4jsnn.examples.support.UserError;

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

  private final DataSetFacts facts;

  /** Null for spikes from sound, which are not camera recordings. */
  private final Opening opening;

  PublishedSet(DataSetFacts facts, Opening opening) {
    this.facts = facts;
    this.opening = opening;
  }

  DataSetFacts facts() {
    return facts;
  }

  /** The data set of a name. */
  static PublishedSet named(String name) {
    return Arrays.stream(values())
        .filter(set -> set.facts.name().equalsIgnoreCase(name) || set.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(
                    "--set must be one of "
                        + Arrays.stream(values())
                            .map(set -> set.facts.name())
                            .collect(Collectors.joining(", "))
                        + ", got "
                        + name));
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
