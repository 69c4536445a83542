package org.dl4jsnn.examples;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.frame.FrameShape;

/** Spiking networks over frames of events. */
final class EventNetworks {

  /** The camera of CIFAR10-DVS. */
  static final SensorSize DVS128 = new SensorSize(128, 128);

  private EventNetworks() {}

  /** A network over frames [minibatch, channels, T, height, width], whose steps are its own. */
  static MultiLayerConfiguration spiking(
      NetworkNotation notation, FrameShape frames, int classes, NetworkSettings settings) {
    InputType input =
        InputType.convolutional3D(
            Convolution3D.DataFormat.NCDHW,
            frames.steps(),
            frames.height(),
            frames.width(),
            frames.channels());
    return new SpikingNetwork(notation, settings)
        .over(SpikeEncoding.frames().name("encoding").build(), input, classes);
  }
}
