package org.dl4jsnn.zoo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;

/**
 * A network for images, or other features without a time axis, which are shown for T steps.
 * Defaults: T = 100, Poisson spikes.
 *
 * <pre>{@code
 * MultiLayerNetwork network =
 *     SpikingNetworks.vgg7().direct().steps(4).normalization(new CurrentNormalization()).init();
 * }</pre>
 */
public final class ImageNetwork extends SequenceNetwork<ImageNetwork> {

  /** The resource with trained weights, in the format of ModelSerializer; null if there is none. */
  private final String pretrained;

  ImageNetwork(
      String layers, InputType inputType, double gain, double learningRate, String pretrained) {
    super(layers, new ImageInput(inputType, gain), learningRate);
    this.pretrained = pretrained;
  }

  /**
   * The shape of the features.
   *
   * @param value such as {@code InputType.convolutional(32, 32, 3)}, {@code
   *     InputType.convolutionalFlat(28, 28, 1)} or {@code InputType.feedForward(784)}
   * @return this builder
   */
  public ImageNetwork input(InputType value) {
    input.type(value);
    return this;
  }

  /**
   * {@return this builder, whose features become the same current at every step, instead of the
   * published signed Poisson spikes}
   */
  public ImageNetwork direct() {
    input.direct(true);
    return this;
  }

  /**
   * g: for a feature x, the firing probability per step is min(1, g·|x|) in Poisson coding, and the
   * current is g·x in direct encoding.
   *
   * @param value positive and finite
   * @return this builder
   */
  public ImageNetwork gain(double value) {
    input.gain(value);
    return this;
  }

  /**
   * {@return a new network with trained weights from the library} Only {@link
   * SpikingNetworks#lenet5} has them; docs/model-cards.md describes them. It has the settings that
   * it was trained with, including its number of time steps, so this builder must have none of its
   * own. For another T see {@link org.dl4jsnn.conf.TimeSteps}.
   *
   * @throws IllegalStateException if the library has no weights for this network, or a setting of
   *     this builder was changed
   */
  public MultiLayerNetwork pretrained() {
    if (pretrained == null) {
      throw new IllegalStateException(
          "pretrained() needs a network with trained weights in the library, which only"
              + " SpikingNetworks.lenet5() has, got "
              + layers().text());
    }
    if (!configuration().toJson().equals(SpikingNetworks.lenet5().configuration().toJson())) {
      throw new IllegalStateException(
          "pretrained() must directly follow SpikingNetworks.lenet5(), since a trained network has"
              + " its own settings, got others. For another T, use"
              + " TimeSteps.change on the trained network");
    }
    try (InputStream file = ImageNetwork.class.getResourceAsStream(pretrained)) {
      if (file == null) {
        throw new IllegalStateException(
            "the library must hold "
                + pretrained
                + ", and does not. Possible cause: its jar was repackaged without resources");
      }
      return ModelSerializer.restoreMultiLayerNetwork(file, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
