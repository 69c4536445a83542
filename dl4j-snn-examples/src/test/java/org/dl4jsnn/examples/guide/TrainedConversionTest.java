package org.dl4jsnn.examples.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.Set;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.convert.ConvertedNetwork;
import org.dl4jsnn.convert.Scales;
import org.dl4jsnn.convert.SpikingConversion;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

class TrainedConversionTest {

  private static DataSetIterator images() {
    Nd4j.getRandom().setSeed(1);
    DataSet minibatch = new DataSet(Nd4j.rand(8, 28 * 28), Nd4j.zeros(8, 10));
    for (int i = 0; i < 8; i++) {
      minibatch.getLabels().putScalar(i, i, 1);
    }
    return new ListDataSetIterator<>(List.of(minibatch), 8);
  }

  private static MultiLayerNetwork trained() {
    MultiLayerNetwork network = new MultiLayerNetwork(TrainedConversion.conventional(1));
    network.init();
    return network;
  }

  @Test
  void shouldConvertAndCompare() {
    ConvertedNetwork<MultiLayerNetwork> converted = TrainedConversion.convert(trained(), images());
    assertEquals(Set.of(8, 32, 128), TrainedConversion.look(converted, images()).keySet());
  }

  @Test
  void shouldTuneWithAsfBackprop() {
    SpikingConversion<MultiLayerNetwork> conversion =
        SpikingConversion.of(trained()).calibrate(images());
    MultiLayerNetwork converted =
        conversion.scales(Scales.meanSquare()).steps(8).convert().network();
    MultiLayerNetwork tuned = TrainedConversion.tune(trained(), images(), images(), 1);
    BaseSpikingLayer layer = (BaseSpikingLayer) tuned.getLayer(1).conf().getLayer();
    assertEquals(new AsfBackprop(), layer.getBackprop());
    assertNotEquals(converted.getLayer(1).getParam("W"), tuned.getLayer(1).getParam("W"));
  }
}
