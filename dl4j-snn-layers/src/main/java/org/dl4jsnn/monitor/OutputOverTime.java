package org.dl4jsnn.monitor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a network would answer if it stopped after every step of its window: its read-out over the
 * firing rates of the steps so far. Since no spike depends on later steps, one pass gives them all.
 */
public final class OutputOverTime {

  private final List<INDArray> outputs;

  private OutputOverTime(List<INDArray> outputs) {
    this.outputs = outputs;
  }

  /**
   * Runs a network.
   *
   * @param network its last layer a read-out right after a layer of spiking neurons; not being
   *     trained at the same time
   * @param features a minibatch
   * @return the answers
   * @throws IllegalArgumentException if its last two layers are others
   */
  public static OutputOverTime of(MultiLayerNetwork network, INDArray features) {
    requireReadOutOfNeurons(network);
    return of(network, RecordedTrains.of(network, features), features.dataType());
  }

  /**
   * The answers of a pass that is over.
   *
   * @param network as above
   * @param trains what its layers passed on
   * @return the answers
   * @throws IllegalArgumentException if its last two layers are others
   */
  public static OutputOverTime of(MultiLayerNetwork network, RecordedTrains trains) {
    requireReadOutOfNeurons(network);
    return of(network, trains, network.params().dataType());
  }

  @SuppressWarnings("try") // the scope is entered and left, not read
  private static OutputOverTime of(
      MultiLayerNetwork network, RecordedTrains trains, DataType type) {
    int last = network.getnLayers() - 1;
    SpikeTrain train = trains.before(last);
    LayerWorkspaceMgr workspaces = LayerWorkspaceMgr.noWorkspaces();
    float[] totals = new float[train.minibatch() * train.shape().neurons()];
    List<INDArray> outputs = new ArrayList<>();
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      for (int step = 0; step < train.steps(); step++) {
        add(train, step, totals);
        INDArray rates =
            Nd4j.createFromArray(totals)
                .divi(step + 1)
                .castTo(type)
                .reshape('c', train.shape().arrayShape(train.minibatch()));
        outputs.add(network.getLayer(last).activate(flat(network, rates), false, workspaces).dup());
      }
      return new OutputOverTime(outputs);
    } finally {
      InferencePass.clear(network);
    }
  }

  private static void requireReadOutOfNeurons(MultiLayerNetwork network) {
    int last = network.getnLayers() - 1;
    if (!(network.getLayer(last) instanceof IOutputLayer)) {
      throw new IllegalArgumentException(
          "the network's last layer must be an output layer, got "
              + network.getLayer(last).conf().getLayer().getClass().getSimpleName());
    }
    requireNeurons(network, last - 1);
  }

  /**
   * Stock layers pass no spikes on, and the activation of max pooling is not that of its spikes.
   */
  private static void requireNeurons(MultiLayerNetwork network, int index) {
    Layer layer = network.getLayer(index).conf().getLayer();
    if (!(layer instanceof BaseSpikingLayer spiking) || !spiking.hasNeurons()) {
      throw new IllegalArgumentException(
          "the layer before the read-out must be one of spiking neurons, got '"
              + layer.getLayerName()
              + "' ("
              + layer.getClass().getSimpleName()
              + ")");
    }
  }

  /** As the network's read-out gets it: without channels and positions, if there were any. */
  private static INDArray flat(MultiLayerNetwork network, INDArray rates) {
    int last = network.getnLayers() - 1;
    InputPreProcessor before = network.getLayerWiseConfigurations().getInputPreProcess(last);
    int minibatch = Math.toIntExact(rates.size(0));
    return before == null
        ? rates
        : before.preProcess(rates, minibatch, LayerWorkspaceMgr.noWorkspaces());
  }

  private static void add(SpikeTrain train, int step, float[] totals) {
    FeatureShape shape = train.shape();
    SpikeEvents events = new SpikeEvents(shape);
    for (int sample = 0; sample < train.minibatch(); sample++) {
      train.read(sample, step, events);
      for (int e = 0; e < events.size(); e++) {
        int index = shape.arrayIndex(events.neuron(e));
        totals[sample * shape.neurons() + index] += events.amplitude(e);
      }
    }
  }

  /**
   * T.
   *
   * @return the number of answers
   */
  public int steps() {
    return outputs.size();
  }

  /**
   * The answer after some steps.
   *
   * @param steps from 1 to T
   * @return what the network's {@code output} would be with as many steps, [minibatch, nOut]
   * @throws IllegalArgumentException if there were not as many
   */
  public INDArray after(int steps) {
    Require.atLeast("steps", steps, 1);
    if (steps > outputs.size()) {
      throw new IllegalArgumentException(
          "steps must be at most " + outputs.size() + ", got " + steps);
    }
    return outputs.get(steps - 1);
  }

  /**
   * The class chosen after some steps.
   *
   * @param steps from 1 to T
   * @return the index of the largest output of every sample
   */
  public int[] classes(int steps) {
    return after(steps).argMax(1).toIntVector();
  }

  /**
   * When the answers settle.
   *
   * @return for every sample the number of steps from which on its class does not change any more
   *     within the window
   */
  public int[] settled() {
    int[] last = classes(steps());
    int[] settled = new int[last.length];
    Arrays.fill(settled, 1);
    for (int steps = 1; steps < steps(); steps++) {
      int[] classes = classes(steps);
      for (int sample = 0; sample < last.length; sample++) {
        if (classes[sample] != last[sample]) {
          settled[sample] = steps + 1;
        }
      }
    }
    return settled;
  }
}
