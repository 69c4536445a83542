package org.dl4jsnn.zoo;

import org.dl4jsnn.spike.FeatureShape;

/**
 * A network for frames of an event camera, features [minibatch, channels, T, height, width], whose
 * T becomes the network's T. A frame's values are the currents of its step.
 *
 * <pre>{@code
 * MultiLayerNetwork network =
 *     SpikingNetworks.vgg7Dvs()
 *         .frames(FeatureShape.image(2, 32, 32)) // OFF and ON events, 32 × 32 pixels
 *         .steps(10)
 *         .classes(11)
 *         .init();
 * }</pre>
 */
public final class FrameNetwork extends SequenceNetwork<FrameNetwork> {

  FrameNetwork(String layers, FeatureShape frames, double learningRate) {
    super(layers, ImageInput.ofFrames(frames), learningRate);
  }

  /**
   * The shape of one time step's frame.
   *
   * @param shape channels, height and width: {@code FeatureShape.image(2, 42, 42)}
   * @return this builder
   */
  public FrameNetwork frames(FeatureShape shape) {
    input.frames(shape);
    return this;
  }
}
