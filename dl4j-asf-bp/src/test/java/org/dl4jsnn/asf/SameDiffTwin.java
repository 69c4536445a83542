package org.dl4jsnn.asf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.asf.samediff.AccumulatedFlowFunctions;
import org.dl4jsnn.asf.samediff.SimulatedNeurons;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.gradient.AccumulatedFlow;
import org.dl4jsnn.internal.layer.SpikingLayer;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A SameDiff graph with the layers of a network: an encoding, spiking layers and a linear read-out
 * with squared loss. Its weights are variables with the names of the network's parameters, {@code
 * 1_W}; the results of the network's simulation come in through placeholders.
 */
public final class SameDiffTwin {

  public static final String LABELS = "labels";
  static final String LOSS = "loss";

  public final SameDiff graph = SameDiff.create();

  /** The names of weights and biases. */
  public final List<String> parameters = new ArrayList<>();

  /** The names of the values of all layers from the encoding on, without the read-out. */
  public final List<String> values = new ArrayList<>();

  private final MultiLayerNetwork network;
  private final DataType type;

  /**
   * A twin with the network's current weights.
   *
   * @param input the shape of the encoded input
   */
  public SameDiffTwin(MultiLayerNetwork network, FeatureShape input) {
    this.network = network;
    this.type = network.getLayerWiseConfigurations().getDataType();
    SDVariable rates = placeholder("rates0", input);
    values.add(rates.name());
    FeatureShape shape = input;
    boolean aboveMaximum = false;
    for (int i = 1; i < network.getnLayers() - 1; i++) {
      BaseSpikingLayer layer = configuration(i);
      FeatureShape output = layer.outputShape(shape);
      boolean maximum = isMaximum(layer);
      SimulatedNeurons neurons = maximum ? null : neurons(i, output, aboveMaximum);
      rates = add(i, layer, rates, shape, neurons);
      values.add(rates.name());
      aboveMaximum = maximum;
      shape = output;
    }
    int readOut = network.getnLayers() - 1;
    SDVariable y = rates.reshape(-1, shape.neurons()).mmul(parameter(readOut, "W"));
    SDVariable error = y.sub(graph.placeHolder(LABELS, type, -1, classes(readOut)));
    error.mul(error).sum(LOSS);
    graph.setLossVariables(LOSS);
  }

  private long classes(int readOut) {
    return network.getLayer(readOut).getParam("W").size(1);
  }

  private SDVariable add(
      int i,
      BaseSpikingLayer conf,
      SDVariable below,
      FeatureShape shape,
      SimulatedNeurons neurons) {
    String name = "layer" + i;
    if (conf instanceof SpikingDense) {
      return AccumulatedFlowFunctions.dense(name, below, parameter(i, "W"), bias(i), neurons);
    }
    if (conf instanceof SpikingConvolution2D convolution) {
      return AccumulatedFlowFunctions.convolution(
          name, below, shape, convolution.getWindow(), parameter(i, "W"), bias(i), neurons);
    }
    SpikingPooling2D pooling = (SpikingPooling2D) conf;
    return neurons == null
        ? AccumulatedFlowFunctions.maxPooling(name, below, pooling.getWindow())
        : AccumulatedFlowFunctions.averagePooling(name, below, pooling.getWindow(), neurons);
  }

  private SimulatedNeurons neurons(int i, FeatureShape shape, boolean aboveMaximum) {
    return new SimulatedNeurons(
        placeholder("rates" + i, shape),
        graph.placeHolder("slope" + i, type, 1, 1),
        aboveMaximum ? placeholder("current" + i, shape) : null);
  }

  private SDVariable placeholder(String name, FeatureShape shape) {
    return graph.placeHolder(name, type, shape.arrayShape(-1));
  }

  private SDVariable parameter(int i, String key) {
    String name = i + "_" + key;
    parameters.add(name);
    return graph.var(name, network.getLayer(i).getParam(key).dup('c'));
  }

  private SDVariable bias(int i) {
    return configuration(i).hasBias() ? parameter(i, "b") : null;
  }

  private BaseSpikingLayer configuration(int i) {
    return (BaseSpikingLayer) network.getLayer(i).conf().getLayer();
  }

  private static boolean isMaximum(BaseSpikingLayer layer) {
    return layer instanceof SpikingPooling2D pooling && pooling.getPoolingType() == PoolingType.MAX;
  }

  /**
   * Placeholders of what a forward pass of the network found, with the slopes of its layers.
   *
   * @param activations of the pass, from the encoding on
   */
  public Map<String, INDArray> simulated(List<INDArray> activations) {
    Map<String, INDArray> found = new HashMap<>();
    for (int i = 0; i < network.getnLayers() - 1; i++) {
      put(found, "rates" + i, activations.get(i));
      Layer layer = network.getLayer(i);
      if (layer instanceof SpikingLayer spiking) {
        AccumulatedFlow flow = spiking.accumulatedFlow();
        put(found, "current" + i, flow.in());
        put(found, "slope" + i, layer.getParam(AsfBackprop.SLOPE));
      }
    }
    return found;
  }

  private void put(Map<String, INDArray> found, String name, INDArray value) {
    if (graph.hasVariable(name)) {
      found.put(name, detached(value));
    }
  }

  private static INDArray detached(INDArray array) {
    return Nd4j.createUninitializedDetached(array.dataType(), 'c', array.shape()).assign(array);
  }
}
