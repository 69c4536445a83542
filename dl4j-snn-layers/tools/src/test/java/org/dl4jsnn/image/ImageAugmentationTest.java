package org.dl4jsnn.image;

import static org.dl4jsnn.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.dl4jsnn.image.ImageAugmentations.Cutout;
import org.dl4jsnn.image.ImageAugmentations.ImageAffine;
import org.dl4jsnn.image.ImageAugmentations.ImageFlip;
import org.dl4jsnn.image.ImageAugmentations.ImageShift;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class ImageAugmentationTest {

  private static final int SIDE = 8;

  private static final ImageAugmentation ALL =
      ImageAugmentation.chain(
          new ImageShift(2, 0),
          new ImageFlip(0.5),
          new ElasticDistortion(0.5, 2, 0),
          AutoAugment.cifar10(),
          new Cutout(3, 125));

  private static Image image() {
    byte[] values = new byte[3 * SIDE * SIDE];
    new Random(1).nextBytes(values);
    return Image.of(3, SIDE, SIDE, values);
  }

  @Test
  void shouldDependOnWhatIsDrawnAlone() {
    Image image = image();
    Image same = image();
    Set<Image> seen = new HashSet<>();
    for (int seed = 0; seed < 200; seed++) {
      Image changed = ALL.augment(image, new SplittableRandom(seed));
      assertEquals(changed, ALL.augment(image, new SplittableRandom(seed)));
      seen.add(changed);
    }
    assertTrue(seen.size() > 190, "different images: " + seen.size());
    assertEquals(same, image, "the image itself");
  }

  @Test
  void shouldLeaveImagesAsTheyAre() {
    Image image = image();
    assertSame(image, ImageAugmentation.none().augment(image, new SplittableRandom(1)));
    assertSame(image, new ImageFlip(0).augment(image, new SplittableRandom(1)));
    assertEquals(image, new ImageShift(0, 0).augment(image, new SplittableRandom(1)));
  }

  @Test
  void shouldMirror() {
    Image image = Image.of(2, 2, 3, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
    assertEquals(
        Image.of(2, 2, 3, new byte[] {3, 2, 1, 6, 5, 4, 9, 8, 7, 12, 11, 10}),
        new ImageFlip(1).augment(image, new SplittableRandom(1)));
  }

  @Test
  void shouldShiftToEveryPlaceAlike() {
    byte[] values = new byte[25];
    values[12] = 1;
    Image dot = Image.of(1, 5, 5, values);
    int[] at = new int[25];
    SplittableRandom random = new SplittableRandom(2);
    int draws = 25_000;
    for (int i = 0; i < draws; i++) {
      Image shifted = new ImageShift(2, 9).augment(dot, random);
      for (int place = 0; place < at.length; place++) {
        at[place] += shifted.value(place) == 1 ? 1 : 0;
      }
    }
    for (int count : at) {
      assertEquals(draws / 25.0, count, 150);
    }
    Set<Integer> corners = new HashSet<>();
    for (int seed = 0; seed < 200; seed++) {
      corners.add(new ImageShift(2, 9).augment(dot, new SplittableRandom(seed)).value(0));
    }
    // The ground itself, the dot, and what comes from outside.
    assertEquals(Set.of(0, 1, 9), corners);
  }

  /** A generator that draws 0.75, half of the most; from a pixel to the one that it shows. */
  @Test
  void shouldShearAndScaleAroundTheCentre() {
    Image wide = Image.of(1, 20, 40, new byte[800]);
    assertEquals(
        new AffineMap(1, 0.5, -0.0, 1, -5, 0),
        new ImageAffine(0, 0, 1, 0, 0).draw(wide, () -> 3L << 62));
    assertEquals(
        new AffineMap(0.8, 0, -0.0, 0.8, 4, 2),
        new ImageAffine(0, 0.5, 0, 0, 0).draw(wide, () -> 3L << 62));
  }

  @Test
  void shouldMapImagesByWhatIsDrawn() {
    Image image = image();
    ImageAugmentation none = new ImageAffine(0, 0, 0, 0, 9);
    assertEquals(image, none.augment(image, new SplittableRandom(1)));
    // A step of brightness from left to right: what is turned keeps its mean and its centre.
    Image ramp = ramp(5);
    ImageAugmentation turn = new ImageAffine(180, 0.3, 0.2, 0, 75);
    Set<Integer> corners = new HashSet<>();
    for (int seed = 0; seed < 50; seed++) {
      Image turned = turn.augment(ramp, new SplittableRandom(seed));
      assertEquals(75, turned.value(0, 15, 15), 1, "the centre");
      for (int k = 0; k <= 8; k++) {
        int sum = turned.value(0, 15 + k, 15) + turned.value(0, 15 - k, 15);
        assertEquals(150, sum, 2, "opposite pixels");
      }
      corners.add(turned.value(0, 10, 18));
    }
    assertTrue(corners.size() > 20, "different maps: " + corners.size());
    Image moved = new ImageAffine(0, 0, 0, 3, 0).augment(ramp, new SplittableRandom(1));
    assertNotEquals(ramp, moved);
    assertEquals(5, moved.value(0, 15, 16) - moved.value(0, 15, 15), 1, "only moved");
  }

  @Test
  void shouldMoveNeighboursAlike() {
    // Brightness grows from left to right, so it says how far a pixel's source is to the right.
    int perPixel = 8;
    Image ramp = ramp(perPixel);
    ImageAugmentation distortion = new ElasticDistortion(1.5, 4, 0);
    SplittableRandom random = new SplittableRandom(3);
    int images = 4000;
    double squares = 0;
    double near = 0;
    double far = 0;
    for (int i = 0; i < images; i++) {
      Image moved = distortion.augment(ramp, random);
      double here = moved.value(0, 15, 15) / (double) perPixel - 15;
      squares += here * here;
      near += here * (moved.value(0, 19, 15) / (double) perPixel - 15);
      far += here * (moved.value(0, 3, 15) / (double) perPixel - 15);
    }
    double variance = 1.5 * 1.5;
    assertEquals(variance, squares / images, 0.15, "variance");
    // Numbers smoothed by a Gaussian: exp(−d² / 4σ²) at a distance of d.
    assertEquals(variance * Math.exp(-0.25), near / images, 0.15, "4 pixels away");
    assertEquals(variance * Math.exp(-2.25), far / images, 0.15, "12 pixels away");
  }

  @Test
  void shouldInterpolateOnceInAChain() {
    byte[] values = new byte[31 * 31];
    new Random(1).nextBytes(values);
    Image image = Image.of(1, 31, 31, values);
    ImageAugmentation turn = new ImageAffine(20, 0, 0, 0, 7);
    ImageAugmentation distort = new ElasticDistortion(1, 4, 7);
    Image chained = ImageAugmentation.chain(turn, distort).augment(image, new SplittableRandom(5));
    SplittableRandom random = new SplittableRandom(5);
    Image one = turn.augment(image, random);
    Image after = distort.augment(one, random);
    // Interpolating blurs, so neighbours differ less.
    assertEquals(1, contrast(chained) / contrast(one), 0.1);
    assertTrue(contrast(after) < 0.8 * contrast(one), "interpolated twice");
    // Another value outside keeps them apart.
    ImageAugmentation black = new ElasticDistortion(1, 4, 0);
    SplittableRandom same = new SplittableRandom(5);
    assertEquals(
        black.augment(turn.augment(image, same), same),
        ImageAugmentation.chain(turn, black).augment(image, new SplittableRandom(5)));
  }

  @Test
  void shouldFillWhatComesFromFarOutside() {
    Image black = Image.of(1, SIDE, SIDE, new byte[SIDE * SIDE]);
    for (ImageAugmentation far :
        List.of(
            new ElasticDistortion(1e300, 4, 255),
            new ElasticDistortion(1e30, 4, 255),
            new ImageAffine(0, 0, 0, 1e300, 255),
            new ImageAffine(0, 0, 0, Double.MAX_VALUE, 255),
            new ImageAffine(0, 0, Double.MAX_VALUE, Double.MAX_VALUE, 255),
            new ImageAffine(0, 0, 0, 1e10, 255))) {
      Image moved = far.augment(black, new SplittableRandom(1));
      for (int i = 0; i < SIDE * SIDE; i++) {
        assertEquals(255, moved.value(i), far + ", pixel " + i);
      }
    }
  }

  /** What growing moves outside, shrinking moves back. */
  @Test
  void shouldKeepInAChainWhatOneWarpAloneWouldMoveOutside() {
    byte[] values = new byte[SIDE * SIDE];
    Arrays.fill(values, (byte) 100);
    Image grey = Image.of(1, SIDE, SIDE, values);
    ImageAugmentation resize = new ImageAffine(0, 0.9, 0, 0, 0);
    SplittableRandom random = new SplittableRandom(3);
    Image oneByOne = resize.augment(resize.augment(grey, random), random);
    Image atOnce = ImageAugmentation.chain(resize, resize).augment(grey, new SplittableRandom(3));
    assertTrue(sum(atOnce) > sum(oneByOne), sum(oneByOne) + " and " + sum(atOnce));
  }

  private static int sum(Image image) {
    int sum = 0;
    for (int i = 0; i < image.plane(); i++) {
      sum += image.value(i);
    }
    return sum;
  }

  private static double contrast(Image image) {
    double sum = 0;
    for (int row = 0; row < image.height(); row++) {
      for (int column = 1; column < image.width(); column++) {
        sum += Math.abs(image.value(0, row, column) - image.value(0, row, column - 1));
      }
    }
    return sum;
  }

  @Test
  void shouldCutASquareOutThatMayHangOver() {
    Image black = Image.of(2, SIDE, SIDE, new byte[2 * SIDE * SIDE]);
    Set<Integer> sizes = new HashSet<>();
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 1000; i++) {
      Image cut = new Cutout(4, 200).augment(black, random);
      int covered = 0;
      for (int place = 0; place < SIDE * SIDE; place++) {
        assertEquals(cut.value(place), cut.value(SIDE * SIDE + place));
        covered += cut.value(place) == 200 ? 1 : 0;
      }
      sizes.add(covered);
    }
    assertEquals(Set.of(4, 6, 8, 9, 12, 16), sizes);
  }

  @Test
  void shouldChooseOperationsByTheirProbabilities() {
    Image image = image();
    AutoAugment.Chance always = new AutoAugment.Chance(ImageOperation.INVERT, 1, 3);
    AutoAugment.Chance never = new AutoAugment.Chance(ImageOperation.SOLARIZE, 0, 9);
    for (int seed = 0; seed < 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Image once =
          new AutoAugment(List.of(new AutoAugment.Pair(always, never))).augment(image, random);
      for (int i = 0; i < 3 * SIDE * SIDE; i++) {
        assertEquals(255 - image.value(i), once.value(i));
      }
      assertEquals(
          image,
          new AutoAugment(List.of(new AutoAugment.Pair(always, always))).augment(image, random));
    }
  }

  @Test
  void shouldHaveThePublishedPolicy() {
    assertEquals(25, AutoAugment.cifar10().policy().size());
    assertEquals(
        new AutoAugment.Pair(
            new AutoAugment.Chance(ImageOperation.TRANSLATE_Y, 0.7, 9),
            new AutoAugment.Chance(ImageOperation.AUTO_CONTRAST, 0.9, 1)),
        AutoAugment.cifar10().policy().get(24));
  }

  @Test
  void shouldAugmentMinibatches() {
    INDArray features = Nd4j.zeros(DataType.FLOAT, 6, 3, SIDE, SIDE);
    Image image = image();
    for (int i = 0; i < 3 * SIDE * SIDE; i++) {
      for (int sample = 0; sample < 6; sample++) {
        features.putScalar(sample * 3 * SIDE * SIDE + i, image.value(i));
      }
    }
    INDArray once = augmented(new ImageAugmenter(ALL, 5), features);
    assertEquals(once, augmented(new ImageAugmenter(ALL, 5), features));
    assertNotEquals(once, augmented(new ImageAugmenter(ALL, 6), features));
    assertNotEquals(once.slice(0), once.slice(1), "every image has its own change");
    ImageAugmenter goesOn = new ImageAugmenter(ALL, 5);
    augmented(goesOn, features);
    assertNotEquals(once, augmented(goesOn, features), "later minibatches have others");
  }

  private static INDArray augmented(ImageAugmenter augmenter, INDArray features) {
    DataSet minibatch = new DataSet(features.dup(), Nd4j.zeros(6, 2));
    augmenter.preProcess(minibatch);
    return minibatch.getFeatures();
  }

  @Test
  void shouldRefuseFeaturesThatAreNotImages() {
    ImageAugmenter augmenter = new ImageAugmenter(ALL, 5);
    DataSet scaled = new DataSet(Nd4j.ones(DataType.FLOAT, 1, 1, 2, 2).negi(), Nd4j.zeros(1, 2));
    assertMessage(
        "features must be from 0 to 255, got -1.0. Possible cause: they are already scaled;"
            + " augment them before scaling",
        () -> augmenter.preProcess(scaled));
    DataSet flat = new DataSet(Nd4j.ones(DataType.FLOAT, 1, 4), Nd4j.zeros(1, 2));
    assertMessage(
        "features must be [minibatch, channels, height, width], got rank 2",
        () -> augmenter.preProcess(flat));
    for (Runnable wrong :
        List.<Runnable>of(
            () -> Image.of(1, 2, 2, new byte[3]),
            () -> new Cutout(0, 0),
            () -> new Cutout(2, 256),
            () -> new ImageShift(-1, 0),
            () -> new ImageFlip(1.5),
            () -> new ImageAffine(181, 0, 0, 0, 0),
            () -> new ImageAffine(0, 1, 0, 0, 0),
            () -> new ImageAffine(0, 0, -1, 0, 0),
            () -> new ImageAffine(0, 0, 0, 0, -1),
            () -> new ElasticDistortion(0, 4, 0),
            () -> new ElasticDistortion(1, Double.NaN, 0),
            () -> new ElasticDistortion(1, 101, 0),
            () -> new ElasticDistortion(1, 4, 256),
            () -> new AutoAugment(List.of()))) {
      assertThrows(IllegalArgumentException.class, wrong::run);
    }
  }

  private static Image ramp(int perPixel) {
    byte[] values = new byte[31 * 31];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) (perPixel * (i % 31));
    }
    return Image.of(1, 31, 31, values);
  }
}
