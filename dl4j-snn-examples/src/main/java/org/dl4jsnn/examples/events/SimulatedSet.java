package org.dl4jsnn.examples.events;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.function.LongFunction;
import org.dl4jsnn.event.EventWriter;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.camera.GreyImage;
import org.dl4jsnn.event.camera.SimulatedCamera;
import org.dl4jsnn.event.data.EventDataSet;
import org.dl4jsnn.examples.data.ColourImages;
import org.dl4jsnn.examples.support.UserError;

/** Data sets whose camera, format and folders can be imitated. */
enum SimulatedSet {
  /** {@code airplane/cifar10_airplane_0.aedat}; it has no test part. */
  CIFAR10_DVS("cifar10-dvs", 512, false, SimulatedCamera::cifar10Dvs, EventWriter::aedat2) {
    /** In the list of test recordings, number 1 is the first of a class. */
    @Override
    int recordingsOfClass(SourceImages images) {
      return isPublishedLayout(images)
          ? Collections.min(EventDataSet.cifar10DvsTestNumbers()) + 1
          : 1;
    }

    @Override
    int mostOfClass(SourceImages images) {
      return isPublishedLayout(images) ? 1000 : Integer.MAX_VALUE;
    }

    private boolean isPublishedLayout(SourceImages images) {
      return ColourImages.NAMES.equals(images.classNames());
    }

    @Override
    Path file(String part, SourceImages images, int index) {
      String name = images.className(index);
      String file = images.set() + "_" + name + "_" + images.numbers()[index] + ".aedat";
      return Path.of(name, file);
    }
  },

  /** {@code Train/5/00001.bin}, by the image's number in its part, from 1. */
  N_MNIST("n-mnist", 112, true, SimulatedCamera::nMnist, EventWriter::nMnist) {
    @Override
    Path file(String part, SourceImages images, int index) {
      String file = String.format(Locale.ROOT, "%05d.bin", index + 1);
      return Path.of(part, Integer.toString(images.labels()[index]), file);
    }
  };

  private static final String INCOMPLETE = ". With --incomplete the set is made for viewing";

  /** Starts the file of a recording. */
  interface Opening {
    EventWriter open(Path file, SensorSize sensor) throws IOException;
  }

  private final String title;
  private final int side;
  final boolean hasTestPart;
  final LongFunction<SimulatedCamera> camera;
  final Opening writer;

  SimulatedSet(
      String title,
      int side,
      boolean hasTestPart,
      LongFunction<SimulatedCamera> camera,
      Opening writer) {
    this.title = title;
    this.side = side;
    this.hasTestPart = hasTestPart;
    this.camera = camera;
    this.writer = writer;
  }

  /** The fewest recordings per class that its reader needs. */
  int recordingsOfClass(SourceImages images) {
    return 1;
  }

  /** The most recordings per class in its layout. */
  int mostOfClass(SourceImages images) {
    return Integer.MAX_VALUE;
  }

  /** Checks that these first images, at most so many per class, can be read as a data set. */
  void requireComplete(String option, SourceImages images, int count, int perClass) {
    int needed = recordingsOfClass(images);
    int most = mostOfClass(images);
    int largest = Arrays.stream(images.numbers(), 0, count).max().orElse(0) + 1;
    if (perClass < needed || Math.min(largest, perClass) > most) {
      throw UserError.of(
          "--per-class must be from %d to %d for a set of %s that can be read, got %s%s",
          needed,
          most,
          this,
          perClass == Integer.MAX_VALUE ? "none, and " + largest + " of a class" : perClass,
          INCOMPLETE);
    }
    int first = images.firstWithEachClass(needed);
    if (count < first) {
      throw UserError.of(
          "%s must be at least %d, for each class to occur, got %d%s",
          option, first, count, INCOMPLETE);
    }
  }

  /** The path of a recording in the set's folder. */
  abstract Path file(String part, SourceImages images, int index);

  /** The image at screen size. */
  GreyImage onScreen(GreyImage image) {
    return image.enlarged(side, side);
  }

  @Override
  public String toString() {
    return title;
  }
}
