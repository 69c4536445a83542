package org.dl4jsnn.internal.layer;

import static org.dl4jsnn.internal.layer.StreamedNetworks.SAMPLES;
import static org.dl4jsnn.internal.layer.StreamedNetworks.STEPS;
import static org.dl4jsnn.internal.layer.StreamedNetworks.cases;
import static org.dl4jsnn.internal.layer.StreamedNetworks.clear;
import static org.dl4jsnn.internal.layer.StreamedNetworks.dense;
import static org.dl4jsnn.internal.layer.StreamedNetworks.gated;
import static org.dl4jsnn.internal.layer.StreamedNetworks.network;
import static org.dl4jsnn.internal.layer.StreamedNetworks.sequence;
import static org.dl4jsnn.internal.layer.StreamedNetworks.state;
import static org.dl4jsnn.internal.layer.StreamedNetworks.step;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.internal.layer.StreamedNetworks.Case;
import org.dl4jsnn.model.ModelRefusedException;
import org.dl4jsnn.model.StreamState;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** States of streams that are handed out, kept, and handed in. */
class StreamedStateTest {

  @Test
  void shouldHandStatesOutAndIn() {
    MultiLayerNetwork network =
        sequence(InputType.recurrent(6, STEPS), SpikeEncoding.frames().build(), dense());
    assertTrue(network.rnnGetPreviousState(1).isEmpty());
    INDArray features = Nd4j.rand(SAMPLES, 6, STEPS);
    network.rnnTimeStep(features);
    Map<String, INDArray> middle = network.rnnGetPreviousState(1);
    Map<String, INDArray> last = network.rnnGetPreviousState(3);
    assertEquals(List.of("membrane"), List.copyOf(middle.keySet()));
    assertEquals(
        List.of(3L, 9L), List.of(middle.get("membrane").size(0), middle.get("membrane").size(1)));
    INDArray answer = network.rnnTimeStep(features);
    assertNotEquals(answer, network.rnnTimeStep(features));
    network.rnnSetPreviousState(1, middle);
    network.rnnSetPreviousState(3, last);
    assertEquals(answer, network.rnnTimeStep(features));
  }

  /** As many numbers on other axes would be those of other neurons. */
  @Test
  void shouldRefuseAStateOnOtherAxes() {
    MultiLayerNetwork network =
        sequence(
            InputType.convolutional(6, 6, 2),
            SpikeEncoding.direct(STEPS).build(),
            new SpikingConvolution2D.Builder(3, 3).name("conv").nOut(4).build());
    INDArray images = Nd4j.rand(SAMPLES, 2, 6, 6);
    network.rnnTimeStep(images);
    INDArray membrane = network.rnnGetPreviousState(1).get("membrane");
    network.rnnSetPreviousState(1, Map.of("membrane", membrane.permute(0, 2, 3, 1)));
    String message =
        assertThrows(RuntimeException.class, () -> network.rnnTimeStep(images)).getMessage();
    assertTrue(
        message.contains(
            "state must have the axes of the layer's neurons, [minibatch, 4×6×6], got [minibatch, 6×6×4]"),
        message);
    network.rnnSetPreviousState(1, Map.of("membrane", membrane));
    network.rnnTimeStep(images);
  }

  @Test
  void shouldHandTheFlowOfGatedMaximaOutAndIn() {
    MultiLayerNetwork network =
        sequence(InputType.convolutional(6, 6, 2), SpikeEncoding.direct(STEPS).build(), gated());
    assertTrue(network.rnnGetPreviousState(2).isEmpty());
    INDArray images = Nd4j.rand(SAMPLES, 2, 6, 6);
    network.rnnTimeStep(images);
    Map<String, INDArray> flow = network.rnnGetPreviousState(2);
    assertEquals(List.of("flow"), List.copyOf(flow.keySet()));
    // A stream that has just begun has the flow of its one window: T times the rates below.
    INDArray rates = network.feedForward(images, false).get(2);
    assertEquals(
        rates.mul(STEPS).castTo(DataType.DOUBLE),
        Nd4j.math().round(flow.get("flow")),
        "flow of inputs");
    refuse(network, Map.of("membrane", flow.get("flow")), "state must have the variable flow");
    refuse(network, Map.of("flow", Nd4j.rand(3, 4)), "[minibatch, channels, height, width]");
    refuse(network, Map.of("flow", flow.get("flow").div(0)), "flow of a state must be finite");
    assertEquals(flow, network.rnnGetPreviousState(2));
    network.rnnSetPreviousState(2, Map.of("flow", Nd4j.rand(2, 5, 6, 6)));
    String message =
        assertThrows(RuntimeException.class, () -> network.rnnTimeStep(images)).getMessage();
    assertTrue(message.contains("(SpikingPooling2D): state must be one of 3 samples"), message);
  }

  private static void refuse(
      MultiLayerNetwork network, Map<String, INDArray> state, String reason) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> network.rnnSetPreviousState(2, state))
            .getMessage();
    assertTrue(message.contains("(SpikingPooling2D): "), message);
    assertTrue(message.contains(reason), message);
  }

  @Test
  void shouldGoOnInAnotherProcess() throws ModelRefusedException {
    for (Case each : cases().toList()) {
      step(each.network(), each.next(0, 5));
      StreamState state = StreamState.fromBytes(StreamState.of(each.network()).toBytes());
      INDArray answer = step(each.network(), each.next(5, 8));
      clear(each.network());
      state.restore(each.network());
      assertEquals(answer, step(each.network(), each.next(5, 8)), each.name());
    }
  }

  @Test
  void shouldRefuseDamagedStates() {
    MultiLayerNetwork network =
        sequence(InputType.recurrent(6, STEPS), SpikeEncoding.frames().build(), dense());
    network.rnnTimeStep(Nd4j.rand(SAMPLES, 6, STEPS));
    byte[] bytes = StreamState.of(network).toBytes();
    for (int i = 0; i < bytes.length; i += 7) {
      byte[] damaged = bytes.clone();
      damaged[i] ^= (byte) (1 << (i % 8));
      assertThrows(ModelRefusedException.class, () -> StreamState.fromBytes(damaged));
      byte[] part = java.util.Arrays.copyOf(bytes, i);
      assertThrows(ModelRefusedException.class, () -> StreamState.fromBytes(part));
    }
  }

  @Test
  void shouldRefuseStatesOfOthersAndLoseNothing() {
    MultiLayerNetwork network =
        sequence(InputType.recurrent(6, STEPS), SpikeEncoding.frames().build(), dense());
    MultiLayerNetwork other =
        sequence(
            InputType.recurrent(6, STEPS),
            SpikeEncoding.frames().build(),
            new SpikingDense.Builder().nOut(4).build());
    INDArray features = Nd4j.rand(SAMPLES, 6, STEPS);
    network.rnnTimeStep(features);
    StreamState before = StreamState.of(network);
    String message =
        assertThrows(IllegalArgumentException.class, () -> StreamState.of(other).restore(network))
            .getMessage();
    assertTrue(message.contains("the state of another network"), message);
    message =
        assertThrows(
                IllegalArgumentException.class,
                () -> network.rnnSetPreviousState(1, Map.of("voltage", Nd4j.rand(3, 9))))
            .getMessage();
    assertTrue(message.contains("state must have the variables [membrane]"), message);
    assertEquals(before, StreamState.of(network));
    message =
        assertThrows(RuntimeException.class, () -> network.rnnTimeStep(Nd4j.rand(2, 6, 4)))
            .getMessage();
    assertTrue(message.contains("state must have 2 samples, got 3"), message);
    assertTrue(message.contains("rnnClearPreviousState"), message);
  }
}
