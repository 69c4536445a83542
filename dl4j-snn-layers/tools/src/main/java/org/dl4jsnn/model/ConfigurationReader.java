package org.dl4jsnn.model;

import static org.dl4jsnn.model.ModelRefusedException.shown;

import java.util.Arrays;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.dl4jsnn.internal.Require;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.JavaType;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.cfg.MapperConfig;
import org.nd4j.shade.jackson.databind.exc.InvalidTypeIdException;
import org.nd4j.shade.jackson.databind.jsontype.PolymorphicTypeValidator;

/**
 * Makes configurations from allowed classes only. Jackson asks before it looks up any class,
 * wherever the text names it. Deeplearning4j's {@code fromJson} does not check classes; apart from
 * that it only adds support for old formats, which {@link ConfigurationText} refuses.
 */
final class ConfigurationReader {

  private final ObjectMapper asking;

  ConfigurationReader(AllowedClasses allowed) {
    asking = NeuralNetConfiguration.mapper().copy();
    asking.setPolymorphicTypeValidator(new AllowedTypes(allowed));
  }

  MultiLayerConfiguration multiLayerFromJson(String source, String text)
      throws ModelRefusedException {
    return checked(source, read(source, text, MultiLayerConfiguration.class));
  }

  ComputationGraphConfiguration graphFromJson(String source, String text)
      throws ModelRefusedException {
    return checked(source, read(source, text, ComputationGraphConfiguration.class));
  }

  private static MultiLayerConfiguration checked(
      String source, MultiLayerConfiguration configuration) throws ModelRefusedException {
    if (configuration.getConfs().isEmpty()) {
      throw new ModelRefusedException(
          source,
          "the configuration must have layers, got none. Possible cause: that of a"
              + " ComputationGraph");
    }
    for (NeuralNetConfiguration layer : configuration.getConfs()) {
      LayerSizes.check(source, layer.getLayer());
    }
    return configuration;
  }

  private static ComputationGraphConfiguration checked(
      String source, ComputationGraphConfiguration configuration) throws ModelRefusedException {
    Map<String, GraphVertex> vertices = configuration.getVertices();
    if (vertices == null || vertices.isEmpty() || configuration.getNetworkInputs() == null) {
      throw new ModelRefusedException(
          source,
          "the configuration must have inputs and vertices, got none. Possible cause: that of a"
              + " MultiLayerNetwork");
    }
    for (GraphVertex vertex : vertices.values()) {
      if (vertex instanceof LayerVertex layer && layer.getLayerConf() != null) {
        LayerSizes.check(source, layer.getLayerConf().getLayer());
      }
    }
    return configuration;
  }

  private <T> T read(String source, String text, Class<T> type) throws ModelRefusedException {
    try {
      return Require.given("configuration", asking.readValue(text, type));
    } catch (JsonProcessingException e) {
      throw new ModelRefusedException(source, problem(e), e);
    } catch (RuntimeException e) {
      throw new ModelRefusedException(
          source,
          "the configuration must be one of Deeplearning4j's, got: "
              + shown(e)
              + ". Possible cause: a damaged file, or the other kind of network",
          e);
    }
  }

  private static String problem(JsonProcessingException e) {
    if (e instanceof InvalidTypeIdException denied
        && denied.getOriginalMessage().contains(AllowedTypes.class.getName())) {
      return ConfigurationText.notAllowed(denied.getTypeId());
    }
    return "the configuration must be one of Deeplearning4j's, got: "
        + shown(e.getOriginalMessage())
        + ". Possible cause: the configuration of a ComputationGraph where that of a"
        + " MultiLayerNetwork is asked for, a class that is not on the class path, or a"
        + " configuration from before 1.0.0-beta4; if you trust it, load it with Deeplearning4j"
        + " and save it again";
  }

  /** Makes Jackson ask {@link AllowedClasses} before it looks up a class by name. */
  private static final class AllowedTypes extends PolymorphicTypeValidator.Base {

    private static final long serialVersionUID = 1L;

    /** Transient, since this object is never serialised. */
    private final transient AllowedClasses allowed;

    AllowedTypes(AllowedClasses allowed) {
      this.allowed = allowed;
    }

    @Override
    public Validity validateSubClassName(MapperConfig<?> config, JavaType base, String name) {
      return validity(name);
    }

    @Override
    public Validity validateSubType(MapperConfig<?> config, JavaType base, JavaType type) {
      return validity(type.getRawClass().getName());
    }

    private Validity validity(String name) {
      return allowed.allows(name) ? Validity.ALLOWED : Validity.DENIED;
    }
  }

  /**
   * Refuses layers so large that the number of their weights overflows: Deeplearning4j multiplies
   * sizes without checking, and would make arrays that claim to be larger than their memory.
   */
  private static final class LayerSizes {

    /** More numbers per connection than any layer has: four gates of an LSTM, in two directions. */
    private static final long PER_CONNECTION = 8;

    private LayerSizes() {}

    /**
     * Refuses a layer, or one that it wraps, whose sizes have a product that overflows; null is
     * none.
     */
    static void check(String source, Layer layer) throws ModelRefusedException {
      if (layer instanceof FrozenLayer frozen) {
        check(source, frozen.getLayer());
      } else if (layer instanceof BaseWrapperLayer wrapper) {
        check(source, wrapper.getUnderlying());
      } else if (layer instanceof Bidirectional both) {
        check(source, both.getFwd());
        check(source, both.getBwd());
      } else if (layer instanceof FeedForwardLayer sized) {
        int[] kernel =
            layer instanceof ConvolutionLayer convolution && convolution.getKernelSize() != null
                ? convolution.getKernelSize()
                : new int[0];
        check(source, sized, kernel);
      }
    }

    private static void check(String source, FeedForwardLayer layer, int... kernel)
        throws ModelRefusedException {
      try {
        // A recurrent layer connects its outputs with themselves.
        long most = Math.max(Math.abs(layer.getNIn()), Math.abs(layer.getNOut()));
        long numbers =
            Math.multiplyExact(Math.multiplyExact(most, PER_CONNECTION), Math.abs(layer.getNOut()));
        for (int side : kernel) {
          numbers = Math.multiplyExact(numbers, Math.max(1L, side));
        }
      } catch (ArithmeticException e) {
        throw new ModelRefusedException(
            source,
            "sizes of a layer must not overflow when they are multiplied, got "
                + layer.getNIn()
                + " inputs and "
                + layer.getNOut()
                + " outputs"
                + (kernel.length == 0 ? "" : ", kernel " + Arrays.toString(kernel)),
            e);
      }
    }
  }
}
