package org.dl4jsnn.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.deploy.RuntimeExport;
import org.dl4jsnn.neuron.IntegerNeuron;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Files of earlier versions round channels without leak where others leak. */
class PartlyLeakingIntegersTest {

  private static final IntegerNeuron NEURON =
      new IntegerNeuron(
          new int[] {7, 9},
          new int[] {IntegerNeuron.NO_LEAK, 3000},
          true,
          new int[] {0},
          new int[] {1, 0});

  private static MultiLayerNetwork network(IntegerNeuron neuron) {
    return ExportedNetwork.wholeNumbersThatPartlyLeak(neuron);
  }

  private static INDArray features() {
    return ExportedNetwork.WHOLE_NUMBERS_THAT_PARTLY_LEAK.features(20, 3);
  }

  @Test
  void shouldSayInItsVersionHowItRounds() throws IOException {
    assertVersion(4, NEURON);
    assertVersion(2, NEURON.roundedWithoutLeak());
  }

  private static void assertVersion(int version, IntegerNeuron neuron) throws IOException {
    MultiLayerNetwork network = network(neuron);
    byte[] file = SameAsLibrary.bytes(RuntimeExport.inSinglePrecision(), network);
    assertEquals(version, file[9]);
    INDArray expected = network.output(features());
    SpikingModel model = SpikingModel.load(new ByteArrayInputStream(file));
    for (int sample = 0; sample < features().size(0); sample++) {
      float[] answer = model.run(SameAsLibrary.sample(features(), sample)).outputs();
      for (int k = 0; k < answer.length; k++) {
        assertEquals(expected.getFloat(sample, k), answer[k], 1e-6f);
      }
    }
  }

  /** Its configuration does not say that channels without leak stay exact. */
  @Test
  void shouldLoadAConfigurationOfAnEarlierVersionAsItWas() {
    MultiLayerNetwork now = network(NEURON);
    MultiLayerNetwork then = network(NEURON.roundedWithoutLeak());
    String json = now.getLayerWiseConfigurations().toJson();
    String line = "\\s*\"exactWithoutLeak\" : true,";
    String earlier = json.replaceAll(line, "");
    assertNotEquals(json, earlier);
    MultiLayerNetwork loaded =
        new MultiLayerNetwork(MultiLayerConfiguration.fromJson(earlier), now.params().dup());
    assertEquals(then.output(features()), loaded.output(features()));
    assertNotEquals(now.output(features()), loaded.output(features()));
    MultiLayerNetwork again =
        new MultiLayerNetwork(MultiLayerConfiguration.fromJson(json), now.params().dup());
    assertEquals(now.output(features()), again.output(features()));
  }
}
