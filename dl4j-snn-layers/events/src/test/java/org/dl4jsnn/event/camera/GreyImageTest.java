package org.dl4jsnn.event.camera;

import static org.dl4jsnn.Messages.assertBegins;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class GreyImageTest {

  @Test
  void shouldTakeGreyBytesAsUnsigned() {
    GreyImage image = GreyImage.ofBytes(3, 1, new byte[] {0, 51, -1});
    assertEquals(0, image.level(0, 0));
    assertEquals(0.2f, image.level(1, 0));
    assertEquals(1, image.level(2, 0));
  }

  @Test
  void shouldWeighColours() {
    byte[] planes = {-1, 0, 0, -1, 0, -1, 0, -1, 0, 0, -1, -1};
    GreyImage image = GreyImage.ofColourPlanes(2, 2, planes);
    assertEquals(0.299f, image.level(0, 0), 1e-7f);
    assertEquals(0.587f, image.level(1, 0), 1e-7f);
    assertEquals(0.114f, image.level(0, 1), 1e-7f);
    assertEquals(1, image.level(1, 1));
  }

  @Test
  void shouldKeepFlatImagesFlatAndSlopesStraightWhenEnlarged() {
    float[] flat = {0.3f, 0.3f, 0.3f, 0.3f, 0.3f, 0.3f};
    GreyImage large = GreyImage.of(3, 2, flat).enlarged(48, 20);
    for (int i = 0; i < 48 * 20; i++) {
      assertEquals(0.3f, large.level(i % 48, i / 48), 1e-6f);
    }
    float[] slope = new float[16];
    for (int i = 0; i < slope.length; i++) {
      slope[i] = i / 16f;
    }
    GreyImage wide = GreyImage.of(16, 1, slope).enlarged(64, 1);
    for (int x = 8; x < 56; x++) {
      // The middle of pixel x lies at (x + 1/2) / 4 - 1/2 of the old pixels.
      assertEquals(((x + 0.5) / 4 - 0.5) / 16, wide.level(x, 0), 1e-6);
    }
  }

  @Test
  void shouldPassThroughTheOldPixelsWhenEnlargedByAnOddFactor() {
    GreyImage small = GreyImage.of(4, 1, new float[] {0, 1, 0.25f, 0.5f});
    GreyImage large = small.enlarged(12, 3);
    for (int x = 0; x < 4; x++) {
      assertEquals(small.level(x, 0), large.level(3 * x + 1, 1), 1e-6f);
    }
    assertEquals(small, small.enlarged(4, 1));
  }

  @Test
  void shouldRefuseWhatIsNotAnImage() {
    assertBegins(
        "levels of an image of 2 x 2 must be 4, got 3", () -> GreyImage.of(2, 2, new float[3]));
    assertBegins(
        "bytes of an image of 2 x 2 must be 12, got 4",
        () -> GreyImage.ofColourPlanes(2, 2, new byte[4]));
    assertBegins(
        "a grey level must be from 0 to 1, got 7.0. ", () -> GreyImage.of(1, 1, new float[] {7}));
    assertBegins(
        "a grey level must be from 0 to 1, got NaN",
        () -> GreyImage.of(1, 1, new float[] {Float.NaN}));
    assertBegins("width must be ", () -> GreyImage.of(0, 1, new float[0]));
    assertBegins(
        "newWidth must be a whole number of at least 2, got 1",
        () -> GreyImage.of(2, 1, new float[2]).enlarged(1, 1));
    GreyImage image = GreyImage.of(2, 1, new float[2]);
    assertThrows(IndexOutOfBoundsException.class, () -> image.level(0, 1));
  }
}
