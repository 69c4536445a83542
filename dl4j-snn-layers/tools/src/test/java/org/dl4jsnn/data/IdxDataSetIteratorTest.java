package org.dl4jsnn.data;

import static org.dl4jsnn.Messages.assertBegins;
import static org.dl4jsnn.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.image.ImageAugmentation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

class IdxDataSetIteratorTest {

  private static final int TRAINING = 10;
  private static final int TEST = 7;

  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    IdxFiles.folder(folder, TRAINING, TEST);
  }

  /** The images of an epoch, by their first pixel. */
  private static List<Integer> order(DataSetIterator iterator) {
    List<Integer> order = new ArrayList<>();
    while (iterator.hasNext()) {
      INDArray features = iterator.next().getFeatures();
      for (int i = 0; i < features.size(0); i++) {
        order.add(Math.round(features.slice(i).ravel().getFloat(0) * 255));
      }
    }
    return order;
  }

  @Test
  void shouldTrainANetworkInThreeLines() throws IOException {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(0.02))
                .list()
                .layer(SpikeEncoding.direct(10).gain(10).build())
                .layer(new SpikingDense.Builder().nIn(6).nOut(20).build())
                .layer(
                    new OutputLayer.Builder(new LossMCXENT())
                        .nIn(20)
                        .nOut(4)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
    network.init();
    INDArray before = network.params().dup();
    DataSetIterator train = IdxDataSetIterator.training(folder).batch(4).seed(1).shuffled().build();
    DataSetIterator test = IdxDataSetIterator.test(folder).build();
    network.fit(train, 3);
    assertNotEquals(before, network.params());
    assertEquals(TEST, network.evaluate(test).getNumRowCounter());
  }

  @Test
  void shouldMakeMinibatchesOfPixelsAndLabels() throws IOException {
    IdxDataSetIterator iterator = IdxDataSetIterator.training(folder).batch(4).build();
    assertEquals(4, iterator.batch());
    assertEquals(TRAINING, iterator.samples());
    assertEquals(6, iterator.inputColumns());
    assertEquals(IdxFiles.CLASSES, iterator.totalOutcomes());
    assertEquals(List.of("0", "1", "2", "3"), iterator.getLabels());
    iterator.next();
    DataSet second = iterator.next();
    assertArrayEquals(new long[] {4, 6}, second.getFeatures().shape());
    assertArrayEquals(new long[] {4, 4}, second.getLabels().shape());
    for (int i = 0; i < 4; i++) {
      for (int pixel = 0; pixel < 6; pixel++) {
        assertEquals((4 + i + pixel) / 255f, second.getFeatures().getFloat(i, pixel));
      }
      assertEquals(1, second.getLabels().getInt(i, i));
    }
    assertEquals(4, second.getLabels().sumNumber().intValue());
    assertEquals(2, iterator.next().numExamples());
    assertFalse(iterator.hasNext());
    assertThrows(NoSuchElementException.class, iterator::next);
    iterator.reset();
    assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), order(iterator));
  }

  @Test
  void shouldShapeFeaturesAsImages() throws IOException {
    INDArray images = IdxDataSetIterator.test(folder).asImages().build().next().getFeatures();
    assertArrayEquals(new long[] {TEST, 1, 2, 3}, images.shape());
    assertEquals((3 + 5) / 255f, images.getFloat(3, 0, 1, 2));
    assertEquals(
        images.ravel(), IdxDataSetIterator.test(folder).build().next().getFeatures().ravel());
  }

  /** Bytes are unsigned: the brightest pixel is 255. */
  @Test
  void shouldScaleTheBrightestPixelToOne() throws IOException {
    Path images = Files.write(folder.resolve("bright"), IdxFiles.images(256));
    Path labels = Files.write(folder.resolve("labels"), IdxFiles.labels(256));
    INDArray all =
        IdxDataSetIterator.builder(images, labels).batch(256).build().next().getFeatures();
    assertEquals(1, all.maxNumber().floatValue());
    assertEquals(0, all.minNumber().floatValue());
  }

  @Test
  void shouldShuffleAnewEachEpochByTheSeed() throws IOException {
    IdxDataSetIterator iterator = IdxDataSetIterator.training(folder).seed(1).shuffled().build();
    List<Integer> first = order(iterator);
    iterator.reset();
    List<Integer> second = order(iterator);
    assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), first.stream().sorted().toList());
    assertNotEquals(first, first.stream().sorted().toList());
    assertNotEquals(first, second);
    IdxDataSetIterator again = IdxDataSetIterator.training(folder).seed(1).shuffled().build();
    assertEquals(first, order(again));
    again.reset();
    assertEquals(second, order(again));
    assertNotEquals(first, order(IdxDataSetIterator.training(folder).seed(2).shuffled().build()));
    again.begin(1, 4);
    assertEquals(second.subList(4, 10), order(again));
  }

  @Test
  void shouldTakeARangeOfImages() throws IOException {
    IdxDataSetIterator.Builder training = IdxDataSetIterator.training(folder);
    assertEquals(List.of(0, 1), order(training.range(0, 2).build()));
    IdxDataSetIterator heldOut = training.range(7, 10).build();
    // As many classes as the whole file has.
    assertEquals(IdxFiles.CLASSES, heldOut.totalOutcomes());
    assertEquals(1, heldOut.next().getLabels().getInt(0, 7 % 4));
    heldOut.reset();
    assertEquals(List.of(7, 8, 9), order(heldOut));
    for (int[] range : new int[][] {{-1, 3}, {3, 3}, {0, 11}}) {
      assertBegins(
          "a range must hold some of the 10 images of "
              + folder.resolve("train-images-idx3-ubyte.gz")
              + ", got %d to %d. Possible cause".formatted(range[0], range[1]),
          () -> training.range(range[0], range[1]));
    }
  }

  @Test
  void shouldAugmentEachImageAnewEachEpoch() throws IOException {
    ImageAugmentation shift = ImageAugmentation.shift(1, 0);
    IdxDataSetIterator iterator = IdxDataSetIterator.training(folder).augmentation(shift).build();
    INDArray first = iterator.next().getFeatures();
    iterator.reset();
    assertNotEquals(first, iterator.next().getFeatures());
    iterator.begin(0);
    assertEquals(first, iterator.next().getFeatures());
    assertNotEquals(first, IdxDataSetIterator.training(folder).build().next().getFeatures());
  }

  @Test
  void shouldTakeANumberOfClasses() throws IOException {
    IdxDataSetIterator.Builder builder = IdxDataSetIterator.training(folder);
    DataSetIterator iterator = builder.classes(6).build();
    assertEquals(6, iterator.totalOutcomes());
    assertArrayEquals(new long[] {10, 6}, iterator.next().getLabels().shape());
    assertMessage(
        "label 3 of "
            + folder.resolve("train-labels-idx1-ubyte")
            + " must be from 0 to 2, got 3. Possible cause: a set with more classes, or a damaged"
            + " file",
        () -> builder.classes(3));
    assertBegins("classes must be from 1 to 256", () -> builder.classes(257));
    assertBegins("classes must be from 1 to 256", () -> builder.classes(0));
  }

  /** What an archive unpacks to may be a folder with the name of a file. */
  @Test
  void shouldFindFilesByEachCustomaryName() throws IOException {
    Path other = Files.createDirectories(folder.resolve("other"));
    for (String ending : List.of("-idx", ".idx")) {
      for (String packed : List.of("", ".gz")) {
        Path images = other.resolve("t10k-images" + ending + "3-ubyte" + packed);
        Path labels = other.resolve("t10k-labels" + ending + "1-ubyte" + packed);
        byte[] pixels = IdxFiles.images(TEST);
        Files.write(images, packed.isEmpty() ? pixels : IdxFiles.gzipped(pixels));
        Files.write(labels, IdxFiles.labels(TEST)); // whatever its name says
        assertEquals(TEST, IdxDataSetIterator.test(other).build().samples());
        Files.delete(images);
        Files.delete(labels);
        Files.createDirectories(images);
      }
    }
    assertBegins(
        FileNotFoundException.class,
        other.toAbsolutePath()
            + " must hold t10k-images-idx3-ubyte or t10k-images.idx3-ubyte, with .gz or without,"
            + " got no such file. Possible cause",
        () -> IdxDataSetIterator.test(other));
    assertTrue(
        assertThrows(
                FileNotFoundException.class,
                () -> IdxDataSetIterator.training(folder.resolve("none")))
            .getMessage()
            .contains("got no such folder"));
  }
}
