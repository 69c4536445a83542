package org.dl4jsnn.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.dl4jsnn.event.Aedat2Writer;
import org.dl4jsnn.event.EventWriter;
import org.dl4jsnn.event.NMnistWriter;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.camera.GreyPicture;
import org.dl4jsnn.event.camera.SimulatedCamera;

/** Data sets whose camera, format and folders are imitated. */
enum SimulatedSet {
  /** {@code airplane/cifar10_airplane_0.aedat}; it has no test part. */
  CIFAR10_DVS("cifar10-dvs", 512, false) {
    @Override
    SimulatedCamera camera(long seed) {
      return SimulatedCamera.cifar10Dvs(seed);
    }

    @Override
    Path file(String part, SourcePictures pictures, int index) {
      String name = pictures.className(index);
      String file = pictures.set() + "_" + name + "_" + pictures.numbers()[index] + ".aedat";
      return Path.of(name, file);
    }

    @Override
    EventWriter open(Path file, SensorSize sensor) throws IOException {
      return new Aedat2Writer(file, sensor);
    }
  },

  /** {@code Train/5/00001.bin}, by the picture's number in its part, from 1. */
  N_MNIST("n-mnist", 112, true) {
    @Override
    SimulatedCamera camera(long seed) {
      return SimulatedCamera.nMnist(seed);
    }

    @Override
    Path file(String part, SourcePictures pictures, int index) {
      String file = String.format(Locale.ROOT, "%05d.bin", index + 1);
      return Path.of(part, Integer.toString(pictures.labels()[index]), file);
    }

    @Override
    EventWriter open(Path file, SensorSize sensor) throws IOException {
      return new NMnistWriter(file, sensor);
    }
  };

  private final String title;
  private final int side;
  private final boolean hasTestPart;

  SimulatedSet(String title, int side, boolean hasTestPart) {
    this.title = title;
    this.side = side;
    this.hasTestPart = hasTestPart;
  }

  abstract SimulatedCamera camera(long seed);

  /** Where a recording lies in the set's folder. */
  abstract Path file(String part, SourcePictures pictures, int index);

  abstract EventWriter open(Path file, SensorSize sensor) throws IOException;

  boolean hasTestPart() {
    return hasTestPart;
  }

  /** The picture as large as the screen shows it. */
  GreyPicture onScreen(GreyPicture picture) {
    return picture.enlarged(side, side);
  }

  @Override
  public String toString() {
    return title;
  }
}
