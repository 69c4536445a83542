package org.dl4jsnn.examples.guide;

import java.util.Collections;
import java.util.SortedMap;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.convert.ConversionReport;
import org.dl4jsnn.convert.ConvertedNetwork;
import org.dl4jsnn.convert.Scales;
import org.dl4jsnn.convert.SpikingConversion;
import org.dl4jsnn.gradient.BackpropRules;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** A trained network converted to a spiking one, compared, and trained further. */
public final class TrainedConversion {

  private TrainedConversion() {}

  static ConvertedNetwork<MultiLayerNetwork> convert(
      MultiLayerNetwork trained, DataSetIterator some) {
    // begin convert
    ConvertedNetwork<MultiLayerNetwork> converted =
        SpikingConversion.of(trained) // or a ComputationGraph
            .calibrate(some) // about a thousand training samples
            .steps(32)
            .convert();
    MultiLayerNetwork spiking = converted.network();
    // end convert
    spiking.setListeners();
    return converted;
  }

  static SortedMap<Integer, Double> look(
      ConvertedNetwork<MultiLayerNetwork> converted, DataSetIterator test) {
    // begin look
    ConversionReport report = converted.report(test);
    SortedMap<Integer, Double> accuracies = converted.accuracyByT(test, 8, 32, 128);
    // end look
    return report.layers().isEmpty() ? Collections.emptySortedMap() : accuracies;
  }

  static MultiLayerNetwork tune(
      MultiLayerNetwork trained, DataSetIterator some, DataSetIterator train, int epochs) {
    // begin tune
    MultiLayerNetwork few =
        SpikingConversion.of(trained)
            .calibrate(some)
            .scales(Scales.meanSquare())
            .steps(8)
            .convert()
            .network();
    MultiLayerNetwork learning = BackpropRules.swap(few, new AsfBackprop());
    learning.setLearningRate(2e-4); // a fifth of the training's
    learning.fit(train, epochs);
    // end tune
    return learning;
  }
}
