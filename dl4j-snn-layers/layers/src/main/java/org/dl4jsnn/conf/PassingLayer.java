package org.dl4jsnn.conf;

import java.util.Collection;
import java.util.List;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.NoParamLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.dl4jsnn.encode.FeatureShapes;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A layer that hands spikes on, without neurons and parameters of its own. */
abstract class PassingLayer extends NoParamLayer {

  private static final long serialVersionUID = 1L;

  /** For deserialisation. */
  PassingLayer() {}

  PassingLayer(Layer.Builder<?> builder) {
    super(builder);
  }

  /** {@return the layer as messages name it: name and type} */
  public final String name() {
    return "layer '" + getLayerName() + "' (" + getClass().getSimpleName() + ")";
  }

  /**
   * The shape of the spikes that leave; refuses, by an IllegalArgumentException, an input that does
   * not fit.
   */
  abstract FeatureShape output(FeatureShape input);

  /** The layer of a network, in which no other layer may read its input or several may. */
  abstract org.deeplearning4j.nn.api.Layer layer(
      NeuralNetConfiguration conf, DataType type, boolean onlyConsumer);

  /** What to do instead of setting {@code dropOut}. */
  String insteadOfDropOut() {
    return "Put a SpikingDropout layer after it instead";
  }

  @Override
  public final org.deeplearning4j.nn.api.Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> trainingListeners,
      int layerIndex,
      INDArray layerParamsView,
      boolean initializeParams,
      DataType networkDataType) {
    SettingsCheck.noDropOut(this, name(), insteadOfDropOut());
    org.deeplearning4j.nn.api.Layer layer = layer(conf, networkDataType, trainingListeners != null);
    layer.setListeners(trainingListeners);
    layer.setIndex(layerIndex);
    if (initializer().numParams(this) > 0) {
      layer.setParamsViewArray(layerParamsView);
      initializer().init(conf, layerParamsView, initializeParams);
    }
    return layer;
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    RatesType.requireTrain(name(), layerIndex, inputType);
    try {
      return RatesType.of(
          output(FeatureShapes.of(inputType)),
          layerIndex,
          RatesType.names(inputType, this, layerIndex));
    } catch (IllegalArgumentException e) {
      throw new DL4JInvalidConfigException(name() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType inputType) {
    SettingsCheck.refuse(
        inputType instanceof InputType.InputTypeConvolutionalFlat,
        "%s must come after SpikeEncoding, got the network's input %s",
        name(),
        inputType);
    // A preprocessor would make a new array and lose the spike train.
    return null;
  }

  /** The memory of parameters, of the updater's state, and of the activations of a sample. */
  static LayerMemoryReport memory(
      Layer layer,
      InputType input,
      InputType output,
      long parameters,
      long updater,
      long activations) {
    return new LayerMemoryReport.Builder(layer.getLayerName(), layer.getClass(), input, output)
        .standardMemory(parameters, updater)
        .workingMemory(0, 0, 0, activations)
        .cacheMemory(MemoryReport.CACHE_MODE_ALL_ZEROS, MemoryReport.CACHE_MODE_ALL_ZEROS)
        .build();
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType inputType) {
    InputType output = getOutputType(RatesType.UNKNOWN, inputType);
    return memory(this, inputType, output, 0, 0, output.arrayElementsPerExample());
  }

  /** What equal layers have in common beside the settings of Deeplearning4j. */
  abstract List<Object> settings();

  @Override
  public final boolean equals(Object other) {
    return other instanceof PassingLayer that
        && getClass() == that.getClass()
        && super.equals(other)
        && settings().equals(that.settings());
  }

  @Override
  public final int hashCode() {
    return 31 * super.hashCode() + settings().hashCode();
  }
}
