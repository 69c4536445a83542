package org.dl4jsnn.examples;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.dl4jsnn.event.frame.FrameOptions;
import org.dl4jsnn.event.frame.FrameShape;

/** The published networks of seven weighted layers, for CIFAR-10 and for CIFAR10-DVS. */
final class Vgg7 {

  /** Of CIFAR-10. */
  static final String PICTURES = "64C3-64C3-AP2-128C3-128C3-128C3-MP2-1024";

  /** Of CIFAR10-DVS. */
  static final String EVENTS = "64C3-64C3-AP2-128C3-128C3-256C3-MP2-1024";

  private Vgg7() {}

  /** {@link #PICTURES} and ten classes over colour pictures, 32×32. */
  static MultiLayerConfiguration cifar10(
      PictureEncoding encoding, int steps, NetworkSettings settings) {
    return new SpikingNetwork(NetworkNotation.parse(PICTURES), settings)
        .over(
            encoding.over(steps).name("encoding").build(),
            InputType.convolutional(32, 32, 3),
            ColourPictures.CLASSES);
  }

  /** {@link #EVENTS} and ten classes over frames of event counts, [minibatch, 2, T, 42, 42]. */
  static MultiLayerConfiguration events(int steps, NetworkSettings settings) {
    FrameShape frames = FrameOptions.cifar10Dvs(steps).shape(EventNetworks.DVS128);
    return EventNetworks.spiking(NetworkNotation.parse(EVENTS), frames, 10, settings);
  }
}
