package org.dl4jsnn.plot;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Images of at most 256 colours, whose PNG files are half as large. In a plot, all others are on
 * the edges of letters and lines.
 */
final class FewColours {

  private static final int MOST = 256;

  /** The largest share of pixels that may change their colour. */
  private static final double CHANGED = 0.02;

  private static final int RGB = 0xFFFFFF;

  private FewColours() {}

  /** The image in its most frequent colours and those next to others, or as it is. */
  static BufferedImage of(BufferedImage image) {
    if (image.getColorModel().hasAlpha()) {
      return image;
    }
    int width = image.getWidth();
    int[] pixels = image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
    Map<Integer, Integer> counts = new HashMap<>();
    for (int pixel : pixels) {
      counts.merge(pixel & RGB, 1, Integer::sum);
    }
    List<Integer> colours =
        counts.keySet().stream()
            .sorted(Comparator.comparingInt((Integer c) -> -counts.get(c)).thenComparing(c -> c))
            .toList();
    int[] kept = colours.stream().limit(MOST).mapToInt(Integer::intValue).toArray();
    long changed = colours.stream().skip(MOST).mapToLong(counts::get).sum();
    if (changed > CHANGED * pixels.length) {
      return image;
    }
    Map<Integer, Integer> places = new HashMap<>();
    colours.forEach(colour -> places.put(colour, nearest(colour, kept)));
    BufferedImage few =
        new BufferedImage(
            width,
            image.getHeight(),
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(8, kept.length, kept, 0, false, -1, DataBuffer.TYPE_BYTE));
    int[] indices = IntStream.of(pixels).map(pixel -> places.get(pixel & RGB)).toArray();
    few.getRaster().setSamples(0, 0, width, image.getHeight(), 0, indices);
    return few;
  }

  private static int nearest(int colour, int[] kept) {
    return IntStream.range(0, kept.length)
        .boxed()
        .min(Comparator.comparingInt(i -> distance(colour, kept[i])))
        .orElseThrow();
  }

  private static int distance(int one, int other) {
    return IntStream.of(0, 8, 16)
        .map(shift -> (one >> shift & 0xFF) - (other >> shift & 0xFF))
        .map(difference -> difference * difference)
        .sum();
  }
}
