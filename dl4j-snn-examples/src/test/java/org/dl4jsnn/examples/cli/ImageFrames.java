package org.dl4jsnn.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.imageio.ImageIO;

/** Looks at an image of charts: the frames of its plot areas, and what is in and around them. */
final class ImageFrames {

  private static final int LEAST_WIDTH = 200;
  private static final int LEAST_HEIGHT = 50;

  /** A tick at a corner lengthens a line. */
  private static final int TICK = 12;

  /** A second line this close to a side of a frame looks like a doubled axis. */
  private static final int BESIDE = 12;

  /** Lighter pixels are ground, grid lines or the edges of lines and letters. */
  private static final int LIGHT = 215;

  private final int width;
  private final int height;

  /** One value per pixel, row by row. */
  private final int[] pixels;

  private final List<Rectangle> frames;

  private ImageFrames(BufferedImage image) {
    this.width = image.getWidth();
    this.height = image.getHeight();
    this.pixels = image.getRGB(0, 0, width, height, null, 0, width);
    this.frames = find();
  }

  /** Checks an image for the defects that a person would see. */
  static void assertSound(Path file, int panels) throws IOException {
    ImageFrames found = new ImageFrames(ImageIO.read(file.toFile()));
    String all = file.getFileName() + ": " + found.frames;
    assertEquals(panels, found.frames.size(), "whole frames in " + all);
    for (Rectangle frame : found.frames) {
      String which = frame + " of " + all;
      assertFalse(found.hasDoubledSide(frame), "a line beside " + which);
      assertTrue(found.inkIn(inner(frame, 6)) > 0, "nothing in " + which);
      int touching = found.inkIn(inner(frame, 2)) - found.inkIn(inner(frame, 4));
      assertEquals(0, touching, "something touches " + which);
      for (Rectangle other : found.frames) {
        boolean isBelow = other.x < frame.x + frame.width && frame.x < other.x + other.width;
        assertTrue(!isBelow || Math.abs(other.x - frame.x) < 2, "different left edges in " + which);
      }
    }
  }

  private static Rectangle inner(Rectangle frame, int by) {
    Rectangle inner = new Rectangle(frame);
    inner.grow(-by, -by);
    return inner;
  }

  /** Rectangles of dark, grey, unbroken lines; x and y and width and height of the lines. */
  private List<Rectangle> find() {
    List<Rectangle> lines = new ArrayList<>();
    for (int y = 0; y < height; y++) {
      int start = 0;
      for (int x = 0; x <= width; x++) {
        if (x == width || !isLine(x, y)) {
          if (x - start >= LEAST_WIDTH) {
            lines.add(new Rectangle(start, y, x - start, 1));
          }
          start = x + 1;
        }
      }
    }
    List<Rectangle> rectangles = new ArrayList<>();
    for (Rectangle top : lines) {
      lines.stream()
          .filter(line -> line.y - top.y >= LEAST_HEIGHT)
          .filter(line -> Math.abs(line.x - top.x) <= TICK && line.getMaxX() == top.getMaxX())
          .map(line -> new Rectangle(Math.max(line.x, top.x), line.y, 0, 0))
          .filter(corner -> isColumn(corner.x, top.y, corner.y))
          .filter(corner -> isColumn(top.x + top.width - 1, top.y, corner.y))
          .min(Comparator.comparingInt(corner -> corner.y))
          .ifPresent(
              corner ->
                  rectangles.add(
                      new Rectangle(
                          corner.x, top.y, top.x + top.width - corner.x, corner.y - top.y + 1)));
    }
    return rectangles;
  }

  private boolean isColumn(int x, int top, int bottom) {
    for (int y = top; y <= bottom; y++) {
      if (!isLine(x, y)) {
        return false;
      }
    }
    return true;
  }

  private boolean isLine(int x, int y) {
    int rgb = pixels[y * width + x];
    int red = rgb >> 16 & 0xFF;
    int green = rgb >> 8 & 0xFF;
    int blue = rgb & 0xFF;
    return red < LIGHT && red > 20 && Math.abs(red - green) < 8 && Math.abs(green - blue) < 8;
  }

  private boolean isInk(int x, int y) {
    int rgb = pixels[y * width + x];
    return Math.min(rgb >> 16 & 0xFF, Math.min(rgb >> 8 & 0xFF, rgb & 0xFF)) < LIGHT;
  }

  private int inkIn(Rectangle area) {
    int ink = 0;
    for (int y = area.y; y < area.y + area.height; y++) {
      for (int x = area.x; x < area.x + area.width; x++) {
        ink += isInk(x, y) ? 1 : 0;
      }
    }
    return ink;
  }

  /** Whether an axis has a line of its own beside the frame. */
  private boolean hasDoubledSide(Rectangle frame) {
    for (int by = 2; by < BESIDE; by++) {
      int left = Math.max(0, frame.x - by);
      int below = Math.min(height - 1, frame.y + frame.height - 1 + by);
      if (inkIn(new Rectangle(left, frame.y, 1, frame.height)) > frame.height / 2
          || inkIn(new Rectangle(frame.x, below, frame.width, 1)) > frame.width / 2) {
        return true;
      }
    }
    return false;
  }
}
