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
 * The files that a training writes: {@code MODEL.zip}, beside it {@code MODEL-best.zip}, {@code
 * MODEL-average.zip} and {@code MODEL-log.csv}, and those of {@link #withHealth}. What an earlier
 * training left there is kept as {@code ….old}; what is no training's file is not touched.
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
   * The files of a training.
   *
   * @param model where its model is saved
   * @return the files
   * @throws TrainingException if the path names no file
   */
  public static TrainingFiles of(Path model) {
    return of("model", model);
  }

  /**
   * The files of a training.
   *
   * @param name what messages call the model's file, such as an option
   * @param model where the model is saved
   * @return the files
   * @throws TrainingException if the path names no file
   */
  public static TrainingFiles of(String name, Path model) {
    return ofModelAlone(name, model)
        .with(new OutputFile(name, best(model), FileKind.MODEL, false))
        .with(new OutputFile(name, average(model), FileKind.MODEL, false))
        .with(new OutputFile(name, log(model), FileKind.LOG, false));
  }

  /**
   * A model's file without any beside it.
   *
   * @param name what messages call it, such as an option
   * @param model where the model is saved
   * @return the file
   * @throws TrainingException if the path names no file
   */
  public static TrainingFiles ofModelAlone(String name, Path model) {
    Require.given(name, model);
    return new TrainingFiles(model, List.of(new OutputFile(name, model, FileKind.MODEL, false)));
  }

  /**
   * These files, and those of a {@code SpikeHealthListener}, which go on where a training is
   * resumed.
   *
   * @param name what messages call them, such as an option
   * @param table where its table is written
   * @param page where its page is written
   * @return the files
   * @throws TrainingException if a path names no file
   */
  public TrainingFiles withHealth(String name, Path table, Path page) {
    return with(new OutputFile(name, Require.given(name, table), FileKind.LOG, true))
        .with(new OutputFile(name, Require.given(name, page), FileKind.PAGE, true));
  }

  private TrainingFiles with(OutputFile place) {
    List<OutputFile> more = new ArrayList<>(places);
    more.add(place);
    return new TrainingFiles(model, more);
  }

  /**
   * Where the best model of a training lies.
   *
   * @param model its model's file
   * @return the file beside it
   */
  public static Path best(Path model) {
    return beside(model, "-best.zip");
  }

  /**
   * Where the network with averaged weights lies.
   *
   * @param model its model's file
   * @return the file beside it
   */
  public static Path average(Path model) {
    return beside(model, "-average.zip");
  }

  /**
   * Where the log of a training lies.
   *
   * @param model its model's file
   * @return the file beside it
   */
  public static Path log(Path model) {
    return beside(model, "-log.csv");
  }

  /**
   * A file that lies beside a model's and shares its name.
   *
   * @param model the model's file
   * @param ending what its name has in place of the model's {@code .zip}
   * @return the file
   */
  public static Path beside(Path model, String ending) {
    String name = model.getFileName().toString();
    int end = name.endsWith(SUFFIX) ? name.length() - SUFFIX.length() : name.length();
    return model.resolveSibling(name.substring(0, end) + ending);
  }

  /**
   * Where the model is saved.
   *
   * @return the file
   */
  public Path model() {
    return model;
  }

  /**
   * Checks that nothing but files of trainings would be moved or written over.
   *
   * @return these files
   * @throws TrainingException if something else is in the way
   */
  public TrainingFiles check() {
    places.forEach(place -> place.check(place.file()));
    return this;
  }

  /** Keeps other trainings out: a lock for the model and its files, and one for the table. */
  List<WriteLock> lock(TrainingObserver observer) {
    List<WriteLock> locks = new ArrayList<>();
    try {
      // Models with and without .zip share their other files.
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

  /** Deletes what killed programs left. */
  void cleanUp() {
    for (OutputFile place : places) {
      try {
        UnfinishedFiles.cleanUp(place.file());
      } catch (IOException e) {
        throw new TrainingException(
            "Cannot delete what a killed run left beside " + place.file() + ": " + e, e);
      }
    }
  }

  /** Whether a training that is resumed from a file saves to it as well. */
  boolean isModel(Path resumed) {
    try {
      return Files.exists(model) && Files.isSameFile(resumed, model);
    } catch (IOException e) {
      throw new TrainingException("Cannot read " + model + ": " + e, e);
    }
  }

  /**
   * Moves the files aside, in place of those that were moved before.
   *
   * @param resumed the model that is trained on, which stays, as the files about its layers' health
   *     do, which go on; null for none
   * @throws TrainingException if something that is no training's is in the way, or a file cannot be
   *     moved
   */
  void setAside(Path resumed, TrainingObserver observer) {
    check();
    places.forEach(place -> place.check(place.old()));
    places.forEach(place -> place.setAside(resumed, observer));
  }
}
