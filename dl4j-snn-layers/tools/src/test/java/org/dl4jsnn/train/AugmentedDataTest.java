package org.dl4jsnn.train;

import static org.dl4jsnn.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.dl4jsnn.data.PrefetchingIterator;
import org.dl4jsnn.image.ImageAugmentation;
import org.dl4jsnn.image.ImageAugmenter;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.AsyncDataSetIterator;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

class AugmentedDataTest {

  private static final int IMAGES = 10;
  private static final int BATCH = 4;

  /** As after the start of a program. */
  private static TrainingData data() {
    ImageAugmenter augmenter =
        new ImageAugmenter(
            ImageAugmentation.chain(ImageAugmentation.shift(3, 0), ImageAugmentation.cutout(3, 0)),
            7);
    DataSetIterator training = images();
    training.setPreProcessor(augmenter);
    return TrainingData.of(training, images()).augmentedBy(augmenter);
  }

  private static DataSetIterator images() {
    List<DataSet> images = new ArrayList<>();
    for (int i = 0; i < IMAGES; i++) {
      INDArray pixels = Nd4j.linspace(1, 81, 81).reshape(1, 1, 9, 9);
      images.add(new DataSet(pixels, Nd4j.ones(1, 1)));
    }
    return new ListDataSetIterator<>(images, BATCH);
  }

  private static List<INDArray> epoch(TrainingData data, int epoch, int first) {
    List<INDArray> minibatches = new ArrayList<>();
    DataSetIterator iterator = data.training(1, epoch, first);
    while (iterator.hasNext()) {
      minibatches.add(iterator.next().getFeatures().dup());
    }
    return minibatches;
  }

  @Test
  void shouldShowAResumedTrainingTheSameImages() {
    TrainingData whole = data();
    List<INDArray> first = epoch(whole, 0, 0);
    List<INDArray> second = epoch(whole, 1, 0);
    assertNotEquals(first, second);
    assertEquals(second, epoch(data(), 1, 0));
    assertEquals(second.subList(2, 3), epoch(data(), 1, 2));
    assertEquals(List.of(), epoch(data(), 1, 3));
    assertEquals(first, epoch(whole, 0, 0));
  }

  /** A reader makes minibatches before anyone asks for them. */
  @Test
  void shouldShowTheSameImagesWhereOthersAreReadAhead() {
    ImageAugmenter augmenter =
        new ImageAugmenter(
            ImageAugmentation.chain(ImageAugmentation.shift(3, 0), ImageAugmentation.cutout(3, 0)),
            7);
    DataSetIterator training = images();
    training.setPreProcessor(augmenter);
    try (PrefetchingIterator ahead = new PrefetchingIterator(training, 2)) {
      TrainingData data = TrainingData.of(ahead, images()).augmentedBy(augmenter);
      List<INDArray> second = epoch(data(), 1, 0);
      assertEquals(second, epoch(data, 1, 0));
      assertEquals(second.subList(1, 3), epoch(data, 1, 1));
      assertEquals(second.subList(2, 3), epoch(data, 1, 2));
    }
    TrainingData unordered = TrainingData.of(new AsyncDataSetIterator(images()), images());
    assertRefused(
        "must not be read ahead by AsyncDataSetIterator", () -> unordered.augmentedBy(augmenter));
  }

  /** An iterator over views of one array, which a change in place would change for good. */
  @Test
  void shouldChangeTheImagesOfEveryEpochAnew() {
    ImageAugmenter augmenter = new ImageAugmenter(ImageAugmentation.shift(3, 0), 7);
    INDArray pixels = Nd4j.linspace(1, 81 * IMAGES, 81 * IMAGES).divi(4);
    INDArray shown = pixels.reshape(IMAGES, 1, 9, 9).dup();
    DataSetIterator views = new ViewIterator(new DataSet(shown.dup(), Nd4j.ones(IMAGES, 1)), BATCH);
    views.setPreProcessor(augmenter);
    TrainingData data = TrainingData.of(views, images()).augmentedBy(augmenter);
    List<INDArray> first = epoch(data, 0, 0);
    assertNotEquals(first, epoch(data, 1, 0));
    assertEquals(first, epoch(data, 0, 0));
  }

  @Test
  void shouldLeaveTheOtherSamplesAlone() {
    TrainingData data = data();
    assertEquals(IMAGES, data.trainingSize());
    assertEquals(BATCH, data.batch());
    assertEquals(images().next().getFeatures(), data.test().next().getFeatures());
  }

  @Test
  void shouldRefuseAnImageBeforeTheFirst() {
    ImageAugmenter augmenter = new ImageAugmenter(ImageAugmentation.shift(1, 0), 1);
    String message =
        assertThrows(IllegalArgumentException.class, () -> augmenter.begin(-1)).getMessage();
    assertEquals("image must be at least 0, got -1", message);
  }
}
