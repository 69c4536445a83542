package org.dl4jsnn.examples.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.event.frame.FrameShape;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.zoo.NetworkNotation;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;

class TrainingOptionsTest {

  @Test
  void shouldHaveThePublishedLayersByDefault() {
    EventNetworkOptions options = new EventNetworkOptions();
    options.check();
    assertEquals("64C3-64C3-AP2-128C3-128C3-256C3-MP2-1024", options.notation().toString());
  }

  @Test
  void shouldDecayWeights() {
    EventNetworkOptions options = new EventNetworkOptions();
    options.network = "2C3-4";
    options.weightDecay = 0.1;
    FrameShape frames = new FrameShape(2, 3, 8, 8);
    ISchedule rates = new FixedSchedule(1e-3);
    MultiLayerNetwork network = options.spiking(frames, 2, rates, 1);
    BaseLayer last = (BaseLayer) network.getOutputLayer().conf().getLayer();
    List<Regularization> regularization = last.getRegularizationByParam("W");
    assertEquals(1, regularization.size());
    assertInstanceOf(WeightDecay.class, regularization.get(0));
  }

  @Test
  void shouldNameTheOptionOfLayersThatItCannotRead() {
    EventNetworkOptions options = new EventNetworkOptions();
    options.network = "64c3";
    String message = assertThrows(UserError.class, options::check).getMessage();
    assertTrue(message.startsWith("--network must be written like 64C3-AP2"), message);
    assertTrue(message.endsWith("got 64c3 in 64c3"), message);
  }

  @Test
  void shouldHaveTheLayersOfItsNotation() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            ConventionalNetwork.of(
                new NeuralNetConfiguration.Builder(),
                NetworkNotation.parse("8C3-AP2-16C5-MP3-20"),
                InputType.convolutional(13, 13, 10),
                7,
                1));
    network.init();
    assertArrayEquals(new long[] {8, 10, 3, 3}, network.getParam("0_W").shape());
    assertArrayEquals(new long[] {16, 8, 5, 5}, network.getParam("4_W").shape());
    // 13 pixels, 6 after the first pooling, 2 after the second.
    assertArrayEquals(new long[] {16 * 2 * 2, 20}, network.getParam("8_W").shape());
    assertArrayEquals(new long[] {20, 7}, network.getParam("11_W").shape());
    assertEquals(
        List.of(
            "conv1",
            "conv1-normalization",
            "conv1-relu",
            "pool1",
            "conv2",
            "conv2-normalization",
            "conv2-relu",
            "pool2",
            "dense",
            "dense-normalization",
            "dense-relu",
            "readout"),
        network.getLayerNames());
  }
}
