package org.dl4jsnn.examples.guide;

import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.deploy.IntegerNetwork;
import org.dl4jsnn.deploy.IntegerQuantization;
import org.dl4jsnn.deploy.QuantizationReport;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** The cost of an integer network, as shown in docs/deploy.md. */
final class WholeNumbers {

  private WholeNumbers() {}

  static QuantizationReport chip(MultiLayerNetwork trained, DataSetIterator testData, Path folder)
      throws IOException {
    IntegerNetwork<MultiLayerNetwork> chip = IntegerQuantization.toBits(8).quantize(trained);
    // begin report
    QuantizationReport report = QuantizationReport.of(trained, chip, testData);
    // end report
    chip.writeArrays(folder);
    return report;
  }
}
