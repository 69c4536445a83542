package org.dl4jsnn.examples.support;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import org.dl4jsnn.plot.Plots;

/** PNG files of images and plots, written completely or not at all. */
public final class ImageFiles {

  private ImageFiles() {}

  /** Checks that an option names a PNG file. */
  public static void requirePng(String option, Path to) {
    if (to.getFileName() == null || !to.getFileName().toString().endsWith(".png")) {
      throw new UserError(option + " must end in .png, got " + to);
    }
  }

  public static void save(BufferedImage image, Path to) {
    try {
      Plots.save(image, to);
    } catch (IOException e) {
      throw new UserError("Cannot write " + to + ": " + e, e);
    }
  }
}
