package org.dl4jsnn.conf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.dl4jsnn.internal.array.HostArrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Deeplearning4j's view of a layer's {@link LayerParameter}s, which lie one after another in the
 * network's flat array.
 */
final class SpikingParameters implements ParamInitializer {

  static final SpikingParameters INSTANCE = new SpikingParameters();

  /** The layer that owns the parameters. */
  interface Owner {

    /** {@return the parameters, in the order in which they lie} */
    List<LayerParameter> parameters();

    /** {@return the distribution that weights are drawn from} */
    IWeightInit getWeightInitFn();

    /** {@return the layer as messages name it} */
    String name();
  }

  private static final long MOST_IN_SINGLE_PRECISION = Integer.MAX_VALUE / Float.BYTES;

  private SpikingParameters() {}

  @Override
  public long numParams(NeuralNetConfiguration conf) {
    return numParams(conf.getLayer());
  }

  @Override
  public long numParams(Layer layer) {
    long length = 0;
    for (LayerParameter parameter : of(layer)) {
      requireOneArray((Owner) layer, parameter);
      length += parameter.length();
    }
    return length;
  }

  private static List<LayerParameter> of(Layer layer) {
    return ((Owner) layer).parameters();
  }

  /** The simulation holds each parameter in one Java array. */
  private static void requireOneArray(Owner layer, LayerParameter parameter) {
    double values = Arrays.stream(parameter.shape()).asDoubleStream().reduce(1, (a, b) -> a * b);
    SettingsCheck.refuse(
        values > Integer.MAX_VALUE,
        "%s: a parameter must have at most %s values, got the shape %s. Possible"
            + " cause: a kernel or nOut that is far too large",
        layer.name(),
        Integer.MAX_VALUE,
        Arrays.toString(parameter.shape()));
  }

  /** The keys that constraints apply to. */
  @Override
  public List<String> paramKeys(Layer layer) {
    List<String> keys = new ArrayList<>(weightKeys(layer));
    keys.addAll(biasKeys(layer));
    return keys;
  }

  @Override
  public List<String> weightKeys(Layer layer) {
    return keys(layer, LayerParameter.Kind.WEIGHT);
  }

  @Override
  public List<String> biasKeys(Layer layer) {
    return keys(layer, LayerParameter.Kind.BIAS);
  }

  private static List<String> keys(Layer layer, LayerParameter.Kind kind) {
    return of(layer).stream()
        .filter(parameter -> parameter.kind() == kind)
        .map(LayerParameter::name)
        .toList();
  }

  @Override
  public boolean isWeightParam(Layer layer, String key) {
    return weightKeys(layer).contains(key);
  }

  @Override
  public boolean isBiasParam(Layer layer, String key) {
    return biasKeys(layer).contains(key);
  }

  @Override
  public Map<String, INDArray> init(
      NeuralNetConfiguration conf, INDArray paramsView, boolean initializeParams) {
    Owner layer = (Owner) conf.getLayer();
    if (paramsView != null && HostArrays.areSingleOnHost(paramsView.dataType())) {
      requireReadable(layer.name(), paramsView.offset() + paramsView.length());
    }
    Map<String, INDArray> parameters = views(layer, paramsView);
    parameters.keySet().forEach(conf::addVariable);
    if (initializeParams) {
      for (LayerParameter parameter : layer.parameters()) {
        INDArray view = parameters.get(parameter.name());
        parameter.initialize(view, layer.getWeightInitFn());
        requireFinite(layer, parameter, view);
      }
    }
    return parameters;
  }

  /** All parameters of a network share one array, of which Java's buffers show the first 2 GiB. */
  static void requireReadable(String layer, long end) {
    SettingsCheck.refuse(
        end > MOST_IN_SINGLE_PRECISION,
        "%s: the parameters of a network in single precision, up to those of its"
            + " last spiking layer, must be at most %s values, which fill 2 GiB, got %s."
            + " Use smaller layers",
        layer,
        MOST_IN_SINGLE_PRECISION,
        end);
  }

  private static void requireFinite(Owner layer, LayerParameter parameter, INDArray view) {
    if (parameter.kind() != LayerParameter.Kind.WEIGHT) {
      SettingsCheck.refuse(
          !Double.isFinite(view.getDouble(0)),
          "%s: parameter %s must begin with a number that is finite in the network's data type %s,"
              + " got %s",
          layer.name(),
          parameter.name(),
          view.dataType(),
          parameter.initial()[0]);
    }
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration conf, INDArray gradientView) {
    return views((Owner) conf.getLayer(), gradientView);
  }

  private static Map<String, INDArray> views(Owner layer, INDArray flat) {
    Map<String, INDArray> views = new LinkedHashMap<>();
    long offset = 0;
    for (LayerParameter parameter : layer.parameters()) {
      long length = parameter.length();
      INDArray view =
          flat.reshape(flat.length()).get(NDArrayIndex.interval(offset, offset + length));
      views.put(parameter.name(), view.reshape('c', parameter.shape()));
      offset += length;
    }
    return views;
  }
}
