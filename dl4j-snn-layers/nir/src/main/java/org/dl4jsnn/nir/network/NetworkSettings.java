package org.dl4jsnn.nir.network;

import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.encode.FeatureShapes;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.spike.FeatureShape;

/**
 * Properties of an imported network that a graph does not hold. Immutable.
 *
 * @param steps T of constant features; 0 for features with a time axis
 * @param general seed, updater and so on; null for Deeplearning4j's defaults
 * @param rule how weights learn; null for the default
 * @param readOut layers after the graph's output
 */
record NetworkSettings(
    int steps, NeuralNetConfiguration.Builder general, BackpropRule rule, List<Layer> readOut) {

  NetworkSettings {
    Require.atLeast("steps", steps, 0);
    readOut = List.copyOf(readOut);
  }

  NeuralNetConfiguration.Builder builder() {
    return general == null ? new NeuralNetConfiguration.Builder() : general.clone();
  }

  /** Copies of the layers, since Deeplearning4j modifies them. */
  @Override
  public List<Layer> readOut() {
    return readOut.stream().map(Layer::clone).toList();
  }

  SpikeEncoding encoding() {
    return (steps == 0 ? SpikeEncoding.frames() : SpikeEncoding.direct(steps)).build();
  }

  /** The input type for a shape; images over time may have any length. */
  InputType inputType(FeatureShape shape) {
    if (steps > 0) {
      return FeatureShapes.inputType(shape);
    }
    return shape.spatial()
        ? InputType.convolutional3D(
            Convolution3D.DataFormat.NCDHW, 1, shape.height(), shape.width(), shape.channels())
        : InputType.recurrent(shape.channels());
  }
}
