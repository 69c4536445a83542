package org.dl4jsnn.image;

import java.util.random.RandomGenerator;
import org.dl4jsnn.internal.Require;

/** {@link ImageAugmentation#cutout}. */
record Cutout(int size, int fill) implements ImageAugmentation {

  Cutout {
    Require.atLeast("size", size, 1);
    Image.requireFill(fill);
  }

  @Override
  public Image augment(Image image, RandomGenerator random) {
    int top = random.nextInt(image.height()) - size / 2;
    int left = random.nextInt(image.width()) - size / 2;
    byte[] cut = image.copy();
    for (int channel = 0; channel < image.channels(); channel++) {
      for (int row = Math.max(0, top); row < Math.min(image.height(), top + size); row++) {
        int first = (channel * image.height() + row) * image.width();
        for (int x = Math.max(0, left); x < Math.min(image.width(), left + size); x++) {
          cut[first + x] = (byte) fill;
        }
      }
    }
    return image.with(cut);
  }
}
