package org.dl4jsnn.examples.guide;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.gradient.BackpropRules;

/** Custom neurons, encoders and rules put to use, as shown in docs/extend.md. */
final class CustomParts {

  private CustomParts() {}

  static SpikingDense resonating() {
    // begin neuron
    SpikingDense resonating =
        new SpikingDense.Builder()
            .nOut(100)
            .neuron(new ResonateAndFire(0.5, 0.8, 0.95))
            .backprop(new AsfBackprop())
            .build();
    // end neuron
    return resonating;
  }

  static SpikingDense learning() {
    // begin learning
    SpikingDense learning =
        new SpikingDense.Builder()
            .nOut(100)
            .neuron(new ResonateAndFire(0.5, 0.8, 0.95))
            .learnPerChannel("angle") // 100 angles, all starting at 0.8
            .build();
    // end learning
    return learning;
  }

  static SpikeEncoding encoding() {
    // begin encoding
    SpikeEncoding encoding = SpikeEncoding.by(new EvenSpikes(20)).build();
    // end encoding
    return encoding;
  }

  static void apply(MultiLayerConfiguration configuration) {
    // begin rule
    BackpropRules.apply(configuration, new FixedSlope());
    // end rule
  }
}
