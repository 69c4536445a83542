package org.dl4jsnn.examples.onnx;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.dl4jsnn.examples.data.ColourImages;
import org.dl4jsnn.examples.data.Digits;
import org.dl4jsnn.examples.data.LabelledImages;
import org.dl4jsnn.examples.plots.PretrainedNetworks;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.examples.train.ConventionalNetwork;
import org.dl4jsnn.zoo.ImageNetwork;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/** A spiking network's layers without spikes. */
final class RivalNetwork {

  private RivalNetwork() {}

  /** The layers of a spiking network, with random weights. */
  static MultiLayerNetwork untrained(PretrainedNetworks network) {
    ImageNetwork spiking =
        network == PretrainedNetworks.LENET5 ? SpikingNetworks.lenet5() : SpikingNetworks.vgg7();
    MultiLayerNetwork conventional =
        new MultiLayerNetwork(
            ConventionalNetwork.of(
                new NeuralNetConfiguration.Builder().seed(1).updater(new NoOp()),
                spiking.layers(),
                network == PretrainedNetworks.LENET5
                    ? InputType.convolutionalFlat(Digits.SIDE, Digits.SIDE, 1)
                    : InputType.convolutional(
                        ColourImages.SIDE, ColourImages.SIDE, ColourImages.CHANNELS),
                LabelledImages.CLASSES,
                1));
    conventional.init();
    return conventional;
  }

  /** The same layers with the weights of {@code rival_torch.py --train}. */
  static MultiLayerNetwork ofArrays(PretrainedNetworks network, Path file) {
    MultiLayerNetwork rival = untrained(network);
    Map<String, INDArray> arrays = arrays(file);
    for (Map.Entry<String, INDArray> parameter : rival.paramTable().entrySet()) {
      INDArray values = arrays.get(parameter.getKey());
      if (values == null || values.length() != parameter.getValue().length()) {
        throw UserError.of(
            "%s must hold %s numbers of '%s', got %s. Possible cause: it is of another network",
            file,
            parameter.getValue().length(),
            parameter.getKey(),
            values == null ? "none" : values.length());
      }
      parameter.getValue().assign(values.reshape(parameter.getValue().shape()));
    }
    return rival;
  }

  private static Map<String, INDArray> arrays(Path file) {
    try {
      return Nd4j.createFromNpzFile(file.toFile());
    } catch (Exception e) { // which is all that ND4J declares
      throw new UserError("Cannot read the arrays of " + file + ": " + e, e);
    }
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
