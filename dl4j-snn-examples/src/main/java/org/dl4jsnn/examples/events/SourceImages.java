package org.dl4jsnn.examples.events;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.dl4jsnn.event.camera.GreyImage;
import org.dl4jsnn.examples.data.ColourImages;
import org.dl4jsnn.examples.data.Digits;

/**
 * Images for a simulated camera.
 *
 * @param set the name of their data set in file names
 * @param classNames by label
 * @param labels the label of each image
 * @param numbers the number of each image within its class, from 0
 * @param images makes the grey image of an index
 */
record SourceImages(
    String set,
    List<String> classNames,
    int[] labels,
    int[] numbers,
    Function<Integer, GreyImage> images) {

  static final List<String> CIFAR_10_CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  private static final List<String> MNIST_CLASSES =
      IntStream.range(0, Digits.CLASSES).mapToObj(Integer::toString).toList();

  static SourceImages of(Digits digits) {
    int side = Digits.SIDE;
    return of(
        "mnist",
        MNIST_CLASSES,
        digits.labels(),
        i -> GreyImage.ofBytes(side, side, digits.images()[i]));
  }

  static SourceImages of(ColourImages colours) {
    int side = ColourImages.SIDE;
    return of(
        "cifar10",
        CIFAR_10_CLASSES,
        colours.labels(),
        i -> GreyImage.ofColourPlanes(side, side, colours.images()[i]));
  }

  private static SourceImages of(
      String set, List<String> classes, int[] labels, Function<Integer, GreyImage> images) {
    int[] counts = new int[classes.size()];
    int[] numbers = new int[labels.length];
    for (int i = 0; i < labels.length; i++) {
      numbers[i] = counts[labels[i]]++;
    }
    return new SourceImages(set, classes, labels, numbers, images);
  }

  int size() {
    return labels.length;
  }

  /**
   * How many first images are needed for each class to occur; more than all if a class never does.
   */
  int firstWithEachClass(int times) {
    int enough = 0;
    for (int i = 0; i < labels.length; i++) {
      enough += numbers[i] == times - 1 ? 1 : 0;
      if (enough == classNames.size()) {
        return i + 1;
      }
    }
    return labels.length + 1;
  }

  GreyImage image(int index) {
    return images.apply(index);
  }

  String className(int index) {
    return classNames.get(labels[index]);
  }
}
