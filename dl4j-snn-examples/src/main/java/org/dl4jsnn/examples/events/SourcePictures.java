package org.dl4jsnn.examples.events;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.dl4jsnn.event.camera.GreyPicture;
import org.dl4jsnn.examples.data.ColourPictures;
import org.dl4jsnn.examples.data.Digits;

/**
 * Pictures for a simulated camera.
 *
 * @param set the name of their data set in file names
 * @param classNames by label
 * @param labels the label of each picture
 * @param numbers the number of each picture within its class, from 0
 * @param pictures makes the grey picture of an index
 */
record SourcePictures(
    String set,
    List<String> classNames,
    int[] labels,
    int[] numbers,
    Function<Integer, GreyPicture> pictures) {

  private static final List<String> CIFAR_10_CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  private static final List<String> MNIST_CLASSES =
      IntStream.range(0, Digits.CLASSES).mapToObj(Integer::toString).toList();

  static SourcePictures of(Digits digits) {
    int side = Digits.SIDE;
    return of(
        "mnist",
        MNIST_CLASSES,
        digits.labels(),
        i -> GreyPicture.ofBytes(side, side, digits.pictures()[i]));
  }

  static SourcePictures of(ColourPictures colours) {
    int side = ColourPictures.SIDE;
    return of(
        "cifar10",
        CIFAR_10_CLASSES,
        colours.labels(),
        i -> GreyPicture.ofColourPlanes(side, side, colours.pictures()[i]));
  }

  private static SourcePictures of(
      String set, List<String> classes, int[] labels, Function<Integer, GreyPicture> pictures) {
    int[] counts = new int[classes.size()];
    int[] numbers = new int[labels.length];
    for (int i = 0; i < labels.length; i++) {
      numbers[i] = counts[labels[i]]++;
    }
    return new SourcePictures(set, classes, labels, numbers, pictures);
  }

  int size() {
    return labels.length;
  }

  /**
   * How many first pictures are needed for each class to occur; more than all if a class never
   * does.
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

  GreyPicture picture(int index) {
    return pictures.apply(index);
  }

  String className(int index) {
    return classNames.get(labels[index]);
  }
}
