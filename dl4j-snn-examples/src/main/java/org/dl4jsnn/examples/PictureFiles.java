package org.dl4jsnn.examples;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import org.dl4jsnn.plot.Plots;

/** PNG files of pictures and plots, which are whole or absent. */
final class PictureFiles {

  private PictureFiles() {}

  /** A file's name that a picture can be written to. */
  static void requirePng(Path to) {
    if (!to.getFileName().toString().endsWith(".png")) {
      throw new UserError("--to must end in .png, got " + to);
    }
  }

  static void save(BufferedImage picture, Path to) {
    try {
      SafeFile.replace(to, aside -> Plots.save(picture, aside));
    } catch (IOException e) {
      throw new UserError("Cannot write " + to + ": " + e, e);
    }
  }
}
