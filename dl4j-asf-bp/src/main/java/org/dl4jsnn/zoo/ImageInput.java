package org.dl4jsnn.zoo;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.spike.FeatureShape;

/** How features come in: images, or others without a time axis, or frames of an event camera. */
final class ImageInput {

  private InputType type;

  /** The shape of a frame; null for features without a time axis. */
  private FeatureShape frames;

  private boolean direct;
  private double gain;

  ImageInput(InputType type, double gain) {
    this.type = type;
    this.gain = gain;
  }

  static ImageInput ofFrames(FeatureShape frames) {
    ImageInput input = new ImageInput(null, 1);
    input.frames(frames);
    return input;
  }

  void type(InputType value) {
    type = Require.given("input", value);
    frames = null;
  }

  void frames(FeatureShape value) {
    frames = Require.given("frames", value);
  }

  void direct(boolean value) {
    direct = value;
  }

  void gain(double value) {
    gain = Require.positiveFinite("gain", value);
  }

  InputType type(int steps) {
    return frames == null
        ? type
        : InputType.convolutional3D(
            Convolution3D.DataFormat.NCDHW,
            steps,
            frames.height(),
            frames.width(),
            frames.channels());
  }

  SpikeEncoding encoding(int steps) {
    return builder(steps).inputGradient(false).name("encoding").build();
  }

  private SpikeEncoding.Builder builder(int steps) {
    if (frames != null) {
      return SpikeEncoding.frames();
    }
    return (direct ? SpikeEncoding.direct(steps) : SpikeEncoding.poisson(steps)).gain(gain);
  }
}
