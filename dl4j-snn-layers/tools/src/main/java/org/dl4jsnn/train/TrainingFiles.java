package org.dl4jsnn.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.io.UnfinishedFiles;
import org.dl4jsnn.internal.io.WriteLock;

/**
 * The files that a training writes: {@code MODEL.zip}, next to it {@code MODEL-best.zip}, {@code
 * MODEL-average.zip} and {@code MODEL-log.csv}, and those of {@link #withHealth}. Files of an
 * earlier training are kept as {@code ….old}; other files are not touched.
 *
 * <p>Immutable.
 */
public final class TrainingFiles {

  private static final String SUFFIX = ".zip";

  private final Path model;
  private final List<OutputFile> places;

  private TrainingFiles(Path model, List<OutputFile> places) {
    this.model = model;
    this.places = List.copyOf(places);
  }

  /**
   * {@return the files of a training}
   *
   * @param model where its model is saved
   * @throws TrainingException if the path does not name a file
   */
  public static TrainingFiles of(Path model) {
    return of("model", model);
  }

  /**
   * {@return the files of a training}
   *
   * @param name the name of the model's file in messages, such as an option
   * @param model where the model is saved
   * @throws TrainingException if the path does not name a file
   */
  public static TrainingFiles of(String name, Path model) {
    return ofModelAlone(name, model)
        .with(new OutputFile(name, best(model), FileKind.MODEL, false))
        .with(new OutputFile(name, average(model), FileKind.MODEL, false))
        .with(new OutputFile(name, log(model), FileKind.LOG, false));
  }

  /**
   * Only a model's file, without the others.
   *
   * @param name its name in messages, such as an option
   * @param model where the model is saved
   * @return the file
   * @throws TrainingException if the path does not name a file
   */
  public static TrainingFiles ofModelAlone(String name, Path model) {
    Require.given(name, model);
    return new TrainingFiles(model, List.of(new OutputFile(name, model, FileKind.MODEL, false)));
  }

  /**
   * {@return these files, and those of a {@code SpikeHealthListener}, which a resumed training
   * continues}
   *
   * @param name their name in messages, such as an option
   * @param table where its table is written
   * @param page where its page is written
   * @throws TrainingException if a path does not name a file, or names one of these files
   */
  public TrainingFiles withHealth(String name, Path table, Path page) {
    return with(new OutputFile(name, Require.given(name, table), FileKind.LOG, true))
        .with(new OutputFile(name, Require.given(name, page), FileKind.PAGE, true));
  }

  private TrainingFiles with(OutputFile place) {
    for (OutputFile other : places) {
      if (absolute(other).equals(absolute(place))) {
        throw new TrainingException(
            ("%s must name a file that the training does not write otherwise, got %s, which is"
                    + " also written for %s")
                .formatted(place.name(), place.file(), other.name()));
      }
    }
    List<OutputFile> more = new ArrayList<>(places);
    more.add(place);
    return new TrainingFiles(model, more);
  }

  private static Path absolute(OutputFile place) {
    return place.file().toAbsolutePath().normalize();
  }

  /**
   * {@return where the best model of a training is saved}
   *
   * @param model its model's file
   */
  public static Path best(Path model) {
    return beside(model, "-best.zip");
  }

  /**
   * {@return where the network with averaged weights is saved}
   *
   * @param model its model's file
   */
  public static Path average(Path model) {
    return beside(model, "-average.zip");
  }

  /**
   * {@return where the log of a training is saved}
   *
   * @param model its model's file
   */
  public static Path log(Path model) {
    return beside(model, "-log.csv");
  }

  /**
   * {@return a file next to a model's file with the same base name}
   *
   * @param model the model's file
   * @param ending replaces the model's {@code .zip}
   */
  public static Path beside(Path model, String ending) {
    String name = model.getFileName().toString();
    int end = name.endsWith(SUFFIX) ? name.length() - SUFFIX.length() : name.length();
    return model.resolveSibling(name.substring(0, end) + ending);
  }

  /** {@return where the model is saved} */
  public Path model() {
    return model;
  }

  /**
   * Checks that only files of trainings would be moved or overwritten.
   *
   * @return these files
   * @throws TrainingException if another file would be moved or overwritten
   */
  public TrainingFiles check() {
    places.forEach(place -> place.check(place.file()));
    return this;
  }

  /** Locks out other trainings: one lock for the model and its files, and one for the table. */
  List<WriteLock> lock(TrainingObserver observer) {
    List<WriteLock> locks = new ArrayList<>();
    try {
      // Model names with and without .zip share the other files.
      locks.add(WriteLock.of(places.get(0).name(), beside(model, SUFFIX), observer::cannotLock));
      for (OutputFile place : places) {
        if (place.goesOn() && place.kind() == FileKind.LOG) {
          locks.add(WriteLock.of(place.name(), place.file(), observer::cannotLock));
        }
      }
      return locks;
    } catch (IOException e) {
      locks.forEach(WriteLock::close);
      throw new TrainingException(e.getMessage(), e);
    }
  }

  /** Deletes what killed programs left behind. */
  void cleanUp() {
    for (OutputFile place : places) {
      try {
        UnfinishedFiles.cleanUp(place.file());
      } catch (IOException e) {
        throw new TrainingException(
            "Cannot delete what a killed run left next to " + place.file() + ": " + e, e);
      }
    }
  }

  /** Whether a training that is resumed from a file also saves to it. */
  boolean isModel(Path resumed) {
    try {
      return Files.exists(model) && Files.isSameFile(resumed, model);
    } catch (IOException e) {
      throw new TrainingException("Cannot read " + model + ": " + e, e);
    }
  }

  /**
   * Moves the files aside, replacing those that were moved before, except the model that is resumed
   * (null for none) and the health files, which are then continued.
   */
  void setAside(Path resumed, TrainingObserver observer) {
    setAside(places, resumed, observer);
  }

  /**
   * Moves only the log aside, where a model is resumed that does not know its rows.
   *
   * @throws TrainingException if another file would be overwritten, or the log cannot be moved
   */
  void setLogAside(TrainingObserver observer) {
    setAside(
        places.stream().filter(place -> place.file().equals(log(model))).toList(), null, observer);
  }

  private void setAside(List<OutputFile> moved, Path resumed, TrainingObserver observer) {
    check();
    moved.forEach(place -> place.check(place.old()));
    moved.forEach(place -> place.setAside(resumed, observer));
  }
}
