package org.dl4jsnn.examples.onnx;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.dl4jsnn.examples.data.ColourImages;
import org.dl4jsnn.examples.data.Digits;
import org.dl4jsnn.examples.data.LabelledImages;
import org.dl4jsnn.examples.plots.PredictExample.PretrainedNetworks;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.examples.train.ConventionalNetwork;
import org.dl4jsnn.zoo.ImageNetwork;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.nd4j.linalg.learning.config.NoOp;

/** A spiking network's layers without spikes. */
final class RivalNetwork {

  private RivalNetwork() {}

  /** The layers of a spiking network, with random weights. */
  static MultiLayerNetwork untrained(PretrainedNetworks network) {
    ImageNetwork spiking =
        network == PretrainedNetworks.VGG7 ? SpikingNetworks.vgg7() : SpikingNetworks.lenet5();
    MultiLayerNetwork conventional =
        new MultiLayerNetwork(
            ConventionalNetwork.of(
                new NeuralNetConfiguration.Builder().seed(1).updater(new NoOp()),
                spiking.layers(),
                network == PretrainedNetworks.VGG7
                    ? InputType.convolutional(
                        ColourImages.SIDE, ColourImages.SIDE, ColourImages.CHANNELS)
                    : InputType.convolutionalFlat(Digits.SIDE, Digits.SIDE, 1),
                LabelledImages.CLASSES,
                1));
    conventional.init();
    return conventional;
  }

  /** Refuses networks whose layers with weights differ. */
  static void requireSameShapes(MultiLayerNetwork spiking, MultiLayerNetwork rival) {
    List<String> ours = shapes(spiking);
    List<String> theirs = shapes(rival);
    if (!ours.equals(theirs)) {
      throw UserError.of(
          "--model must have weights of the rival's shapes, %s, got %s. Possible cause: it is"
              + " another network than --network and --rival-model name",
          theirs, ours);
    }
  }

  private static List<String> shapes(MultiLayerNetwork network) {
    return network.paramTable().entrySet().stream()
        .filter(parameter -> parameter.getKey().endsWith("_" + DefaultParamInitializer.WEIGHT_KEY))
        .map(parameter -> Arrays.toString(parameter.getValue().shape()))
        .toList();
  }
}
