package org.dl4jsnn.examples.events;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.event.frame.FrameShape;
import org.dl4jsnn.zoo.NetworkNotation;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.schedule.FixedSchedule;

class ConventionalNetworkTest {

  @Test
  void shouldHaveTheLayersOfItsNotation() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            ConventionalNetwork.of(
                NetworkNotation.parse("8C3-AP2-16C5-MP3-20"),
                new FrameShape(2, 5, 13, 13),
                7,
                false,
                new FixedSchedule(1e-3),
                1));
    network.init();
    assertArrayEquals(new long[] {8, 10, 3, 3}, network.getParam("0_W").shape());
    assertArrayEquals(new long[] {16, 8, 5, 5}, network.getParam("3_W").shape());
    // 13 pixels, 6 after the first pooling, 2 after the second.
    assertArrayEquals(new long[] {16 * 2 * 2, 20}, network.getParam("6_W").shape());
    assertArrayEquals(new long[] {20, 7}, network.getParam("8_W").shape());
    assertEquals(
        List.of(
            "conv1",
            "conv1-relu",
            "pool1",
            "conv2",
            "conv2-relu",
            "pool2",
            "dense",
            "dense-relu",
            "readout"),
        network.getLayerNames());
  }

  @Test
  void shouldTakeStepsAsChannels() {
    DataSet frames =
        new DataSet(
            Nd4j.arange(2 * 2 * 3 * 4 * 5).castTo(DataType.FLOAT).reshape(2, 2, 3, 4, 5),
            Nd4j.create(2, 7));
    DataSet pictures = ConventionalNetwork.withStepsAsChannels(frames);
    assertArrayEquals(new long[] {2, 6, 4, 5}, pictures.getFeatures().shape());
    assertEquals(
        frames.getFeatures().getFloat(1, 1, 2, 3, 4),
        pictures.getFeatures().getFloat(1, 3 + 2, 3, 4));
  }
}
