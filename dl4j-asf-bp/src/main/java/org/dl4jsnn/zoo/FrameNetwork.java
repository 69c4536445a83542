package org.dl4jsnn.zoo;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.internal.Require;
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

  private FeatureShape frames;

  FrameNetwork(String layers, FeatureShape frames, double learningRate) {
    super(layers, learningRate);
    this.frames = frames;
  }

  /**
   * The shape of one time step's frame.
   *
   * @param shape channels, height and width: {@code FeatureShape.image(2, 42, 42)}
   * @return this builder
   */
  public FrameNetwork frames(FeatureShape shape) {
    frames = Require.given("frames", shape);
    return this;
  }

  @Override
  SpikeEncoding encoding() {
    return framesEncoding();
  }

  @Override
  InputType inputType() {
    return type(frames, steps);
  }

  static SpikeEncoding framesEncoding() {
    return SpikeEncoding.frames().inputGradient(false).name("encoding").build();
  }

  static InputType type(FeatureShape frames, int steps) {
    return InputType.convolutional3D(
        Convolution3D.DataFormat.NCDHW, steps, frames.height(), frames.width(), frames.channels());
  }
}
