package org.dl4jsnn.conf;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InvalidInputTypeException;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.dl4jsnn.encode.FeatureShapes;
import org.dl4jsnn.internal.layer.SpikingVertex;
import org.dl4jsnn.internal.simulate.SpikeTrainCombination;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where branches of spiking layers meet in a ComputationGraph. Combines both spike trains and
 * firing rates, so spiking layers can follow; Deeplearning4j's own vertices combine rates only.
 *
 * <p>Implementations: {@link SpikingAdd}, {@link SpikingConcatenate}, {@link SpikingAnd}, {@link
 * SpikingAndNot}.
 */
abstract class BaseSpikingVertex extends GraphVertex {

  private static final long serialVersionUID = 1L;

  /** For subclasses. */
  BaseSpikingVertex() {}

  /** How trains combine. */
  abstract SpikeTrainCombination combination();

  @Override
  public int minVertexInputs() {
    return 2;
  }

  @Override
  public int maxVertexInputs() {
    return combination().isLinear() ? Integer.MAX_VALUE : 2;
  }

  @Override
  public long numParams(boolean backprop) {
    return 0;
  }

  @Override
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray parameters,
      boolean initializeParameters,
      DataType networkDataType) {
    return SpikingVertex.of(combination(), graph, name, index, networkDataType);
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType... inputTypes)
      throws InvalidInputTypeException {
    for (InputType inputType : inputTypes) {
      // A vertex is never the first of a graph.
      RatesType.requireTrain(toString(), Math.max(1, layerIndex), inputType);
    }
    try {
      List<FeatureShape> shapes = Arrays.stream(inputTypes).map(FeatureShapes::of).toList();
      return RatesType.of(combination().shape(shapes), RatesType.UNKNOWN, List.of());
    } catch (IllegalArgumentException e) {
      throw new InvalidInputTypeException(getClass().getSimpleName() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public MemoryReport getMemoryReport(InputType... inputTypes) {
    InputType output = getOutputType(RatesType.UNKNOWN, inputTypes);
    return new LayerMemoryReport.Builder(null, getClass(), inputTypes[0], output)
        .standardMemory(0, 0)
        .workingMemory(0, 0, 0, output.arrayElementsPerExample())
        .cacheMemory(MemoryReport.CACHE_MODE_ALL_ZEROS, MemoryReport.CACHE_MODE_ALL_ZEROS)
        .build();
  }

  @Override
  public boolean equals(Object other) {
    return other != null && getClass() == other.getClass();
  }

  @Override
  public int hashCode() {
    return getClass().hashCode();
  }

  @Override
  public String toString() {
    return getClass().getSimpleName() + "()";
  }
}
