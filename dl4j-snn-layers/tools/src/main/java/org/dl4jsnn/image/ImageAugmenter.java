package org.dl4jsnn.image;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.array.HostArrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Augments the images of any Deeplearning4j iterator, before they are scaled:
 *
 * <pre>{@code
 * training.setPreProcessor(new CombinedPreProcessor.Builder()
 *     .addPreProcessor(new ImageAugmenter(ImageAugmentation.chain(
 *         ImageAugmentation.shift(4, 0), ImageAugmentation.flip(0.5), AutoAugment.cifar10()), 1))
 *     .addPreProcessor(new ImagePreProcessingScaler())
 *     .build());
 * }</pre>
 *
 * Features are [minibatch, channels, height, width] with values from 0 to 255, and are replaced by
 * whole numbers. The change to the n-th image depends only on the seed and n, so a program run
 * again sees the same images; {@link #begin} continues at any of them, and {@link
 * org.dl4jsnn.train.TrainingData#augmentedBy} does so for a training that is resumed. Thread-safe,
 * but with several threads n depends on the order of minibatches.
 *
 * <p>The iterator must preprocess its samples in every epoch. Those that keep DataSets in memory
 * and mark them as preprocessed ({@code ExistingDataSetIterator}, {@code SingletonDataSetIterator})
 * show the images of the first pass forever; use {@code ListDataSetIterator} or {@code
 * ViewIterator}.
 */
public final class ImageAugmenter implements DataSetPreProcessor {

  private static final long serialVersionUID = 1L;

  private static final int RANK = 4;

  /** The change to each image. */
  private final ImageAugmentation augmentation;

  /** The seed of its random numbers. */
  private final long seed;

  /** The number of images seen so far. */
  private final AtomicLong seen = new AtomicLong();

  /**
   * Creates an augmenter.
   *
   * @param augmentation the change to each image
   * @param seed the seed of its random numbers
   */
  public ImageAugmenter(ImageAugmentation augmentation, long seed) {
    this.augmentation = Require.given("augmentation", augmentation);
    this.seed = seed;
  }

  /**
   * Continues at an image, as after an earlier program that saw those before it.
   *
   * @param image the number of images before the next one, at least 0
   * @throws IllegalArgumentException if it is negative
   */
  public void begin(long image) {
    Require.not(image < 0, "image must be at least 0, got %s", image);
    seen.set(image);
  }

  /**
   * Augments the features of a minibatch.
   *
   * @param minibatch features [minibatch, channels, height, width]
   * @throws IllegalArgumentException if they have another rank, or a value is not from 0 to 255
   */
  @Override
  public void preProcess(DataSet minibatch) {
    INDArray features = minibatch.getFeatures();
    if (features.rank() != RANK) {
      throw new IllegalArgumentException(
          "features must be [minibatch, channels, height, width], got rank " + features.rank());
    }
    int channels = (int) features.size(1);
    int height = (int) features.size(2);
    int width = (int) features.size(3);
    float[] values = HostArrays.floats(features);
    int size = channels * height * width;
    for (int first = 0; first < values.length; first += size) {
      Image image = Image.of(channels, height, width, bytes(values, first, size));
      Image changed =
          augmentation.augment(image, new SplittableRandom(mixed(seen.getAndIncrement())));
      for (int i = 0; i < size; i++) {
        values[first + i] = changed.value(i);
      }
    }
    // Not in place: some iterators hand out views of arrays that they show again.
    INDArray changed = Nd4j.createUninitialized(features.dataType(), features.shape(), 'c');
    HostArrays.copy(values, changed);
    minibatch.setFeatures(changed);
  }

  private long mixed(long image) {
    return new SplittableRandom(seed).nextLong() + image;
  }

  private static byte[] bytes(float[] values, int first, int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      float value = values[first + i];
      if (!(value >= 0 && value <= Image.VALUES - 1)) {
        throw new IllegalArgumentException(
            "features must be from 0 to 255, got "
                + value
                + ". Possible cause: they are already scaled; augment them before scaling");
      }
      bytes[i] = (byte) Math.round(value);
    }
    return bytes;
  }
}
