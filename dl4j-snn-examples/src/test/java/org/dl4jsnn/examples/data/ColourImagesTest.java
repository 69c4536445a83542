package org.dl4jsnn.examples.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.dl4jsnn.image.ImageAugmentation;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

class ColourImagesTest {

  private static final int SIDE = 32;
  private static final int CHANNEL = SIDE * SIDE;
  private static final double[] MEAN = {.4914, .4822, .4465};
  private static final double[] DEVIATION = {.557, .549, .5534};
  private static final double TOLERANCE = 1e-6;

  @Test
  void shouldNormaliseEveryChannelByItsConstants() {
    byte[] image = new byte[3 * CHANNEL];
    Arrays.fill(image, 0, CHANNEL, (byte) 255);
    Arrays.fill(image, CHANNEL, 2 * CHANNEL, (byte) 128);
    INDArray features = only(image).inOrder(1).next().getFeatures();
    assertArrayEquals(new long[] {1, 3, SIDE, SIDE}, features.shape());
    double[] expected = {
      (1 - .4914) / .557, (128 / 255.0 - .4822) / .549, -.4465 / .5534,
    };
    for (int channel = 0; channel < 3; channel++) {
      assertEquals(expected[channel], features.getDouble(0, channel, 0, 0), TOLERANCE);
      assertEquals(expected[channel], features.getDouble(0, channel, 31, 31), TOLERANCE);
    }
  }

  @Test
  void shouldCropImagesPaddedWithBlackAndMirrorThem() {
    byte[] image = random(1).images()[0];
    Set<Integer> possible = new HashSet<>();
    for (int top = 0; top <= 8; top++) {
      for (int left = 0; left <= 8; left++) {
        possible.add(Arrays.hashCode(cropped(image, top, left, false)));
        possible.add(Arrays.hashCode(cropped(image, top, left, true)));
      }
    }
    assertEquals(162, possible.size());
    // The chance that 2,500 draws leave one of them out is below 1e-4.
    ColourImages many =
        new ColourImages(Collections.nCopies(100, image).toArray(byte[][]::new), new int[100]);
    Set<Integer> seen = new HashSet<>();
    for (int epoch = 0; epoch < 25; epoch++) {
      for (float[] features :
          features(many.shuffled(100, 1, epoch, ColourImages.CROPS_AND_FLIPS, 0))) {
        seen.add(Arrays.hashCode(features));
      }
    }
    assertEquals(possible, seen);
  }

  @Test
  void shouldShuffleAndAugmentByNothingButSeedAndEpoch() {
    ColourImages images = random(40);
    DataSet once = images.shuffled(40, 1, 3, ColourImages.CROPS_AND_FLIPS, 0).next();
    assertEquals(once, images.shuffled(40, 1, 3, ColourImages.CROPS_AND_FLIPS, 0).next());
    assertNotEquals(once, images.shuffled(40, 1, 4, ColourImages.CROPS_AND_FLIPS, 0).next());
    assertNotEquals(once, images.shuffled(40, 2, 3, ColourImages.CROPS_AND_FLIPS, 0).next());
    assertNotEquals(once, images.shuffled(40, 1, 3, ImageAugmentation.none(), 0).next());
  }

  @Test
  void shouldAugmentTheSameWhateverTheMinibatch() {
    ColourImages images = random(25);
    List<float[]> byTen = features(images.shuffled(10, 1, 3, ColourImages.CROPS_AND_FLIPS, 0));
    List<float[]> bySeven = features(images.shuffled(7, 1, 3, ColourImages.CROPS_AND_FLIPS, 0));
    assertEquals(25, byTen.size());
    assertEquals(25, bySeven.size());
    for (int i = 0; i < 25; i++) {
      assertArrayEquals(byTen.get(i), bySeven.get(i));
    }
  }

  @Test
  void shouldGiveTheSameAgainAfterAReset() {
    DataSetIterator iterator = random(25).shuffled(10, 1, 3, ColourImages.CROPS_AND_FLIPS, 0);
    List<float[]> first = features(iterator);
    iterator.reset();
    List<float[]> second = features(iterator);
    for (int i = 0; i < 25; i++) {
      assertArrayEquals(first.get(i), second.get(i));
    }
  }

  @Test
  void shouldGiveEveryImageOnceWithItsLabel() {
    ColourImages images = random(25);
    Set<String> expected = new HashSet<>();
    List<float[]> features = features(images.inOrder(25));
    for (int i = 0; i < 25; i++) {
      expected.add(Arrays.hashCode(features.get(i)) + " " + images.labels()[i]);
    }
    List<String> given = new ArrayList<>();
    DataSetIterator iterator = images.shuffled(10, 1, 0, ImageAugmentation.none(), 0);
    while (iterator.hasNext()) {
      DataSet minibatch = iterator.next();
      int[] labels = minibatch.getLabels().argMax(1).toIntVector();
      for (int i = 0; i < labels.length; i++) {
        given.add(Arrays.hashCode(pixels(minibatch, i)) + " " + labels[i]);
      }
    }
    assertEquals(25, given.size());
    assertEquals(expected, new HashSet<>(given));
  }

  @Test
  void shouldGivePartsOfItself() {
    ColourImages images = random(25);
    assertEquals(images.images()[7], images.range(7, 9).images()[0]);
    assertEquals(2, images.range(7, 9).size());
    assertEquals(7, images.range(0, 8).labels()[7]);
    assertEquals(8, images.range(0, 8).size());
  }

  /** The part of a padded image that begins at a row and a column, as features. */
  private static float[] cropped(byte[] image, int top, int left, boolean mirrored) {
    int wide = SIDE + 8;
    float[] features = new float[3 * CHANNEL];
    for (int channel = 0; channel < 3; channel++) {
      int[] padded = new int[wide * wide];
      for (int i = 0; i < CHANNEL; i++) {
        padded[(i / SIDE + 4) * wide + i % SIDE + 4] = image[channel * CHANNEL + i] & 0xFF;
      }
      for (int i = 0; i < CHANNEL; i++) {
        int column = mirrored ? 31 - i % SIDE : i % SIDE;
        double value = padded[(i / SIDE + top) * wide + column + left] / 255.0;
        features[channel * CHANNEL + i] = (float) ((value - MEAN[channel]) / DEVIATION[channel]);
      }
    }
    return features;
  }

  private static ColourImages only(byte[] image) {
    return new ColourImages(new byte[][] {image}, new int[] {0});
  }

  private static ColourImages random(int count) {
    byte[][] images = new byte[count][3 * CHANNEL];
    Random random = new Random(1);
    for (byte[] image : images) {
      random.nextBytes(image);
    }
    return new ColourImages(images, IntStream.range(0, count).map(i -> i % 10).toArray());
  }

  private static List<float[]> features(DataSetIterator iterator) {
    List<float[]> features = new ArrayList<>();
    while (iterator.hasNext()) {
      DataSet minibatch = iterator.next();
      for (int i = 0; i < minibatch.numExamples(); i++) {
        features.add(pixels(minibatch, i));
      }
    }
    return features;
  }

  private static float[] pixels(DataSet minibatch, int place) {
    return minibatch.getFeatures().slice(place).reshape(3 * CHANNEL).toFloatVector();
  }
}
