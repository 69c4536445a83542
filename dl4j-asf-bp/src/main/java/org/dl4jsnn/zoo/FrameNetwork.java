package org.dl4jsnn.zoo;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.event.frame.FrameShape;
import org.dl4jsnn.internal.Require;

/**
 * A network for frames of an event camera, features [minibatch, channels, T, height, width], whose
 * T becomes the network's T. A frame's values are the currents of its step.
 */
public final class FrameNetwork extends SpikingNetworkBuilder<FrameNetwork> {

  private FrameShape frames;

  FrameNetwork(String layers, FrameShape frames, double learningRate) {
    super(layers, learningRate);
    this.frames = frames;
  }

  /**
   * The shape of the frames.
   *
   * @param shape the shape, as {@code FrameOptions} computes it for a sensor
   * @return this builder
   */
  public FrameNetwork frames(FrameShape shape) {
    frames = Require.given("frames", shape);
    return this;
  }

  /**
   * T.
   *
   * @param value at least 1
   * @return this builder
   */
  public FrameNetwork steps(int value) {
    int steps = Require.atLeast("steps", value, 1);
    return frames(new FrameShape(frames.channels(), steps, frames.height(), frames.width()));
  }

  @Override
  SpikeEncoding encoding() {
    return SpikeEncoding.frames().inputGradient(false).name("encoding").build();
  }

  @Override
  InputType inputType() {
    return InputType.convolutional3D(
        Convolution3D.DataFormat.NCDHW,
        frames.steps(),
        frames.height(),
        frames.width(),
        frames.channels());
  }
}
