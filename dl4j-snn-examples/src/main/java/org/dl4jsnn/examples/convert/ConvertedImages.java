package org.dl4jsnn.examples.convert;

import java.nio.file.Path;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.dl4jsnn.examples.data.CifarFiles;
import org.dl4jsnn.examples.data.ColourImages;
import org.dl4jsnn.examples.data.Digits;
import org.dl4jsnn.examples.data.ImageData;
import org.dl4jsnn.examples.data.MnistFiles;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.image.ImageAugmentation;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * The images to train, calibrate and test a network.
 *
 * @param training the training images, reordered every epoch, and the test images
 * @param calibration the first training images, in order
 * @param network makes the non-spiking network
 */
record ConvertedImages(ImageData training, DataSetIterator calibration, Network network) {

  /** Makes the configuration of a non-spiking network. */
  interface Network {
    MultiLayerConfiguration of(double learningRate, long seed);
  }

  /** Numbers of images. */
  record Sizes(Integer train, Integer test, int calibration, int batch) {

    private int train(int all) {
      return within("--train", train, all);
    }

    private int test(int all) {
      return within("--test", test, all);
    }

    private static int within(String option, Integer count, int all) {
      if (count == null) {
        return all;
      }
      OptionRules.within(option, count, 1, all);
      return count;
    }
  }

  /** Digits for LeNet; the embedded digits without a folder. */
  static ConvertedImages digits(Path folder, Sizes sizes) {
    MnistFiles files = folder == null ? MnistFiles.embedded() : MnistFiles.in(folder);
    Digits all = files.training();
    Digits unseen = files.test();
    Digits training = all.range(0, sizes.train(all.size()));
    Digits test = unseen.range(0, sizes.test(unseen.size()));
    OptionRules.within("--calibrate", sizes.calibration(), 1, training.size());
    ImageData data =
        new ImageData(
            (seed, epoch, first) ->
                training.shuffled(sizes.batch(), seed, epoch, ImageAugmentation.none(), first),
            training.size(),
            all.range(0, 0),
            test,
            sizes.batch());
    return new ConvertedImages(
        data, training.range(0, sizes.calibration()).inOrder(sizes.batch()), StockNetworks::lenet);
  }

  /** Colour images for VGG7, randomly mirrored in training. */
  static ConvertedImages colour(Path folder, int records, Sizes sizes) {
    if (folder == null) {
      throw new UserError(
          "--data must name the folder of CIFAR-10, got none. " + CifarFiles.HOW_TO_GET);
    }
    CifarFiles files = CifarFiles.in(folder, records);
    ColourImages all = files.training();
    ColourImages unseen = files.test();
    ColourImages training = all.take(sizes.train(all.size()));
    ColourImages test = unseen.take(sizes.test(unseen.size()));
    OptionRules.within("--calibrate", sizes.calibration(), 1, training.size());
    ImageAugmentation mirrored = ImageAugmentation.flip(0.5);
    ImageData data =
        new ImageData(
            (seed, epoch, first) -> training.shuffled(sizes.batch(), seed, epoch, mirrored, first),
            training.size(),
            all.range(0, 0),
            test,
            sizes.batch());
    return new ConvertedImages(
        data, training.take(sizes.calibration()).inOrder(sizes.batch()), StockNetworks::vgg);
  }
}
