package org.dl4jsnn.internal.json;

import static org.dl4jsnn.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.LayerPass;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.internal.contract.SavedLayers;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.Neurons;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.neuron.StateVariable;
import org.dl4jsnn.neuron.SynapticNeuron;
import org.dl4jsnn.property.CustomNeuron;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.exc.InvalidTypeIdException;
import org.nd4j.shade.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/** How configurations write neurons, surrogates and rules, the library's and those of users. */
class SavedByFieldsTest {

  private static final NeuronDynamics SYNAPTIC =
      new SynapticNeuron(new SpikingNeuron(0.3, 0.9, Reset.to(-0.1), 0.2), 0.6);

  private abstract static class Silent implements NeuronDynamics {

    private static final long serialVersionUID = 1L;

    @Override
    public List<StateVariable> variables() {
      return List.of(new StateVariable("current", 0));
    }

    @Override
    public double threshold() {
      return 1;
    }

    @Override
    public void excess(Neurons neurons, float[] excess) {
      Arrays.fill(excess, -1);
    }

    @Override
    public void reset(Neurons neurons) {}

    @Override
    public boolean equals(Object other) {
      return other != null
          && getClass() == other.getClass()
          && text().equals(((Silent) other).text());
    }

    @Override
    public int hashCode() {
      return text().hashCode();
    }

    abstract String text();
  }

  public static final class ByGetter extends Silent {

    private static final long serialVersionUID = 1L;
    private String hidden = "";

    public String getShown() {
      return hidden;
    }

    public void setShown(String value) {
      this.hidden = value;
    }

    @Override
    String text() {
      return hidden;
    }
  }

  /** Saved by its own annotations, under another name. */
  public static final class ByAnnotations extends Silent {

    private static final long serialVersionUID = 1L;

    @JsonProperty("name")
    private final String text;

    @JsonCreator
    public ByAnnotations(@JsonProperty("name") String text) {
      this.text = text;
    }

    @Override
    String text() {
      return text;
    }
  }

  public static final class Plain extends Silent {

    private static final long serialVersionUID = 1L;

    @Override
    String text() {
      return "";
    }
  }

  private static Stream<NeuronDynamics> neurons() {
    ByGetter byGetter = new ByGetter();
    byGetter.setShown("by getter");
    return Stream.of(
        SYNAPTIC,
        new CustomNeuron(0.4, 0.7),
        byGetter,
        new ByAnnotations("annotated"),
        new Plain());
  }

  @ParameterizedTest
  @MethodSource("neurons")
  void shouldRestoreNeuronsOfTheLibraryAndOfUsers(NeuronDynamics neuron) throws Exception {
    assertEquals(neuron, SavedLayers.restored(neuron));
  }

  public record Own(Surrogate surrogate, int steps) implements BackpropRule {

    @Override
    public INDArray backprop(LayerPass pass, INDArray gradient) {
      return gradient;
    }
  }

  @Test
  void shouldRestoreARuleOfAUserThatHasASurrogate() throws Exception {
    BackpropRule rule = new Own(Surrogate.triangular(0.7), 3);
    assertEquals(rule, SavedLayers.restored(rule));
  }

  @Test
  void shouldWriteTheClassAndTheFieldsAndNothingElse() throws Exception {
    ObjectMapper mapper = NeuralNetConfiguration.mapper();
    JsonNode layer = mapper.readTree(mapper.writeValueAsString(layer()));
    assertEquals(
        mapper.readTree(
            """
            {"@class": "org.dl4jsnn.neuron.SynapticNeuron",
             "membrane": {"@class": "org.dl4jsnn.neuron.SpikingNeuron", "initialMembrane": 0.2,
                          "leak": 0.9, "reset": {"subtractive": false, "value": -0.1},
                          "threshold": 0.3},
             "synapticDecay": 0.6}
            """),
        layer.get("neuron"));
    assertEquals(
        mapper.readTree(
            """
            {"@class": "org.dl4jsnn.gradient.SpatioTemporalBackprop", "detachReset": true,
             "detachSubtraction": false, "segmentSteps": 4,
             "surrogate": {"@class": "org.dl4jsnn.gradient.surrogate.TriangularSurrogate",
                           "width": 0.7},
             "widthInThresholds": false}
            """),
        layer.get("backprop"));
  }

  private static SpikingDense layer() {
    return new SpikingDense.Builder()
        .nOut(3)
        .neuron(SYNAPTIC)
        .backprop(new SpatioTemporalBackprop(Surrogate.triangular(0.7)).withSegments(4))
        .build();
  }

  @Test
  void shouldSurviveYaml() {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(SpikeEncoding.direct(4).build())
            .layer(layer())
            .setInputType(InputType.feedForward(2))
            .build();
    assertEquals(configuration, MultiLayerConfiguration.fromYaml(configuration.toYaml()));
  }

  @Test
  void shouldAskTheValidatorOfTheMapperThatReadsTheConfiguration() throws Exception {
    String json = NeuralNetConfiguration.mapper().writeValueAsString(layer());
    ObjectMapper asking = NeuralNetConfiguration.mapper().copy();
    asking.setPolymorphicTypeValidator(
        BasicPolymorphicTypeValidator.builder()
            .allowIfSubType("org.deeplearning4j.")
            .allowIfSubType("org.dl4jsnn.conf.")
            .allowIfSubType("org.dl4jsnn.gradient.")
            .build());
    assertRefused(
        InvalidTypeIdException.class,
        () -> asking.readValue(json, Layer.class),
        "org.dl4jsnn.neuron.SynapticNeuron");
    assertEquals(layer(), NeuralNetConfiguration.mapper().readValue(json, Layer.class));
  }

  /** The constructor checks, so what a file holds is checked too. */
  @Test
  void shouldSayWhatIsWrongInAFile() throws Exception {
    ObjectMapper mapper = NeuralNetConfiguration.mapper();
    String json = mapper.writeValueAsString(layer()).replace("0.6", "1.6");
    assertRefused(
        Exception.class, () -> mapper.readValue(json, Layer.class), "synaptic decay must be");
  }
}
