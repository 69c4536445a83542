package org.dl4jsnn.examples.guide;

import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.deploy.IntegerNetwork;
import org.dl4jsnn.deploy.IntegerQuantization;
import org.dl4jsnn.deploy.QuantizationReport;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** A network for a digital chip, as docs/guide.md and docs/deploy.md show it. */
final class WholeNumbers {

  private WholeNumbers() {}

  static QuantizationReport chip(MultiLayerNetwork trained, DataSetIterator testData, Path folder)
      throws IOException {
    // begin chip
    IntegerNetwork<MultiLayerNetwork> chip = IntegerQuantization.toBits(8).quantize(trained);
    QuantizationReport report = QuantizationReport.of(trained, chip, testData);
    chip.writeArrays(folder); // 1.weight.npy, 1.threshold.npy, …
    // end chip
    return report;
  }
}
