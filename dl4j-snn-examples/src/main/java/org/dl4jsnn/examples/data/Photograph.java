package org.dl4jsnn.examples.data;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import org.dl4jsnn.image.Image;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A photograph of any size, adapted to CIFAR-10: its largest middle square, with 32×32 pixels. */
public final class Photograph {

  private static final int SIDE = ColourImages.SIDE;

  private Photograph() {}

  /** Features [1, 3, 32, 32] of a PNG, JPEG, GIF or BMP, normalised as those of CIFAR-10. */
  public static INDArray read(Path file) {
    BufferedImage photograph = HandwrittenDigit.image(file);
    int side = Math.min(photograph.getWidth(), photograph.getHeight());
    BufferedImage square =
        photograph.getSubimage(
            (photograph.getWidth() - side) / 2, (photograph.getHeight() - side) / 2, side, side);
    // On white, where it is transparent.
    return features(HandwrittenDigit.scaled(square, SIDE, BufferedImage.TYPE_INT_RGB, Color.WHITE));
  }

  private static INDArray features(BufferedImage square) {
    byte[] values = new byte[ColourImages.CHANNELS * SIDE * SIDE];
    int next = 0;
    for (int channel = 0; channel < ColourImages.CHANNELS; channel++) {
      for (int value : square.getRaster().getSamples(0, 0, SIDE, SIDE, channel, (int[]) null)) {
        values[next++] = (byte) value;
      }
    }
    float[] features = new float[values.length];
    ColourImages.normalise(Image.of(ColourImages.CHANNELS, SIDE, SIDE, values), features, 0);
    return Nd4j.create(features, new long[] {1, ColourImages.CHANNELS, SIDE, SIDE}, 'c');
  }
}
