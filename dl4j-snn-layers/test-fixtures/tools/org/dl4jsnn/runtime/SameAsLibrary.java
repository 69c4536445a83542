package org.dl4jsnn.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.deploy.RuntimeExport;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.walk.NetworkPart;
import org.dl4jsnn.internal.walk.NetworkWalk;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Compares what the runtime does with what the library does. */
public final class SameAsLibrary {

  private static final float TOLERANCE = 1e-6f;

  private SameAsLibrary() {}

  /** A network as a file. */
  static byte[] bytes(RuntimeExport export, NeuralNetwork network) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    export.write(network, out);
    return out.toByteArray();
  }

  /** A network in the runtime. */
  public static SpikingModel model(RuntimeExport export, NeuralNetwork network) throws IOException {
    return SpikingModel.load(new ByteArrayInputStream(bytes(export, network)));
  }

  private static INDArray output(NeuralNetwork network, INDArray features) {
    return network instanceof MultiLayerNetwork sequence
        ? sequence.output(features)
        : ((ComputationGraph) network).output(features)[0];
  }

  /** A sample of a minibatch. */
  static float[] sample(INDArray array, int sample) {
    return HostArrays.floats(
        array.get(NDArrayIndex.interval(sample, sample + 1), NDArrayIndex.all()));
  }

  /** Every event of a sample: step, neuron, bits of the amplitude. */
  static List<List<Integer>> events(SpikeTrain train, int sample, int first, int steps) {
    List<List<Integer>> all = new ArrayList<>();
    SpikeEvents events = new SpikeEvents(train.shape());
    for (int step = 0; step < steps; step++) {
      train.read(sample, first + step, events);
      for (int e = 0; e < events.size(); e++) {
        all.add(List.of(step, events.neuron(e), Float.floatToRawIntBits(events.amplitude(e))));
      }
    }
    return all;
  }

  private static Map<String, SpikeTrain> trains(NeuralNetwork network, INDArray features) {
    Map<String, SpikeTrain> trains = new LinkedHashMap<>();
    NetworkWalk.of(network)
        .run(
            new INDArray[] {features},
            false,
            passage ->
                passage.train().ifPresent(train -> trains.put(passage.part().name(), train)));
    return trains;
  }

  /** Within 1e-6 of the largest output, or of 1: ND4J's product rounds as the processor does. */
  public static void assertSameOutputs(float[] expected, float[] outputs) {
    float largest = 1;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertArrayEquals(expected, outputs, TOLERANCE * largest);
  }

  /** The same spikes, bit for bit, none of the layers silent, and the same outputs, rounded. */
  public static void assertSame(NeuralNetwork network, SpikingModel model, INDArray features) {
    List<Answer> answers = assertSameSpikes(network, model, features);
    INDArray outputs = output(network, features);
    for (int sample = 0; sample < answers.size(); sample++) {
      Answer answer = answers.get(sample);
      for (String layer : answer.layers()) {
        INDArray rates = Nd4j.createFromArray(answer.rates(layer));
        assertTrue(rates.amaxNumber().doubleValue() > 0, layer);
      }
      assertSameOutputs(sample(outputs, sample), answer.outputs());
    }
  }

  /**
   * The same spikes, bit for bit.
   *
   * @return the model's answer to every sample
   */
  public static List<Answer> assertSameSpikes(
      NeuralNetwork network, SpikingModel model, INDArray features) {
    Map<String, SpikeTrain> expected = trains(network, features);
    List<String> neurons =
        NetworkWalk.of(network).parts().stream()
            .filter(NetworkPart::hasNeurons)
            .map(NetworkPart::name)
            .toList();
    List<Answer> answers = new ArrayList<>();
    for (int sample = 0; sample < features.size(0); sample++) {
      Answer answer = model.run(sample(features, sample));
      assertTrue(answer.layers().containsAll(neurons), () -> neurons + " in " + answer.layers());
      for (String layer : answer.layers()) {
        SpikeTrain train = expected.get(layer);
        SpikeTrain actual = answer.spikes(layer);
        assertEquals(train.shape(), actual.shape(), layer);
        assertEquals(train.steps(), actual.steps(), layer);
        assertEquals(
            events(train, sample, 0, train.steps()),
            events(actual, 0, 0, train.steps()),
            layer + " of sample " + sample);
        int first = sample * train.shape().neurons();
        assertArrayEquals(
            Arrays.copyOfRange(train.totals(), first, first + train.shape().neurons()),
            actual.totals(),
            layer);
      }
      answers.add(answer);
    }
    return answers;
  }
}
