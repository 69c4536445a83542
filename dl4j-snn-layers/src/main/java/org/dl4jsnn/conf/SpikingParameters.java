package org.dl4jsnn.conf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The parameters of a spiking layer, in the order in which they lie in the network's flat array:
 * weights, bias, those of the normalisation, and the scalars of the backprop rule.
 */
final class SpikingParameters implements ParamInitializer {

  static final SpikingParameters INSTANCE = new SpikingParameters();

  private static final List<String> NORMALIZATION =
      List.of(
          CurrentNormalization.GAIN,
          CurrentNormalization.SHIFT,
          CurrentNormalization.MEAN,
          CurrentNormalization.VARIANCE);

  /** The names of all parameters but the scalars of rules. */
  static final List<String> NAMES =
      Stream.concat(Stream.of(Synapse.WEIGHT, Synapse.BIAS), NORMALIZATION.stream()).toList();

  private SpikingParameters() {}

  @Override
  public long numParams(NeuralNetConfiguration conf) {
    return numParams(conf.getLayer());
  }

  @Override
  public long numParams(Layer layer) {
    long length = 0;
    for (long[] shape : shapes((BaseSpikingLayer) layer).values()) {
      requireOneArray((BaseSpikingLayer) layer, shape);
      length += length(shape);
    }
    return length;
  }

  /** The simulation holds a parameter in one array of Java's. */
  private static void requireOneArray(BaseSpikingLayer layer, long[] shape) {
    double values = Arrays.stream(shape).asDoubleStream().reduce(1, (a, b) -> a * b);
    if (values > Integer.MAX_VALUE) {
      throw new DL4JInvalidConfigException(
          layer.name()
              + ": a parameter must have at most "
              + Integer.MAX_VALUE
              + " values, got the shape "
              + Arrays.toString(shape)
              + ". Possible cause: a kernel or nOut that is far too large");
    }
  }

  /** The keys that constraints apply to, hence without the rule's scalars. */
  @Override
  public List<String> paramKeys(Layer layer) {
    List<String> keys = new ArrayList<>(weightKeys(layer));
    keys.addAll(biasKeys(layer));
    return keys;
  }

  @Override
  public List<String> weightKeys(Layer layer) {
    return ((BaseSpikingLayer) layer).weightShape().length == 0
        ? List.of()
        : List.of(Synapse.WEIGHT);
  }

  @Override
  public List<String> biasKeys(Layer layer) {
    return ((BaseSpikingLayer) layer).hasBias() ? List.of(Synapse.BIAS) : List.of();
  }

  @Override
  public boolean isWeightParam(Layer layer, String key) {
    return Synapse.WEIGHT.equals(key);
  }

  @Override
  public boolean isBiasParam(Layer layer, String key) {
    return Synapse.BIAS.equals(key);
  }

  @Override
  public Map<String, INDArray> init(
      NeuralNetConfiguration conf, INDArray paramsView, boolean initializeParams) {
    BaseSpikingLayer layer = (BaseSpikingLayer) conf.getLayer();
    Map<String, INDArray> parameters = views(layer, paramsView);
    parameters.keySet().forEach(conf::addVariable);
    if (initializeParams) {
      for (Map.Entry<String, INDArray> parameter : parameters.entrySet()) {
        initialize(layer, parameter.getKey(), parameter.getValue());
      }
    }
    return parameters;
  }

  private static void initialize(BaseSpikingLayer layer, String key, INDArray view) {
    switch (key) {
      case Synapse.WEIGHT ->
          layer
              .getWeightInitFn()
              .init(layer.fanIn(), layer.fanOut(), view.shape(), 'c', view.reshape(view.length()));
      case Synapse.BIAS -> fill(layer, key, view, layer.getBiasInit());
      case CurrentNormalization.GAIN,
          CurrentNormalization.SHIFT,
          CurrentNormalization.MEAN,
          CurrentNormalization.VARIANCE ->
          fill(layer, key, view, layer.getNormalization().initial(key));
      default -> fill(layer, key, view, layer.getBackprop().scalars().get(key));
    }
  }

  private static void fill(BaseSpikingLayer layer, String key, INDArray view, double value) {
    view.assign(value);
    if (!Double.isFinite(view.getDouble(0))) {
      throw new DL4JInvalidConfigException(
          layer.name()
              + ": parameter "
              + key
              + " must begin with a number that is finite in the network's data type "
              + view.dataType()
              + ", got "
              + value);
    }
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration conf, INDArray gradientView) {
    return views((BaseSpikingLayer) conf.getLayer(), gradientView);
  }

  private static Map<String, INDArray> views(BaseSpikingLayer layer, INDArray flat) {
    Map<String, INDArray> views = new LinkedHashMap<>();
    long offset = 0;
    for (Map.Entry<String, long[]> parameter : shapes(layer).entrySet()) {
      long length = length(parameter.getValue());
      INDArray view =
          flat.reshape(flat.length()).get(NDArrayIndex.interval(offset, offset + length));
      views.put(parameter.getKey(), view.reshape('c', parameter.getValue()));
      offset += length;
    }
    return views;
  }

  private static Map<String, long[]> shapes(BaseSpikingLayer layer) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    if (layer.weightShape().length > 0) {
      shapes.put(Synapse.WEIGHT, layer.weightShape());
    }
    if (layer.hasBias()) {
      shapes.put(Synapse.BIAS, new long[] {layer.getNOut()});
    }
    if (layer.getNormalization() != null) {
      NORMALIZATION.forEach(name -> shapes.put(name, new long[] {layer.getNOut()}));
    }
    BackpropRule rule = layer.getBackprop();
    if (layer.hasNeurons()) {
      rule.scalars().keySet().forEach(name -> shapes.put(name, new long[] {1}));
    }
    return shapes;
  }

  private static long length(long[] shape) {
    return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }
}
