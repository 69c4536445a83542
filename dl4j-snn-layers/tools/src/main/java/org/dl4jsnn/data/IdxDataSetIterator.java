package org.dl4jsnn.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.dl4jsnn.image.Image;
import org.dl4jsnn.image.ImageAugmentation;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.idx.IdxImages;

/**
 * Minibatches of MNIST, Fashion-MNIST, KMNIST, EMNIST and other grey images in IDX files, gzipped
 * or not, which are read into memory: features [minibatch, rows · columns] in [0, 1], labels
 * one-hot [minibatch, classes]. The last minibatch of an epoch may be smaller.
 *
 * <pre>{@code
 * DataSetIterator train =
 *     IdxDataSetIterator.training(folder).batch(64).seed(1).shuffled().build();
 * DataSetIterator test = IdxDataSetIterator.test(folder).build();
 * network.fit(train, 10);
 * }</pre>
 *
 * <p>Order and augmentation depend on the seed, the epoch and the image. For a training that can be
 * resumed, {@code TrainingData.training} calls {@link #begin(int, int)}. EMNIST's images are stored
 * column by column, so they come out mirrored along the diagonal; the labels of its letters begin
 * at 1, so they have 27 classes, the first without images. Not thread-safe; must not be serialised.
 *
 * @serial exclude
 */
@SuppressWarnings(
    "serial") // forced by the superinterface; an iterator of files is never serialised
public final class IdxDataSetIterator extends SampleIterator {

  private static final float WHITE = 255;

  private final IdxImages images;
  private final int first;
  private final ImageAugmentation augmentation;

  private IdxDataSetIterator(Builder builder) {
    super(
        builder,
        "images",
        builder.end - builder.first,
        IntStream.range(0, builder.classes).mapToObj(Integer::toString).toList(),
        "smaller images",
        builder.asImages
            ? new int[] {1, builder.images.rows(), builder.images.columns()}
            : new int[] {builder.images.rows() * builder.images.columns()});
    images = builder.images;
    first = builder.first;
    augmentation = builder.augmentation;
  }

  /**
   * Reads the training images in a folder, {@code train-images-idx3-ubyte}, and their labels,
   * {@code train-labels-idx1-ubyte}; with a hyphen or a dot before {@code idx}, with {@code .gz} or
   * without.
   *
   * @param folder the folder
   * @return a builder
   * @throws IOException if a file is missing, damaged, of another kind, or unpacks to more than 1
   *     GiB (the property {@code org.dl4jsnn.limit.data}), or the two do not belong together
   * @throws IllegalArgumentException if the folder is null
   */
  public static Builder training(Path folder) throws IOException {
    return new Builder(IdxImages.read(Require.given("folder", folder), IdxImages.TRAINING));
  }

  /**
   * Reads the test images in a folder, {@code t10k-images-idx3-ubyte}, and their labels, {@code
   * t10k-labels-idx1-ubyte}.
   *
   * @param folder the folder
   * @return a builder
   * @throws IOException as for {@link #training}
   * @throws IllegalArgumentException if the folder is null
   */
  public static Builder test(Path folder) throws IOException {
    return new Builder(IdxImages.read(Require.given("folder", folder), IdxImages.TEST));
  }

  /**
   * Reads a pair of files with any names.
   *
   * @param images unsigned bytes, [images, rows, columns]
   * @param labels unsigned bytes, [images]
   * @return a builder
   * @throws IOException as for {@link #training}
   * @throws IllegalArgumentException if one is null
   */
  public static Builder builder(Path images, Path labels) throws IOException {
    return new Builder(
        IdxImages.read(Require.given("images", images), Require.given("labels", labels)));
  }

  @Override
  int label(int sample) {
    return images.label(first + sample);
  }

  @Override
  float[] features(int sample, RandomGenerator random) {
    int columns = images.columns();
    Image stored = Image.of(1, images.rows(), columns, images.pixels(first + sample));
    Image image = augmentation.augment(stored, random);
    float[] features = new float[images.rows() * columns];
    for (int i = 0; i < features.length; i++) {
      features[i] = image.value(0, i / columns, i % columns) / WHITE;
    }
    return features;
  }

  /** Builds an {@link IdxDataSetIterator}. */
  public static final class Builder extends SampleIterator.Builder<Builder> {

    private static final int MOST_CLASSES = 256;

    private final IdxImages images;
    private int first;
    private int end;
    private int classes;
    private boolean asImages;
    private ImageAugmentation augmentation = ImageAugmentation.none();

    private Builder(IdxImages images) {
      this.images = images;
      end = images.count();
      classes = images.classes();
    }

    /**
     * Takes only some of the images, in the file's order.
     *
     * @param from the first one, from 0
     * @param to the one after the last
     * @return this builder; all images by default
     * @throws IllegalArgumentException if there are none, or they are not all in the file
     */
    public Builder range(int from, int to) {
      Require.not(
          from < 0 || to <= from || to > images.count(),
          "a range must hold some of the %s images of %s, got %s to %s. Possible cause: the range"
              + " of another part of the data",
          images.count(),
          images,
          from,
          to);
      first = from;
      end = to;
      return this;
    }

    /**
     * {@return this builder, for a number of classes}
     *
     * @param number from 1 to 256; by default the largest label in the file + 1
     * @throws IllegalArgumentException if it is outside this range, or a label is not below it
     */
    public Builder classes(int number) {
      Require.not(
          number < 1 || number > MOST_CLASSES,
          "classes must be from 1 to %s, since labels are single bytes, got %s",
          MOST_CLASSES,
          number);
      images.requireClasses(number);
      classes = number;
      return this;
    }

    /** {@return this builder, for features [minibatch, 1, rows, columns]} */
    public Builder asImages() {
      asImages = true;
      return this;
    }

    /**
     * Randomly changes each image, anew in each epoch.
     *
     * @param change the augmentation; none by default
     * @return this builder
     * @throws IllegalArgumentException if it is null
     */
    public Builder augmentation(ImageAugmentation change) {
      augmentation = Require.given("augmentation", change);
      return this;
    }

    /**
     * {@return the iterator, at the start of epoch 0}
     *
     * @throws IllegalArgumentException if a minibatch would not fit into an array
     */
    public IdxDataSetIterator build() {
      return new IdxDataSetIterator(this);
    }
  }
}
