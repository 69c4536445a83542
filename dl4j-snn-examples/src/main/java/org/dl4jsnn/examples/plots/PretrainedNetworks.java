package org.dl4jsnn.examples.plots;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.dl4jsnn.zoo.SpikingNetworks;

/** The trained networks that come along. Their cards are in docs/model-cards.md. */
public enum PretrainedNetworks {
  /** The library's, for images of digits. */
  LENET5,
  /** For photographs of CIFAR-10's ten kinds of object. */
  VGG7,
  /** VGG7 trained for two steps and few spikes: the fastest one. */
  SPARSE,
  /** For the same photographs, with a fifth of the weights. */
  RESNET;

  public NeuralNetwork network() {
    return switch (this) {
      case LENET5 -> SpikingNetworks.lenet5().pretrained();
      case VGG7 -> load("vgg7-cifar10.zip", ModelSerializer::restoreMultiLayerNetwork);
      case SPARSE -> load("sparse-cifar10.zip", ModelSerializer::restoreMultiLayerNetwork);
      case RESNET -> load("resnet-cifar10.zip", ModelSerializer::restoreComputationGraph);
    };
  }

  /**
   * The one for recordings of digits: frames [2, 60, 34, 34] of N-MNIST's sensor, 5.25 ms each. It
   * is quiet: nothing fires where nothing happens.
   */
  public static MultiLayerNetwork ofRecordedDigits() {
    return load("recorded-digits.zip", ModelSerializer::restoreMultiLayerNetwork);
  }

  /** The one for spoken digits: frames [70, 40], English zero to nine and then German. */
  public static MultiLayerNetwork ofSpokenDigits() {
    return load("spoken-digits.zip", ModelSerializer::restoreMultiLayerNetwork);
  }

  private static <N> N load(String file, Restored<N> restored) {
    try (InputStream model = PretrainedNetworks.class.getResourceAsStream(file)) {
      return restored.from(model, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Restored<N> {

    N from(InputStream model, boolean updater) throws IOException;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
