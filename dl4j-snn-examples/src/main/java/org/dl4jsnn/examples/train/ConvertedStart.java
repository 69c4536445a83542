package org.dl4jsnn.examples.train;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.DecoupledWeightDecay;
import org.dl4jsnn.convert.Scales;
import org.dl4jsnn.convert.SpikingConversion;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.BackpropRules;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.schedule.ISchedule;

/** A spiking network that starts as the conversion of a trained network without spikes. */
final class ConvertedStart {

  private ConvertedStart() {}

  /**
   * The conversion, with scales by the least squared error at T, ready to learn.
   *
   * @param trained a network without spikes
   * @param calibration training images as they are tested
   * @param steps T
   * @param rule how it learns
   * @param l2 L2 regularisation, added to the gradient
   * @param decay decoupled weight decay, instead of it if above 0
   */
  static MultiLayerNetwork of(
      MultiLayerNetwork trained,
      DataSetIterator calibration,
      int steps,
      BackpropRule rule,
      double l2,
      double decay,
      ISchedule learningRates) {
    MultiLayerNetwork converted =
        SpikingConversion.of(trained)
            .calibrate(calibration)
            .scales(Scales.meanSquare())
            .steps(steps)
            .convert()
            .network();
    MultiLayerConfiguration configuration = converted.getLayerWiseConfigurations().clone();
    DecoupledWeightDecay.applyTo(configuration, decay);
    if (decay == 0 && l2 > 0) {
      configuration.getConfs().forEach(conf -> regularize(conf.getLayer(), l2));
    }
    MultiLayerNetwork decaying = new MultiLayerNetwork(configuration);
    decaying.init();
    decaying.setParams(converted.params());
    MultiLayerNetwork learning = BackpropRules.swap(decaying, rule);
    learning.setLearningRate(learningRates);
    return learning;
  }

  private static void regularize(Layer layer, double l2) {
    if (layer instanceof BaseLayer weighted) {
      weighted.setRegularization(new ArrayList<>(List.of(new L2Regularization(l2))));
    }
  }
}
