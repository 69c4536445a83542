package org.dl4jsnn.examples.plots;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.dl4jsnn.zoo.SpikingNetworks;

/** The trained networks that come along. Their cards are in docs/start.md. */
enum PretrainedNetworks {
  /** The library's, for images of digits. */
  LENET5 {
    @Override
    MultiLayerNetwork network() {
      return SpikingNetworks.lenet5().pretrained();
    }
  },

  /** For photographs of CIFAR-10's ten kinds of object. */
  VGG7 {
    @Override
    MultiLayerNetwork network() {
      return load("vgg7-cifar10.zip");
    }
  };

  /** The one for recordings of digits: frames [2, 10, 34, 34] of N-MNIST's sensor. */
  static MultiLayerNetwork ofRecordedDigits() {
    return load("recorded-digits.zip");
  }

  abstract MultiLayerNetwork network();

  private static MultiLayerNetwork load(String file) {
    try (InputStream model = PretrainedNetworks.class.getResourceAsStream(file)) {
      return ModelSerializer.restoreMultiLayerNetwork(model, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
