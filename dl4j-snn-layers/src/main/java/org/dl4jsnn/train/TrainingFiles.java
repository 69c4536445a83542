package org.dl4jsnn.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.io.Leftovers;
import org.dl4jsnn.internal.io.WriteLock;

/**
 * The files that a training writes: {@code MODEL.zip}, beside it {@code MODEL-best.zip} and {@code
 * MODEL-log.csv}, and those of {@link #withHealth}. What an earlier training left there is kept as
 * {@code ….old}; what is no training's file is not touched.
 *
 * <p>Immutable.
 */
public final class TrainingFiles {

  private static final String SUFFIX = ".zip";

  /**
   * A file.
   *
   * @param name what messages call it, such as an option
   * @param goesOn whether a training that is resumed goes on with it
   */
  private record Place(String name, Path file, FileKind kind, boolean goesOn) {

    Place {
      if (file.getFileName() == null || file.getFileName().toString().isEmpty()) {
        throw new TrainingException(name + " must name a file, got '" + file + "'");
      }
    }

    Path old() {
      return file.resolveSibling(file.getFileName() + ".old");
    }
  }

  private final Path model;
  private final List<Place> places;

  private TrainingFiles(Path model, List<Place> places) {
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
        .with(new Place(name, best(model), FileKind.MODEL, false))
        .with(new Place(name, log(model), FileKind.LOG, false));
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
    return new TrainingFiles(model, List.of(new Place(name, model, FileKind.MODEL, false)));
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
    return with(new Place(name, Require.given(name, table), FileKind.LOG, true))
        .with(new Place(name, Require.given(name, page), FileKind.PAGE, true));
  }

  private TrainingFiles with(Place place) {
    List<Place> more = new ArrayList<>(places);
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
    for (Place place : places) {
      check(place, place.file);
    }
    return this;
  }

  private static void check(Place place, Path file) {
    try {
      if (Files.exists(file) && !place.kind.is(file)) {
        throw new TrainingException(
            String.format(
                "%s needs %s for %s, got %s there. Name another %s, or move that away",
                place.name,
                file.toAbsolutePath(),
                place.kind,
                Files.isDirectory(file) ? "a folder" : "another file",
                place.name));
      }
    } catch (IOException e) {
      throw new TrainingException("Cannot read " + file + " of an earlier training: " + e, e);
    }
  }

  /** Keeps other trainings out: a lock for the model and its files, and one for the table. */
  List<WriteLock> lock(TrainingObserver observer) {
    List<WriteLock> locks = new ArrayList<>();
    try {
      // Models with and without .zip share their other files.
      locks.add(WriteLock.of(places.get(0).name, beside(model, SUFFIX), observer::cannotLock));
      for (Place place : places) {
        if (place.goesOn && place.kind == FileKind.LOG) {
          locks.add(WriteLock.of(place.name, place.file, observer::cannotLock));
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
    for (Place place : places) {
      try {
        Leftovers.cleanUp(place.file);
      } catch (IOException e) {
        throw new TrainingException(
            "Cannot delete what a killed run left beside " + place.file + ": " + e, e);
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
    places.forEach(place -> check(place, place.old()));
    for (Place place : places) {
      try {
        boolean goesOn = resumed != null && place.goesOn;
        if (Files.exists(place.file) && !goesOn && !isSame(place.file, resumed)) {
          move(place, resumed, observer);
        }
      } catch (IOException e) {
        throw new TrainingException(
            "Cannot move " + place.file + " of an earlier training: " + e, e);
      }
    }
  }

  private static void move(Place place, Path resumed, TrainingObserver observer)
      throws IOException {
    if (isSame(place.old(), resumed)) {
      throw new TrainingException(
          String.format(
              "%s must leave the model to resume, %s, where it is; %s would be moved there. Rename"
                  + " one of them, or name another %s",
              place.name, resumed, place.file, place.name));
    }
    Files.move(place.file, place.old(), StandardCopyOption.REPLACE_EXISTING);
    observer.moved(place.file, place.old());
  }

  private static boolean isSame(Path file, Path resumed) throws IOException {
    return resumed != null
        && Files.exists(file)
        && Files.exists(resumed)
        && Files.isSameFile(file, resumed);
  }
}
