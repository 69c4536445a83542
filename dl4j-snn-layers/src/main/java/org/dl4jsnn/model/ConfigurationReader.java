package org.dl4jsnn.model;

import static org.dl4jsnn.model.ModelRefusedException.shown;

import java.util.Map;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.exc.InvalidTypeIdException;

/**
 * Makes configurations of allowed classes alone. Jackson asks before it looks up any class,
 * wherever the text names it; then Deeplearning4j reads the same text again, for what it does
 * beyond Jackson.
 */
final class ConfigurationReader {

  private final AllowedClasses allowed;
  private final ObjectMapper json;
  private final ObjectMapper yaml;

  ConfigurationReader(AllowedClasses allowed) {
    this.allowed = allowed;
    json = asking(NeuralNetConfiguration.mapper());
    yaml = asking(NeuralNetConfiguration.mapperYaml());
  }

  private ObjectMapper asking(ObjectMapper mapper) {
    ObjectMapper asking = mapper.copy();
    asking.setPolymorphicTypeValidator(new AllowedTypes(allowed));
    return asking;
  }

  MultiLayerConfiguration multiLayerFromJson(String source, String text)
      throws ModelRefusedException {
    return checked(
        source,
        read(source, text, json, MultiLayerConfiguration.class, MultiLayerConfiguration::fromJson));
  }

  MultiLayerConfiguration multiLayerFromYaml(String source, String text)
      throws ModelRefusedException {
    return checked(
        source,
        read(source, text, yaml, MultiLayerConfiguration.class, MultiLayerConfiguration::fromYaml));
  }

  ComputationGraphConfiguration graphFromJson(String source, String text)
      throws ModelRefusedException {
    return checked(
        source,
        read(
            source,
            text,
            json,
            ComputationGraphConfiguration.class,
            ComputationGraphConfiguration::fromJson));
  }

  ComputationGraphConfiguration graphFromYaml(String source, String text)
      throws ModelRefusedException {
    return checked(
        source,
        read(
            source,
            text,
            yaml,
            ComputationGraphConfiguration.class,
            ComputationGraphConfiguration::fromYaml));
  }

  private static MultiLayerConfiguration checked(
      String source, MultiLayerConfiguration configuration) throws ModelRefusedException {
    if (configuration.getConfs().isEmpty()) {
      throw new ModelRefusedException(
          source,
          "the configuration must have layers, got none. Possible cause: that of a"
              + " ComputationGraph");
    }
    return configuration;
  }

  private static ComputationGraphConfiguration checked(
      String source, ComputationGraphConfiguration configuration) throws ModelRefusedException {
    Map<?, ?> vertices = configuration.getVertices();
    if (vertices == null || vertices.isEmpty() || configuration.getNetworkInputs() == null) {
      throw new ModelRefusedException(
          source,
          "the configuration must have inputs and vertices, got none. Possible cause: that of a"
              + " MultiLayerNetwork");
    }
    return configuration;
  }

  private static <T> T read(
      String source, String text, ObjectMapper asking, Class<T> type, Function<String, T> again)
      throws ModelRefusedException {
    try {
      asking.readValue(text, type);
      return again.apply(text);
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
        + " configuration from before 1.0.0-beta; load and save that anew where you trust it";
  }
}
