package org.dl4jsnn.zoo;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.internal.Require;

/** How images, or other features without a time axis, come in. */
final class ImageInput {

  private InputType type;
  private boolean direct;
  private double gain;

  ImageInput(InputType type, double gain) {
    this.type = type;
    this.gain = gain;
  }

  void type(InputType value) {
    type = Require.given("input", value);
  }

  void direct(boolean value) {
    direct = value;
  }

  void gain(double value) {
    gain = Require.positiveFinite("gain", value);
  }

  InputType type() {
    return type;
  }

  SpikeEncoding encoding(int steps) {
    SpikeEncoding.Builder encoding =
        direct ? SpikeEncoding.direct(steps) : SpikeEncoding.poisson(steps);
    return encoding.gain(gain).inputGradient(false).name("encoding").build();
  }
}
