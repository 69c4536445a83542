package org.dl4jsnn.deploy;

import java.util.List;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.dl4jsnn.conf.SpikingGlobalPooling;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.walk.NetworkPart;
import org.dl4jsnn.internal.walk.NetworkWalk;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a network must be for all its sums to be whole numbers. */
final class WholeNumberForm {

  private WholeNumberForm() {}

  /** Refuses a network whose whole numbers would be rounded, or whose sums would not be whole. */
  static void require(NeuralNetwork network, INDArray parameters) {
    if (parameters != null && parameters.dataType().width() < DataType.FLOAT.width()) {
      throw new IllegalArgumentException(
          "parameters must be of single or double precision, since half precision rounds whole"
              + " numbers above 2,048, got "
              + parameters.dataType()
              + ". Convert the network with network.convertDataType(DataType.FLOAT)");
    }
    List<NetworkPart> parts = NetworkWalk.of(network).parts();
    boolean[] holdsAverages = new boolean[parts.size()];
    for (NetworkPart part : parts) {
      boolean reads = part.inputs().stream().anyMatch(input -> input >= 0 && holdsAverages[input]);
      Require.not(
          reads && part.hasNeurons(),
          "layer %s: inputs must be whole numbers of spikes, got the averages of a"
              + " SpikingGlobalPooling. Train with PoolingType.SUM instead of AVG, or put average"
              + " pooling behind the last spiking layer with neurons",
          part);
      holdsAverages[part.place()] = part.passesSpikes() && (reads || averages(part));
    }
  }

  private static boolean averages(NetworkPart part) {
    return part.configuration() instanceof SpikingGlobalPooling pooling
        && pooling.getPoolingType() == PoolingType.AVG;
  }
}
