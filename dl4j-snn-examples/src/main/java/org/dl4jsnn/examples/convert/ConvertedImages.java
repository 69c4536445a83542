package org.dl4jsnn.examples.convert;

import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.dl4jsnn.conventional.FastConvolution2D;
import org.dl4jsnn.examples.data.CifarFiles;
import org.dl4jsnn.examples.data.ColourImages;
import org.dl4jsnn.examples.data.Digits;
import org.dl4jsnn.examples.data.ImageData;
import org.dl4jsnn.examples.data.LabelledImages;
import org.dl4jsnn.examples.data.MnistFiles;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.image.ImageAugmentation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

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

  record Sizes(Integer train, Integer test, int calibration, int batch) {}

  /** Digits for LeNet; the embedded digits without a folder. */
  static ConvertedImages digits(Path folder, Sizes sizes) {
    MnistFiles files = MnistFiles.in(folder);
    return of(
        files.training(), files.test(), ImageAugmentation.none(), sizes, StockNetworks::lenet);
  }

  /** Colour images for VGG7, randomly mirrored in training. */
  static ConvertedImages colour(Path folder, int records, Sizes sizes) {
    CifarFiles files = CifarFiles.in(folder, records);
    return of(
        files.training(), files.test(), ImageAugmentation.flip(0.5), sizes, StockNetworks::vgg);
  }

  private static ConvertedImages of(
      LabelledImages all,
      LabelledImages unseen,
      ImageAugmentation augmentation,
      Sizes sizes,
      Network network) {
    LabelledImages training = all.range(0, OptionRules.first("--train", sizes.train(), all.size()));
    LabelledImages test = unseen.range(0, OptionRules.first("--test", sizes.test(), unseen.size()));
    OptionRules.within("--calibrate", sizes.calibration(), 1, training.size());
    ImageData data =
        new ImageData(
            training,
            all.range(0, 0),
            test,
            sizes.batch(),
            epoch -> augmentation,
            UnaryOperator.identity());
    return new ConvertedImages(
        data, training.range(0, sizes.calibration()).inOrder(sizes.batch()), network);
  }

  /**
   * Non-spiking networks of Deeplearning4j's layers. Convolutions are {@link FastConvolution2D}s,
   * ConvolutionLayers that use this library's operation: the stock one takes several times as long.
   */
  static final class StockNetworks {

    private static final int CLASSES = 10;
    private static final double L2 = 5e-4;

    private StockNetworks() {}

    /** LeNet for digits: 20C5-AP2-50C5-AP2-200-10 with ReLU and biases. */
    static MultiLayerConfiguration lenet(double learningRate, long seed) {
      return beginning(learningRate, seed)
          .layer(convolution(5, 20, Activation.RELU))
          .layer(pooling(SubsamplingLayer.PoolingType.AVG))
          .layer(convolution(5, 50, Activation.RELU))
          .layer(pooling(SubsamplingLayer.PoolingType.AVG))
          .layer(new DenseLayer.Builder().nOut(200).activation(Activation.RELU).build())
          .layer(readOut())
          .setInputType(InputType.convolutionalFlat(Digits.SIDE, Digits.SIDE, 1))
          .build();
    }

    /**
     * VGG7 with a quarter of the published width for colour images, with batch normalisation before
     * every ReLU: 16C3-16C3-AP2-32C3-32C3-32C3-MP2-128-10.
     */
    static MultiLayerConfiguration vgg(double learningRate, long seed) {
      NeuralNetConfiguration.ListBuilder list = beginning(learningRate, seed);
      normalized(list, 16);
      normalized(list, 16);
      list.layer(pooling(SubsamplingLayer.PoolingType.AVG));
      normalized(list, 32);
      normalized(list, 32);
      normalized(list, 32);
      return list.layer(pooling(SubsamplingLayer.PoolingType.MAX))
          .layer(new DenseLayer.Builder().nOut(128).activation(Activation.IDENTITY).build())
          .layer(new BatchNormalization())
          .layer(new ActivationLayer(Activation.RELU))
          .layer(readOut())
          .setInputType(
              InputType.convolutional(ColourImages.SIDE, ColourImages.SIDE, ColourImages.CHANNELS))
          .build();
    }

    private static NeuralNetConfiguration.ListBuilder beginning(double learningRate, long seed) {
      return new NeuralNetConfiguration.Builder()
          .seed(seed)
          .updater(new Adam(learningRate))
          .l2(L2)
          .weightInit(WeightInit.RELU)
          .convolutionMode(ConvolutionMode.Same)
          .list();
    }

    private static void normalized(NeuralNetConfiguration.ListBuilder list, int channels) {
      list.layer(convolution(3, channels, Activation.IDENTITY))
          .layer(new BatchNormalization())
          .layer(new ActivationLayer(Activation.RELU));
    }

    private static FastConvolution2D convolution(int kernel, int channels, Activation activation) {
      return new FastConvolution2D.Builder(kernel, kernel)
          .nOut(channels)
          .activation(activation)
          .build();
    }

    private static SubsamplingLayer pooling(SubsamplingLayer.PoolingType type) {
      return new SubsamplingLayer.Builder(type, new int[] {2, 2}, new int[] {2, 2}).build();
    }

    private static OutputLayer readOut() {
      return new OutputLayer.Builder(new LossMCXENT())
          .nOut(CLASSES)
          .activation(Activation.SOFTMAX)
          .build();
    }
  }
}
