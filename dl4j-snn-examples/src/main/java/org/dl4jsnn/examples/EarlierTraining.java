package org.dl4jsnn.examples;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What an earlier training left where a new one will save. It is kept, and what is no training's
 * file is not touched.
 */
final class EarlierTraining {

  private static final String MODEL = "--model";
  private static final String HEALTH = "--health";

  /** Bytes at the beginning of a file. */
  private static final int LOOKED_AT = 1 << 10;

  private final List<Place> places = new ArrayList<>();

  /** What a file must be to be moved or written over. */
  enum Kind {
    MODEL("a model") {
      @Override
      boolean is(Path file) throws IOException {
        return ModelArchive.isOne(file);
      }
    },
    LOG("a training's log") {
      @Override
      boolean is(Path file) throws IOException {
        return begin(file).startsWith("epoch,iteration,");
      }
    },
    PAGE("a page about the health of layers") {
      @Override
      boolean is(Path file) throws IOException {
        return begin(file).contains("<title>Health of spiking layers</title>");
      }
    };

    private final String name;

    Kind(String name) {
      this.name = name;
    }

    abstract boolean is(Path file) throws IOException;
  }

  private record Place(String option, Path file, Kind kind) {

    Path old() {
      return file.resolveSibling(file.getFileName() + ".old");
    }
  }

  /** The files of a training. */
  static EarlierTraining of(TrainingOptions options) {
    EarlierTraining files = of(options.model);
    files.add(MODEL, BestModel.beside(options.model), Kind.MODEL);
    files.add(MODEL, EpochLog.beside(options.model), Kind.LOG);
    if (options.health.file != null) {
      files.add(HEALTH, options.health.file, Kind.LOG);
      files.add(HEALTH, options.health.page(), Kind.PAGE);
    }
    return files;
  }

  /** The file of a model alone. */
  static EarlierTraining of(Path model) {
    EarlierTraining files = new EarlierTraining();
    files.add(MODEL, model, Kind.MODEL);
    return files;
  }

  private void add(String option, Path file, Kind kind) {
    if (file.getFileName() == null || file.getFileName().toString().isEmpty()) {
      throw new UserError(option + " must name a file, got '" + file + "'");
    }
    places.add(new Place(option, file, kind));
  }

  /** The files that will be written. */
  List<Path> files() {
    return places.stream().map(Place::file).toList();
  }

  /**
   * Checks that nothing but files of trainings would be moved or written over.
   *
   * @throws UserError if something else is in the way
   */
  EarlierTraining check() {
    for (Place place : places) {
      check(place, place.file);
    }
    return this;
  }

  private static void check(Place place, Path file) {
    try {
      if (Files.exists(file) && !place.kind.is(file)) {
        throw new UserError(
            String.format(
                "%s needs %s for %s, got %s there. Name another %s, or move that away",
                place.option,
                file.toAbsolutePath(),
                place.kind.name,
                Files.isDirectory(file) ? "a folder" : "another file",
                place.option));
      }
    } catch (IOException e) {
      throw new UserError("Cannot read " + file + " of an earlier training: " + e, e);
    }
  }

  /**
   * Moves the files aside, in place of those that were moved before.
   *
   * @param resumed the model that is trained on, which stays, as the files about its layers' health
   *     do, which go on; null for none
   * @throws UserError if something that is no training's is in the way, or a file cannot be moved
   */
  void setAside(Path resumed, Output output) {
    check();
    places.forEach(place -> check(place, place.old()));
    for (Place place : places) {
      try {
        boolean goesOn = resumed != null && place.option.equals(HEALTH);
        if (Files.exists(place.file) && !goesOn && !isSame(place.file, resumed)) {
          move(place, resumed, output);
        }
      } catch (IOException e) {
        throw new UserError("Cannot move " + place.file + " of an earlier training: " + e, e);
      }
    }
  }

  private static void move(Place place, Path resumed, Output output) throws IOException {
    if (isSame(place.old(), resumed)) {
      throw new UserError(
          String.format(
              "%s must leave the model to resume, %s, where it is; %s would be moved there. Rename"
                  + " one of them, or name another %s",
              place.option, resumed, place.file, place.option));
    }
    Files.move(place.file, place.old(), StandardCopyOption.REPLACE_EXISTING);
    output.print("Moved %s of an earlier training to %s", place.file, place.old().getFileName());
  }

  private static boolean isSame(Path file, Path resumed) throws IOException {
    return resumed != null
        && Files.exists(file)
        && Files.exists(resumed)
        && Files.isSameFile(file, resumed);
  }

  private static String begin(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return "";
    }
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(LOOKED_AT), StandardCharsets.ISO_8859_1);
    }
  }
}
