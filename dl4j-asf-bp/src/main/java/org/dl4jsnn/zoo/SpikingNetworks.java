package org.dl4jsnn.zoo;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.spike.FeatureShape;

/**
 * Ready networks: untrained, {@code SpikingNetworks.lenet5().steps(20).init()}, and one trained,
 * {@code SpikingNetworks.lenet5().pretrained()}.
 *
 * <pre>{@code
 * MultiLayerNetwork network =
 *     SpikingNetworks.lenet5().steps(20).updater(new Adam(1e-3)).init();
 * network.fit(training, 5);
 * double accuracy = network.evaluate(test).accuracy();
 *
 * MultiLayerNetwork ready = SpikingNetworks.lenet5().pretrained(); // reads digits
 * }</pre>
 *
 * <p>Each returns a builder with the defaults of the authors' scripts (Wu et al., "Training Spiking
 * Neural Networks with Accumulated Spiking Flow", AAAI 2021), including T = 100; {@code
 * configuration()} returns a {@code MultiLayerConfiguration} to change further, {@code init()} a
 * network. The authors' learning-rate schedules depend on the number of epochs, which a
 * configuration does not know: set one with {@code updater(new Adam(schedule))}.
 *
 * <p>These are not {@code ZooModel}s, since there are no weights to download: the library contains
 * those of {@code lenet5().pretrained()}. See docs/decisions/0020.
 */
public final class SpikingNetworks {

  private static final double LENET5_GAIN = 0.5;
  private static final double LENET5_LEARNING_RATE = 8.5e-4;
  private static final double VGG7_LEARNING_RATE = 5e-4;
  private static final double RESNET_LEARNING_RATE = 2e-3;
  private static final String RESNET = "32C3-32B3-64B3/2-64B3-128B3/2-128B3-256B3/2-GAP";

  /** OFF and ON events of CIFAR10-DVS's 128 × 128 pixels, summed over windows of 3 × 3. */
  private static final FeatureShape DVS_FRAMES = FeatureShape.image(2, 42, 42);

  private SpikingNetworks() {}

  /**
   * {@return LeNet5 for MNIST, 20C5-AP2-50C5-AP2-200-10: features [minibatch, 784], pixels in [0,
   * 1], gain 0.5, threshold 1, Adam with 8.5e-4 (published: a fifth from epoch 25 on, minibatches
   * of 64)}
   */
  public static ImageNetwork lenet5() {
    return new ImageNetwork(
        "20C5-AP2-50C5-AP2-200",
        InputType.convolutionalFlat(28, 28, 1),
        LENET5_GAIN,
        LENET5_LEARNING_RATE,
        "lenet5-mnist.zip");
  }

  /**
   * {@return VGG7 for CIFAR-10, 64C3-64C3-AP2-128C3-128C3-128C3-MP2-1024-10: features [minibatch,
   * 3, 32, 32], normalised pixels, gain 1, threshold 2, Adam with 5e-4 (published: a fifth from
   * epochs 50 and 75 on, minibatches of 100)}
   */
  public static ImageNetwork vgg7() {
    return new ImageNetwork(
            "64C3-64C3-AP2-128C3-128C3-128C3-MP2-1024",
            InputType.convolutional(32, 32, 3),
            1,
            VGG7_LEARNING_RATE,
            null)
        .threshold(2);
  }

  /**
   * {@return SEW-ResNet for CIFAR-10, 32C3-32B3-64B3/2-64B3-128B3/2-128B3-256B3/2-GAP-10: features
   * [minibatch, 3, 32, 32], normalised pixels as currents, T = 4, threshold 1, normalised currents,
   * Adam with 2e-3. The blocks are those of Fang et al. (NeurIPS 2021); widths and depth are ours}
   */
  public static ResidualNetwork sewResNet() {
    return residual(ResidualJoin.ADD);
  }

  /**
   * {@return MS-ResNet for CIFAR-10: the same with blocks like those of Hu et al. (arXiv
   * 2112.08954), whose shortcuts carry currents}
   */
  public static ResidualNetwork msResNet() {
    return residual(ResidualJoin.CURRENTS);
  }

  private static ResidualNetwork residual(ResidualJoin join) {
    return new ResidualNetwork(
            RESNET, InputType.convolutional(32, 32, 3), RESNET_LEARNING_RATE, join)
        .steps(4);
  }

  /**
   * {@return VGG7 for CIFAR10-DVS, 64C3-64C3-AP2-128C3-128C3-256C3-MP2-1024-10: features
   * [minibatch, 2, T, 42, 42], event counts as {@code FrameOptions.cifar10Dvs} makes them,
   * threshold 1, Adam with 5e-4 (published: a fifth from epochs 10, 20 and 30 on, minibatches of
   * 40)}
   */
  public static FrameNetwork vgg7Dvs() {
    return new FrameNetwork(
        "64C3-64C3-AP2-128C3-128C3-256C3-MP2-1024", DVS_FRAMES, VGG7_LEARNING_RATE);
  }

  /**
   * Fully connected layers for flat features; for MNIST unless {@code input} and {@code classes}
   * are set. Not a published network; the other settings are those of {@link #lenet5}.
   *
   * @param layers the number of neurons of each hidden layer, from 1 to 9,999; at least one
   * @return a builder; features [minibatch, 784]
   * @throws IllegalArgumentException if no number is given, or one is out of range
   */
  public static ImageNetwork mlp(int... layers) {
    Require.atLeast("number of hidden layers", layers.length, 1);
    String notation =
        IntStream.of(layers)
            .mapToObj(neurons -> "" + Require.atLeast("neurons of a hidden layer", neurons, 1))
            .collect(Collectors.joining("-"));
    return new ImageNetwork(
        notation, InputType.feedForward(28 * 28), LENET5_GAIN, LENET5_LEARNING_RATE, null);
  }
}
