package org.dl4jsnn.gradient;

import java.util.List;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of a configuration whose rates rise until every neuron fires at every step: a loss that is
 * never satisfied, a rule whose gradient does not end at saturation, and currents that nothing
 * keeps in range (see docs/train.md).
 */
final class UnboundedRatesWarning {

  private static final Logger LOG = LoggerFactory.getLogger(UnboundedRatesWarning.class);

  private UnboundedRatesWarning() {}

  /**
   * Checks a network for which a rule was just set.
   *
   * @param layers all its layers
   * @param spiking the layers that learn by the rule
   * @param rule the rule
   */
  static void check(List<Layer> layers, List<BackpropRules.Hooked> spiking, BackpropRule rule) {
    boolean isFree = spiking.stream().anyMatch(layer -> !layer.keepsCurrentsInRange());
    if (!rule.endsAtSaturation()
        && isFree
        && layers.stream().anyMatch(UnboundedRatesWarning::asksForMore)) {
      LOG.warn(
          "Cross entropy, whose gradient never vanishes, drives rates towards a spike at every step"
              + " under {} if currents are not normalised, and training stalls. Set both on the"
              + " builder of every weighted spiking layer:"
              + " .normalization(new CurrentNormalization()) and .reset(Reset.bySubtraction())."
              + " Or read out with squared error: new OutputLayer.Builder(new LossL2())"
              + ".activation(Activation.IDENTITY)",
          rule);
    }
  }

  private static boolean asksForMore(Layer layer) {
    ILossFunction loss = null;
    if (layer instanceof BaseOutputLayer output) {
      loss = output.getLossFn();
    } else if (layer instanceof LossLayer output) {
      loss = output.getLossFn();
    }
    return loss instanceof LossMCXENT || loss instanceof LossBinaryXENT;
  }
}
