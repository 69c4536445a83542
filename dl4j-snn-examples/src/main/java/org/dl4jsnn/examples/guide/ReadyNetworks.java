package org.dl4jsnn.examples.guide;

import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.deploy.NormalizationFolding;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;

/** Networks of the library, as shown in docs/start.md. */
final class ReadyNetworks {

  private ReadyNetworks() {}

  static List<MultiLayerConfiguration> configurations() {
    // begin ready
    MultiLayerNetwork network = SpikingNetworks.lenet5().steps(20).updater(new Adam(1e-3)).init();
    MultiLayerConfiguration configuration =
        SpikingNetworks.vgg7()
            .layers("32C3-AP2-64C3-AP2-256")
            .normalization(new CurrentNormalization())
            .configuration();
    // end ready
    return List.of(network.getLayerWiseConfigurations(), configuration);
  }

  /** The classes of digits [minibatch, 784] in [0, 1], light on dark. */
  static INDArray recognise(INDArray digits) {
    // begin pretrained
    MultiLayerNetwork network = SpikingNetworks.lenet5().pretrained();
    // digits: [minibatch, 784] in [0, 1], light on dark
    INDArray classes = network.output(digits).argMax(1);
    // end pretrained
    return classes;
  }

  /** The network of {@link #recognise}, trained further. */
  static MultiLayerNetwork trainFurther(DataSetIterator digits) {
    // begin further
    MultiLayerNetwork network =
        NormalizationFolding.unfold(
            SpikingNetworks.lenet5().pretrained(), new CurrentNormalization(), digits);
    network.setLearningRate(1e-4);
    network.fit(digits);
    // end further
    return network;
  }
}
