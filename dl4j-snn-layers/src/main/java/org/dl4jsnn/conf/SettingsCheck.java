package org.dl4jsnn.conf;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.nd4j.linalg.api.buffer.DataType;

/** What a spiking layer must and must not have when a network is made of it. */
final class SettingsCheck {

  private SettingsCheck() {}

  /** Checks a layer with neurons in a network of a data type. */
  static void neurons(BaseSpikingLayer layer, DataType type) {
    if (layer.getBackprop().isTimeResolved() && type != DataType.FLOAT && type != DataType.DOUBLE) {
      throw new DL4JInvalidConfigException(
          layer.name()
              + ": the network's data type must be FLOAT or DOUBLE for "
              + layer.getBackprop()
              + ", got "
              + type
              + ". Set .dataType(DataType.FLOAT), or give the layer a rule of rates");
    }
    sizes(layer);
    if (layer.getIDropout() != null || layer.getWeightNoise() != null) {
      throw new DL4JInvalidConfigException(
          layer.name()
              + ": dropOut and weightNoise must be unset, since a spiking layer does not apply them,"
              + " got "
              + layer.getIDropout()
              + " and "
              + layer.getWeightNoise()
              + ". Possible cause: they are set for the whole network. Set them on the stock layers"
              + " instead");
    }
    GradientNormalization normalization = layer.getGradientNormalization();
    boolean normalised = normalization != null && normalization != GradientNormalization.None;
    boolean hasState = !layer.getBackprop().scalars().isEmpty() || layer.getNormalization() != null;
    if (normalised && hasState) {
      throw new DL4JInvalidConfigException(
          layer.name()
              + ": gradientNormalization must be None, since it would distort the update of "
              + state(layer)
              + ", got "
              + normalization
              + ". Set .gradientNormalization(GradientNormalization.None) on the layer's builder");
    }
  }

  private static List<String> state(BaseSpikingLayer layer) {
    List<String> names = new ArrayList<>(layer.getBackprop().scalars().keySet());
    if (layer.getNormalization() != null) {
      names.add(CurrentNormalization.MEAN);
      names.add(CurrentNormalization.VARIANCE);
    }
    return names;
  }

  /** Checks a layer's numbers of inputs and outputs. */
  static void sizes(BaseSpikingLayer layer) {
    if (layer.getNIn() <= 0 || layer.getNOut() <= 0) {
      throw new DL4JInvalidConfigException(
          layer.name()
              + ": nIn and nOut must be positive, got "
              + layer.getNIn()
              + " and "
              + layer.getNOut()
              + ". Possible cause: nOut or the configuration's setInputType is missing");
    }
  }
}
