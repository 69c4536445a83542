package org.dl4jsnn.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
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

/** Operations against Pillow's values, written by src/test/python/picture_operations.py. */
class PictureOperationTest {

  private static final int CHANNELS = 3;
  private static final int HEIGHT = 18;
  private static final int WIDTH = 21;

  private static final Set<PictureOperation> BLENDING =
      EnumSet.of(
          PictureOperation.BRIGHTNESS,
          PictureOperation.CONTRAST,
          PictureOperation.COLOR,
          PictureOperation.SHARPNESS);

  private static List<String[]> lines;
  private static Picture original;

  @BeforeAll
  static void read() throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                PictureOperationTest.class.getResourceAsStream("/pictures/operations.txt"),
                StandardCharsets.UTF_8))) {
      lines =
          reader
              .lines()
              .filter(line -> !line.startsWith("#"))
              .map(line -> line.split(" "))
              .toList();
    }
    original = picture(lines.get(0));
  }

  private static Picture picture(String[] line) {
    byte[] values = new byte[line.length - 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) Integer.parseInt(line[i + 3]);
    }
    return Picture.of(CHANNELS, HEIGHT, WIDTH, values);
  }

  @ParameterizedTest
  @EnumSource
  void shouldEqualThoseOfPillow(PictureOperation operation) {
    int compared = 0;
    boolean changes = false;
    for (String[] line : lines) {
      if (line[0].equals(operation.name())) {
        Picture actual =
            operation.apply(original, Integer.parseInt(line[1]), Boolean.parseBoolean(line[2]));
        Picture expected = picture(line);
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
    assertTrue(changes, operation + " must change the picture");
  }

  /** Pillow blends in single precision, so that a value may be truncated to the one below. */
  private static void assertClose(Picture expected, Picture actual, String what) {
    for (int i = 0; i < CHANNELS * HEIGHT * WIDTH; i++) {
      int difference = Math.abs(expected.value(i) - actual.value(i));
      assertTrue(difference <= 1, what + " at " + i + ": off by " + difference);
    }
  }

  @Test
  void shouldLeaveColoursOfOtherChannelsAsTheyAre() {
    Picture one = Picture.of(1, 2, 2, new byte[] {1, 2, 3, 4});
    assertEquals(one, PictureOperation.COLOR.apply(one, 9, true));
  }

  @Test
  void shouldLeavePicturesOfOneColourAsTheyAre() {
    Picture flat = Picture.of(1, 2, 2, new byte[] {7, 7, 7, 7});
    assertEquals(flat, PictureOperation.AUTO_CONTRAST.apply(flat, 0, false));
    assertEquals(flat, PictureOperation.EQUALIZE.apply(flat, 0, false));
  }

  @Test
  void shouldStretchEveryRangeFromTheFirstToTheLastValue() {
    for (int low = 0; low < 255; low++) {
      for (int high = low + 1; high < 256; high++) {
        Picture picture = Picture.of(1, 1, 2, new byte[] {(byte) low, (byte) high});
        Picture stretched = PictureOperation.AUTO_CONTRAST.apply(picture, 0, false);
        assertEquals(0, stretched.value(0));
        assertEquals(255, stretched.value(1), "from " + low + " to " + high);
      }
    }
  }

  @Test
  void shouldRefuseInvalidStrengths() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> PictureOperation.ROTATE.apply(original, 10, false))
            .getMessage();
    assertEquals("strength must be from 0 to 9, got 10", message);
  }
}
