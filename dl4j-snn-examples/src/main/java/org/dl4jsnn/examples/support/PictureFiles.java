package org.dl4jsnn.examples.support;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.dl4jsnn.internal.io.AtomicFile;

/** PNG files of pictures and plots, written completely or not at all. */
public final class PictureFiles {

  private PictureFiles() {}

  /** A valid file name for a picture. */
  public static void requirePng(Path to) {
    if (!to.getFileName().toString().endsWith(".png")) {
      throw new UserError("--to must end in .png, got " + to);
    }
  }

  public static void save(BufferedImage picture, Path to) {
    try {
      AtomicFile.replace(to, out -> ImageIO.write(picture, "png", out));
    } catch (IOException e) {
      throw new UserError("Cannot write " + to + ": " + e, e);
    }
  }
}
