package org.dl4jsnn.image;

import static org.dl4jsnn.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Operations against Pillow's values, written by src/test/python/image_operations.py. */
class ImageOperationTest {

  private static final int CHANNELS = 3;
  private static final int HEIGHT = 18;
  private static final int WIDTH = 21;

  private static final Set<ImageOperation> BLENDING =
      EnumSet.of(
          ImageOperation.BRIGHTNESS,
          ImageOperation.CONTRAST,
          ImageOperation.COLOR,
          ImageOperation.SHARPNESS);

  private static List<String[]> lines;
  private static Image original;

  @BeforeAll
  static void read() throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                ImageOperationTest.class.getResourceAsStream("/images/operations.txt"),
                StandardCharsets.UTF_8))) {
      lines =
          reader
              .lines()
              .filter(line -> !line.startsWith("#"))
              .map(line -> line.split(" "))
              .toList();
    }
    original = image(lines.get(0));
  }

  private static Image image(String[] line) {
    byte[] values = new byte[line.length - 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) Integer.parseInt(line[i + 3]);
    }
    return Image.of(CHANNELS, HEIGHT, WIDTH, values);
  }

  @ParameterizedTest
  @EnumSource
  void shouldEqualThoseOfPillow(ImageOperation operation) {
    int compared = 0;
    boolean changes = false;
    for (String[] line : lines) {
      if (line[0].equals(operation.name())) {
        Image actual =
            operation.apply(original, Integer.parseInt(line[1]), Boolean.parseBoolean(line[2]));
        Image expected = image(line);
        String what = operation + " " + line[1] + " " + line[2];
        if (BLENDING.contains(operation)) {
          assertClose(expected, actual, what);
        } else {
          assertEquals(expected, actual, what);
        }
        changes |= !expected.equals(original);
        compared++;
      }
    }
    assertTrue(compared >= 3, operation + " was compared " + compared + " times");
    assertTrue(changes, operation + " must change the image");
  }

  /** Pillow blends in single precision, so that a value may be truncated to the one below. */
  private static void assertClose(Image expected, Image actual, String what) {
    for (int i = 0; i < CHANNELS * HEIGHT * WIDTH; i++) {
      int difference = Math.abs(expected.value(i) - actual.value(i));
      assertTrue(difference <= 1, what + " at " + i + ": off by " + difference);
    }
  }

  @Test
  void shouldLeaveColoursOfOtherChannelsAsTheyAre() {
    Image one = Image.of(1, 2, 2, new byte[] {1, 2, 3, 4});
    assertEquals(one, ImageOperation.COLOR.apply(one, 9, true));
  }

  @Test
  void shouldLeaveImagesOfOneColourAsTheyAre() {
    Image flat = Image.of(1, 2, 2, new byte[] {7, 7, 7, 7});
    assertEquals(flat, ImageOperation.AUTO_CONTRAST.apply(flat, 0, false));
    assertEquals(flat, ImageOperation.EQUALIZE.apply(flat, 0, false));
  }

  @Test
  void shouldStretchEveryRangeFromTheFirstToTheLastValue() {
    for (int low = 0; low < 255; low++) {
      for (int high = low + 1; high < 256; high++) {
        Image image = Image.of(1, 1, 2, new byte[] {(byte) low, (byte) high});
        Image stretched = ImageOperation.AUTO_CONTRAST.apply(image, 0, false);
        assertEquals(0, stretched.value(0));
        assertEquals(255, stretched.value(1), "from " + low + " to " + high);
      }
    }
  }

  @Test
  void shouldRefuseInvalidStrengths() {
    assertMessage(
        "strength must be from 0 to 9, got 10",
        () -> ImageOperation.ROTATE.apply(original, 10, false));
  }
}
